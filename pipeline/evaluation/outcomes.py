"""What models said of labelled sentences, as tables between stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from datasets import Features

from pipeline.core.errors import InputError
from pipeline.core.tables import OUTCOMES, PART, read_table
from pipeline.evaluation.evaluate import Outcome
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.learning.features import LOADED

Row = Mapping[str, Any]


def outcome_rows(annotated: Sequence[AnnotatedSentence], outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Rows of the OUTCOMES table."""
    for one, chances, given in zip(annotated, outcome.chances, outcome.given, strict=True):
        yield {
            "doc_id": one.sentence.doc_id,
            "start": one.sentence.start,
            "chances": chances.tolist(),
            "given": given.tolist(),
            "spans": [{"start": span.start, "end": span.end, "voice": span.voice} for span in one.spans],
            "voices": [{"label": label, "voice": voice} for label, voice in one.voices],
        }


def read_outcome(path: Path, gold: Sequence[Row], labels: Sequence[str], features: Features = OUTCOMES) -> Outcome:
    """What a model said of the sentences of `gold`, rows of a PART table; `features` are those of the table in `path`.

    Raises:
        InputError: the table speaks of other sentences.
    """
    rows = read_table(path, features)
    if [(row["doc_id"], row["start"]) for row in rows] != [(row["doc_id"], row["start"]) for row in gold]:
        raise InputError(path, "does not speak of the sentences of the part it is read with")
    return Outcome(
        tuple(labels),
        tuple(row["doc_id"] for row in rows),
        np.array([[label in row["labels"] for label in labels] for row in gold], dtype=bool),
        np.array([row["chances"] for row in rows], dtype=np.float64),
        np.array([row["given"] for row in rows], dtype=bool),
    )


def read_judged(
    part: Path, told: Path, labels: Sequence[str], features: Features = OUTCOMES
) -> tuple[list[dict[str, Any]], Outcome]:
    """The rows of the PART table in `part`, and what a model said of them, as in `read_outcome`."""
    rows = read_table(part, PART)
    return rows, read_outcome(told, rows, labels, features)


def together(first: Outcome, second: Outcome) -> Outcome:
    """Two outcomes over other sentences as one, the first's sentences first."""
    return Outcome(
        first.labels,
        first.documents + second.documents,
        *(np.concatenate([getattr(first, name), getattr(second, name)]) for name in ("target", "chances", "given")),
    )


def said(row: Row) -> set[tuple[str, Any]]:
    """The labels with a voice that a row of OUTCOMES or GOLD holds, each with its voice."""
    return {(voice["label"], voice["voice"]) for voice in row["voices"]} | {
        (LOADED, span["voice"]) for span in row["spans"]
    }
