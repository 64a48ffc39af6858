"""What comes first in a review queue, worked by hand, and for any probabilities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.evaluation.queue import Doubt, disputed, uncertain

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LABELS = ("report", "claim")
CHANCES = arrays(np.float64, (6, 2), elements=st.floats(0, 1))
TARGETS = arrays(np.bool_, (6, 2))


def test_the_least_certain_come_first() -> None:
    chances = np.array([[0.9, 0.1], [0.5, 0.45], [0.2, 0.35]])
    found = uncertain(LABELS, chances, {"report": 0.4, "claim": 0.3})
    # distances: .5 and .2; .1 and .15; .2 and .05
    assert [(doubt.row, doubt.label) for doubt in found] == [(2, "claim"), (1, "report"), (0, "claim")]


def test_gold_is_in_doubt_where_the_model_is_as_confident_as_on_the_other_value() -> None:
    chances = np.array([[0.9], [0.7], [0.95], [0.75], [0.1], [0.05]])
    target = np.array([[True], [True], [False], [False], [False], [True]])
    # yes in gold: (.9 + .7 + .05) / 3 = .55 on average; no in gold: 1 - (.95 + .75 + .1) / 3 = .4
    assert disputed(("claim",), chances, target) == [
        Doubt(2, "claim", 0.95),  # no in gold, .95 >= .55
        Doubt(5, "claim", 0.05),  # yes in gold, .95 >= .4; as confident, and later in the file
        Doubt(3, "claim", 0.75),
    ]


def test_a_sentence_stands_once_for_what_is_most_in_doubt() -> None:
    chances = np.array([[0.8, 0.99], [0.1, 0.1], [0.7, 0.7]])
    target = np.array([[False, False], [False, False], [True, True]])
    assert [(doubt.row, doubt.label) for doubt in disputed(LABELS, chances, target)] == [(0, "claim")]


@given(CHANCES, TARGETS)
def test_where_model_and_gold_agree_there_is_no_doubt(chances: Floats, target: Bools) -> None:
    settled = np.where(target, 1.0, 0.0)
    assert disputed(LABELS, settled, target) == []
    for doubt in disputed(LABELS, chances, target):
        column = LABELS.index(doubt.label)
        assert doubt.chance == chances[doubt.row, column]


@given(CHANCES)
def test_every_sentence_stands_once_among_the_uncertain(chances: Floats) -> None:
    found = uncertain(LABELS, chances, dict.fromkeys(LABELS, 0.5))
    assert sorted(doubt.row for doubt in found) == list(range(6))
    distances = [abs(doubt.chance - 0.5) for doubt in found]
    assert distances == sorted(distances)
