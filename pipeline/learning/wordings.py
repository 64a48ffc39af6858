"""A word-level model of loaded language: which words of a sentence carry charge.

A word's logit is a sum of three addends: of the word itself (its form and its inside-word character n-grams), of the
word before and of the word after. Each is computed once per distinct word, so that scoring costs three look-ups a word
however many n-grams the model knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils.validation import check_is_fitted

from pipeline.core.records import Span
from pipeline.labelling.rules import RuleSet
from pipeline.learning.linear import fit_logistic
from pipeline.learning.tokens import WORD, Ids, Tokens, lower, numbered
from pipeline.learning.vectorizers import forget_identity

EDGE = "<edge>"
"""Stands for the missing neighbour at either end of a sentence."""
LEXICON_WEIGHT = 3.0
"""A match in the lexicon counts as so much, where all n-grams of a word together have length 1."""
TOLERANCE = 1e-2
"""A closer solution takes twice the time and moves no logit by more than a ten-thousandth."""
BRIDGED_GAP = 1
"""Marked words at most this many characters apart make one wording."""

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of many sentences, and where they stand."""

    tokens: Tokens
    """In lower case."""
    starts: Ids
    """Offset of each word in its sentence's text, shape (n_words,)."""
    ends: Ids


def words_of(texts: Sequence[str]) -> Words:
    """The words of `texts`, in order."""
    found = [[match.span() for match in WORD.finditer(text)] for text in texts]
    forms = [lower(text[start:end]) for text, own in zip(texts, found, strict=True) for start, end in own]
    types, ids = numbered(forms)
    places = np.array(list(chain.from_iterable(found)), dtype=np.int64).reshape(-1, 2)
    bounds = np.concatenate([[0], np.cumsum([len(own) for own in found], dtype=np.int64)]).astype(np.int64)
    return Words(Tokens(types, ids, bounds), places[:, 0], places[:, 1])


def only_words(tokens: Tokens) -> Tokens:
    """The words among `tokens`, in lower case."""
    return tokens.only(np.array([_is_word(form) for form in tokens.types], dtype=bool)).lowered


def marked(words: Words, spans: Sequence[Sequence[Span]]) -> Bools:
    """Which words overlap a span of their sentence, shape (n_words,)."""
    hit = np.zeros(len(words.starts), dtype=bool)
    for index, own in enumerate(spans):
        first, last = words.tokens.bounds[index], words.tokens.bounds[index + 1]
        for span in own:
            hit[first:last] |= (words.starts[first:last] < span.end) & (words.ends[first:last] > span.start)
    return hit


def wordings(words: Words, hit: Bools, scores: Floats) -> list[list[tuple[int, int, float]]]:
    """The marked stretches of each sentence as (start, end, highest score); neighbouring words make one."""
    found: list[list[tuple[int, int, float]]] = []
    for first, last in pairwise(words.tokens.bounds):
        own: list[tuple[int, int, float]] = []
        for word in first + np.flatnonzero(hit[first:last]):
            start, end, score = int(words.starts[word]), int(words.ends[word]), float(scores[word])
            if own and start - own[-1][1] <= BRIDGED_GAP:
                start, score = own[-1][0], max(score, own.pop()[2])
            own.append((start, end, score))
        found.append(own)
    return found


