"""A second look at every sentence, knowing what was first thought of it, its neighbours and its document.

Stacked sequential learning (Cohen and Carvalho 2005, https://www.ijcai.org/Proceedings/05/Papers/0378.pdf): the second
stage learns from first-stage logits given by models that have not seen a sentence's work, as it will meet them later.
Both stages are linear, so what it says of a sentence is still a sum over words, neighbours and place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from pipeline.core.records import Sentence
from pipeline.learning.linear import DECIMALS, fit_logistic

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ids = npt.NDArray[np.int64]

PLACES = ("first", "last", "how far down", "length of the document")
CONSTANT = 1e-9
"""A feature that varies by less is the same everywhere; sums of equal numbers are not always equal."""
LONG = 100
"""Sentences; a document of this length has the property `length of the document` at 1."""


class ContextStage(BaseEstimator):  # type: ignore[misc]
    """One logistic regression a label over the first-stage logits of a sentence, its neighbours and its document.

    Args:
        C: inverse strength of the L2 penalty, over standardised features.
        seed: of the coordinate descent.

    Attributes (after `fit`):
        weights_: shape (n_features, n_labels), for features as they are.
        intercepts_: shape (n_labels,).
    """

    def __init__(self, C: float, seed: int = 0) -> None:
        self.C = C
        self.seed = seed

    def fit(self, features: Floats, target: Bools) -> ContextStage:
        """Learn from rows of `in_context`, shape (n, n_features), and labels, shape (n, n_labels)."""
        centre, scale = features.mean(axis=0), features.std(axis=0)
        scale[scale < CONSTANT] = 1
        matrix = sp.csr_matrix(((features - centre) / scale).round(DECIMALS))
        heads = [fit_logistic(matrix, column, self.C, None, self.seed) for column in target.T]
        self.weights_ = (np.column_stack([weights for weights, _ in heads]) / scale[:, None]).round(DECIMALS)
        self.intercepts_ = (np.array([intercept for _, intercept in heads]) - centre @ self.weights_).round(DECIMALS)
        return self

    def decision_function(self, features: Floats) -> Floats:
        """The logit of every label, shape (n, n_labels)."""
        check_is_fitted(self)
        logits: Floats = features @ self.weights_ + self.intercepts_
        return logits

    def folded_into(self, weights: Floats, intercepts: Floats) -> tuple[Floats, Floats]:
        """First-stage weights and intercepts by which a sentence's own features enter the second stage's logits.

        Args:
            weights: of the first stage, shape (n_features, n_labels).
            intercepts: shape (n_labels,).
        """
        check_is_fitted(self)
        own = self.weights_[: weights.shape[1]]
        return weights @ own, intercepts @ own + self.intercepts_


def in_context(logits: Floats, sentences: Sequence[Sentence]) -> Floats:
    """What the second stage sees: own, previous, next and mean logits, and the place, shape (n, 4 L + len(PLACES)).

    Beyond the ends of a document there are zeros.

    Args:
        logits: of the first stage, shape (n, L).
        sentences: n of them; those of one document follow each other in order.
    """
    starts, sizes = documents_of(sentences)
    own = np.repeat(np.arange(len(starts)), sizes)
    place = np.arange(len(sentences)) - starts[own]
    last = place == sizes[own] - 1
    before, after = np.roll(logits, 1, axis=0), np.roll(logits, -1, axis=0)
    before[place == 0], after[last] = 0, 0
    means = np.add.reduceat(logits, starts, axis=0) / sizes[:, None] if len(starts) else logits
    places = [place == 0, last, place / np.maximum(sizes[own] - 1, 1), np.minimum(sizes[own] / LONG, 1)]
    return np.hstack([logits, before, after, means[own], np.column_stack(places)])


def context_names(labels: Sequence[str]) -> list[str]:
    """The names of the features of `in_context` after a sentence's own logits."""
    sides = ("sentence before", "sentence after", "document")
    return [f"{side}:{label}" for side in sides for label in labels] + [f"place:{place}" for place in PLACES]


def documents_of(sentences: Sequence[Sentence]) -> tuple[Ids, Ids]:
    """The number of each document's first sentence, and how many sentences it has."""
    new = [n for n, one in enumerate(sentences) if n == 0 or one.doc_id != sentences[n - 1].doc_id]
    starts = np.array(new, dtype=np.int64)
    return starts, np.diff(np.append(starts, len(sentences)))


def has_context(sentences: Sequence[Sentence]) -> Bools:
    """Which sentences do not stand alone in their document, shape (n,)."""
    _, sizes = documents_of(sentences)
    return np.repeat(sizes > 1, sizes)
