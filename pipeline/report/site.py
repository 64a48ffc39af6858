"""Pages as HTML. Whatever comes from a text or a file is escaped; equal input gives equal bytes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pipeline.core.files import read_text
from pipeline.core.scheme import Scheme
from pipeline.learning.features import LOADED
from pipeline.report.documents import DocumentPage
from pipeline.report.marks import cue_name
from pipeline.report.plots import bar, roll
from pipeline.report.tables import Interval, Table, bounds, figure, shown
from pipeline.report.wordings import pieces

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that stand together in the index."""

    name: str
    own: bool
    """Whether these are the reader's own documents, not the corpus's."""
    pages: tuple[DocumentPage, ...]


@dataclass(frozen=True)
class Site:
    """What all pages have in common."""

    scheme: Scheme
    model: str
    """The SHA-256 of the model that labelled the documents."""

    @cached_property
    def style(self) -> str:
        """The style sheet, which stands in every page."""
        return _environment().get_template("style.css").render(scheme=self.scheme)

    @cached_property
    def script(self) -> str:
        """The one script, which stands in every page; none needs it for reading."""
        return read_text(TEMPLATES / "site.js")

    @cached_property
    def _shared(self) -> dict[str, Any]:
        return {
            "scheme": self.scheme,
            "model": self.model,
            "loaded": LOADED,
            "style": Markup(self.style),
            "script": Markup(self.script),
            "style_hash": csp_hash(self.style),
            "script_hash": csp_hash(self.script),
        }

    def render(self, template: str, root: str = "", **given: Any) -> str:
        """A page; `root` leads from its folder to the site's."""
        return _environment().get_template(template).render(**self._shared, root=root, **given)


def csp_hash(content: str) -> Markup:
    """What a Content-Security-Policy names an inline style or script by: no other one of the page is obeyed.

    Example:
        >>> csp_hash("")
        Markup("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='")
    """
    digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
    return Markup(f"'sha256-{digest}'")


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


def chance(value: float | None) -> str:
    """A probability with two decimals; a dash where there is none."""
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
    environment.filters |= {"percent": percent, "figure": figure, "chance": chance, "words": words, "cue": cue_name}
    environment.filters |= {"shown": shown, "bounds": bounds, "heat": heat}
    environment.tests |= {"interval": lambda cell: isinstance(cell, Interval)}
    environment.tests |= {"table": lambda part: isinstance(part, Table), "chart": lambda part: isinstance(part, Markup)}
    environment.globals |= {"pieces": pieces, "bar": bar, "roll": rolled}
    return environment
