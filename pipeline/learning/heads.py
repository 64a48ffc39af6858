"""Features and one linear head a label: what is fitted in every fold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from pipeline.core.params import LinearModel
from pipeline.core.records import Sentence
from pipeline.labelling.rules import RuleSet
from pipeline.learning.examples import Examples
from pipeline.learning.features import SentenceFeatures
from pipeline.learning.linear import fit_logistic

Floats = npt.NDArray[np.float64]


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
        check_is_fitted(self)
        logits: Floats = self.features_.scores(sentences, self.weights_) + self.intercepts_
        return logits
