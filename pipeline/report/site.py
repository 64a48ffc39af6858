"""Pages as HTML. Whatever comes from a text or a file is escaped; equal input gives equal bytes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pipeline.core.files import read_text
from pipeline.core.scheme import Scheme
from pipeline.learning.features import LOADED
from pipeline.report import tables
from pipeline.report.documents import DocumentPage
from pipeline.report.marks import cue_name
from pipeline.report.plots import bar, roll
from pipeline.report.wordings import pieces

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that stand together in the index."""

    name: str
    own: bool
    """Whether these are the reader's own documents, not the corpus's."""
    pages: tuple[DocumentPage, ...]


def render(template: str, *, scheme: Scheme, model: str = "", root: str | None = None, **given: Any) -> str:
    """A page from a template, with the style sheet; one of the site has the script too, which reading does not need.

    Args:
        template: its name; it extends base.html.
        scheme: the label scheme.
        model: the SHA-256 of the model that labelled what is shown.
        root: leads from the page's folder to the site's; None for a page that stands alone.
        given: what else the template asks for.
    """
    shared = {"scheme": scheme, "model": model, "root": root, "loaded": LOADED}
    style, script = Markup(_style(scheme)), Markup(read_text(TEMPLATES / "site.js"))
    html = _environment().get_template(template).render({**shared, "style": style, "script": script, **given})
    return _sealed(html)


_UNSEALED = "style-src ''; script-src ''"
_INLINE = re.compile(r"<(style|script)>(.*?)</\1>", re.DOTALL)


def _sealed(html: str) -> str:
    """`html` with the hashes of its style sheet and its script in its policy, so that no other is obeyed."""
    hashes = {"script": "'none'"} | {name: csp_hash(content) for name, content in _INLINE.findall(html)}
    return html.replace(_UNSEALED, f"style-src {hashes['style']}; script-src {hashes['script']}", 1)


@cache
def _style(scheme: Scheme) -> str:
    return _environment().get_template("style.css").render(scheme=scheme)


def csp_hash(content: str) -> str:
    """What a Content-Security-Policy names an inline style or script by.

    Example:
        >>> csp_hash("")
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def groups(pages: Iterable[DocumentPage]) -> list[Group]:
    """The reader's own documents first, if there are any; then the corpus by genre, in alphabetical order."""
    own: list[DocumentPage] = []
    genres: dict[str, list[DocumentPage]] = {}
    for page in pages:
        (genres.setdefault(page.entry.genre, []) if page.entry else own).append(page)
    first = [Group("Your own documents", True, tuple(own))] if own else []
    return first + [Group(words(genre), False, tuple(genres[genre])) for genre in sorted(genres)]


def rolled(page: DocumentPage, order: Sequence[str]) -> Markup:
    """The document's labels at a glance."""
    return roll([item.said.labels for item in page.sentences if item.said.counted], order)


def words(name: str) -> str:
    """A name from the manifest as a reader writes it.

    Example:
        >>> words("wire_report")
        'Wire report'
    """
    spaced = name.replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]


def percent(share: float | None) -> str:
    """A share, 0 to 1, in whole per cent; a dash where there is none."""
    return "–" if share is None else f"{100 * share:.0f}%"


def figure(value: float | None) -> str:
    """A figure with two decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.2f}"


def heat(share: float | None) -> str:
    """The class of a cell's shade: ten steps from 0 to 1."""
    return f"h{round(10 * min(max(share or 0.0, 0.0), 1.0))}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: read_text(TEMPLATES / name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"percent": percent, "figure": figure, "words": words, "cue": cue_name}
    environment.filters |= {"decimals": tables.figure, "shown": tables.shown, "bounds": tables.bounds, "heat": heat}
    environment.tests |= {"interval": _is_interval, "table": _is_table, "chart": _is_chart}
    environment.globals |= {"pieces": pieces, "bar": bar, "roll": rolled}
    return environment


def _is_interval(cell: object) -> bool:
    return isinstance(cell, tables.Interval)


def _is_table(part: object) -> bool:
    return isinstance(part, tables.Table)


def _is_chart(part: object) -> bool:
    return isinstance(part, Markup)
