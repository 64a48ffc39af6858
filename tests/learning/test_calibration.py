"""Probabilities from logits, and decisions from probabilities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from pipeline.learning.calibration import Sigmoid, best_threshold, fit_sigmoid

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

CASES = st.lists(st.tuples(st.integers(-40, 40), st.booleans()), min_size=2, max_size=40).map(
    lambda pairs: (np.array([x / 4 for x, _ in pairs]), np.array([hit for _, hit in pairs]))
)
CHANCES = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=30).map(
    lambda pairs: (np.array([x / 20 for x, _ in pairs]), np.array([hit for _, hit in pairs]))
)


def platt_loss(weights: Floats, logits: Floats, target: Bools) -> float:
    """Platt's cross-entropy against his smoothed targets."""
    positives, negatives = target.sum(), (~target).sum()
    aim = np.where(target, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    scores = weights[0] * logits + weights[1]
    return float(np.sum(np.logaddexp(0, scores) - aim * scores))


def optimum(logits: Floats, target: Bools) -> Floats:
    found: Floats = minimize(
        platt_loss, np.zeros(2), (logits, target), method="Nelder-Mead", options={"fatol": 1e-12, "xatol": 1e-9}
    ).x
    return found


@pytest.mark.parametrize(
    ("logits", "target"),
    [
        ([-2.0, -1.0, 0.5, 1.0, 3.0], [False, False, True, False, True]),
        ([-1.0, 1.0], [False, True]),
        ([-9.0, -8.0, -7.5, -7.0, -2.0, -1.0], [False, False, False, True, False, True]),
    ],
)
def test_the_sigmoid_is_the_optimum_of_platts_likelihood(logits: list[float], target: list[bool]) -> None:
    sigmoid = fit_sigmoid(np.array(logits), np.array(target))
    assert [sigmoid.slope, sigmoid.offset] == pytest.approx(optimum(np.array(logits), np.array(target)), abs=1e-4)


@settings(deadline=None, max_examples=60)
@given(case=CASES)
def test_the_sigmoid_never_decreases_and_no_better_one_does(case: tuple[Floats, Bools]) -> None:
    logits, target = case
    sigmoid = fit_sigmoid(logits, target)
    assert sigmoid.slope >= 0
    assert (np.diff(sigmoid(np.linspace(-12, 12, 50))) >= 0).all()
    own = platt_loss(np.array([sigmoid.slope, sigmoid.offset]), logits, target)
    best = platt_loss(optimum(logits, target), logits, target)
    assert sigmoid.slope == 0 or own <= best + 1e-4


def test_logits_that_order_the_wrong_way_round_give_the_prevalence() -> None:
    target = np.array([True, True, False, False, False])
    sigmoid = fit_sigmoid(np.array([-3.0, -2.0, 1.0, 2.0, 3.0]), target)
    assert sigmoid.slope == 0.0
    smoothed = (2 * (3 / 4) + 3 * (1 / 5)) / 5
    assert sigmoid(np.array([-3.0, 9.0])) == pytest.approx([smoothed, smoothed], abs=1e-6)


def test_one_class_gives_its_smoothed_prevalence() -> None:
    sigmoid = fit_sigmoid(np.full(6, -10.0), np.zeros(6, dtype=bool))
    assert sigmoid(np.array([-10.0])) == pytest.approx([1 / 8], abs=1e-4)


def test_a_sigmoid_is_worked_out_by_its_formula() -> None:
    assert Sigmoid(2.0, -1.0)(np.array([0.5, 1.0])) == pytest.approx([0.5, 1 / (1 + np.exp(-1))])


def test_huge_logits_are_certain_and_warn_of_nothing() -> None:
    assert Sigmoid(2.0, 0.0)(np.array([-1e6, -400.0, 400.0, 1e6])).tolist() == [0.0, expit(-800.0), 1.0, 1.0]
    found = fit_sigmoid(np.array([-1e6, -1e5, 1e5, 1e6]), np.array([False, False, True, True]))
    assert np.isfinite([found.slope, found.offset]).all()


@pytest.mark.parametrize(
    ("chances", "target", "threshold"),
    [
        # F1 of taking 1, 2, 3, 4: 2/3, 2/4, 4/5, 4/6.
        ([0.9, 0.8, 0.7, 0.2], [1, 0, 1, 0], (0.7 + 0.2) / 2),
        ([0.2, 0.7, 0.8, 0.9], [0, 1, 0, 1], (0.7 + 0.2) / 2),
        # The two of .5 cannot be told apart: taking 1, 3, 4 gives 0, 2/4, 2/5.
        ([0.9, 0.5, 0.5, 0.1], [0, 1, 0, 0], (0.5 + 0.1) / 2),
        # Taking 1 and taking 4 both give 2/3; the higher threshold wins.
        ([0.9, 0.7, 0.5, 0.3, 0.1], [1, 0, 0, 1, 0], (0.9 + 0.7) / 2),
        # When all are taken, what follows is 0.
        ([0.6, 0.4], [1, 1], 0.4 / 2),
        ([0.3, 0.3, 0.3], [1, 0, 0], 0.3 / 2),
        ([0.9, 0.1], [0, 0], 0.5),
    ],
)
def test_the_threshold_worked_out_by_hand(chances: list[float], target: list[int], threshold: float) -> None:
    assert best_threshold(np.array(chances), np.array(target, dtype=bool)) == pytest.approx(threshold, abs=1e-9)


def f1(decided: Bools, target: Bools) -> float:
    return float(2 * (decided & target).sum() / (decided.sum() + target.sum()))


@settings(deadline=None)
@given(case=CHANCES)
def test_no_other_threshold_has_a_higher_f1(case: tuple[Floats, Bools]) -> None:
    chances, target = case
    threshold = best_threshold(chances, target)
    if not target.any():
        assert threshold == 0.5
        return
    best = max(f1(chances >= other, target) for other in chances)
    assert f1(chances >= threshold, target) == pytest.approx(best)
