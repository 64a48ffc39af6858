"""A model's scores on labelled sentences: per label and in summary, each with a document-bootstrap interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap, EvaluateParams
from pipeline.evaluation import scores as scoring
from pipeline.evaluation.bootstrap import document_weights, estimate

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model said of labelled sentences, and what is right."""

    labels: tuple[str, ...]
    documents: tuple[str, ...]
    """The document of each sentence, n of them."""
    target: Bools
    """Shape (n, n_labels)."""
    chances: Floats
    """Calibrated probabilities, shape (n, n_labels)."""
    given: Bools
    """Decisions, shape (n, n_labels)."""


def evaluate(outcome: Outcome, params: EvaluateParams, bootstrap: Bootstrap) -> dict[str, Any]:
    """Counts, macro-F1 and every label's scores, as they are written to a metrics file.

    Macro-F1 is the arithmetic mean of the labels' F1 (Opitz and Burst, arXiv:1911.03347), over the labels that occur
    often enough (`params`); the others are scored, marked `enough: false`, and left out of the mean.
    """
    weights = document_weights(outcome.documents, bootstrap)
    labels = {
        label: _label_scores(outcome, column, weights, params, bootstrap) for column, label in enumerate(outcome.labels)
    }
    enough = enough_columns(outcome, params)
    return {
        "documents": len(set(outcome.documents)),
        "sentences": len(outcome.documents),
        "macro_f1": estimate(macro_f1(outcome, weights, enough), bootstrap).as_row(),
        "macro_f1_labels": [outcome.labels[column] for column in enough],
        "labels": labels,
    }


def enough_columns(outcome: Outcome, params: EvaluateParams) -> list[int]:
    """The columns of the labels that occur often enough for their figures to be told."""
    return [column for column in range(len(outcome.labels)) if params.enough(*_support(outcome, column))]


def macro_f1(outcome: Outcome, weights: Floats, columns: Sequence[int]) -> Floats:
    """The mean F1 of the labels in `columns` under each weighting, shape (m,); an undefined F1 counts as 0."""
    if not columns:
        return np.full(len(weights), np.nan)
    f1 = [scoring.confusion(outcome.target[:, c], outcome.given[:, c], weights).f1 for c in columns]
    return np.asarray(np.nan_to_num(np.array(f1)).mean(axis=0))


def _label_scores(
    outcome: Outcome, column: int, weights: Floats, params: EvaluateParams, bootstrap: Bootstrap
) -> dict[str, Any]:
    target, chances = outcome.target[:, column], outcome.chances[:, column]
    counts = scoring.confusion(target, outcome.given[:, column], weights)
    figures = {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "average_precision": scoring.average_precision(target, chances, weights),
        "auc": scoring.roc_auc(target, chances, weights),
        "mcc": counts.mcc,
        "brier": scoring.brier(target, chances, weights),
        "calibration_error": scoring.calibration_error(target, chances, weights, params.bins),
    }
    support, documents = _support(outcome, column)
    return {
        "support": support,
        "support_documents": documents,
        "enough": params.enough(support, documents),
        **{name: estimate(values, bootstrap).as_row() for name, values in figures.items()},
    }


def _support(outcome: Outcome, column: int) -> tuple[int, int]:
    """How many sentences carry a label, in how many documents."""
    target = outcome.target[:, column]
    return int(target.sum()), len({d for d, carries in zip(outcome.documents, target, strict=True) if carries})
