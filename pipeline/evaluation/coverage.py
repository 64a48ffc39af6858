"""How often the intervals cover the truth, found by drawing test parts of known truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.scores import Confusion

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is drawn from: how common a label is, and how a model errs on it."""

    prevalence: float
    true_positive_rate: float
    false_positive_rate: float
    correlation: float
    """Of two sentences of one document, for the label and for the errors."""

    @property
    def figures(self) -> dict[str, float]:
        """What an endless test part would give."""
        hits = self.prevalence * self.true_positive_rate
        given = hits + (1 - self.prevalence) * self.false_positive_rate
        return {
            "precision": hits / given,
            "recall": self.true_positive_rate,
            "f1": 2 * hits / (given + self.prevalence),
        }


def simulated_coverage(
    truth: Truth, sizes: Sequence[int], runs: int, bootstrap: Bootstrap
) -> dict[str, dict[str, float]]:
    """The share of test parts whose interval covers the truth, and its mean width, for precision, recall and F1.

    Prevalence and error rates of each document are drawn from beta distributions with the given mean and intra-class
    correlation (the beta-binomial model: Williams 1975, doi:10.2307/2529820).

    Args:
        truth: what is drawn from.
        sizes: the number of sentences of each document.
        runs: test parts drawn.
        bootstrap: how the intervals are made.
    """
    rng = np.random.default_rng(bootstrap.seed)
    counts = np.array(sizes)
    covered = dict.fromkeys(truth.figures, 0)
    widths = dict.fromkeys(truth.figures, 0.0)
    defined = dict.fromkeys(truth.figures, 0)
    for run in range(runs):
        carrying = rng.binomial(counts, document_rates(truth.prevalence, truth.correlation, len(counts), rng))
        hits = rng.binomial(carrying, document_rates(truth.true_positive_rate, truth.correlation, len(counts), rng))
        false = rng.binomial(
            counts - carrying, document_rates(truth.false_positive_rate, truth.correlation, len(counts), rng)
        )
        weights = document_weights(range(len(counts)), bootstrap.model_copy(update={"seed": bootstrap.seed + run}))
        cells = (hits, false, carrying - hits, counts - carrying - false)
        drawn = Confusion(*(weights @ cell.astype(np.float64) for cell in cells))
        for name, true in truth.figures.items():
            told = estimate(getattr(drawn, name), bootstrap)
            if told.low is not None and told.high is not None:
                defined[name] += 1
                covered[name] += told.low <= true <= told.high
                widths[name] += told.high - told.low
    return {
        name: {
            "covered": round(covered[name] / max(defined[name], 1), 4),
            "width": round(widths[name] / max(defined[name], 1), 4),
            "runs": defined[name],
        }
        for name in truth.figures
    }


def document_rates(mean: float, correlation: float, size: int, rng: np.random.Generator) -> Floats:
    """Rates of `size` documents: beta with this mean, and ``1 / (a + b + 1)`` equal to the correlation."""
    strength = 1 / correlation - 1
    return rng.beta(mean * strength, (1 - mean) * strength, size)
