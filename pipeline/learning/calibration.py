"""From out-of-fold logits to probabilities, and from probabilities to decisions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DECIMALS = 6
STEPS = 50


@dataclass(frozen=True, slots=True)
class Sigmoid:
    """The probability of a logit x: ``1 / (1 + exp(-(slope * x + offset)))``."""

    slope: float
    offset: float

    def __call__(self, logits: Floats) -> Floats:
        """Calibrated probabilities, the shape of `logits`, 0 to 1."""
        chances: Floats = expit(self.slope * logits + self.offset)
        return chances


def fit_sigmoid(logits: Floats, target: Bools) -> Sigmoid:
    """Platt's sigmoid by Newton's method, with his smoothed targets.

    Platt 1999, "Probabilistic outputs for support vector machines"; Lin, Lin and Weng 2007,
    doi:10.1007/s10994-007-5018-6. The slope is never negative: where the logits order the sentences the wrong way
    round, every sentence gets the prevalence.

    Args:
        logits: out-of-fold, shape (n,).
        target: shape (n,).
    """
    positives, negatives = int(target.sum()), int((~target).sum())
    aim = np.where(target, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    design = np.column_stack([logits, np.ones_like(logits)])
    weights = np.array([1.0, 0.0])
    for _ in range(STEPS):
        chances = expit(design @ weights)
        gradient = design.T @ (chances - aim)
        hessian = design.T @ (design * (chances * (1 - chances))[:, None]) + 1e-9 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        weights = weights - step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-10:
            break
    if weights[0] < 0:
        share = float(aim.mean())
        return Sigmoid(0.0, round(float(np.log(share / (1 - share))), DECIMALS))
    return Sigmoid(round(float(weights[0]), DECIMALS), round(float(weights[1]), DECIMALS))


def best_threshold(chances: Floats, target: Bools) -> float:
    """The probability from which deciding for the label gives the highest F1 on `target`; 0.5 without a positive.

    The threshold lies half-way between the last sentence taken and the first one left. Of equal F1 the higher
    threshold wins.
    """
    if not target.any():
        return 0.5
    order = np.argsort(-chances, kind="stable")
    ranked, hits = chances[order], np.cumsum(target[order])
    scores = 2 * hits / (np.arange(1, len(order) + 1) + target.sum())
    last_of_its_value = np.append(ranked[:-1] > ranked[1:], True)
    best = int(np.argmax(np.where(last_of_its_value, scores, -1.0)))
    following = ranked[best + 1] if best + 1 < len(ranked) else 0.0
    return round(float((ranked[best] + following) / 2), DECIMALS)
