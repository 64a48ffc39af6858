"""Character n-grams inside words, looked up once per distinct word.

A word's n-grams do not depend on its sentence, so what they say of a label is a number per word, and the sentence's
score is the sum over its words. scikit-learn's `char_wb` counts them anew in every sentence.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils.validation import check_is_fitted

from pipeline.core.params import Ngrams
from pipeline.learning.tokens import Tokens
from pipeline.learning.vectorizers import forget_identity

Floats = npt.NDArray[np.float64]


class CharacterBlock(BaseEstimator):  # type: ignore[misc]
    """TF-IDF of the character n-grams of a sentence's distinct words.

    A word's vector has the inverse document frequency of each of its n-grams; a sentence's is the sum of its words'
    vectors, divided by the root of the sum of their squared lengths.

    Args:
        ngrams: lengths, and in how many sentences an n-gram must occur to be a feature. A space stands for a word's
            beginning and end.

    Attributes (after `fit`):
        counter_: the fitted CountVectorizer of words.
        idf_: smoothed inverse document frequency of each n-gram, shape (n_ngrams,).
    """

    def __init__(self, ngrams: Ngrams) -> None:
        self.ngrams = ngrams

    def fit(self, tokens: Tokens) -> CharacterBlock:
        """Learn n-grams and weights from lower-case tokens."""
        self.fit_transform(tokens)
        return self

    def fit_transform(self, tokens: Tokens) -> sp.csr_matrix:
        """Learn n-grams and weights from lower-case tokens; the rows of the sentences, shape (n, n_ngrams)."""
        counter = self._counter(None)
        inside = counter.fit_transform(tokens.types)
        occurring = incidence(tokens)
        frequency = np.asarray(((occurring @ inside) > 0).sum(axis=0)).ravel()
        kept = np.flatnonzero(frequency >= self.ngrams.min_df)
        names = counter.get_feature_names_out()
        self.counter_ = self._counter({str(names[column]): number for number, column in enumerate(kept)})
        self.counter_.fit([])
        forget_identity(self.counter_)
        self.idf_: Floats = np.log((1 + occurring.shape[0]) / (1 + frequency[kept])) + 1
        return self.transform(tokens)

    def transform(self, tokens: Tokens) -> sp.csr_matrix:
        """The rows of sentences of lower-case tokens, shape (n, n_ngrams)."""
        words, occurring = self.word_vectors(tokens.types), incidence(tokens)
        return sp.csr_matrix(sp.diags(_scale(words, occurring)) @ (occurring @ words))

    def scores(self, tokens: Tokens, weights: Floats) -> Floats:
        """``transform(tokens) @ weights``, shape (n, n_labels), by way of a score per distinct word."""
        words, occurring = self.word_vectors(tokens.types), incidence(tokens)
        found: Floats = (occurring @ (words @ weights)) * _scale(words, occurring)[:, None]
        return found

    @property
    def width(self) -> int:
        """How many n-grams are known."""
        return len(self.idf_)

    def word_vectors(self, types: tuple[str, ...]) -> sp.csr_matrix:
        """The vector of each word, shape (n_types, n_ngrams)."""
        check_is_fitted(self)
        return sp.csr_matrix(self.counter_.transform(types) @ sp.diags(self.idf_))

    def get_feature_names_out(self, _: object = None) -> npt.NDArray[np.object_]:
        """The n-grams in column order."""
        check_is_fitted(self)
        return np.asarray(self.counter_.get_feature_names_out())

    def _counter(self, vocabulary: dict[str, int] | None) -> CountVectorizer:
        lengths = (self.ngrams.min_n, self.ngrams.max_n)
        return CountVectorizer(
            analyzer="char_wb", ngram_range=lengths, binary=True, lowercase=False, vocabulary=vocabulary
        )


def incidence(tokens: Tokens) -> sp.csr_matrix:
    """Which word occurs in which sentence, shape (n, n_types), 1 however often."""
    shape = (len(tokens.bounds) - 1, len(tokens.types))
    matrix = sp.csr_matrix((np.ones(len(tokens.ids)), tokens.ids, tokens.bounds), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _scale(words: sp.csr_matrix, occurring: sp.csr_matrix) -> Floats:
    """One over the root of the sum of the squared lengths of each sentence's words; 1 for a sentence without any."""
    squares = occurring @ np.asarray(words.multiply(words).sum(axis=1)).ravel()
    return np.asarray(1 / np.sqrt(np.where(squares > 0, squares, 1.0)))