class WordingModel(BaseEstimator):  # type: ignore[misc]
    """Logistic regression over words in context.

    Args:
        lexicon: rules that may match a word by itself; which of them do is a property of the word. None for none.
        C: inverse strength of the L2 penalty.
        min_df: in how many distinct words an n-gram, and how often a form, must occur to be a feature.
        seed: of the coordinate descent.

    Attributes (after `fit`):
        own_, before_, after_: dict from form to its addend to the logit, for the forms seen in training.
        intercept_: the logit of a word of which nothing is known.
    """

    def __init__(self, lexicon: RuleSet | None = None, C: float = 1.0, min_df: int = 3, seed: int = 0) -> None:
        self.lexicon = lexicon
        self.C = C
        self.min_df = min_df
        self.seed = seed

    def fit(self, words: Tokens, target: Bools) -> WordingModel:
        """Learn from words in lower case and whether each is marked, shape (n_words,)."""
        forms = sorted({*words.types, EDGE})
        own, before, after = _contexts(words, forms)
        self.ngrams_ = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=self.min_df, binary=True)
        shape = self._shapes(forms, self.ngrams_.fit_transform(forms))
        forget_identity(self.ngrams_)
        known = _frequent(own, len(forms), self.min_df)
        matrix = sp.hstack([shape[own], known[own], known[before], known[after]], format="csr")
        weights, self.intercept_ = fit_logistic(matrix, target, self.C, None, self.seed, TOLERANCE)
        n, k = shape.shape[1], known.shape[1]
        self.shape_weights_ = weights[:n]
        per_form = [known @ weights[n + i * k : n + (i + 1) * k] for i in range(3)]
        self.own_ = dict(zip(forms, (shape @ self.shape_weights_ + per_form[0]).tolist(), strict=True))
        self.before_ = dict(zip(forms, per_form[1].tolist(), strict=True))
        self.after_ = dict(zip(forms, per_form[2].tolist(), strict=True))
        return self

    def decision_function(self, words: Tokens) -> Floats:
        """The logit of every word, shape (n_words,)."""
        check_is_fitted(self)
        forms = [*words.types, EDGE]
        own, before, after = _contexts(words, forms)
        unseen = [form for form in forms if form not in self.own_]
        unseen_addends = dict(zip(unseen, self._shape_logits(unseen), strict=True))
        tables = [
            np.array([self.own_[form] if form in self.own_ else unseen_addends[form] for form in forms]),
            np.array([self.before_.get(form, 0.0) for form in forms]),
            np.array([self.after_.get(form, 0.0) for form in forms]),
        ]
        logits: Floats = self.intercept_ + tables[0][own] + tables[1][before] + tables[2][after]
        return logits

    def _shape_logits(self, forms: Sequence[str]) -> list[float]:
        if not forms:
            return []
        shapes = self._shapes(forms, self.ngrams_.transform(forms))
        logits: list[float] = (shapes @ self.shape_weights_).tolist()
        return logits

    def _shapes(self, forms: Sequence[str], counts: sp.csr_matrix) -> sp.csr_matrix:
        """What can be told of a word without having seen it: its n-grams, and which rules of the lexicon match it."""
        ngrams = _rows_of_unit_length(counts)
        if self.lexicon is None:
            return ngrams
        return sp.hstack([ngrams, sp.csr_matrix(self.lexicon.matches(forms) * LEXICON_WEIGHT)], format="csr")


def _contexts(words: Tokens, forms: Sequence[str]) -> tuple[Ids, Ids, Ids]:
    """The number in `forms` of each word, of the one before and of the one after it in its sentence."""
    index = {form: number for number, form in enumerate(forms)}
    own = np.array([index[form] for form in words.types], dtype=np.int64)[words.ids]
    before, after = np.full_like(own, index[EDGE]), np.full_like(own, index[EDGE])
    if len(own):
        before[1:], after[:-1] = own[:-1], own[1:]
        filled = words.bounds[:-1] < words.bounds[1:]
        before[words.bounds[:-1][filled]] = index[EDGE]
        after[words.bounds[1:][filled] - 1] = index[EDGE]
    return own, before, after


def _is_word(form: str) -> bool:
    return form[0].isalnum() or form[0] == "_"


def _rows_of_unit_length(matrix: sp.csr_matrix) -> sp.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1 / np.maximum(lengths, 1)) @ matrix)


def _frequent(ids: npt.NDArray[np.int64], size: int, min_count: int) -> sp.csr_matrix:
    """Shape (size, k): row i holds a single 1 when form i occurs at least `min_count` times, else nothing."""
    frequent = np.flatnonzero(np.bincount(ids, minlength=size) >= min_count)
    ones = np.ones(len(frequent))
    return sp.csr_matrix((ones, (frequent, np.arange(len(frequent)))), shape=(size, len(frequent)))
