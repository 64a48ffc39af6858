"""What a model said is kept with its sentences, and read with no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import Sentence
from pipeline.core.tables import CHANCES, OUTCOMES, read_table, write_table
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.outcomes import outcome_rows, read_outcome
from pipeline.learning.annotator import AnnotatedSentence, LoadedSpan

LABELS = ("prediction", "loaded_language")
GOLD: list[dict[str, Any]] = [
    {"doc_id": "x", "start": 0, "labels": ["prediction"]},
    {"doc_id": "y", "start": 7, "labels": []},
]
OUTCOME = Outcome(
    LABELS,
    ("x", "y"),
    np.array([[1, 0], [0, 0]], dtype=bool),
    np.array([[0.9, 0.7], [0.2, 0.1]]),
    np.eye(2, dtype=bool),
)
ANNOTATED = [
    AnnotatedSentence(
        Sentence("x", 0, 0, "body", 0, 9, "It is so."),
        spans=(LoadedSpan(6, 8, "quoted", 0.4),),
        voices=(("prediction", "author"),),
    ),
    AnnotatedSentence(Sentence("y", 1, 0, "body", 7, 9, "No.")),
]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "main.parquet"
    write_table(path, outcome_rows(ANNOTATED, OUTCOME), OUTCOMES)
    return path


def test_an_outcome_comes_back_as_it_was(kept: Path) -> None:
    found = read_outcome(kept, GOLD, LABELS)
    assert (found.labels, found.documents) == (LABELS, ("x", "y"))
    for name in ("target", "chances", "given"):
        assert getattr(found, name).tolist() == getattr(OUTCOME, name).tolist()


def test_wordings_and_voices_are_kept_beside_it(kept: Path) -> None:
    first, second = read_table(kept, OUTCOMES)
    assert first["spans"] == [{"start": 6, "end": 8, "voice": "quoted"}]
    assert first["voices"] == [{"label": "prediction", "voice": "author"}]
    assert (second["spans"], second["voices"]) == ([], [])


@pytest.mark.parametrize(
    "gold",
    [GOLD[:1], GOLD[::-1], [GOLD[0], {**GOLD[1], "start": 8}], [*GOLD, GOLD[0]]],
    ids=lambda gold: str(len(gold)),
)
def test_other_sentences_are_refused(kept: Path, gold: list[dict[str, Any]]) -> None:
    with pytest.raises(InputError, match="does not speak of the sentences of the part it is read with"):
        read_outcome(kept, gold, LABELS)


def test_the_columns_are_those_that_were_asked_for(kept: Path) -> None:
    with pytest.raises(InputError, match="has the columns"):
        read_outcome(kept, GOLD, LABELS, CHANCES)
