"""What is gained by leaving the doubtful sentences to people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.scores import ratio
from pipeline.evaluation.slices import micro_f1

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

KEPT = (0.5, 0.8, 1.0)
COVERAGES = tuple(round(step / 20, 2) for step in range(1, 21))


def abstention(outcome: Outcome, confidence: float, bootstrap: Bootstrap) -> dict[str, Any]:
    """How many sentences are `uncertain` (no label at least so probable), and micro-F1 with and without them."""
    weights = document_weights(outcome.documents, bootstrap)
    certain = outcome.chances.max(axis=1) >= confidence
    return {
        "uncertain": estimate(weights @ ~certain / weights.sum(axis=1), bootstrap).as_row(),
        "micro_f1_all": estimate(micro_f1(outcome.target, outcome.given, weights), bootstrap).as_row(),
        "micro_f1_certain": estimate(micro_f1(outcome.target, outcome.given, weights * certain), bootstrap).as_row(),
    }


def coverage_risk_rows(outcome: Outcome) -> Iterator[dict[str, object]]:
    """The risk, 1 - micro-F1, of the sentences whose likeliest label is most probable, as ever more are kept.

    Coverage is the share of sentences kept (El-Yaniv and Wiener 2010, https://jmlr.org/papers/v11/el-yaniv10a.html).
    """
    order = np.argsort(-outcome.chances.max(axis=1), kind="stable")
    for coverage in COVERAGES:
        kept = np.zeros((1, len(order)))
        kept[0, order[: max(round(coverage * len(order)), 1)]] = 1
        f1 = micro_f1(outcome.target, outcome.given, kept)[0]
        yield {"coverage": coverage, "risk": round(1 - float(f1), 4)}


def risks(carries: Bools, chances: Floats, threshold: float, weights: Floats) -> dict[str, Floats]:
    """The share of wrong decisions on one label, by how much of the sample is decided, each of shape (m,).

    Kept are the sentences whose decision is most likely to be right by the model's own probability; the others are
    left to people. Which are kept is settled on the sample itself.

    Args:
        carries: who carries the label, shape (n,).
        chances: its calibrated probability, shape (n,).
        threshold: the probability from which it is given.
        weights: shape (m, n).
    """
    given = chances >= threshold
    order = np.argsort(-np.where(given, chances, 1 - chances), kind="stable")
    found = {}
    for coverage in KEPT:
        kept = np.zeros(len(order))
        kept[order[: round(coverage * len(order))]] = 1
        found[f"risk_at_{coverage:g}"] = ratio((weights * kept) @ (given != carries), weights @ kept)
    return found
