"""Two models on the same sentences: published and hand-worked figures."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.params import Bootstrap
from pipeline.evaluation.bootstrap import document_weights
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.paired import f1_difference, holm, macro_f1_difference, mcnemar

RESAMPLING = Bootstrap(resamples=50, seed=0, level=0.95)
Bools = npt.NDArray[np.bool_]


def pairs(both: int, only_first: int, only_second: int, neither: int) -> tuple[Bools, Bools]:
    """The two sides of a table of paired answers."""
    cells = ((True, True, both), (True, False, only_first), (False, True, only_second), (False, False, neither))
    first, second = ([cell[side] for cell in cells for _ in range(cell[2])] for side in (0, 1))
    return np.array(first, dtype=bool), np.array(second, dtype=bool)


@pytest.mark.parametrize(
    ("table", "p_value"),
    [((1, 1, 7, 12), 0.070), ((59, 6, 16, 80), 0.052)],
    ids=["Bentur et al.", "Cavo et al."],
)
def test_mcnemar_on_the_examples_of_fagerland_lydersen_and_laake(
    table: tuple[int, int, int, int], p_value: float
) -> None:
    """The exact conditional test in doi:10.1186/1471-2288-13-91."""
    assert mcnemar(*pairs(*table)) == pytest.approx(p_value, abs=0.0005)


def test_mcnemar_by_hand() -> None:
    assert mcnemar(*pairs(1, 1, 7, 12)) == pytest.approx(2 * (1 + 8) / 2**8)


def test_mcnemar_looks_only_at_pairs_that_differ() -> None:
    assert mcnemar(*pairs(0, 2, 9, 0)) == pytest.approx(mcnemar(*pairs(500, 2, 9, 70)))
    assert mcnemar(*pairs(5, 0, 0, 3)) == 1.0


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_does_not_care_which_side_is_first(one: int, other: int) -> None:
    assert mcnemar(*pairs(3, one, other, 3)) == pytest.approx(mcnemar(*pairs(3, other, one, 3)))


def test_holm_by_hand() -> None:
    """Sorted .005, .01, .03, .04, times 4, 3, 2, 1: .02, .03, .06, .04, of which none may fall below the one before."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_stays_a_probability() -> None:
    assert holm([0.6, 0.5]) == [1.0, 1.0]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_corrects_upwards_keeps_the_order_and_is_at_most_bonferroni(p_values: list[float]) -> None:
    corrected = holm(p_values)
    for raw, now in zip(p_values, corrected, strict=True):
        assert raw <= now <= min(raw * len(p_values), 1.0) or now == pytest.approx(raw * len(p_values))
    ordered = [now for _, now in sorted(zip(p_values, corrected, strict=True))]
    assert ordered == sorted(ordered)


def outcome(given: list[list[int]]) -> Outcome:
    target = np.array([[1, 0], [1, 1], [0, 1], [0, 0]], dtype=bool)
    decisions = np.array(given, dtype=bool)
    return Outcome(("a", "b"), ("x", "x", "y", "z"), target, decisions * 1.0, decisions)


RIGHT = outcome([[1, 0], [1, 1], [0, 1], [0, 0]])
HALF = outcome([[1, 0], [0, 1], [1, 0], [0, 0]])
"""F1 of a: 2 / 4; of b: 2 / 3."""
WEIGHTS = document_weights(RIGHT.documents, RESAMPLING)


def test_differences_of_f1_by_hand() -> None:
    assert f1_difference(RIGHT, HALF, 0, WEIGHTS, RESAMPLING).value == 0.5
    assert f1_difference(RIGHT, HALF, 1, WEIGHTS, RESAMPLING).value == pytest.approx(1 / 3, abs=1e-4)
    assert macro_f1_difference(RIGHT, HALF, [0, 1], WEIGHTS, RESAMPLING).value == pytest.approx(5 / 12, abs=1e-4)


def test_a_model_is_not_ahead_of_itself_and_the_difference_has_two_ends() -> None:
    same = macro_f1_difference(HALF, HALF, [0, 1], WEIGHTS, RESAMPLING)
    assert (same.value, same.low, same.high) == (0, 0, 0)
    ahead, behind = (macro_f1_difference(*two, [0, 1], WEIGHTS, RESAMPLING) for two in ((RIGHT, HALF), (HALF, RIGHT)))
    assert ahead.low is not None
    assert behind.high == -ahead.low


def test_a_label_that_is_never_given_nor_carried_counts_as_nought() -> None:
    nothing = Outcome(("a",), ("x",), *(np.zeros((1, 1), dtype=bool),) * 3)
    assert f1_difference(nothing, nothing, 0, np.ones((51, 1)), RESAMPLING).value == 0
