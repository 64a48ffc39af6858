"""N-grams of numbered tokens as TF-IDF, counted for all sentences at once.

What comes out is what scikit-learn's `TfidfVectorizer` gives for the same tokens; a property test compares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.utils.validation import check_is_fitted

from pipeline.core.params import Ngrams
from pipeline.learning.tokens import Ids, Tokens

Floats = npt.NDArray[np.float64]

UNKNOWN = -1
PIECE = 4_000
"""Sentences counted at once: their numbers fit into a processor's cache, which more than halves the time."""


class NgramBlock(BaseEstimator):  # type: ignore[misc]
    """TF-IDF of n-grams: logarithmic counts, smoothed inverse document frequency, rows of length 1.

    Args:
        ngrams: lengths, and in how many sentences an n-gram must occur to be a feature.

    Attributes (after `fit`):
        forms_: the known token types, sorted.
        keys_: for each length the known n-grams as numbers in the base of the types, sorted.
        weighting_: the fitted TfidfTransformer.
    """

    def __init__(self, ngrams: Ngrams) -> None:
        self.ngrams = ngrams

    def fit(self, tokens: Tokens) -> NgramBlock:
        """Learn n-grams and weights."""
        self.fit_transform(tokens)
        return self

    def fit_transform(self, tokens: Tokens) -> sp.csr_matrix:
        """Learn n-grams and weights; the rows of the sentences, shape (n, n_ngrams)."""
        self.forms_ = self._frequent_forms(tokens)
        self._index: Mapping[str, int] = {form: number for number, form in enumerate(self.forms_)}
        self.keys_ = [self._frequent_keys(keys, rows) for keys, rows in self._occurrences(tokens)]
        self._known = [pd.Index(keys) for keys in self.keys_]
        counts = self._counts(tokens)
        self.weighting_ = TfidfTransformer(sublinear_tf=True).fit(counts)
        return sp.csr_matrix(self.weighting_.transform(counts))

    def transform(self, tokens: Tokens) -> sp.csr_matrix:
        """The rows of other sentences, shape (n, n_ngrams)."""
        check_is_fitted(self)
        return sp.csr_matrix(self.weighting_.transform(self._counts(tokens), copy=False))

    def scores(self, tokens: Tokens, weights: Floats) -> Floats:
        """``transform(tokens) @ weights``, shape (n, n_labels), some thousand sentences at a time."""
        pieces = [self.transform(piece) @ weights for piece in tokens.pieces(PIECE)]
        return np.concatenate(pieces)

    @property
    def width(self) -> int:
        """How many n-grams are known."""
        return sum(map(len, self.keys_))

    def get_feature_names_out(self, _: object = None) -> npt.NDArray[np.object_]:
        """The n-grams in column order, their tokens parted by spaces."""
        check_is_fitted(self)
        return np.array([self._name(key, n) for n, keys in self._by_length() for key in keys.tolist()], dtype=object)

    def _frequent_forms(self, tokens: Tokens) -> tuple[str, ...]:
        seen = np.unique(tokens.rows * len(tokens.types) + tokens.ids) % max(len(tokens.types), 1)
        frequent = np.flatnonzero(np.bincount(seen, minlength=len(tokens.types)) >= self.ngrams.min_df)
        return tuple(sorted(tokens.types[number] for number in frequent))

    def _frequent_keys(self, keys: Ids, rows: Ids) -> Ids:
        order = np.lexsort((rows, keys))
        keys, rows = keys[order], rows[order]
        first = np.ones(len(keys), dtype=bool)
        first[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
        distinct, counts = np.unique(keys[first], return_counts=True)
        return np.asarray(distinct[counts >= self.ngrams.min_df])

    def _occurrences(self, tokens: Tokens) -> Iterator[tuple[Ids, Ids]]:
        """For each length, the number and the sentence of every n-gram whose tokens are all known."""
        known = np.array([self._index.get(form, UNKNOWN) for form in tokens.types], dtype=np.int64)
        ids, rows = known[tokens.ids], tokens.rows
        base = len(self.forms_)
        keys, valid = np.zeros(len(ids), dtype=np.int64), np.ones(len(ids), dtype=bool)
        for length in range(1, self.ngrams.max_n + 1):
            end = length - 1
            valid = valid[: len(ids) - end] & (ids[end:] != UNKNOWN) & (rows[end:] == rows[: len(rows) - end])
            keys = keys[: len(valid)] * base + ids[end:]
            if length >= self.ngrams.min_n:
                yield keys[valid], rows[: len(valid)][valid]

    def _counts(self, tokens: Tokens) -> sp.csr_matrix:
        columns, rows, before = [], [], 0
        for (keys, own_rows), known in zip(self._occurrences(tokens), self._known, strict=True):
            place = known.get_indexer(pd.Index(keys))
            found = place >= 0
            columns.append(place[found] + before)
            rows.append(own_rows[found])
            before += len(known)
        row, column = np.concatenate(rows), np.concatenate(columns)
        shape = (len(tokens.bounds) - 1, before)
        return sp.csr_matrix((np.ones(len(row)), (row, column)), shape=shape)

    def _by_length(self) -> Iterator[tuple[int, Ids]]:
        return zip(range(self.ngrams.min_n, self.ngrams.max_n + 1), self.keys_, strict=True)

    def _name(self, key: int, length: int) -> str:
        forms = []
        for _ in range(length):
            key, number = divmod(key, len(self.forms_))
            forms.append(self.forms_[number])
        return " ".join(reversed(forms))

    def __setstate__(self, state: dict[str, Any]) -> None:
        """As kept, with the indices of forms and n-grams made anew."""
        super().__setstate__(state)
        self._index = {form: number for number, form in enumerate(self.forms_)}
        self._known = [pd.Index(keys) for keys in self.keys_]

    def __getstate__(self) -> dict[str, Any]:
        """Without the indices, which follow from what they are of."""
        return {name: value for name, value in super().__getstate__().items() if name not in ("_index", "_known")}


def names_of(block: str, names: Sequence[str] | npt.NDArray[np.object_]) -> list[str]:
    """`block:name` for every name."""
    return [f"{block}:{name}" for name in names]
