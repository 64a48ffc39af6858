"""How much of their wording stretches of two texts share, when words may be inflected or spelled another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wording:
    """What the sentences of two texts are made of: words, and pieces of words for names and inflections.

    A rare feature weighs more (by the logarithm of its inverse frequency in the two texts); words and pieces have the
    same weight in all.
    """

    source: sp.csr_matrix
    """Which features each sentence of the source has, shape (n_source, n_features), each entry 1."""
    version: sp.csr_matrix
    """The same of the version, shape (n_version, n_features)."""
    weights: Floats
    """Shape (n_features,)."""


def wording_of(source: Sequence[str], version: Sequence[str]) -> Wording:
    """The wording of two texts, each of at least one sentence; equal texts give equal wordings."""
    texts = [text.lower().replace("’", "'") for text in (*source, *version)]
    blocks = [
        _block(CountVectorizer(token_pattern=r"(?u)\b\w+\b|[^\w\s]", binary=True), texts),
        _block(CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), binary=True), texts),
    ]
    rows = sp.csr_matrix(sp.hstack([matrix for matrix, _ in blocks], dtype=np.float64))
    return Wording(rows[: len(source)], rows[len(source) :], np.concatenate([weights for _, weights in blocks]))


def _block(vectorizer: CountVectorizer, texts: Sequence[str]) -> tuple[sp.csr_matrix, Floats]:
    """Features of one sort and their weights, which add up to 1 in the average sentence."""
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError:  # no text has a single feature of this sort
        return sp.csr_matrix((len(texts), 0)), np.zeros(0)
    weights: Floats = np.log((1 + len(texts)) / np.asarray(matrix.sum(axis=0)).ravel())
    return matrix, weights / (matrix @ weights).mean()


def runs(rows: sp.csr_matrix, length: int) -> sp.csr_matrix:
    """The features of every run of sentences, shape of `rows`: row i has those of the `length` rows that end at i.

    The first rows, at which no run can end, have those of the rows there are.
    """
    total = rows
    for shift in range(1, min(length, rows.shape[0])):
        total = total + sp.vstack([sp.csr_matrix((shift, rows.shape[1])), rows[:-shift]], format="csr")
    united = sp.csr_matrix(total)
    united.data = np.minimum(united.data, 1.0)
    return united
