"""Sentences as rows of a sparse matrix: n-grams, surface properties, rules, and the charge of their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.core.params import LinearModel, Ngrams
from pipeline.core.records import Sentence, Span
from pipeline.labelling.rules import RuleSet
from pipeline.learning import surface
from pipeline.learning.folds import Ids, grouped_folds
from pipeline.learning.vectorizers import forget_identity
from pipeline.learning.wordings import WordingModel, Words, marked, words_of

Floats = npt.NDArray[np.float64]

LOADED = "loaded_language"
WORDING_NAMES = ("highest chance", "second highest chance", "log of the sum")


class SentenceFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """The feature blocks that `params` asks for, side by side.

    Args:
        params: which blocks, and which n-grams.
        rules: the rules whose matches are features; None when `params.rules` is false.
    """

    def __init__(self, params: LinearModel, rules: RuleSet | None = None) -> None:
        self.params = params
        self.rules = rules

    def fit_transform(
        self, sentences: Sequence[Sentence], spans: Sequence[Sequence[Span]], groups: Sequence[str]
    ) -> sp.csr_matrix:
        """Learn the blocks and return the training rows, shape (n, n_features).

        A sentence's word-level features come from a model that has not seen its group (its work), as they will at
        prediction.
        """
        texts = [sentence.text for sentence in sentences]
        self.words_ = _vectorizer(self.params.words, "word")
        blocks = [self.words_.fit_transform(texts)]
        if self.params.characters is not None:
            self.characters_ = _vectorizer(self.params.characters, "char_wb")
            blocks.append(self.characters_.fit_transform(texts))
        for vectorizer in self._vectorizers:
            forget_identity(vectorizer)
        if self.params.wording:
            words = words_of(texts)
            hit = marked(words, spans)
            folds = grouped_folds(groups, self.params.folds, self.params.seed)
            logits = out_of_fold_logits(self._wording_model(), words, hit, folds)
            self.wording_ = self._wording_model().fit(words, hit)
            blocks.append(wording_features(words, logits))
        return sp.csr_matrix(sp.hstack([*blocks, *self._fixed_blocks(sentences, texts)], dtype=np.float64))

    def transform(self, sentences: Sequence[Sentence]) -> sp.csr_matrix:
        """The rows of `sentences`, shape (n, n_features)."""
        if not sentences:
            return sp.csr_matrix((0, len(self.get_feature_names_out())))
        texts = [sentence.text for sentence in sentences]
        blocks = [vectorizer.transform(texts) for vectorizer in self._vectorizers]
        if self.params.wording:
            words = words_of(texts)
            blocks.append(wording_features(words, self.wording_.decision_function(words)))
        return sp.csr_matrix(sp.hstack([*blocks, *self._fixed_blocks(sentences, texts)], dtype=np.float64))

    def get_feature_names_out(self, _: object = None) -> npt.NDArray[np.object_]:
        """The name of every column: `block:feature`."""
        names = [f"word:{name}" for name in self.words_.get_feature_names_out()]
        if self.params.characters is not None:
            names += [f"characters:{name}" for name in self.characters_.get_feature_names_out()]
        if self.params.wording:
            names += [f"wording:{name}" for name in WORDING_NAMES]
        if self.params.surface:
            names += [f"surface:{name}" for name in surface.NAMES]
        if self.rules is not None:
            names += [f"rule:{name}" for name in self.rules.names]
        return np.array(names, dtype=object)

    def _wording_model(self) -> WordingModel:
        lexicon = [rule for rule in self.rules.rules if rule.label == LOADED and rule.vote > 0] if self.rules else []
        return WordingModel(RuleSet(lexicon) if lexicon else None, seed=self.params.seed)

    @property
    def _vectorizers(self) -> list[TfidfVectorizer]:
        return [self.words_] if self.params.characters is None else [self.words_, self.characters_]

    def _fixed_blocks(self, sentences: Sequence[Sentence], texts: Sequence[str]) -> list[sp.csr_matrix]:
        """The blocks in which nothing is learned."""
        blocks = []
        if self.params.surface:
            blocks.append(sp.csr_matrix(surface.surface_features(sentences)))
        if self.rules is not None:
            blocks.append(sp.csr_matrix(self.rules.matches(texts).astype(np.float64)))
        return blocks


def out_of_fold_logits(
    model: WordingModel, words: Words, hit: npt.NDArray[np.bool_], folds: Iterable[tuple[Ids, Ids]]
) -> Floats:
    """The logit of every word by copies of `model` that have not seen its sentence's fold, shape (n_words,).

    Args:
        model: unfitted.
        words: of all sentences.
        hit: which of them are marked, shape (n_words,).
        folds: sentence numbers (rest, held out); every sentence is held out once.
    """
    sentence_of_word = np.repeat(np.arange(len(words.bounds) - 1), np.diff(words.bounds))
    logits = np.empty(len(words.forms))
    for rest, held_out in folds:
        fitted = clone(model).fit(words.of(rest), hit[np.isin(sentence_of_word, rest)])
        logits[np.isin(sentence_of_word, held_out)] = fitted.decision_function(words.of(held_out))
    return logits


def wording_features(words: Words, logits: Floats) -> sp.csr_matrix:
    """What a sentence's word logits say of it, shape (n_sentences, 3), from the words' chances of being marked."""
    rows = np.zeros((len(words.bounds) - 1, len(WORDING_NAMES)))
    chances = 1 / (1 + np.exp(-logits))
    for row, (first, last) in enumerate(zip(words.bounds[:-1], words.bounds[1:], strict=True)):
        if first < last:
            own = np.sort(chances[first:last])[::-1]
            rows[row] = own[0], own[1:2].sum(), np.log1p(own.sum())
    return sp.csr_matrix(rows)


def _vectorizer(ngrams: Ngrams, analyzer: str) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=analyzer,
        ngram_range=(ngrams.min_n, ngrams.max_n),
        min_df=ngrams.min_df,
        sublinear_tf=True,
        token_pattern=r"(?u)\b\w+\b|[?!]" if analyzer == "word" else None,
    )
