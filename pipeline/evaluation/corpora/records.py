"""A public corpus as it is scored: sentences with their own labels, and targets that read them as ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.evaluation.corpora.mapping import Folds, Parts

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorpusSentence:
    """A sentence (or annotated unit) of a public corpus."""

    doc_id: str
    position: int
    """Its number in the document, from 0; what was left out keeps its number, so numbers may have gaps."""
    text: str
    """White space is folded, nothing else is changed."""
    group: str | None
    """Outlet, portal or source: what grouped folds keep together."""
    part: str
    """`train`, `validation` or `test` of the published split; `all` where there is none."""
    readable: bool
    """Whether it may be looked at while rules, features and our own corpus are written."""
    values: Mapping[str, Value]
    """The corpus's own columns; an empty value means: not labelled. A cell that is a list has several values."""
    marked: tuple[str, ...] = ()
    """Words that annotators marked in the text, in the order given."""
    spans: tuple[tuple[int, int], ...] = ()
    """What they marked by offsets into `text`."""


@dataclass(frozen=True, slots=True)
class Target:
    """One of their labels read as one of ours."""

    id: str
    """`corpus:their label->our label`."""
    column: str
    positive: frozenset[str]
    negative: frozenset[str] | None
    """None: every other value that is not in `ignore`."""
    label: str
    """Our label id."""
    ignore: frozenset[str] = frozenset()
    at_least: float | None = None
    """In a column of numbers: the number from which a sentence carries the label."""

    def of(self, sentence: CorpusSentence) -> bool | None:
        """Whether a sentence carries the label; None when it says nothing about it."""
        return self.holds(sentence.values[self.column])

    def holds(self, value: Value) -> bool | None:
        """Whether a sentence with this value carries the label; None when it says nothing about it.

        A list carries it when one of its values does, and says nothing when none does and one is to be ignored. An
        empty list says that there is no label.
        """
        if isinstance(value, str):
            return self._holds(value)
        told = [self._holds(one) for one in value]
        if True in told:
            return True
        return None if None in told or (not told and self.negative is not None) else False

    def _holds(self, value: str) -> bool | None:
        if not value or value in self.ignore:
            return None
        if self.at_least is not None:
            return float(value) >= self.at_least
        if value in self.positive:
            return True
        if self.negative is not None:
            return False if value in self.negative else None
        return False


@dataclass(frozen=True, slots=True)
class Classes:
    """The corpus's own single-label task: a column, and its classes in a fixed order."""

    column: str
    values: tuple[str, ...]
    informed_by: tuple[str, ...] = ()
    """Further label columns that a learner may be told of in training."""


@dataclass(frozen=True)
class Corpus:
    """A public corpus with everything a score needs to know about it."""

    name: str
    citation: str
    sentences: list[CorpusSentence]
    """In the order of the files, parts in the order of the mapping."""
    targets: tuple[Target, ...]
    classes: Classes | None
    split: Parts | Folds | None
    """How the published results on it were measured; None where there are none."""
    sha256: str
    """One hash over every data file that was read; see `DataFolder.sha256`."""
    files: Mapping[str, str]
    """SHA-256 of each of these files by its name relative to the data folder."""
    left_out: Counter[str]
    """How many rows were left out, by reason."""
    ordered: bool = False
    """Whether positions tell the order in which a document's sentences stood."""

    def target_values(self, target: Target) -> tuple[list[CorpusSentence], npt.NDArray[np.bool_]]:
        """The sentences that `target` speaks of, and for each whether it carries the label.

        Returns:
            N sentences in the corpus's order, and an array of shape (N,).
        """
        judged = [(sentence, target.of(sentence)) for sentence in self.sentences]
        kept = [(sentence, holds) for sentence, holds in judged if holds is not None]
        return [sentence for sentence, _ in kept], np.array([holds for _, holds in kept], dtype=np.bool_)
