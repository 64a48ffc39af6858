"""A public corpus as it is scored: sentences with their own labels, and targets that read them as ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.evaluation.corpora.mapping import Folds, Parts


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
    values: Mapping[str, str]
    """The corpus's own columns; an empty value means: not labelled."""
    marked: tuple[str, ...] = ()
    """Words that annotators marked in the text, in the order given."""


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

    def holds(self, value: str) -> bool | None:
        """Whether a sentence with this value carries the label; None when it says nothing about it."""
        if value in self.positive:
            return True
        if self.negative is not None:
            return False if value in self.negative else None
        return None if not value or value in self.ignore else False


@dataclass(frozen=True, slots=True)
class Classes:
    """The corpus's own single-label task: a column, and its classes in a fixed order."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Corpus:
    """A public corpus with everything a score needs to know about it."""

    name: str
    citation: str
    sentences: list[CorpusSentence]
    """In the order of the files, parts in the order of the mapping."""
    targets: tuple[Target, ...]
    classes: Classes
    split: Parts | Folds
    """How the published results on it were measured."""
    sha256: str
    """One hash over every data file that was read; see `DataFolder.sha256`."""
    files: Mapping[str, str]
    """SHA-256 of each of these files by its name relative to the data folder."""
    left_out: Counter[str]
    """How many rows were left out, by reason."""

    def target_values(self, target: Target) -> tuple[list[CorpusSentence], npt.NDArray[np.bool_]]:
        """The sentences that `target` speaks of, and for each whether it carries the label.

        Returns:
            N sentences in the corpus's order, and an array of shape (N,).
        """
        judged = [(sentence, target.holds(sentence.values[target.column])) for sentence in self.sentences]
        kept = [(sentence, holds) for sentence, holds in judged if holds is not None]
        return [sentence for sentence, _ in kept], np.array([holds for _, holds in kept], dtype=np.bool_)
