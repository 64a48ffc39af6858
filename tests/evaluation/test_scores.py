"""Every score against scikit-learn's plain figure of the repeated sample, and against values worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    f1_score,
    matthews_corrcoef,
    precision_score,
    recall_score,
    roc_auc_score,
)

from pipeline.evaluation.scores import average_precision, brier, calibration_error, confusion, roc_auc

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NAN = float("nan")


@dataclass
class Sample:
    """Sentences with ties in the scores, and two weightings, of which a row may be all zeros."""

    target: Bools
    scores: Floats
    given: Bools
    weights: Floats

    def repeated(self, row: int) -> tuple[Bools, Floats, Bools]:
        copies = self.weights[row].astype(int)
        return np.repeat(self.target, copies), np.repeat(self.scores, copies), np.repeat(self.given, copies)


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    size = draw(st.integers(1, 12))
    flags = st.lists(st.booleans(), min_size=size, max_size=size)
    chances = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.55, 1.0]), min_size=size, max_size=size)
    copies = st.lists(st.integers(0, 3), min_size=size, max_size=size)
    weights = [[1] * size, draw(copies), draw(copies)]
    return Sample(
        np.array(draw(flags)), np.array(draw(chances)), np.array(draw(flags)), np.array(weights, dtype=np.float64)
    )


def assert_plain(found: Floats, sample: Sample, plain: Callable[[Bools, Floats, Bools], float]) -> None:
    expected = [plain(*sample.repeated(row)) for row in range(len(sample.weights))]
    assert found == pytest.approx(expected, nan_ok=True)


def both(target: Bools) -> bool:
    return bool(target.any() and not target.all())


@settings(deadline=None)
@given(samples())
def test_roc_auc_is_the_plain_one(sample: Sample) -> None:
    found = roc_auc(sample.target, sample.scores, sample.weights)
    assert_plain(found, sample, lambda y, s, _: roc_auc_score(y, s) if both(y) else NAN)


@settings(deadline=None)
@given(samples())
def test_average_precision_is_the_plain_one(sample: Sample) -> None:
    found = average_precision(sample.target, sample.scores, sample.weights)
    assert_plain(found, sample, lambda y, s, _: average_precision_score(y, s) if y.any() else NAN)


@settings(deadline=None)
@given(samples())
def test_brier_is_the_plain_one(sample: Sample) -> None:
    found = brier(sample.target, sample.scores, sample.weights)
    assert_plain(found, sample, lambda y, s, _: brier_score_loss(y, s, pos_label=True) if len(y) else NAN)


@settings(deadline=None)
@given(samples())
def test_f1_precision_and_recall_are_the_plain_ones(sample: Sample) -> None:
    counts = confusion(sample.target, sample.given, sample.weights)
    assert_plain(counts.f1, sample, lambda y, _, g: f1_score(y, g) if (y | g).any() else NAN)
    assert_plain(counts.precision, sample, lambda y, _, g: precision_score(y, g) if g.any() else NAN)
    assert_plain(counts.recall, sample, lambda y, _, g: recall_score(y, g) if y.any() else NAN)


@settings(deadline=None)
@given(samples())
def test_mcc_is_the_plain_one(sample: Sample) -> None:
    counts = confusion(sample.target, sample.given, sample.weights)
    assert_plain(counts.mcc, sample, lambda y, _, g: matthews_corrcoef(y, g) if both(y) and both(g) else 0.0)


@settings(deadline=None)
@given(samples())
def test_calibration_error_is_that_of_the_repeated_sample(sample: Sample) -> None:
    def plain(y: Bools, s: Floats, _: Bools) -> float:
        return float(calibration_error(y, s, np.ones((1, len(y))), 5)[0])

    assert_plain(calibration_error(sample.target, sample.scores, sample.weights, 5), sample, plain)


def once(size: int) -> Floats:
    return np.ones((1, size))


def test_roc_auc_counts_a_tie_as_half_a_win() -> None:
    target, scores = np.array([True, False, True, False]), np.array([0.9, 0.4, 0.4, 0.1])
    assert roc_auc(target, scores, once(4))[0] == (1 + 1 + 1 / 2 + 1) / 4


def test_average_precision_takes_ties_together() -> None:
    target, scores = np.array([True, False, True, False]), np.array([0.9, 0.4, 0.4, 0.1])
    assert average_precision(target, scores, once(4))[0] == pytest.approx((1 / 1 + 2 / 3) / 2)


def test_counts_by_hand() -> None:
    target = np.array([True, True, True, False, False, False, False])
    given_ = np.array([True, True, False, True, False, False, False])
    counts = confusion(target, given_, once(7))
    assert (counts.precision[0], counts.recall[0], counts.f1[0]) == (2 / 3, 2 / 3, 4 / 6)
    assert counts.mcc[0] == pytest.approx((2 * 3 - 1 * 1) / np.sqrt(3 * 3 * 4 * 4))


def test_brier_by_hand() -> None:
    assert brier(np.array([True, False]), np.array([0.7, 0.2]), once(2))[0] == pytest.approx((0.09 + 0.04) / 2)


def test_calibration_error_by_hand() -> None:
    target = np.array([True, False, True, True])
    scores = np.array([0.1, 0.3, 0.8, 1.0])  # two bins: |0.4 - 1| + |1.8 - 2|
    assert calibration_error(target, scores, once(4), 2)[0] == pytest.approx((0.6 + 0.2) / 4)


def test_what_is_never_carried_has_no_ranking() -> None:
    nobody, scores = np.zeros(3, dtype=bool), np.array([0.1, 0.2, 0.3])
    assert np.isnan(roc_auc(nobody, scores, once(3))).all()
    assert np.isnan(average_precision(nobody, scores, once(3))).all()


def test_what_all_carry_has_no_roc_auc() -> None:
    assert np.isnan(roc_auc(np.ones(2, dtype=bool), np.array([0.1, 0.2]), once(2))).all()


def test_what_is_never_carried_nor_given_has_no_f1_and_mcc_nought() -> None:
    nothing = np.zeros(3, dtype=bool)
    counts = confusion(nothing, nothing, once(3))
    assert np.isnan([counts.precision[0], counts.recall[0], counts.f1[0]]).all()
    assert counts.mcc[0] == 0


def test_no_sentence_gives_no_figure() -> None:
    target, scores, weights = np.zeros(0, dtype=bool), np.zeros(0), np.ones((3, 0))
    for figure in (roc_auc, average_precision, brier):
        assert np.isnan(figure(target, scores, weights)).tolist() == [True] * 3
    assert np.isnan(calibration_error(target, scores, weights, 10)).tolist() == [True] * 3
