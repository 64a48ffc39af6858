"""Controls: were shuffled labels predicted, or a planted leak not seen, no other figure would mean anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.core.records import GoldSentence
from pipeline.evaluation.audit import duplicates
from pipeline.evaluation.evaluate import Outcome

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LONG = 12
"""Words of a sentence that a leak is made of; the fewer there are, the more of its 3-grams one more word changes."""


def within_document_auc(target: Bools, scores: Floats, documents: npt.NDArray[np.int64]) -> float:
    """ROC AUC over the pairs of a carrier and a non-carrier of one document, ties counting half; nan without any.

    Only inside documents is .5 what a model without knowledge reaches: over documents it may still tell an opinion
    piece from a report.

    Args:
        target: shape (n,).
        scores: shape (n,).
        documents: the number of each sentence's document, shape (n,).
    """
    wins = pairs = 0.0
    for document in np.unique(documents):
        own = documents == document
        carriers, others = scores[own & target], scores[own & ~target]
        gaps = carriers[:, None] - others[None, :]
        wins += (gaps > 0).sum() + (gaps == 0).sum() / 2
        pairs += gaps.size
    return float(wins / pairs) if pairs else float("nan")


def shuffled_within_documents(target: Bools, documents: npt.NDArray[np.int64], rng: np.random.Generator) -> Bools:
    """The rows of `target`, shape (n, n_labels), dealt anew to the sentences of their document."""
    shuffled = target.copy()
    for document in np.unique(documents):
        own = np.flatnonzero(documents == document)
        shuffled[own] = target[rng.permutation(own)]
    return shuffled


def mean_auc(outcome: Outcome, target: Bools) -> float:
    """The mean over the labels of `within_document_auc`, with `target` for the truth."""
    documents = np.unique(np.array(outcome.documents), return_inverse=True)[1]
    columns = range(len(outcome.labels))
    return float(np.nanmean([within_document_auc(target[:, c], outcome.chances[:, c], documents) for c in columns]))


def shuffled_aucs(outcome: Outcome, shuffles: int, seed: int) -> list[float]:
    """`mean_auc` for labels shuffled within documents, once for each shuffle."""
    documents = np.unique(np.array(outcome.documents), return_inverse=True)[1]
    rng = np.random.default_rng(seed)
    return [mean_auc(outcome, shuffled_within_documents(outcome.target, documents, rng)) for _ in range(shuffles)]


def planted_leaks_found(
    train: Sequence[GoldSentence], test: Sequence[GoldSentence], planted: int, near: float, seed: int
) -> int:
    """How many of `planted` held-out sentences, copied into the training part with a word added, the audit finds."""
    rng = np.random.default_rng(seed)
    long = [item for item in test if len(item.sentence.text.split()) >= LONG]
    chosen = [long[number] for number in rng.permutation(len(long))[:planted]]
    copies = [
        replace(item, sentence=replace(item.sentence, doc_id=f"planted-{number}", text=f"Also, {item.sentence.text}"))
        for number, item in enumerate(chosen)
    ]
    found = {place for finding in duplicates([*train, *copies], test, near) for place in finding.where}
    return sum(any(place.startswith(f"planted-{number}:") for place in found) for number in range(len(copies)))
