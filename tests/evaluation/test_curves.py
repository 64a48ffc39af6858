"""The rows behind the plots."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.evaluation.curves import confusion_rows, f1_rows, precision_recall_rows, reliability_rows
from pipeline.evaluation.evaluate import Outcome


def decided(target: list[int], given: list[int]) -> list[tuple[object, object]]:
    """The pairs of one sentence with labels a, b, c, d."""
    right, told = np.array([target], dtype=bool), np.array([given], dtype=bool)
    outcome = Outcome(("a", "b", "c", "d"), ("x",), right, told * 1.0, told)
    return [(row["gold"], row["model"]) for row in confusion_rows(outcome)]


def ranked(target: list[int], chances: list[float], labels: tuple[str, ...] = ("a",)) -> Outcome:
    right = np.array(target, dtype=bool).reshape(-1, len(labels))
    scores = np.array(chances, dtype=np.float64).reshape(-1, len(labels))
    return Outcome(labels, ("x",) * len(right), right, scores, scores >= 0.5)


def test_a_label_right_and_given_pairs_with_itself() -> None:
    assert decided([1, 0, 0, 1], [1, 0, 0, 1]) == [("a", "a"), ("d", "d")]


def test_each_missed_label_pairs_with_each_wrong_one() -> None:
    assert decided([1, 1, 0, 0], [0, 0, 1, 1]) == [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]


def test_a_missed_label_without_a_wrong_one_pairs_with_none() -> None:
    assert decided([1, 1, 0, 0], [1, 0, 0, 0]) == [("a", "a"), ("b", "(none)")]


def test_a_wrong_label_without_a_missed_one_pairs_with_none() -> None:
    assert decided([0, 0, 1, 0], [0, 1, 1, 0]) == [("c", "c"), ("(none)", "b")]


def test_a_sentence_without_labels_gives_no_row() -> None:
    assert decided([0, 0, 0, 0], [0, 0, 0, 0]) == []


def test_a_perfect_ranking_is_precise_to_the_end() -> None:
    rows = list(precision_recall_rows(ranked([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1])))
    found = [(row["recall"], row["precision"]) for row in rows]
    assert found == [(0.5, 1.0), (1.0, 1.0), (1.0, 0.6667), (1.0, 0.5)]


def test_ties_make_one_point() -> None:
    rows = list(precision_recall_rows(ranked([1, 0, 1], [0.5, 0.5, 0.1])))
    assert [(row["recall"], row["precision"]) for row in rows] == [(0.5, 0.5), (1.0, 0.6667)]


def test_a_label_that_never_occurs_has_no_curve() -> None:
    rows = precision_recall_rows(ranked([1, 0, 0, 0], [0.9, 0.9, 0.1, 0.1], ("a", "b")))
    assert {row["label"] for row in rows} == {"a"}


def test_a_long_curve_keeps_its_ends_and_at_most_50_points() -> None:
    rows = list(precision_recall_rows(ranked([1, 0] * 200, list(np.linspace(1, 0, 400)))))
    assert len(rows) == 50
    assert (rows[0]["recall"], rows[0]["precision"]) == (0.005, 1.0)
    assert (rows[-1]["recall"], rows[-1]["precision"]) == (1.0, 0.5)


def test_certainty_falls_into_the_last_bin() -> None:
    rows = list(reliability_rows(ranked([1, 0], [1.0, 0.95]), 10))
    assert rows == [{"probability": pytest.approx(0.975), "share": 0.5, "sentences": 2}]


def test_an_edge_belongs_to_the_bin_above_it() -> None:
    rows = list(reliability_rows(ranked([0, 1, 1], [0.0, 0.5, 0.49]), 2))
    assert [(row["probability"], row["share"], row["sentences"]) for row in rows] == [(0.245, 0.5, 2), (0.5, 1.0, 1)]


def test_empty_bins_have_no_row_and_all_labels_count() -> None:
    rows = list(reliability_rows(ranked([1, 0, 0, 0], [0.95, 0.05, 0.05, 0.95], ("a", "b")), 10))
    assert [(row["probability"], row["share"], row["sentences"]) for row in rows] == [(0.05, 0.0, 2), (0.95, 0.5, 2)]


def test_f1_rows_leave_out_what_is_undefined() -> None:
    scores = {
        "labels": {
            "a": {"f1": {"value": 0.5, "low": 0.4, "high": 0.6}},
            "b": {"f1": {"value": None, "low": None, "high": None}},
        }
    }
    assert list(f1_rows(scores)) == [{"label": "a", "f1": 0.5, "low": 0.4, "high": 0.6}]
