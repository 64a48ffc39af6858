"""Loaded wordings, scored by the characters marked."""

from __future__ import annotations

import numpy as np

from pipeline.core.params import Bootstrap
from pipeline.evaluation.bootstrap import Estimate
from pipeline.evaluation.spans import span_scores

ONCE = Bootstrap(resamples=1, seed=0, level=0.95)


def test_characters_are_counted_over_all_sentences() -> None:
    found = [[(0, 4)], [(2, 6)], []]
    gold = [[(0, 4)], [(4, 10)], [(1, 3)]]
    scores = span_scores(found, gold, np.ones((2, 3)), ONCE)
    assert scores["precision"].value == 6 / 8
    assert scores["recall"].value == 6 / 12
    assert scores["f1"].value == 12 / 20
    assert scores["exact_recall"].value == round(1 / 3, 4)


def test_a_character_counts_once_however_many_wordings_cover_it() -> None:
    assert span_scores([[(0, 4), (2, 4)]], [[(0, 4)]], np.ones((2, 1)), ONCE)["precision"].value == 1.0


def test_nothing_marked_has_no_precision_and_no_recall() -> None:
    scores = span_scores([[]], [[(0, 2)]], np.ones((2, 1)), ONCE)
    assert scores["precision"] == Estimate(None, None, None)
    assert scores["f1"].value == 0.0


def test_weights_repeat_sentences() -> None:
    weights = np.array([[1.0, 1.0], [3.0, 0.0]])
    assert span_scores([[(0, 2)], []], [[(0, 2)], [(0, 2)]], weights, ONCE)["recall"] == Estimate(0.5, 1.0, 1.0)
