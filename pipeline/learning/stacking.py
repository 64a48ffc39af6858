"""A second stage over sentence models: what several of them say of a sentence, and of those around it.

Stacked generalisation (Wolpert 1992, doi:10.1016/S0893-6080(05)80023-1): the second stage learns from scores that each
first-stage model gives to groups it has not seen, as it will meet them at prediction. Over the neighbours' scores it is
the two-stage reading of sequential sentence classification (Cohen and Carvalho 2005, "Stacked sequential learning").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from joblib import Parallel, delayed
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from pipeline.core.params import LinearModel
from pipeline.core.records import Sentence
from pipeline.labelling.rules import RuleSet
from pipeline.learning.context import CONSTANT, documents_of
from pipeline.learning.examples import Examples
from pipeline.learning.folds import Ids, grouped_folds
from pipeline.learning.heads import LinearHeads
from pipeline.learning.linear import DECIMALS, NEVER
from pipeline.learning.tokens import tokenise

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ENDS = 3
"""Sentences at either end of a document that are told apart by their place."""
PENALTY = 0.03
BALANCE = 0.5
"""Half-way between classes as they come (0) and classes weighed equally (1).

With rare classes either end costs macro-F1; by cross-validation in the training parts of three public corpora all
values from .3 to .6 score alike.
"""
TOLERANCE = 1e-8


class StackedHeads(BaseEstimator):  # type: ignore[misc]
    """Linear heads with several settings, and one logistic regression a label over the scores of all of them.

    It is fitted and asked like `LinearHeads`.

    Args:
        members: the settings of the first stage; the heads of each are fitted for every label.
        rules: for the members that use rules; None when none does.
        reach: so many sentences before and after are looked at too; 0 for the sentence alone, and then neither its
            place nor its document counts.
        labels: so many labels, from the first, are wanted; the others only inform them. None for all.
        C: inverse strength of the second stage's L2 penalty, over standardised scores.
        balance: how far the second stage's logits are moved from the classes' prevalence (0) to none (1).
        folds: of the first stage's scores on the training sentences.
        seed: of folds and coordinate descent.
        jobs: processes at once, which changes nothing but the time.

    Attributes (after `fit`):
        first_: the heads fitted on all examples, one a member.
        centre_, scale_: of the second stage's features, shape (n_features,).
        weights_: shape (n_features, n_wanted).
        intercepts_: shape (n_wanted,).
    """

    def __init__(
        self,
        members: Sequence[LinearModel],
        rules: RuleSet | None = None,
        *,
        reach: int = 0,
        labels: int | None = None,
        C: float = PENALTY,
        balance: float = BALANCE,
        folds: int = 5,
        seed: int = 0,
        jobs: int = 1,
    ) -> None:
        self.members = members
        self.rules = rules
        self.reach = reach
        self.labels = labels
        self.C = C
        self.balance = balance
        self.folds = folds
        self.seed = seed
        self.jobs = jobs

    def fit(self, examples: Examples) -> StackedHeads:
        """Learn both stages. The sentences of a document follow each other in order where `reach` is not 0.

        Raises:
            PipelineError: there are fewer groups than folds.
        """
        features = self._seen_from(self._first_stage(examples), examples.sentences)
        self.centre_ = features.mean(axis=0)
        spread = features.std(axis=0)
        self.scale_ = np.where(spread < CONSTANT, 1.0, spread)
        matrix = (features - self.centre_) / self.scale_
        heads = [_second_stage(matrix, target, self.C, self.balance) for target in examples.target.T[: self.labels]]
        self.weights_ = np.column_stack([weights for weights, _ in heads])
        self.intercepts_ = np.array([intercept for _, intercept in heads])
        return self

    def decision_function(self, sentences: Sequence[Sentence]) -> Floats:
        """The logit of every wanted label, shape (n, n_wanted)."""
        check_is_fitted(self)
        if not sentences:
            return np.empty((0, len(self.intercepts_)))
        scores = np.hstack([heads.decision_function(sentences) for heads in self.first_])
        features = (self._seen_from(scores, sentences) - self.centre_) / self.scale_
        logits: Floats = features @ self.weights_ + self.intercepts_
        return logits

    def _first_stage(self, examples: Examples) -> Floats:
        """Fit the members; their scores of the training sentences, out of fold, member by member."""
        rows: Ids = np.arange(len(examples.sentences))
        folds = [(rows, rows[:0]), *grouped_folds(examples.groups, self.folds, self.seed)]
        told = Parallel(n_jobs=self.jobs)(
            delayed(_fitted)(LinearHeads(member, self.rules if member.rules else None), examples, rest, held_out)
            for member, (rest, held_out) in product(self.members, folds)
        )
        own = [told[i * len(folds) : (i + 1) * len(folds)] for i in range(len(self.members))]
        self.first_ = [heads for (heads, _), *_ in own]
        scores = np.empty((len(self.members), *examples.target.shape))
        for member, (_, *others) in enumerate(own):
            for (_, held_out), (_, logits) in zip(folds[1:], others, strict=True):
                scores[member, held_out] = logits
        return np.hstack(list(scores))

    def _seen_from(self, scores: Floats, sentences: Sequence[Sentence]) -> Floats:
        """What the second stage sees of every sentence."""
        if not self.reach:
            return scores
        lowered = tokenise([sentence.text for sentence in sentences]).lowered
        rows = self.first_[0].features_.words_.transform(lowered)
        return np.hstack([around(scores, sentences, self.reach), likeness(rows, sentences)])


def around(scores: Floats, sentences: Sequence[Sentence], reach: int) -> Floats:
    """Every row with its neighbours' rows, the mean row of its document, and its place, shape (n, n_features).

    Args:
        scores: shape (n, k).
        sentences: n of them; those of one document follow each other in order.
        reach: neighbours on either side. Beyond the ends of a document there are zeros.
    """
    first, place, size = _places(sentences)
    blocks = [scores]
    for step in [step for step in range(-reach, reach + 1) if step]:
        inside = (place + step >= 0) & (place + step < size)
        blocks.append(np.where(inside[:, None], np.roll(scores, -step, axis=0), 0.0))
    starts = np.unique(first)
    means = np.add.reduceat(scores, starts, axis=0) / size[starts][:, None]
    blocks.append(means[np.searchsorted(starts, first)])
    ends = [own == end for own in (place, size - 1 - place) for end in range(ENDS)]
    blocks.append(np.column_stack([place / np.maximum(size - 1, 1), np.log1p(place), np.log(size), *ends]))
    return np.hstack(blocks)


def likeness(rows: sp.csr_matrix, sentences: Sequence[Sentence]) -> Floats:
    """The cosine of every row with its document's first, with the one before and the one after, shape (n, 3).

    A document's first sentence is its headline or lead. The row before the first, and the one after the last, are
    like nothing.

    Args:
        rows: of unit length, shape (n, n_features).
        sentences: as in `around`.
    """
    first, place, size = _places(sentences)
    numbers = np.arange(len(first))
    before, after = np.maximum(numbers - 1, 0), np.minimum(numbers + 1, len(first) - 1)
    columns = [np.asarray(rows.multiply(rows[other]).sum(axis=1)).ravel() for other in (first, before, after)]
    return np.column_stack([columns[0], columns[1] * (place > 0), columns[2] * (place < size - 1)])


def _second_stage(matrix: Floats, target: Bools, C: float, balance: float) -> tuple[Floats, float]:
    """Weights and intercept of one label; Newton's method solves so closely that the rounded weights are stable."""
    share = float(target.mean())
    if share in (0.0, 1.0):
        return np.zeros(matrix.shape[1]), -NEVER if share else NEVER
    model = LogisticRegression(C=C, solver="newton-cholesky", tol=TOLERANCE).fit(matrix, target)
    intercept = float(model.intercept_[0]) - balance * float(np.log(share / (1 - share)))
    return model.coef_[0].round(DECIMALS), round(intercept, DECIMALS)


def _places(sentences: Sequence[Sentence]) -> tuple[Ids, Ids, Ids]:
    """For every row the number of its document's first row, its place in the document from 0, the document's size."""
    starts, sizes = documents_of(sentences)
    first = np.repeat(starts, sizes)
    return first, np.arange(len(sentences)) - first, np.repeat(sizes, sizes)


def _fitted(heads: LinearHeads, examples: Examples, rest: Ids, held_out: Ids) -> tuple[LinearHeads | None, Floats]:
    """The heads fitted on `rest`, kept where nothing is held out, and their scores of what is."""
    heads.fit(examples.of(rest))
    kept = None if len(held_out) else heads
    return kept, heads.decision_function(examples.of(held_out).sentences)
