"""The sentence model: one logistic regression a label over shared features, calibrated out of fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from pipeline.core.params import LinearModel
from pipeline.core.records import Sentence
from pipeline.labelling.rules import RuleSet
from pipeline.learning.calibration import Sigmoid, best_threshold, fit_sigmoid
from pipeline.learning.context import ContextStage, has_context, in_context
from pipeline.learning.cues import Cue
from pipeline.learning.examples import Examples, with_edits
from pipeline.learning.explanation import told_by
from pipeline.learning.folds import Ids, grouped_folds
from pipeline.learning.heads import LinearHeads

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

OF_TRAINING = ("folds_", "contexts_", "first_look_", "out_of_fold_")
"""Attributes that are not kept in a model file."""


@dataclass(frozen=True, slots=True)
class Misjudged:
    """A wrong decision on a training sentence."""

    row: int
    column: int
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """What was learned without some works, and which sentences are theirs."""

    heads: LinearHeads
    context: ContextStage | None
    held_out: Ids


class LinearClassifier(BaseEstimator):  # type: ignore[misc]
    """Multi-label classifier of sentences with calibrated probabilities and decision thresholds.

    A sentence that stands in a document is judged twice, the second time with its neighbours in view, if the settings
    say so; a sentence by itself is judged by itself.

    Args:
        params: features, penalties and folds.
        rules: the rules whose matches are features; None for none.

    Attributes (after `fit`):
        heads_: LinearHeads fitted on all examples.
        context_: the second stage; None without one.
        sigmoids_: one a label, for sentences in documents; fitted on out-of-fold logits.
        alone_: one a label, for sentences by themselves.
        thresholds_: probability from which a label is given, shape (n_labels,).

    Known of the training sentences alone, and not kept in a model file (`OF_TRAINING`):
        folds_: what was learned without each fold.
        contexts_: the second stages among that.
        first_look_: first-stage logits by models that have not seen a sentence's work, shape (n, n_labels).
        out_of_fold_: calibrated probabilities by such models, shape (n, n_labels).
    """

    def __init__(self, params: LinearModel, rules: RuleSet | None = None) -> None:
        self.params = params
        self.rules = rules

    def fit(self, examples: Examples, edits: Examples | None = None, jobs: int = -1) -> LinearClassifier:
        """Learn from `examples`.

        Args:
            examples: the sentences of one document follow each other in order.
            edits: further sentences, each by itself; they teach, but thresholds and calibration do not hang on them.
            jobs: processes at once, which changes nothing but the time.
        """
        everything: Ids = np.arange(len(examples.sentences))
        folds = self._folds(examples)
        heads: list[LinearHeads] = Parallel(n_jobs=jobs)(
            delayed(LinearHeads(self.params, self.rules).fit)(with_edits(examples.of(rows), edits))
            for rows in [everything, *(rest for rest, _ in folds)]
        )
        first = np.empty(examples.target.shape)
        for fitted, (_, held_out) in zip(heads[1:], folds, strict=True):
            first[held_out] = fitted.decision_function(examples.of(held_out).sentences)
        self.fit_second(heads[0], first, examples)
        pairs = zip(heads[1:], self.contexts_, folds, strict=True)
        self.folds_ = [Fold(fitted, context, held_out) for fitted, context, (_, held_out) in pairs]
        return self

    def fit_second(self, heads: LinearHeads, first: Floats, examples: Examples) -> LinearClassifier:
        """Learn all that comes after the first stage: the second look, calibration and thresholds.

        Args:
            heads: the fitted first stage.
            first: logits of `examples` by first stages that have not seen a sentence's work, shape (n, n_labels).
            examples: as in `fit`.
        """
        folds = self._folds(examples)
        self.heads_ = heads
        self.alone_ = _sigmoids(first, examples.target)
        self.context_ = self._context(first, examples, np.arange(len(examples.sentences)))
        self.contexts_ = [self._context(first, examples, rest) for rest, _ in folds]
        second = self._second_looks(first, examples, folds)
        self.sigmoids_ = _sigmoids(second, examples.target)
        self.out_of_fold_ = _calibrated(self.sigmoids_, second)
        columns = zip(self.out_of_fold_.T, examples.target.T, strict=True)
        self.thresholds_ = np.array([best_threshold(*column) for column in columns])
        self.first_look_ = first
        return self

    def decision_function(self, sentences: Sequence[Sentence]) -> Floats:
        """The logit of every label before calibration, shape (n, n_labels), by the last stage to judge a sentence."""
        check_is_fitted(self)
        first: Floats = self.heads_.decision_function(sentences)
        return self._logits(first, sentences)

    def predict_proba(self, sentences: Sequence[Sentence]) -> Floats:
        """The calibrated probability of every label, shape (n, n_labels)."""
        check_is_fitted(self)
        return self.chances(self.heads_.decision_function(sentences), sentences)

    def predict(self, sentences: Sequence[Sentence]) -> Bools:
        """Which labels are given, shape (n, n_labels)."""
        decisions: Bools = self.predict_proba(sentences) >= self.thresholds_
        return decisions

    def chances(self, first: Floats, sentences: Sequence[Sentence]) -> Floats:
        """The probabilities that first-stage logits lead to, shape (n, n_labels)."""
        check_is_fitted(self)
        logits = self._logits(first, sentences)
        inside, alone = (_calibrated(sigmoids, logits) for sigmoids in (self.sigmoids_, self.alone_))
        chances: Floats = np.where(self._looks_twice(sentences)[:, None], inside, alone)
        return chances

    def cues(
        self, sentences: Sequence[Sentence], wanted: Bools, labels: Sequence[str]
    ) -> list[dict[str, tuple[Cue, ...]]]:
        """For each sentence the addends of the logit of every label that is `wanted`, shape (n, n_labels), by label."""
        check_is_fitted(self)
        first: Floats = self.heads_.decision_function(sentences)
        return told_by(self.heads_, self.context_, first, sentences, wanted, labels)

    def out_of_fold_errors(self, examples: Examples, labels: Sequence[str]) -> Iterator[Misjudged]:
        """Every wrong decision on the training sentences by models that had not seen their work, with its cues.

        Raises:
            NotFittedError: the model was read from a file, which keeps nothing of its training sentences.
        """
        check_is_fitted(self, OF_TRAINING)
        wrong = (self.out_of_fold_ >= self.thresholds_) != examples.target
        for fold in self.folds_:
            own = examples.of(fold.held_out).sentences
            told = told_by(fold.heads, fold.context, self.first_look_[fold.held_out], own, wrong[fold.held_out], labels)
            for row, given in zip(fold.held_out.tolist(), told, strict=True):
                for label, found in given.items():
                    yield Misjudged(row, list(labels).index(label), found)

    def __getstate__(self) -> dict[str, Any]:
        """What is kept in a model file: not what is known only of the training sentences."""
        state: dict[str, Any] = super().__getstate__()
        return {name: value for name, value in state.items() if name not in OF_TRAINING}

    def _folds(self, examples: Examples) -> list[tuple[Ids, Ids]]:
        return list(grouped_folds(examples.groups, self.params.folds, self.params.seed))

    def _context(self, first: Floats, examples: Examples, rows: Ids) -> ContextStage | None:
        if self.params.context is None:
            return None
        features = in_context(first, examples.sentences)
        return ContextStage(self.params.context, self.params.seed).fit(features[rows], examples.target[rows])

    def _second_looks(self, first: Floats, examples: Examples, folds: Sequence[tuple[Ids, Ids]]) -> Floats:
        """The out-of-fold logits of the last stage."""
        logits = first.copy()
        features = in_context(first, examples.sentences)
        for context, (_, held_out) in zip(self.contexts_, folds, strict=True):
            if context is not None:
                logits[held_out] = context.decision_function(features[held_out])
        return logits

    def _looks_twice(self, sentences: Sequence[Sentence]) -> Bools:
        return has_context(sentences) if self.context_ is not None else np.ones(len(sentences), dtype=bool)

    def _logits(self, first: Floats, sentences: Sequence[Sentence]) -> Floats:
        if self.context_ is None:
            return first
        second = self.context_.decision_function(in_context(first, sentences))
        logits: Floats = np.where(self._looks_twice(sentences)[:, None], second, first)
        return logits


def _sigmoids(logits: Floats, target: Bools) -> list[Sigmoid]:
    return [fit_sigmoid(*pair) for pair in zip(logits.T, target.T, strict=True)]


def _calibrated(sigmoids: Sequence[Sigmoid], logits: Floats) -> Floats:
    return np.column_stack([sigmoid(column) for sigmoid, column in zip(sigmoids, logits.T, strict=True)])
