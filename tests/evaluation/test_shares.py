"""Shares in spite of errors: worked by hand, and tried on collections of known truth."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.core.params import Bootstrap, SharesParams
from pipeline.evaluation.shares import (
    ErrorRates,
    adjusted_count,
    checked,
    corrected_by_sample,
    error_rates,
    share,
)

RESAMPLING = Bootstrap(resamples=200, seed=0, level=0.95)
PARAMS = SharesParams(least_gap=0.2, mixes=1, samples=(2,), draws=1, documents=3)
Bools = npt.NDArray[np.bool_]


def rates(true_positive: float, false_positive: float, size: int = 1) -> ErrorRates:
    return ErrorRates(np.full(size, true_positive), np.full(size, false_positive))


def test_error_rates_by_hand() -> None:
    target = np.array([1, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
    decided = np.array([1, 1, 0, 1, 0, 0, 0, 0], dtype=bool)
    found = error_rates(target, decided, np.array([[1.0] * 8, [1, 0, 1, 2, 0, 0, 0, 0]]))
    assert found.true_positive_rate.tolist() == [2 / 3, 1 / 2]
    assert found.false_positive_rate.tolist() == [1 / 5, 2 / 2]


@pytest.mark.parametrize(
    ("raw", "true_positive", "false_positive", "adjusted"),
    [
        (0.22, 0.9, 0.05, 0.2),  # .9 * .2 + .05 * .8 = .22
        (0.3, 0.8, 0.1, 2 / 7),  # (.3 - .1) / (.8 - .1)
        (0.04, 0.9, 0.05, 0.0),  # below what errors alone would give
        (0.95, 0.9, 0.05, 1.0),
    ],
)
def test_adjusted_count_by_hand(raw: float, true_positive: float, false_positive: float, adjusted: float) -> None:
    """Rogan and Gladen's formula, clipped."""
    assert adjusted_count(np.array([raw]), rates(true_positive, false_positive))[0] == pytest.approx(adjusted)


@pytest.mark.parametrize("false_positive", [0.5, 0.6])
def test_a_model_that_knows_nothing_gives_no_adjusted_count(false_positive: float) -> None:
    assert np.isnan(adjusted_count(np.array([0.5]), rates(0.5, false_positive))[0])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_adjusted_count_undoes_the_errors(true: float, true_positive: float, false_positive: float) -> None:
    assume(true_positive - false_positive > 0.01)
    raw = true_positive * true + false_positive * (1 - true)
    found = adjusted_count(np.array([raw]), rates(true_positive, false_positive))[0]
    assert found == pytest.approx(true, abs=1e-6)


@pytest.mark.parametrize(("gap", "estimable"), [(0.21, True), (0.2, True), (0.19, False)])
def test_estimable_from_the_bound_on(gap: float, estimable: bool) -> None:
    assert rates(0.1 + gap, 0.1, 201).estimable(PARAMS, RESAMPLING) is estimable


def test_the_bound_counts_for_the_lower_end_of_the_interval() -> None:
    spread = np.concatenate([[0.5], np.linspace(0.1, 0.9, 200)])
    assert not ErrorRates(spread, np.zeros(201)).estimable(PARAMS, RESAMPLING)


DECIDED = np.array([1, 0, 0, 0, 1, 1, 0, 0], dtype=bool)


def test_a_collection_has_a_raw_and_an_adjusted_share() -> None:
    told = share(DECIDED, list("aabbccdd"), rates(0.8, 0.1, 201), PARAMS, RESAMPLING)
    assert told["raw"]["value"] == 3 / 8
    assert told["raw"]["low"] < 3 / 8 < told["raw"]["high"]
    assert told["adjusted"]["value"] == pytest.approx((0.375 - 0.1) / 0.7, abs=1e-4)
    assert told["estimable"] is True


@pytest.mark.parametrize(("documents", "known"), [("a" * 8, rates(0.8, 0.1, 201)), ("aabbccdd", rates(0.2, 0.1, 201))])
def test_one_document_or_a_poor_model_has_a_raw_share_only(documents: str, known: ErrorRates) -> None:
    told = share(DECIDED, list(documents), known, PARAMS, RESAMPLING)
    assert told["raw"]["value"] == 3 / 8
    assert told["adjusted"] == {"value": None, "low": None, "high": None}
    assert told["estimable"] is False


