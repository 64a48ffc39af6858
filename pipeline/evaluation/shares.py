"""How much of a collection of texts carries a label, when a model that errs has counted.

The share of sentences that a model gives a label is not the share that carry it: it is ``TPR * s + FPR * (1 - s)`` for
a true share s. Solving for s gives the adjusted count (Rogan and Gladen 1978, doi:10.1093/oxfordjournals.aje.a112510;
Forman 2008, doi:10.1007/s10618-008-0097-y). It holds where the rates hold, and nowhere else. With a random sample
labelled by hand the share can be had without that assumption: see `corrected_by_sample`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from pipeline.core.params import Bootstrap, SharesParams
from pipeline.evaluation.bootstrap import DECIMALS, Estimate, document_weights, estimate
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.scores import confusion, ratio

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """How a model errs on one label, under each weighting of the sentences it was measured on; each of shape (m,)."""

    true_positive_rate: Floats
    false_positive_rate: Floats

    def estimable(self, params: SharesParams, bootstrap: Bootstrap) -> bool:
        """Whether the lower bound of TPR - FPR is far enough from 0, where the adjusted count divides by nothing."""
        gap = estimate(self.true_positive_rate - self.false_positive_rate, bootstrap)
        return gap.low is not None and gap.low >= params.least_gap


def error_rates(target: Bools, given: Bools, weights: Floats) -> ErrorRates:
    """The rates of decisions on sentences that the model had not seen.

    Args:
        target: who carries the label, shape (n,).
        given: who is given it, shape (n,).
        weights: shape (m, n), from `document_weights`.
    """
    counts = confusion(target, given, weights)
    return ErrorRates(counts.recall, ratio(counts.false_positives, counts.false_positives + counts.true_negatives))


def rates_of(outcome: Outcome, bootstrap: Bootstrap) -> dict[str, ErrorRates]:
    """The error rates of every label, from what a model said of labelled sentences that it had not seen."""
    weights = document_weights(outcome.documents, bootstrap)
    pairs = zip(outcome.labels, outcome.target.T, outcome.given.T, strict=True)
    return {label: error_rates(target, given, weights) for label, target, given in pairs}


def adjusted_count(raw: Floats, rates: ErrorRates) -> Floats:
    """``(raw - FPR) / (TPR - FPR)``, clipped to 0 and 1; nan where TPR is not above FPR.

    Args:
        raw: the share of sentences given the label, under each weighting, shape (m,).
        rates: under as many weightings, drawn apart from those of `raw`.
    """
    gap = rates.true_positive_rate - rates.false_positive_rate
    return np.clip(ratio(raw - rates.false_positive_rate, gap), 0, 1)


def share(
    given: Bools, documents: Sequence[str], rates: ErrorRates, params: SharesParams, bootstrap: Bootstrap
) -> dict[str, Any]:
    """The raw and the adjusted share of a collection, with intervals.

    The raw share's interval is that of the model's count when documents are drawn anew; the adjusted share's carries
    the rates' uncertainty too. In one document the adjusted share is not estimated: its errors need not be those of
    the collection that the rates come from.

    Args:
        given: who is given the label, shape (n,).
        documents: the document of each sentence.
        rates: resampled as often as `bootstrap` says.
        params: when a share is not estimable.
        bootstrap: how the intervals are made.
    """
    raw = document_weights(documents, bootstrap.model_copy(update={"seed": bootstrap.seed + 1}))
    counted = raw @ given / raw.sum(axis=1)
    estimable = rates.estimable(params, bootstrap) and len(set(documents)) > 1
    adjusted = estimate(adjusted_count(counted, rates), bootstrap) if estimable else Estimate(None, None, None)
    return {"raw": estimate(counted, bootstrap).as_row(), "adjusted": adjusted.as_row(), "estimable": estimable}


def checked(true: float, told: dict[str, Any]) -> dict[str, Any]:
    """A share beside the truth: whether each interval covered it; None where there is none."""
    true = round(true, DECIMALS)

    def covers(figure: dict[str, float | None]) -> bool | None:
        low, high = figure["low"], figure["high"]
        return None if low is None or high is None else bool(low <= true <= high)

    covered = {name: covers(told[name]) for name in ("raw", "adjusted")}
    return {"true": true, **told, "covered": covered}


def corrected_by_sample(given: Bools, labelled: npt.NDArray[np.int64], carries: Bools, level: float) -> Estimate:
    """The share of carriers in n sentences of which N, drawn at random, were labelled by hand.

    The regression estimator of survey sampling, with the model's decision as the auxiliary variable (Cochran 1977,
    chapter 7), which is prediction-powered inference with a tuned weight (Angelopoulos, Duchi and Zrnic,
    arXiv:2311.01453): the model's share plus the mean error in the sample, weighted so that a useless model does no
    harm. It needs no assumption on how the model errs, only that the sample is random; the interval is normal, with
    the correction for a finite collection.

    Args:
        given: the model's decision on every sentence, shape (n,).
        labelled: the row numbers of the sample, shape (N,), each once, N at least 2.
        carries: what the hand said of them, shape (N,).
        level: of the interval, such as .95.
    """
    truth, said, size = carries.astype(np.float64), given[labelled].astype(np.float64), len(labelled)
    spread = float(said.var(ddof=1))
    slope = float(np.cov(truth, said)[0, 1]) / spread if spread > 0 else 0.0
    value = float(truth.mean() + slope * (given.mean() - said.mean()))
    left = truth - slope * said
    error = float(np.sqrt(left.var(ddof=1) / size * (1 - size / len(given))))
    half = float(norm.ppf((1 + level) / 2)) * error
    low, high = np.clip([value - half, value + half], 0, 1)
    return Estimate(*(round(float(bound), DECIMALS) for bound in (np.clip(value, 0, 1), low, high)))
