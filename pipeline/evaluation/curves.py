"""Data of the plots: curves and tables, a row a point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from pipeline.evaluation.evaluate import Outcome

Row = dict[str, object]

NONE = "(none)"
POINTS = 50
"""At most so many points of a curve are kept."""


def precision_recall_rows(outcome: Outcome) -> Iterator[Row]:
    """Precision and recall of every label going down the ranking; nothing for a label that never occurs."""
    for column, label in enumerate(outcome.labels):
        target, chances = outcome.target[:, column], outcome.chances[:, column]
        if not target.any():
            continue
        order = np.argsort(-chances, kind="stable")
        hits, taken = np.cumsum(target[order]), np.arange(1, len(order) + 1)
        ends = np.flatnonzero(np.append(np.diff(chances[order]) < 0, True))
        for end in ends[np.unique(np.linspace(0, len(ends) - 1, POINTS).astype(int))]:
            recall, precision = hits[end] / target.sum(), hits[end] / taken[end]
            yield {"label": label, "recall": round(float(recall), 4), "precision": round(float(precision), 4)}


def f1_rows(scores: Mapping[str, Any]) -> Iterator[Row]:
    """Every label's F1 with its interval, from what `evaluate` returned."""
    for label, figures in scores["labels"].items():
        f1 = figures["f1"]
        if f1["value"] is not None:
            yield {"label": label, "f1": f1["value"], "low": f1["low"], "high": f1["high"]}


def confusion_rows(outcome: Outcome) -> Iterator[Row]:
    """Which label was given where which was right, a row for every such pair in a sentence.

    A label both right and given pairs with itself. Each missed label pairs with each wrongly given one; what finds no
    partner pairs with ``(none)``.
    """
    names = np.array(outcome.labels)
    for right, given in zip(outcome.target, outcome.given, strict=True):
        for label in names[right & given]:
            yield {"gold": str(label), "model": str(label)}
        missed, wrong = names[right & ~given].tolist() or [NONE], names[given & ~right].tolist() or [NONE]
        if missed != [NONE] or wrong != [NONE]:
            yield from ({"gold": gold, "model": model} for gold in missed for model in wrong)


def reliability_rows(outcome: Outcome, bins: int) -> Iterator[Row]:
    """Mean probability against the share that carries the label, over all labels together, a row a filled bin."""
    chances, target = outcome.chances.ravel(), outcome.target.ravel()
    bin_of = np.minimum((chances * bins).astype(int), bins - 1)
    for number in np.unique(bin_of):
        member = bin_of == number
        yield {
            "probability": round(float(chances[member].mean()), 4),
            "share": round(float(target[member].mean()), 4),
            "sentences": int(member.sum()),
        }
