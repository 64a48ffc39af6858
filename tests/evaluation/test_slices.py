"""Kinds of text, and the one that a model does worst on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipeline.core.params import Bootstrap
from pipeline.core.records import Sentence
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.slices import length_band, micro_f1, quotation, slices

RESAMPLING = Bootstrap(resamples=20, seed=0, level=0.95)

TARGET = [[1, 0], [1, 1], [0, 1], [0, 0], [1, 0], [0, 0]]
GIVEN = [[1, 0], [1, 0], [0, 1], [1, 1], [0, 0], [0, 0]]
OUTCOME = Outcome(
    ("a", "b"),
    ("x", "y", "z", "x", "x", "w"),
    np.array(TARGET, dtype=bool),
    np.array(GIVEN, dtype=bool) * 1.0,
    np.array(GIVEN, dtype=bool),
)
GENRES = ["news", "news", "news", "essay", "essay", "list"]
"""news: 3 right of 4 carried and 3 given, in three documents; essay: none of 1 and 2, in one; list: nothing at all."""


def sliced(documents: int) -> dict[str, Any]:
    found: dict[str, Any] = slices(OUTCOME, {"genre": GENRES}, documents, RESAMPLING)["genre"]
    return found


def test_micro_f1_counts_all_labels_together() -> None:
    weights = np.array([[1.0] * 6, [1, 0, 0, 0, 0, 0], [0, 0, 0, 2, 0, 0], [0, 0, 0, 0, 0, 1]])
    found = micro_f1(OUTCOME.target, OUTCOME.given, weights)
    assert found[:3].tolist() == [2 * 3 / (5 + 5), 1, 0]
    assert np.isnan(found[3])


def test_slices_by_hand() -> None:
    news, essay = (sliced(1)["slices"][name] for name in ("news", "essay"))
    assert (news["sentences"], news["documents"], news["enough"]) == (3, 3, True)
    assert (essay["sentences"], essay["documents"], essay["enough"]) == (2, 1, True)
    assert news["micro_f1"]["value"] == pytest.approx(2 * 3 / (4 + 3), abs=1e-4)
    assert essay["micro_f1"] == {"value": 0, "low": 0, "high": 0}


def test_the_worst_slice_is_the_lowest_with_enough_documents() -> None:
    assert sliced(1)["worst"] == "essay"
    assert sliced(2)["worst"] == "news"
    assert sliced(4)["worst"] is None


def test_too_few_documents_have_a_figure_but_no_interval() -> None:
    essay = sliced(2)["slices"]["essay"]
    assert (essay["enough"], essay["micro_f1"]) == (False, {"value": 0, "low": None, "high": None})


def test_a_slice_where_nothing_is_carried_or_given_is_never_the_worst() -> None:
    assert sliced(1)["slices"]["list"]["micro_f1"]["value"] is None
    only = slices(OUTCOME, {"genre": ["list"] * 5 + ["empty"]}, 1, RESAMPLING)["genre"]
    assert only["worst"] == "list"


@pytest.mark.parametrize(
    ("words", "band"),
    [
        (0, "1-10 words"),
        (1, "1-10 words"),
        (10, "1-10 words"),
        (11, "11-20 words"),
        (20, "11-20 words"),
        (21, "21-35 words"),
        (35, "21-35 words"),
        (36, "36 words or more"),
    ],
)
def test_bands_at_their_bounds(words: int, band: str) -> None:
    assert length_band(" ".join(["word"] * words)) == band


def test_quotation_follows_the_marks_through_a_document() -> None:
    texts = ["She left.", "“It rained.”", "“It rained,” she said.", "“We stay.", "We wait.”", "Nobody moved."]
    sentences = [Sentence("x", n, 0, "body", 30 * n, 30 * n + len(text), text) for n, text in enumerate(texts)]
    assert quotation(sentences) == ["not quoted", "quoted", "partly quoted", "quoted", "quoted", "not quoted"]
