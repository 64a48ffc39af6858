"""Intervals from drawing whole documents anew: sentences of one document are alike, so they are drawn together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap

Floats = npt.NDArray[np.float64]

DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its percentile interval; None where it is undefined."""

    value: float | None
    low: float | None
    high: float | None

    def as_row(self) -> dict[str, float | None]:
        """The figure and its interval as they are written to a metrics file."""
        return {"value": self.value, "low": self.low, "high": self.high}


def document_weights(documents: Sequence[Hashable], params: Bootstrap) -> Floats:
    """How often each sentence is drawn in each resample, shape (resamples + 1, n); row 0 is the sample itself.

    Documents are drawn with replacement, as many as there are (Efron and Tibshirani 1993, chapter 8: the unit that is
    drawn is the one that is independent).
    """
    names = {name: number for number, name in enumerate(dict.fromkeys(documents))}
    own = np.array([names[document] for document in documents], dtype=np.int64)
    chance = np.full(len(names), 1 / max(len(names), 1))
    rng = np.random.default_rng(params.seed)
    draws = rng.multinomial(len(names), chance, size=params.resamples) if names else np.zeros((params.resamples, 0))
    weights = np.vstack([np.ones(len(names)), draws])
    return np.asarray(weights[:, own], dtype=np.float64)


def estimate(values: Floats, params: Bootstrap) -> Estimate:
    """The figure of the sample, `values[0]`, with the percentile interval of those of the resamples, `values[1:]`.

    Resamples in which the figure is undefined (nan) are left out; when it is undefined in the sample, or in more than
    half of the resamples, there is no interval.
    """
    if np.isnan(values[0]):
        return Estimate(None, None, None)
    value = round(float(values[0]), DECIMALS)
    resampled = values[1:][~np.isnan(values[1:])]
    if len(resampled) == 0 or len(resampled) * 2 < len(values) - 1:
        return Estimate(value, None, None)
    tail = (1 - params.level) / 2
    low, high = np.quantile(resampled, [tail, 1 - tail])
    return Estimate(value, round(float(low), DECIMALS), round(float(high), DECIMALS))
