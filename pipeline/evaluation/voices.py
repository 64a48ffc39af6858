"""Whether a label is given in the right voice: author, attributed or quoted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap, EvaluateParams
from pipeline.core.records import VOICES, Voice
from pipeline.evaluation.bootstrap import estimate
from pipeline.evaluation.scores import confusion

Floats = npt.NDArray[np.float64]
Said = tuple[str, Voice]
"""A label and the voice it is said in."""


def voice_scores(
    found: Sequence[Collection[Said]],
    gold: Sequence[Collection[Said]],
    documents: Sequence[str],
    weights: Floats,
    params: EvaluateParams,
    bootstrap: Bootstrap,
) -> dict[str, dict[str, Any]]:
    """Precision, recall and F1 of every label in every voice, by label and voice.

    A hit is the right label in the right voice: a label given in a wrong voice is a false positive of the one voice and
    a false negative of the other.

    Args:
        found: what a model gave each of n sentences.
        gold: what is right.
        documents: the document of each sentence.
        weights: shape (m, n), from `document_weights`.
        params: when a figure rests on too little.
        bootstrap: how the interval is made.
    """
    labels = sorted({label for said in (*found, *gold) for label, _ in said})
    scores: dict[str, dict[str, Any]] = {label: {} for label in labels}
    for label in labels:
        for voice in VOICES:
            target, given = (np.array([(label, voice) in said for said in side], dtype=bool) for side in (gold, found))
            counts = confusion(target, given, weights)
            carrying = len({document for document, carries in zip(documents, target, strict=True) if carries})
            scores[label][voice] = {
                "support": int(target.sum()),
                "support_documents": carrying,
                "enough": params.enough(int(target.sum()), carrying),
                "precision": estimate(counts.precision, bootstrap).as_row(),
                "recall": estimate(counts.recall, bootstrap).as_row(),
                "f1": estimate(counts.f1, bootstrap).as_row(),
            }
    return scores
