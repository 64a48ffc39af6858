"""What is gained by leaving the doubtful sentences to people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pipeline.core.params import Bootstrap
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.slices import micro_f1

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