def test_the_uncertainty_of_the_rates_widens_the_adjusted_share() -> None:
    wavering = np.concatenate([[0.8], np.linspace(0.6, 1, 200)])
    wide, narrow = (
        share(DECIDED, list("aabbccdd"), known, PARAMS, RESAMPLING)["adjusted"]
        for known in (ErrorRates(wavering, np.full(201, 0.1)), rates(0.8, 0.1, 201))
    )
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]


def test_the_truth_beside_what_was_told() -> None:
    told = {"raw": {"value": 0.4, "low": 0.3, "high": 0.5}, "adjusted": {"value": 0.2, "low": None, "high": None}}
    assert checked(0.30001, told)["covered"] == {"raw": True, "adjusted": None}
    assert checked(0.51, told)["covered"]["raw"] is False


def test_the_truth_is_rounded_as_the_interval_is() -> None:
    exact = {name: {"value": 0.3333, "low": 0.3333, "high": 0.3333} for name in ("raw", "adjusted")}
    assert checked(1 / 3, exact) == {**exact, "true": 0.3333, "covered": {"raw": True, "adjusted": True}}


def test_the_regression_estimator_by_hand() -> None:
    """Four of ten labelled: cov(truth, said) = 1/6, var(said) = 1/4, so the slope is 2/3.

    The share is 1/2 + 2/3 * (4/10 - 1/4) = .6; the residuals 1/3, 0, 1, 0 have variance 2/9, the error is the root of
    2/9 / 4 * (1 - 4/10) = .18257, and 1.96 of it .3578.
    """
    decided = np.array([1, 0, 0, 0, 1, 1, 1, 0, 0, 0], dtype=bool)
    told = corrected_by_sample(decided, np.array([0, 1, 2, 3]), np.array([1, 0, 1, 0], dtype=bool), 0.95)
    assert (told.value, told.low, told.high) == (0.6, 0.2422, 0.9578)


@given(st.lists(st.booleans(), min_size=2, max_size=30), st.data())
def test_a_whole_sample_leaves_no_doubt_whatever_the_model(truth: list[bool], data: st.DataObject) -> None:
    decided = data.draw(st.lists(st.booleans(), min_size=len(truth), max_size=len(truth)))
    rows = np.arange(len(truth))
    told = corrected_by_sample(np.array(decided), rows, np.array(truth), 0.95)
    assert told.value == told.low == told.high == round(sum(truth) / len(truth), 4)


@given(st.lists(st.booleans(), min_size=4, max_size=40), st.data())
def test_a_perfect_model_needs_no_more_than_a_sample_of_both_kinds(truth: list[bool], data: st.DataObject) -> None:
    rows = np.array(data.draw(st.lists(st.integers(0, len(truth) - 1), min_size=2, max_size=9, unique=True)))
    assume(len({truth[row] for row in rows}) == 2)
    decided = np.array(truth)
    told = corrected_by_sample(decided, rows, decided[rows], 0.95)
    assert told.value == told.low == told.high == round(sum(truth) / len(truth), 4)


def simulated(useful: bool, runs: int = 400, size: int = 100) -> tuple[float, float]:
    """How often the interval covers a true share of .3 among 1000 sentences, and how wide it is."""
    rng = np.random.default_rng(3)
    truth = np.arange(1000) < 300
    given = rng.random(1000) < (np.where(truth, 0.8, 0.1) if useful else 0.4)
    covered, width = 0, 0.0
    for _ in range(runs):
        rows = rng.permutation(1000)[:size]
        told = corrected_by_sample(given, rows, truth[rows], 0.95)
        assert told.low is not None
        assert told.high is not None
        covered += told.low <= 0.3 <= told.high
        width += told.high - told.low
    return covered / runs, width / runs


def test_the_interval_covers_about_as_often_as_it_says_and_a_useful_model_narrows_it() -> None:
    (useful, narrow), (useless, wide) = simulated(True), simulated(False)
    assert 0.92 < useful < 0.98
    assert 0.92 < useless < 0.98
    assert narrow < 0.8 * wide
    assert wide == pytest.approx(2 * 1.96 * np.sqrt(0.3 * 0.7 / 100 * 0.9), rel=0.03)  # as without a model
