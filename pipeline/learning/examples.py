"""Labelled sentences, ready to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.core.records import GoldSentence, Sentence, Span

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled sentences, ready to learn from."""

    sentences: tuple[Sentence, ...]
    target: Bools
    """Shape (n, n_labels), columns in scheme order."""
    spans: tuple[tuple[Span, ...], ...]
    groups: tuple[str, ...]
    """The work of each sentence; folds keep it whole."""

    def of(self, rows: npt.NDArray[np.int64]) -> Examples:
        """The examples with these row numbers."""
        return Examples(
            tuple(self.sentences[row] for row in rows),
            self.target[rows],
            tuple(self.spans[row] for row in rows),
            tuple(self.groups[row] for row in rows),
        )


def examples_of(gold: Sequence[GoldSentence], labels: Sequence[str], works: dict[str, str]) -> Examples:
    """Gold sentences as examples; `works` gives the work of a document id."""
    return Examples(
        tuple(item.sentence for item in gold),
        np.array([[label in item.labels for label in labels] for item in gold], dtype=bool).reshape(-1, len(labels)),
        tuple(item.spans for item in gold),
        tuple(works[item.sentence.doc_id] for item in gold),
    )


def with_edits(examples: Examples, edits: Examples | None) -> Examples:
    """The examples, and those edits that belong to their works."""
    if edits is None:
        return examples
    known = set(examples.groups)
    own = edits.of(np.array([row for row, group in enumerate(edits.groups) if group in known], dtype=np.int64))
    return Examples(
        examples.sentences + own.sentences,
        np.vstack([examples.target, own.target]),
        examples.spans + own.spans,
        examples.groups + own.groups,
    )
