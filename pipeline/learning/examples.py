"""Labelled sentences, ready to learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.records import GoldSentence, Sentence, Span
from pipeline.core.scheme import Scheme
from pipeline.labelling.edits import original_of, read_edits
from pipeline.labelling.gold import by_key, gold_of

Bools = npt.NDArray[np.bool_]
Row = Mapping[str, Any]


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


def examples_of(gold: Sequence[GoldSentence], labels: Sequence[str], works: Mapping[str, str]) -> Examples:
    """Gold sentences as examples; `works` gives the work of a document id."""
    return Examples(
        tuple(item.sentence for item in gold),
        np.array([[label in item.labels for label in labels] for item in gold], dtype=bool).reshape(-1, len(labels)),
        tuple(item.spans for item in gold),
        tuple(works[item.sentence.doc_id] for item in gold),
    )


def part_examples(rows: Sequence[Row], labels: Sequence[str]) -> Examples:
    """Rows of a PART table as examples."""
    return examples_of([gold_of(row) for row in rows], labels, _works(rows))


def edit_examples(path: Path, rows: Sequence[Row], scheme: Scheme) -> Examples:
    """The edited sentences in `path` of the documents in `rows`, a PART table; each belongs to its original's work.

    Raises:
        InputError: as `read_edits`.
    """
    edits = read_edits(path, by_key(gold_of(row).sentence for row in rows), scheme)
    works = _works(rows)
    own = {item.sentence.doc_id: works[original_of(item.sentence.doc_id)] for item in edits}
    return examples_of(edits, scheme.ids, own)


def with_edits(examples: Examples, edits: Examples | None) -> Examples:
    """The examples, and those edits that belong to their works."""
    if edits is None:
        return examples
    known = set(examples.groups)
    return joined(
        examples, edits.of(np.array([row for row, group in enumerate(edits.groups) if group in known], dtype=np.int64))
    )


def joined(first: Examples, second: Examples) -> Examples:
    """Both, the first's sentences first."""
    return Examples(
        first.sentences + second.sentences,
        np.vstack([first.target, second.target]),
        first.spans + second.spans,
        first.groups + second.groups,
    )


def _works(rows: Sequence[Row]) -> dict[str, str]:
    """The work of each document."""
    return {row["doc_id"]: row["work"] for row in rows}
