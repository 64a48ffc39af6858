"""Two models, or two versions of a text, judged on the same sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from pipeline.core.params import Bootstrap
from pipeline.evaluation.bootstrap import Estimate, estimate
from pipeline.evaluation.evaluate import Outcome, macro_f1
from pipeline.evaluation.scores import confusion

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def macro_f1_difference(
    ours: Outcome, theirs: Outcome, columns: Sequence[int], weights: Floats, bootstrap: Bootstrap
) -> Estimate:
    """How far the macro-F1 of `ours` lies above that of `theirs`, under the same resamples of documents.

    "Ahead" means that the lower bound is above 0.
    """
    return estimate(macro_f1(ours, weights, columns) - macro_f1(theirs, weights, columns), bootstrap)


def f1_difference(ours: Outcome, theirs: Outcome, column: int, weights: Floats, bootstrap: Bootstrap) -> Estimate:
    """The same for the F1 of one label; an undefined F1 counts as 0."""
    first, second = (
        np.nan_to_num(confusion(side.target[:, column], side.given[:, column], weights).f1) for side in (ours, theirs)
    )
    return estimate(first - second, bootstrap)


def mcnemar(first: Bools, second: Bools) -> float:
    """The two-sided p-value that `first` and `second` hold equally often, of the exact test of McNemar (1947).

    Only the pairs in which one of them holds count; without any the value is 1 (doi:10.1007/BF02295996).

    Args:
        first: shape (n,), whether something holds on one side of each pair.
        second: the same on the other side.
    """
    only_first, only_second = int((first & ~second).sum()), int((~first & second).sum())
    if only_first + only_second == 0:
        return 1.0
    return float(binomtest(only_first, only_first + only_second, 0.5).pvalue)


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values corrected for their number by the step-down procedure of Holm (1979), each at most 1, order kept."""
    order = np.argsort(p_values, kind="stable")
    factors = np.arange(len(p_values), 0, -1)
    stepped = np.minimum(np.maximum.accumulate(np.asarray(p_values, dtype=np.float64)[order] * factors), 1.0)
    corrected = np.empty(len(p_values))
    corrected[order] = stepped
    return [float(value) for value in corrected]
