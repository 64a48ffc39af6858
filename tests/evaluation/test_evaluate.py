"""A model's scores on a handful of sentences, worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipeline.core.params import Bootstrap, EvaluateParams
from pipeline.evaluation.evaluate import Outcome, evaluate

RESAMPLING = Bootstrap(resamples=20, seed=0, level=0.95)


def outcome(documents: list[str], target: list[list[int]], given: list[list[int]]) -> Outcome:
    decisions = np.array(given, dtype=bool)
    labels = tuple("abc"[: decisions.shape[1]])
    return Outcome(labels, tuple(documents), np.array(target, dtype=bool), decisions * 0.8 + 0.1, decisions)


def scored(told: Outcome, positives: int = 1, documents: int = 1) -> dict[str, Any]:
    params = EvaluateParams(too_few_positives=positives, too_few_documents=documents, bins=10)
    return evaluate(told, params, RESAMPLING)


def carried(positives: int, documents: int) -> Outcome:
    """A label that so many sentences carry, spread over so many documents."""
    names = [f"d{number % documents}" for number in range(positives)]
    return outcome([*names, "other"], [[1]] * positives + [[0]], [[1]] * positives + [[0]])


THREE = outcome(
    ["x", "x", "y", "y", "z"],
    [[1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]],
    [[1, 0, 0], [1, 0, 0], [0, 0, 0], [1, 1, 0], [0, 0, 0]],
)


def test_macro_f1_is_the_mean_of_the_f1s() -> None:
    scores = scored(THREE)
    assert scores["labels"]["a"]["f1"]["value"] == pytest.approx(4 / 6, abs=1e-4)
    assert scores["labels"]["b"]["f1"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert scores["macro_f1"]["value"] == pytest.approx((4 / 6 + 2 / 3) / 2, abs=1e-4)
    assert scores["macro_f1_labels"] == ["a", "b"]


def test_macro_f1_is_not_the_f1_of_mean_precision_and_recall() -> None:
    told = outcome(["x"] * 4, [[1, 1], [1, 0], [1, 0], [1, 0]], [[1, 1], [0, 1], [0, 1], [0, 1]])
    assert scored(told)["macro_f1"]["value"] == pytest.approx((2 / 5 + 2 / 5) / 2)


def test_a_label_that_occurs_and_is_never_given_counts_as_nought() -> None:
    told = outcome(["x", "y"], [[1, 1], [1, 0]], [[1, 0], [1, 0]])
    assert scored(told)["macro_f1"]["value"] == (1 + 0) / 2


def test_an_absent_label_has_no_figures_and_stays_out_of_the_mean() -> None:
    figures = scored(THREE)["labels"]["c"]
    assert (figures["support"], figures["support_documents"], figures["enough"]) == (0, 0, False)
    assert [figures[name]["value"] for name in ("precision", "recall", "f1", "auc", "average_precision")] == [None] * 5
    assert figures["brier"]["value"] == pytest.approx(0.01)


def test_no_label_often_enough_gives_no_macro_f1() -> None:
    scores = scored(THREE, positives=99)
    assert scores["macro_f1"] == {"value": None, "low": None, "high": None}
    assert scores["macro_f1_labels"] == []


@pytest.mark.parametrize(
    ("positives", "documents", "enough"), [(20, 10, True), (19, 10, False), (20, 9, False), (21, 11, True)]
)
def test_too_few_at_its_bounds(positives: int, documents: int, enough: bool) -> None:
    figures = scored(carried(positives, documents), 20, 10)["labels"]["a"]
    assert (figures["support"], figures["support_documents"]) == (positives, documents)
    assert figures["enough"] is enough
    assert figures["f1"]["value"] == 1


def test_counts() -> None:
    scores = scored(THREE)
    assert (scores["documents"], scores["sentences"]) == (3, 5)
    assert [figures["support"] for figures in scores["labels"].values()] == [3, 2, 0]
    assert [figures["support_documents"] for figures in scores["labels"].values()] == [2, 2, 0]


def test_figures_by_hand() -> None:
    figures = scored(THREE)["labels"]["b"]  # one found, one missed, none wrong among five
    values = {name: figure["value"] for name, figure in figures.items() if isinstance(figure, dict)}
    assert values == {
        "precision": 1,
        "recall": 1 / 2,
        "f1": 0.6667,
        "auc": (3 + 3 / 2) / 6,
        "average_precision": (1 + 2 / 5) / 2,
        "mcc": round(3 / np.sqrt(1 * 2 * 3 * 4), 4),
        "brier": pytest.approx((0.01 * 4 + 0.81) / 5),
        "calibration_error": pytest.approx((abs(0.4 - 1) + abs(0.9 - 1)) / 5),
    }


def test_no_sentence_crashes_nothing() -> None:
    nothing = Outcome(("a",), (), np.zeros((0, 1), dtype=bool), np.zeros((0, 1)), np.zeros((0, 1), dtype=bool))
    assert scored(nothing)["labels"]["a"]["auc"] == {"value": None, "low": None, "high": None}
