"""One probability per sentence and label from many rules' votes.

Dawid and Skene's model (Applied Statistics 28, 1979, 20-28, doi:10.2307/2346806) is fitted per label by crowd-kit; what
it learned, prior and error rates, is kept, so that new sentences are combined by Bayes' rule in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from pipeline.core.params import LabelParams

Votes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Answers = npt.NDArray[np.int64]

AGAINST, FOR, ABSTAINED = 0, 1, 2
"""Answers: the label is not there, it is there, and abstention as an answer of its own."""
SILENT = -1
"""No answer: the rule has no row for the sentence."""
_TRUTHS = 2
_SMALLEST = float(np.float_power(10, -10))
"""Probabilities are not let below this, as in crowd-kit, so that every logarithm is finite."""


@dataclass(frozen=True)
class LabelVotes:
    """What is known of one label's rules."""

    rules: tuple[int, ...]
    """Their columns in the votes."""
    prior: float
    """The share of sentences that carry the label, as estimated from the sentences with an answer."""
    log_rates: Floats
    """Log2 of the probability that a rule gives an answer, given the truth: shape (rules, answers, 2)."""


@dataclass(frozen=True)
class VoteModel:
    """Learned priors and error rates; turns votes into probabilities.

    A sentence on which no rule of a label gives an answer has that label's prior, the estimated prevalence; a label
    without rules, or whose rules never answered, has probability 0.
    """

    labels: tuple[LabelVotes, ...]
    combine: Literal["dawid_skene", "majority"]
    abstention: Literal["missing", "against", "own_class"]

    def predict_proba(self, votes: Votes) -> Floats:
        """The probability of each label, shape (n, L), from votes of shape (n, R)."""
        columns = [self._label_proba(label, votes) for label in self.labels]
        return np.column_stack(columns) if columns else np.zeros((len(votes), 0))

    def _label_proba(self, label: LabelVotes, votes: Votes) -> Floats:
        answers = code(votes[:, list(label.rules)], label.rules_votes, self.abstention)
        if self.combine == "majority":
            return _majority(answers, label.prior)
        return _posterior(answers, label)
