"""Scores of one label under many weightings of the sentences at once.

Every function takes `weights` of shape (m, n), one row a weighting (the sample itself, then its resamples), and gives
m figures; nan where a figure is undefined. Weightings are whole numbers of copies, so that a weighted figure is the
plain figure of the sample with its sentences so often repeated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Weighted counts of right and wrong decisions, each of shape (m,)."""

    true_positives: Floats
    false_positives: Floats
    false_negatives: Floats
    true_negatives: Floats

    @property
    def precision(self) -> Floats:
        """Share of the given that carry the label; nan when it is never given."""
        return ratio(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> Floats:
        """Share of those that carry the label that are given it; nan when none carries it."""
        return ratio(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> Floats:
        """``2 TP / (2 TP + FP + FN)``; nan when the label is neither carried nor given."""
        return ratio(2 * self.true_positives, 2 * self.true_positives + self.false_positives + self.false_negatives)

    @property
    def mcc(self) -> Floats:
        """Matthews correlation coefficient, -1 to 1; 0 when decisions or labels have one value (Matthews 1975)."""
        tp, fp, fn, tn = self.true_positives, self.false_positives, self.false_negatives, self.true_negatives
        product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
        return np.where(product > 0, (tp * tn - fp * fn) / np.sqrt(np.maximum(product, 1)), 0.0)


def confusion(target: Bools, given: Bools, weights: Floats) -> Confusion:
    """The weighted counts of one label.

    Args:
        target: who carries it, shape (n,).
        given: who is given it, shape (n,).
        weights: shape (m, n).
    """
    cells = (target & given, ~target & given, target & ~given, ~target & ~given)
    return Confusion(*(weights @ cell.astype(np.float64) for cell in cells))


def roc_auc(target: Bools, scores: Floats, weights: Floats) -> Floats:
    """The chance that a carrier is scored above a non-carrier, ties counting half, shape (m,).

    Hanley and McNeil 1982, doi:10.1148/radiology.143.1.7063747.
    """
    steps = _steps(target, scores, weights)
    before = steps.false_positives - steps.negatives_here
    wins = (steps.positives_here * (steps.negatives - before - steps.negatives_here / 2)).sum(axis=1)
    return ratio(wins, (steps.positives * steps.negatives)[:, 0])


def average_precision(target: Bools, scores: Floats, weights: Floats) -> Floats:
    """The mean precision over the carriers, going down the ranking, shape (m,); tied sentences are taken together."""
    steps = _steps(target, scores, weights)
    taken = steps.true_positives + steps.false_positives
    precision = np.divide(steps.true_positives, taken, out=np.zeros_like(taken), where=taken > 0)
    return ratio((precision * steps.positives_here).sum(axis=1), steps.positives[:, 0])


def brier(target: Bools, scores: Floats, weights: Floats) -> Floats:
    """The mean squared difference of probability and outcome, 0 to 1, shape (m,) (Brier 1950)."""
    return ratio(weights @ (scores - target) ** 2, weights.sum(axis=1))


def calibration_error(target: Bools, scores: Floats, weights: Floats, bins: int) -> Floats:
    """The expected calibration error, 0 to 1, shape (m,), over `bins` bins of equal width (Guo et al. 2017)."""
    bin_of = np.minimum((scores * bins).astype(np.int64), bins - 1)
    member = bin_of[:, None] == np.arange(bins)
    gaps = weights @ (member * (scores - target)[:, None])
    return ratio(np.abs(gaps).sum(axis=1), weights.sum(axis=1))


@dataclass(frozen=True, slots=True)
class _Steps:
    """Weighted counts going down the distinct scores, highest first; columns are the k distinct scores."""

    positives_here: Floats
    negatives_here: Floats
    true_positives: Floats
    false_positives: Floats

    @property
    def positives(self) -> Floats:
        """All carriers, shape (m, 1)."""
        return np.asarray(self.positives_here.sum(axis=1, keepdims=True))

    @property
    def negatives(self) -> Floats:
        """All non-carriers, shape (m, 1)."""
        return np.asarray(self.negatives_here.sum(axis=1, keepdims=True))


def _steps(target: Bools, scores: Floats, weights: Floats) -> _Steps:
    order = np.argsort(-scores, kind="stable")
    starts = np.flatnonzero(np.diff(-scores[order], prepend=-np.inf) > 0)
    positive, weight = target[order], weights[:, order]
    here = [np.add.reduceat(weight * side, starts, axis=1) for side in (positive, ~positive)]
    return _Steps(here[0], here[1], here[0].cumsum(axis=1), here[1].cumsum(axis=1))


def ratio(part: Floats, whole: Floats) -> Floats:
    """`part / whole`, nan where the whole is nothing."""
    return np.divide(part, whole, out=np.full_like(whole, np.nan, dtype=np.float64), where=whole > 0)
