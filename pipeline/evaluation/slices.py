"""How well a model does on each kind of text, and where it does worst."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap
from pipeline.core.records import Sentence
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.scores import ratio
from pipeline.learning.quotations import quoted_ranges, quoted_share

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LENGTHS = ((1, 10), (11, 20), (21, 35), (36, None))
"""Words in a sentence, first and last of each band."""
WHOLLY = 0.95
"""A sentence of which so large a share is quoted counts as quoted."""


def micro_f1(target: Bools, given: Bools, weights: Floats) -> Floats:
    """``2 TP / (2 TP + FP + FN)`` over all labels together, shape (m,); nan when none is carried or given.

    Args:
        target: shape (n, n_labels).
        given: shape (n, n_labels).
        weights: shape (m, n).
    """
    right, marked = (target & given).sum(axis=1), target.sum(axis=1) + given.sum(axis=1)
    return ratio(2 * (weights @ right), weights @ marked)


def slices(
    outcome: Outcome, properties: Mapping[str, Sequence[str]], documents: int, bootstrap: Bootstrap
) -> dict[str, Any]:
    """Micro-F1 in every slice, and the slice where it is lowest, property by property.

    Micro-F1, since most labels are too rare inside a slice for a mean over labels.

    Args:
        outcome: what the model said of n sentences.
        properties: for each property, the value of each sentence.
        documents: a slice of fewer documents has no interval and is never called the worst.
        bootstrap: how the interval is made.
    """
    result: dict[str, Any] = {}
    for name, values in properties.items():
        rows: dict[str, list[int]] = defaultdict(list)
        for number, value in enumerate(values):
            rows[value].append(number)
        told = {value: _slice(outcome, np.array(own), documents, bootstrap) for value, own in sorted(rows.items())}
        result[name] = {"slices": told, "worst": _worst(told)}
    return result


def length_band(text: str) -> str:
    """The band of `LENGTHS` that a sentence falls into, such as ``11-20 words``."""
    words = max(len(text.split()), 1)
    first, last = next((first, last) for first, last in LENGTHS if last is None or words <= last)
    return f"{first}-{last} words" if last else f"{first} words or more"


def quotation(sentences: Sequence[Sentence]) -> list[str]:
    """`quoted`, `partly quoted` or `not quoted` for each sentence; those of one document follow each other in order."""
    shares = [
        quoted_share(sentence.text, ranges)
        for sentence, ranges in zip(sentences, quoted_ranges(sentences), strict=True)
    ]
    return ["not quoted" if share == 0 else "quoted" if share >= WHOLLY else "partly quoted" for share in shares]


def _slice(outcome: Outcome, rows: npt.NDArray[np.int64], documents: int, bootstrap: Bootstrap) -> dict[str, Any]:
    names = [outcome.documents[row] for row in rows]
    enough = len(set(names)) >= documents
    weights = document_weights(names, bootstrap) if enough else np.ones((1, len(rows)))
    figure = estimate(micro_f1(outcome.target[rows], outcome.given[rows], weights), bootstrap)
    return {
        "sentences": len(rows),
        "documents": len(set(names)),
        "enough": enough,
        "micro_f1": figure.as_row() if enough else {"value": figure.value, "low": None, "high": None},
    }


def _worst(told: Mapping[str, dict[str, Any]]) -> str | None:
    """The slice with the lowest figure, of those that have enough documents and a label at all."""
    sound = {value: one["micro_f1"]["value"] for value, one in told.items() if one["enough"]}
    sound = {value: figure for value, figure in sound.items() if figure is not None}
    return min(sound, key=lambda value: sound[value], default=None)
