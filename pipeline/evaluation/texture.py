"""How varied a corpus is, and how far its surface gives away that it is not journalism.

Everything is measured on headings and body sentences. Words are runs of letters and digits, lower-cased.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from pipeline.evaluation.audit import words
from pipeline.evaluation.scores import roc_auc
from pipeline.learning.folds import grouped_folds
from pipeline.learning.linear import fit_logistic
from pipeline.learning.word_classes import FUNCTION_WORDS

Floats = npt.NDArray[np.float64]

SIZES = (1_000, 5_000, 10_000, 20_000, 50_000)
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
PUNCTUATION = r"[.,;:!?'\"“”‘’()\[\]—–\-…$%]"


def type_token_curve(texts: Iterable[str]) -> dict[str, int]:
    """How many distinct words there are among the first n words, for each n of `SIZES` that is reached."""
    tokens = [word for text in texts for word in words(text)]
    return {str(size): len(set(tokens[:size])) for size in SIZES if size <= len(tokens)}


def repeated_four_grams(documents: Mapping[str, Sequence[str]]) -> float:
    """The share of distinct word 4-grams that occur in more than one document, 0 to 1; `documents` gives sentences."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, sentences in documents.items():
        for sentence in sentences:
            form = words(sentence)
            for start in range(len(form) - 3):
                found[tuple(form[start : start + 4])].add(name)
    return sum(len(names) > 1 for names in found.values()) / max(len(found), 1)


def alike_openings(texts: Sequence[str], top: int = 10) -> float:
    """The share of sentences that open with one of the `top` commonest pairs of first words, 0 to 1."""
    openings = Counter(tuple(form[:2]) for form in map(words, texts) if len(form) > 1)
    return sum(count for _, count in openings.most_common(top)) / max(len(texts), 1)


def nearest_neighbours(documents: Sequence[str]) -> Floats:
    """The cosine similarity (TF-IDF of words) of each document to the one most like it, shape (n,), 0 to 1."""
    matrix = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(documents)
    similar = (matrix @ matrix.T).toarray()
    np.fill_diagonal(similar, 0.0)
    return np.asarray(similar.max(axis=1))


def length_quantiles(texts: Iterable[str]) -> dict[str, float]:
    """Quantiles of the number of words in a sentence."""
    lengths = [len(words(text)) for text in texts]
    return {f"{quantile:g}": float(np.quantile(lengths, quantile)) for quantile in QUANTILES}


def telling_apart(ours: Sequence[str], theirs: Sequence[str], groups: Sequence[str]) -> float:
    """ROC AUC of a classifier that tells our sentences from theirs by function words and punctuation.

    .5 is what texture that gives nothing away would have. Cross-validated in five folds that keep documents whole.

    Args:
        ours: sentences.
        theirs: sentences.
        groups: the document of each sentence of ours, then of theirs.
    """
    texts = [*ours, *theirs]
    target = np.arange(len(texts)) < len(ours)
    matrix = sp.csr_matrix(
        sp.hstack(
            [
                CountVectorizer(vocabulary=FUNCTION_WORDS, token_pattern=r"(?u)\b\w+\b").transform(texts),
                CountVectorizer(token_pattern=PUNCTUATION, lowercase=False).fit_transform(texts),
            ]
        ),
        dtype=np.float64,
    )
    matrix.data = np.log1p(matrix.data)
    scores = np.empty(len(texts))
    for rest, held_out in grouped_folds(groups, 5, 0):
        weights, intercept = fit_logistic(matrix[rest], target[rest], 1.0, "balanced", 0)
        scores[held_out] = matrix[held_out] @ weights + intercept
    return float(roc_auc(target, scores, np.ones((1, len(texts))))[0])
