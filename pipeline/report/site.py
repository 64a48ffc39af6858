"""Pages as HTML. Whatever comes from a text or a file is escaped; equal input gives equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined

from pipeline.core.files import read_text
from pipeline.core.records import Reject
from pipeline.core.scheme import Label, Scheme
from pipeline.learning.features import LOADED
from pipeline.report.documents import DocumentPage
from pipeline.report.figures import Figures
from pipeline.report.predicted import PredictedSentence
from pipeline.report.wordings import pieces

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that stand together in the index."""

    name: str
    own: bool
    """Whether these are the reader's own documents, not the corpus's."""
    pages: tuple[DocumentPage, ...]


def document_html(page: DocumentPage, scheme: Scheme, model: str) -> str:
    """The page of one document; `model` is the SHA-256 of the model that labelled it."""
    return (
        _environment()
        .get_template("document.html")
        .render(page=page, scheme=scheme, loaded=LOADED, model=model, next_best=next_best)
    )


def index_html(
    pages: Sequence[DocumentPage], rejects: Sequence[Reject], figures: Figures, scheme: Scheme, model: str
) -> str:
    """The index: the documents in groups, the headline figures, and what was left out."""
    return (
        _environment()
        .get_template("index.html")
        .render(
            groups=groups(pages),
            sentences=sum(page.counted for page in pages),
            passed_over=sum(page.passed_over for page in pages),
            rejects=rejects,
            figures=figures,
            scheme=scheme,
            loaded=LOADED,
            model=model,
        )
    )


def render(template: str, **values: object) -> str:
    """A page from one of the templates, all of whose variables are in `values`."""
    return _environment().get_template(template).render(**values)


def groups(pages: Iterable[DocumentPage]) -> list[Group]:
    """The reader's own documents first, if there are any; then the corpus by genre, in alphabetical order."""
    own: list[DocumentPage] = []
    genres: dict[str, list[DocumentPage]] = {}
    for page in pages:
        (genres.setdefault(page.entry.genre, []) if page.entry else own).append(page)
    first = [Group("Your own documents", True, tuple(own))] if own else []
    return first + [Group(words(genre), False, tuple(genres[genre])) for genre in sorted(genres)]


def next_best(item: PredictedSentence, scheme: Scheme) -> Label | None:
    """The likeliest label that the sentence was not given; None without probabilities."""
    left = [label for label in scheme.labels if label.id in item.scores and label.id not in item.labels]
    return max(left, key=lambda label: item.scores[label.id], default=None)


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
    environment.filters |= {"percent": percent, "figure": figure, "words": words}
    environment.globals |= {"pieces": pieces}
    return environment
