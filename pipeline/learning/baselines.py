"""What any model has to beat: the majority, and the rules alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from pipeline.core.params import LabelParams
from pipeline.core.records import Sentence
from pipeline.labelling.combine import fit
from pipeline.labelling.rules import RuleSet
from pipeline.learning.calibration import best_threshold
from pipeline.learning.examples import Examples

Floats = npt.NDArray[np.float64]

HALF = 0.5


class MajorityClassifier(BaseEstimator):  # type: ignore[misc]
    """Gives every sentence the labels that more than half of the training sentences carry."""

    def fit(self, examples: Examples) -> MajorityClassifier:
        """Learn the prevalences."""
        self.prevalence_: Floats = examples.target.mean(axis=0)
        self.thresholds_: Floats = np.full(len(self.prevalence_), HALF)
        self.out_of_fold_: Floats = self.predict_proba(examples.sentences)
        return self

    def predict_proba(self, sentences: Sequence[Sentence]) -> Floats:
        """The prevalence of every label in training, for every sentence, shape (n, n_labels)."""
        check_is_fitted(self)
        return np.tile(self.prevalence_, (len(sentences), 1))


class RulesClassifier(BaseEstimator):  # type: ignore[misc]
    """Gives labels by the combined votes of the rules; gold labels set nothing but the thresholds."""

    def __init__(self, rules: RuleSet, labels: tuple[str, ...], params: LabelParams) -> None:
        self.rules = rules
        self.labels = labels
        self.params = params

    def fit(self, examples: Examples) -> RulesClassifier:
        """Learn how far each rule is to be trusted, from how the rules vote and without the labels; then thresholds."""
        votes = self.rules.votes([sentence.text for sentence in examples.sentences])
        self.votes_ = fit(votes, self.rules.labels, self.labels, self.params)
        self.out_of_fold_: Floats = self.votes_.predict_proba(votes)
        columns = zip(self.out_of_fold_.T, examples.target.T, strict=True)
        self.thresholds_: Floats = np.array([best_threshold(*column) for column in columns])
        return self

    def predict_proba(self, sentences: Sequence[Sentence]) -> Floats:
        """The combined votes on every label, shape (n, n_labels), 0 to 1."""
        check_is_fitted(self)
        return self.votes_.predict_proba(self.rules.votes([sentence.text for sentence in sentences]))
