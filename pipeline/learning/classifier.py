"""The sentence model: one logistic regression a label over shared features, calibrated out of fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from joblib import Parallel, delayed
from sklearn.base import BaseEstimator

from pipeline.core.params import LinearModel
from pipeline.core.records import GoldSentence, Sentence, Span
from pipeline.labelling.rules import RuleSet
from pipeline.learning.calibration import best_threshold, fit_sigmoid
from pipeline.learning.cues import Cue, cues
from pipeline.learning.features import SentenceFeatures
from pipeline.learning.folds import grouped_folds
from pipeline.learning.linear import fit_logistic

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Examples:
    """Labelled sentences, ready to learn from."""

    sentences: tuple[Sentence, ...]
    target: Bools
    """Shape (n, n_labels), columns in scheme order."""
    spans: tuple[tuple[Span, ...], ...]
    groups: tuple[str, ...]
    """The work of each sentence; folds keep it whole."""

    def of(self, rows: npt.NDArray[np.int64]) -> Examples:
        """The examples with these row numbers."""
        return Examples(
            tuple(self.sentences[row] for row in rows),
            self.target[rows],
            tuple(self.spans[row] for row in rows),
            tuple(self.groups[row] for row in rows),
        )


def examples_of(gold: Sequence[GoldSentence], labels: Sequence[str], works: dict[str, str]) -> Examples:
    """Gold sentences as examples; `works` gives the work of a document id."""
    return Examples(
        tuple(item.sentence for item in gold),
        np.array([[label in item.labels for label in labels] for item in gold], dtype=bool).reshape(-1, len(labels)),
        tuple(item.spans for item in gold),
        tuple(works[item.sentence.doc_id] for item in gold),
    )


class LinearHeads(BaseEstimator):  # type: ignore[misc]
    """Features and one linear head a label: what is fitted in every fold.

    Attributes (after `fit`):
        features_: the fitted SentenceFeatures.
        weights_: shape (n_features, n_labels).
        intercepts_: shape (n_labels,).
    """

    def __init__(self, params: LinearModel, rules: RuleSet | None = None) -> None:
        self.params = params
        self.rules = rules

    def fit(self, examples: Examples) -> LinearHeads:
        """Learn features and heads."""
        self.features_ = SentenceFeatures(self.params, self.rules)
        matrix = self.features_.fit_transform(examples.sentences, examples.spans, examples.groups)
        heads = [
            fit_logistic(matrix, target, self.params.C, self.params.class_weight, self.params.seed)
            for target in examples.target.T
        ]
        self.weights_ = np.column_stack([weights for weights, _ in heads])
        self.intercepts_ = np.array([intercept for _, intercept in heads])
        return self

    def decision_function(self, sentences: Sequence[Sentence]) -> Floats:
        """The logit of every label, shape (n, n_labels)."""
        matrix: sp.csr_matrix = self.features_.transform(sentences)
        logits: Floats = matrix @ self.weights_ + self.intercepts_
        return logits


@dataclass(frozen=True, slots=True)
class Misjudged:
    """A wrong decision on a training sentence."""

    row: int
    column: int
    cues: tuple[Cue, ...]


class LinearClassifier(BaseEstimator):  # type: ignore[misc]
    """Multi-label classifier of sentences with calibrated probabilities and decision thresholds.

    Args:
        params: features, penalty and folds.
        rules: the rules whose matches are features; None for none.

    Attributes (after `fit`):
        heads_: LinearHeads fitted on all examples.
        fold_heads_: heads fitted without each fold, and the rows of that fold; not kept in a model file.
        out_of_fold_: calibrated probabilities of the training sentences by heads that have not seen their work, shape
            (n, n_labels); not kept in a model file either.
        sigmoids_: one a label, fitted on the out-of-fold logits.
        thresholds_: probability from which a label is given, shape (n_labels,).
    """

    def __init__(self, params: LinearModel, rules: RuleSet | None = None) -> None:
        self.params = params
        self.rules = rules

    def fit(self, examples: Examples, jobs: int = -1) -> LinearClassifier:
        """Learn from `examples`; `jobs` processes at once, which changes nothing but the time."""
        folds = list(grouped_folds(examples.groups, self.params.folds, self.params.seed))
        everything = np.arange(len(examples.sentences))
        fitted = Parallel(n_jobs=jobs)(
            delayed(LinearHeads(self.params, self.rules).fit)(examples.of(rows))
            for rows in [everything, *(rest for rest, _ in folds)]
        )
        self.heads_ = fitted[0]
        self.fold_heads_ = [(heads, held_out) for heads, (_, held_out) in zip(fitted[1:], folds, strict=True)]
        logits = np.empty(examples.target.shape)
        for heads, held_out in self.fold_heads_:
            logits[held_out] = heads.decision_function(examples.of(held_out).sentences)
        self.sigmoids_ = [fit_sigmoid(*pair) for pair in zip(logits.T, examples.target.T, strict=True)]
        self.out_of_fold_ = self.calibrated(logits)
        columns = zip(self.out_of_fold_.T, examples.target.T, strict=True)
        self.thresholds_ = np.array([best_threshold(*column) for column in columns])
        return self

    def out_of_fold_errors(self, examples: Examples) -> Iterator[Misjudged]:
        """Every wrong decision on the training sentences by heads that had not seen their work, with its cues."""
        wrong = (self.out_of_fold_ >= self.thresholds_) != examples.target
        for heads, held_out in self.fold_heads_:
            names = heads.features_.get_feature_names_out()
            matrix = heads.features_.transform(examples.of(held_out).sentences)
            for row, column in zip(*np.nonzero(wrong[held_out]), strict=True):
                told = cues(matrix[row], names, heads.weights_[:, column], heads.intercepts_[column])
                yield Misjudged(int(held_out[row]), int(column), told)

    def __getstate__(self) -> dict[str, Any]:
        """What is kept in a model file: not what is known only of the training sentences."""
        state: dict[str, Any] = super().__getstate__()
        return {name: value for name, value in state.items() if name not in ("fold_heads_", "out_of_fold_")}

    def decision_function(self, sentences: Sequence[Sentence]) -> Floats:
        """The logit of every label before calibration, shape (n, n_labels)."""
        logits: Floats = self.heads_.decision_function(sentences)
        return logits

    def predict_proba(self, sentences: Sequence[Sentence]) -> Floats:
        """The calibrated probability of every label, shape (n, n_labels)."""
        return self.calibrated(self.decision_function(sentences))

    def predict(self, sentences: Sequence[Sentence]) -> Bools:
        """Which labels are given, shape (n, n_labels)."""
        decisions: Bools = self.predict_proba(sentences) >= self.thresholds_
        return decisions

    def calibrated(self, logits: Floats) -> Floats:
        """The probabilities that logits stand for, both of shape (n, n_labels)."""
        columns = [sigmoid(column) for sigmoid, column in zip(self.sigmoids_, logits.T, strict=True)]
        chances: Floats = np.column_stack(columns)
        return chances
