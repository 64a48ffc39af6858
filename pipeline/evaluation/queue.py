"""Which sentences are most worth a person's look: the least certain, and those whose gold is most in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence in the queue, and the label on account of which it is there."""

    row: int
    label: str
    chance: float


def uncertain(labels: tuple[str, ...], chances: Floats, thresholds: Mapping[str, float]) -> list[Doubt]:
    """All sentences, those first for which a probability lies closest to the threshold of its label.

    Args:
        labels: L ids.
        chances: calibrated probabilities, shape (n, L).
        thresholds: of each label.
    """
    distance = np.abs(chances - np.array([thresholds[label] for label in labels]))
    nearest = distance.argmin(axis=1)
    order = np.argsort(distance.min(axis=1), kind="stable")
    return [Doubt(int(row), labels[nearest[row]], float(chances[row, nearest[row]])) for row in order]


def disputed(labels: tuple[str, ...], chances: Floats, target: Bools) -> list[Doubt]:
    """Candidate label errors, those first of which a model that has not seen them is most confident.

    Confident learning (Northcutt, Jiang and Chuang, arXiv:1911.00068), label by label: gold is in doubt where the
    model's probability of the other value is at least its mean over the sentences that have that value in gold. A
    sentence stands once, for the label that is most in doubt.

    Args:
        labels: L ids.
        chances: out-of-fold probabilities, shape (n, L).
        target: gold, shape (n, L).
    """
    other = np.where(target, 1 - chances, chances)
    doubted = np.where(other >= np.where(target, *_mean_confidence(chances, target)), other, -1.0)
    worst = doubted.argmax(axis=1)
    order = np.argsort(-doubted.max(axis=1), kind="stable")
    return [
        Doubt(int(row), labels[worst[row]], float(chances[row, worst[row]]))
        for row in order
        if doubted[row, worst[row]] >= 0
    ]


def _mean_confidence(chances: Floats, target: Bools) -> tuple[Floats, Floats]:
    """Of each label, the mean probability of `no` where gold says no, and of `yes` where it says yes; 1 where nowhere.

    In this order they are the bar for doubting a `yes` and the bar for doubting a `no`.
    """

    def mean(values: Floats, where: Bools) -> Floats:
        count = where.sum(axis=0)
        return np.where(count > 0, (values * where).sum(axis=0) / np.maximum(count, 1), 1.0)

    return mean(1 - chances, ~target), mean(chances, target)
