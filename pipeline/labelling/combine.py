"""One probability per sentence and label from many rules' votes.

The model is that of Dawid and Skene 1979, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM
Algorithm", doi:10.2307/2346806, fitted label by label by crowd-kit. What it learned is kept, so that the votes on new
sentences are combined in the same way.

How abstention is coded matters. A rule that only ever votes one way has, where abstention is `missing`, the same answer
whatever the truth: Dawid and Skene's model then learns nothing from it, and every sentence keeps the prior. Under
`against` and `own_class` its silence tells something.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.core.params import LabelParams

Votes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Answers = npt.NDArray[np.int64]

NO, YES, ABSTAINS = 0, 1, 2
"""Answers to "does it carry the label?"; the third exists under abstention `own_class` alone."""
SILENT = -1
"""No answer."""

_SMALLEST = 1e-10
"""Probabilities are not let below this, as in crowd-kit, so that every logarithm is finite."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelModel:
    """What was learned about one label and the rules that vote on it; K truths are told apart, 2 or 3."""

    rules: tuple[int, ...]
    """The rules' columns in the votes."""
    priors: Floats
    """The share of each truth among the sentences with an answer, shape (K,), sums to 1."""
    log_rates: Floats
    """Log2 of a rule's probability of an answer given the truth, shape (rules, answers, truths)."""


@dataclass(frozen=True, slots=True, eq=False)
class VoteModel:
    """Learned priors and error rates, one `LabelModel` a label in the scheme's order."""

    labels: tuple[LabelModel, ...]
    combine: str
    abstention: str

    def predict_proba(self, votes: Votes) -> Floats:
        """The probability of each label, shape (n, L), 0 to 1, from votes of shape (n, R).

        Bayes' rule over the learned rates, or under `majority` the share of the answers that say yes. A sentence
        without any answer has the label's prior, its prevalence among the sentences the model was fitted on. Under
        `missing` that is every sentence on which all of a label's rules abstain; under the other codings abstention
        is an answer. A label without rules has probability 0.
        """
        probabilities = np.zeros((len(votes), len(self.labels)))
        for column, label in enumerate(self.labels):
            answers = code_answers(votes[:, list(label.rules)], self.abstention)
            combined = _shares(answers) if self.combine == "majority" else _posteriors(answers, label)
            probabilities[:, column] = np.where(_silent(answers), label.priors[YES], combined)
        return probabilities


def combine_votes(votes: Votes, rule_labels: Sequence[str], ids: Sequence[str], params: LabelParams) -> Floats:
    """The probability of each label of `ids`, shape (n, L), by a model fitted on the same votes, shape (n, R)."""
    return fit(votes, rule_labels, ids, params).predict_proba(votes)


def fit(votes: Votes, rule_labels: Sequence[str], ids: Sequence[str], params: LabelParams) -> VoteModel:
    """The model of `votes`, shape (n, R), for the labels `ids`; `rule_labels` says which label each rule votes on."""
    labels = tuple(_fit_label(votes, rule_labels, label, params) for label in ids)
    return VoteModel(labels, params.combine, params.abstention)


def code_answers(votes: Votes, abstention: str) -> Answers:
    """Votes as answers: +1 is `YES`, -1 is `NO`, and 0 is `SILENT`, `NO` or `ABSTAINS` by `abstention`."""
    abstained = {"missing": SILENT, "against": NO, "own_class": ABSTAINS}[abstention]
    return np.select([votes > 0, votes < 0], [YES, NO], default=abstained).astype(np.int64)


def _fit_label(votes: Votes, rule_labels: Sequence[str], label: str, params: LabelParams) -> LabelModel:
    rules = tuple(column for column, of_rule in enumerate(rule_labels) if of_rule == label)
    answers = code_answers(votes[:, list(rules)], params.abstention)
    truths = 3 if params.abstention == "own_class" else 2
    if (answers == SILENT).all():
        return LabelModel(rules, np.eye(truths)[NO], np.zeros((len(rules), truths, truths)))
    if params.combine == "majority":
        share = float(_shares(answers)[~_silent(answers)].mean())
        return LabelModel(rules, np.array([1 - share, share]), np.zeros((len(rules), truths, truths)))
    return _dawid_skene(answers, rules, truths, params.iterations)


def _dawid_skene(answers: Answers, rules: tuple[int, ...], truths: int, iterations: int) -> LabelModel:
    """The model by crowd-kit's expectation maximisation.

    An answer that a rule never gave is told apart for no truth, which is how crowd-kit treats it.
    """
    fitted = _crowd_kit(answers, iterations)
    priors = fitted.priors_.reindex(range(truths), fill_value=0.0).to_numpy(dtype=np.float64)
    log_rates = np.zeros((len(rules), truths, truths))
    rates = fitted.errors_.reindex(columns=range(truths), fill_value=_SMALLEST)
    for (rule, answer), row in zip(rates.index, rates.to_numpy(dtype=np.float64), strict=True):
        log_rates[rule, answer] = np.log2(row)
    return LabelModel(rules, priors, log_rates)


def _crowd_kit(answers: Answers, iterations: int) -> Any:
    """crowd-kit's fitted model; its import takes seconds and happens only where a model is fitted."""
    from crowdkit.aggregation.classification.dawid_skene import DawidSkene

    tasks, workers = np.nonzero(answers != SILENT)
    rows = pd.DataFrame({"task": tasks, "worker": workers, "label": answers[tasks, workers]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it draws deprecation warnings from newer versions of pandas
        return DawidSkene(n_iter=iterations).fit(rows)


def _posteriors(answers: Answers, label: LabelModel) -> Floats:
    """The posterior probability of `YES`, shape (n,): prior times the rates of the answers, normalised."""
    logs = np.tile(np.log2(np.clip(label.priors, _SMALLEST, None)), (len(answers), 1))
    for rule, given in enumerate(answers.T):
        logs += np.where((given == SILENT)[:, None], 0.0, label.log_rates[rule][given])
    likelihoods = np.exp2(logs - logs.max(axis=1, keepdims=True))
    posterior: Floats = likelihoods[:, YES] / likelihoods.sum(axis=1)
    return posterior


def _shares(answers: Answers) -> Floats:
    """The share of the answers that say yes, shape (n,); 0 without an answer. As crowd-kit's MajorityVote."""
    given = (answers != SILENT).sum(axis=1)
    shares: Floats = (answers == YES).sum(axis=1) / np.maximum(given, 1)
    return shares


def _silent(answers: Answers) -> npt.NDArray[np.bool_]:
    silent: npt.NDArray[np.bool_] = (answers == SILENT).all(axis=1)
    return silent
