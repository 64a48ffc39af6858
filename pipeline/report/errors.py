"""The error browser: wrong decisions on training sentences by models that had not seen their work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.scheme import Label, Scheme
from pipeline.core.tables import ERRORS, read_table
from pipeline.learning.cues import Cue
from pipeline.report.documents import DocumentPage
from pipeline.report.marks import SHOWN_CUES, PageSentence

SHOWN = 25
"""Errors of a label and a kind that are shown, the most confident first."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong decision."""

    page: DocumentPage
    item: PageSentence
    label: Label
    missed: bool
    """Whether annotators gave the label and the model did not; otherwise it was the other way round."""
    chance: float
    """What the model that had not seen the work made of it, 0 to 1."""
    cues: tuple[Cue, ...]

    @property
    def confidence(self) -> float:
        """How sure the model was of what was wrong, 0 to 1."""
        return 1 - self.chance if self.missed else self.chance


def read_errors(path: Path, pages: Iterable[DocumentPage], scheme: Scheme) -> list[Slip]:
    """Errors label by label, given wrongly and missed, the most confident first, at most `SHOWN` of each.

    An error of a sentence that no page has is passed over: the reader may have changed since.

    Raises:
        InputError: the table cannot be read.
    """
    slips = list(_slips(path, pages, scheme))
    return [slip for label in scheme.labels for missed in (False, True) for slip in _surest(slips, label, missed)]


def _slips(path: Path, pages: Iterable[DocumentPage], scheme: Scheme) -> Iterator[Slip]:
    where = {(page.doc_id, item.said.sentence.start): (page, item) for page in pages for item in page.sentences}
    labels = {label.id: label for label in scheme.labels}
    for row in read_table(path, ERRORS):
        place = (row["doc_id"], row["start"])
        if place in where and row["label"] in labels:
            named = [Cue(**cue) for cue in row["cues"] or [] if not cue["feature"].startswith("(")]
            yield Slip(*where[place], labels[row["label"]], row["gold"], row["chance"], tuple(named[:SHOWN_CUES]))


def _surest(slips: Sequence[Slip], label: Label, missed: bool) -> list[Slip]:
    own = [slip for slip in slips if slip.label == label and slip.missed == missed]
    return sorted(own, key=lambda slip: (-slip.confidence, slip.page.doc_id, slip.item.said.sentence.position))[:SHOWN]
