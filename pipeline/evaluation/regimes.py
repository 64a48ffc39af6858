"""What there is to learn from: rules, what rules vote, gold labels, or gold for a part and votes for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.params import EvaluateParams, LinearModel
from pipeline.evaluation.evaluate import Outcome, enough_columns, macro_f1
from pipeline.evaluation.repeats import rows_of_works, spreads
from pipeline.evaluation.scores import average_precision
from pipeline.labelling.rules import RuleSet
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.examples import Examples, joined
from pipeline.learning.folds import Ids, grouped_folds
from pipeline.learning.heads import LinearHeads

Floats = npt.NDArray[np.float64]

RULES, VOTES, GOLD, BOTH = "rules only", "votes only", "gold only", "gold and votes"
GAIN = "gain by votes"
"""What votes on the other works add to the same works with gold."""
SHARES = (0.1, 0.25, 0.5, 1.0)
"""Of the training works, with gold labels."""
HALF = 0.5
"""From this combined probability on, votes give a label."""


@dataclass(frozen=True)
class Trial:
    """A way to learn, from so many works with gold labels, drawn in one of the random orders."""

    regime: str
    works: int = 0
    order: int = 0


@dataclass(frozen=True)
class Material:
    """What can be learned from, how, and what is scored."""

    params: LinearModel
    rules: RuleSet | None
    gold: Examples
    votes: Examples
    """The same sentences, with the labels that the rules' combined votes give them."""
    held_out: Examples
    voted: Floats
    """The combined votes on the held-out sentences, shape (n, n_labels)."""

    def outcome(self, trial: Trial, labels: Sequence[str]) -> Outcome:
        """What is said of the held-out sentences."""
        documents = tuple(sentence.doc_id for sentence in self.held_out.sentences)
        chances, given = self.voted, self.voted >= HALF
        if trial.regime != RULES:
            model = self._fitted(trial)
            chances = model.predict_proba(self.held_out.sentences)
            given = chances >= model.thresholds_
        return Outcome(tuple(labels), documents, self.held_out.target, chances, given)

    def _fitted(self, trial: Trial) -> LinearClassifier:
        if trial.regime == VOTES:
            return fitted(self.params, self.rules, self.votes)
        rows = rows_of_works(self.gold.groups, trial.works, trial.order)
        rest = np.setdiff1d(np.arange(len(self.gold.groups)), rows)
        further = self.votes.of(rest) if trial.regime == BOTH else None
        return fitted(self.params, self.rules, self.gold.of(rows), further)


def by_votes(examples: Examples, chances: Floats) -> Examples:
    """The examples with the labels that votes give them instead of their own, and without marked wordings.

    Args:
        examples: n of them.
        chances: the combined votes, shape (n, n_labels).
    """
    return replace(examples, target=chances >= HALF, spans=((),) * len(examples.spans))


def fitted(
    params: LinearModel, rules: RuleSet | None, examples: Examples, further: Examples | None = None
) -> LinearClassifier:
    """The classifier that learns its heads from `examples` and `further`, and all the rest from `examples` alone.

    So thresholds and calibration hang on votes only where there is nothing else.
    """

    def heads(rows: Ids) -> LinearHeads:
        own = examples.of(rows)
        return LinearHeads(params, rules).fit(own if further is None else joined(own, further))

    first = np.empty(examples.target.shape)
    for rest, held_out in grouped_folds(examples.groups, params.folds, params.seed):
        first[held_out] = heads(rest).decision_function(examples.of(held_out).sentences)
    everything: Ids = np.arange(len(examples.groups))
    return LinearClassifier(params, rules).fit_second(heads(everything), first, examples)


def trials(works: int, least: int, orders: int) -> Iterator[Trial]:
    """All that is tried: with fewer than all works in several orders, with all of them once.

    Args:
        works: in the training part.
        least: so many at least have gold labels.
        orders: random orders of the works.
    """
    yield Trial(RULES)
    yield Trial(VOTES)
    for size in sorted({max(round(share * works), least) for share in SHARES}):
        for order in range(orders if size < works else 1):
            yield Trial(GOLD, size, order)
            if size < works:
                yield Trial(BOTH, size, order)


def figures(outcome: Outcome, params: EvaluateParams) -> dict[str, float]:
    """Macro-F1 over the labels that occur often enough, and the mean average precision over all that occur."""
    once = np.ones((1, len(outcome.documents)))
    ranked = [average_precision(*pair, once)[0] for pair in zip(outcome.target.T, outcome.chances.T, strict=True)]
    return {
        "macro_f1": float(macro_f1(outcome, once, enough_columns(outcome, params))[0]),
        "average_precision": float(np.nanmean(ranked)),
    }


def compared(measured: Mapping[Trial, Mapping[str, float]]) -> dict[str, Any]:
    """Mean and range over the orders of every figure, by regime and number of works with gold; last, `GAIN`."""
    names = next(iter(measured.values()))
    return {name: spreads(_told(name, measured)) for name in names}


def _told(name: str, measured: Mapping[Trial, Mapping[str, float]]) -> Iterable[tuple[str, int, float]]:
    for trial, values in measured.items():
        yield trial.regime, trial.works, values[name]
    for trial, values in measured.items():
        if trial.regime == BOTH:
            yield GAIN, trial.works, values[name] - measured[replace(trial, regime=GOLD)][name]
