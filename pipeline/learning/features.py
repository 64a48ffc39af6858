"""Sentences as rows of a sparse matrix: n-grams of words, classes and characters, charge, rules and surface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.utils.validation import check_is_fitted

from pipeline.core.params import LinearModel
from pipeline.core.records import Sentence, Span
from pipeline.labelling.rules import RuleSet
from pipeline.learning import surface
from pipeline.learning.characters import CharacterBlock
from pipeline.learning.folds import Ids, grouped_folds
from pipeline.learning.ngrams import NgramBlock, names_of
from pipeline.learning.patterns import patterns
from pipeline.learning.tokens import Tokens, tokenise
from pipeline.learning.wordings import WordingModel, marked, only_words, words_of

Floats = npt.NDArray[np.float64]

LOADED = "loaded_language"
WORDING_FOLDS = 3
"""Of the word-level model, inside every fold of the sentence model."""
WORDING_NAMES = ("highest chance", "second highest chance", "log of the sum")


class SentenceFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """The feature blocks that `params` asks for, side by side; character n-grams come last.

    Args:
        params: which blocks, and which n-grams.
        rules: the rules whose matches are features; None when `params.rules` is false.
    """

    def __init__(self, params: LinearModel, rules: RuleSet | None = None) -> None:
        self.params = params
        self.rules = rules

    def fit(
        self, sentences: Sequence[Sentence], spans: Sequence[Sequence[Span]], groups: Sequence[str]
    ) -> SentenceFeatures:
        """Learn the blocks."""
        self.fit_transform(sentences, spans, groups)
        return self

    def fit_transform(
        self, sentences: Sequence[Sentence], spans: Sequence[Sequence[Span]], groups: Sequence[str]
    ) -> sp.csr_matrix:
        """Learn the blocks and return the training rows, shape (n, n_features).

        A sentence's word-level features come from a model that has not seen its group (its work), as they will at
        prediction.
        """
        texts = [sentence.text for sentence in sentences]
        written = tokenise(texts)
        lowered = written.lowered
        self.words_ = NgramBlock(self.params.words)
        blocks = [self.words_.fit_transform(lowered)]
        if self.params.patterns is not None:
            self.patterns_ = NgramBlock(self.params.patterns)
            blocks.append(self.patterns_.fit_transform(patterns(written)))
        if self.params.wording:
            words = only_words(written)
            hit = marked(words_of(texts), spans)
            folds = grouped_folds(groups, WORDING_FOLDS, self.params.seed)
            logits = out_of_fold_logits(self._wording_model(), words, hit, folds)
            self.wording_ = self._wording_model().fit(words, hit)
            blocks.append(wording_features(words, logits))
        blocks += self._fixed_blocks(sentences, texts)
        if self.params.characters is not None:
            self.characters_ = CharacterBlock(self.params.characters)
            blocks.append(self.characters_.fit_transform(lowered))
        return _side_by_side(blocks)

    def transform(self, sentences: Sequence[Sentence]) -> sp.csr_matrix:
        """The rows of `sentences`, shape (n, n_features)."""
        check_is_fitted(self)
        if not sentences:
            return sp.csr_matrix((0, len(self.get_feature_names_out())))
        written = tokenise([sentence.text for sentence in sentences])
        blocks = self._but_characters(sentences, written)
        if self.params.characters is not None:
            blocks.append(self.characters_.transform(written.lowered))
        return _side_by_side(blocks)

    def scores(self, sentences: Sequence[Sentence], weights: Floats) -> Floats:
        """``transform(sentences) @ weights``, shape (n, n_labels), without a row of character n-grams for any sentence.

        Args:
            sentences: n of them.
            weights: shape (n_features, n_labels).
        """
        check_is_fitted(self)
        if not sentences:
            return np.zeros((0, weights.shape[1]))
        written = tokenise([sentence.text for sentence in sentences])
        rows = _side_by_side(self._but_characters(sentences, written))
        found: Floats = rows @ weights[: rows.shape[1]]
        if self.params.characters is not None:
            found += self.characters_.scores(written.lowered, weights[rows.shape[1] :])
        return found

    def get_feature_names_out(self, _: object = None) -> npt.NDArray[np.object_]:
        """The name of every column: `block:feature`."""
        check_is_fitted(self)
        names = names_of("word", self.words_.get_feature_names_out())
        if self.params.patterns is not None:
            names += names_of("pattern", self.patterns_.get_feature_names_out())
        if self.params.wording:
            names += names_of("wording", WORDING_NAMES)
        if self.params.surface:
            names += names_of("surface", surface.NAMES)
        if self.rules is not None:
            names += names_of("rule", self.rules.names)
        if self.params.characters is not None:
            names += names_of("characters", self.characters_.get_feature_names_out())
        return np.array(names, dtype=object)

    def _wording_model(self) -> WordingModel:
        lexicon = [rule for rule in self.rules.rules if rule.label == LOADED and rule.vote > 0] if self.rules else []
        return WordingModel(RuleSet(lexicon) if lexicon else None, seed=self.params.seed)

    def _but_characters(self, sentences: Sequence[Sentence], written: Tokens) -> list[sp.csr_matrix]:
        """All blocks but the last."""
        blocks = [self.words_.transform(written.lowered)]
        if self.params.patterns is not None:
            blocks.append(self.patterns_.transform(patterns(written)))
        if self.params.wording:
            words = only_words(written)
            blocks.append(wording_features(words, self.wording_.decision_function(words)))
        return blocks + self._fixed_blocks(sentences, [sentence.text for sentence in sentences])

    def _fixed_blocks(self, sentences: Sequence[Sentence], texts: Sequence[str]) -> list[sp.csr_matrix]:
        """The blocks in which nothing is learned."""
        blocks = []
        if self.params.surface:
            blocks.append(sp.csr_matrix(surface.surface_features(sentences)))
        if self.rules is not None:
            blocks.append(sp.csr_matrix(self.rules.matches(texts).astype(np.float64)))
        return blocks


def out_of_fold_logits(
    model: WordingModel, words: Tokens, hit: npt.NDArray[np.bool_], folds: Iterable[tuple[Ids, Ids]]
) -> Floats:
    """The logit of every word by copies of `model` that have not seen its sentence's fold, shape (n_words,).

    Args:
        model: unfitted.
        words: of all sentences, in lower case.
        hit: which of them are marked, shape (n_words,).
        folds: sentence numbers (rest, held out); every sentence is held out once.
    """
    sentence_of_word = words.rows
    logits = np.empty(len(words.ids))
    for rest, held_out in folds:
        fitted = clone(model).fit(words.of(rest), hit[np.isin(sentence_of_word, rest)])
        logits[np.isin(sentence_of_word, held_out)] = fitted.decision_function(words.of(held_out))
    return logits


def wording_features(words: Tokens, logits: Floats) -> sp.csr_matrix:
    """What a sentence's word logits say of it, shape (n_sentences, 3), from the words' chances of being marked."""
    features = np.zeros((len(words.bounds) - 1, len(WORDING_NAMES)))
    chances = 1 / (1 + np.exp(-logits))
    filled = np.flatnonzero(np.diff(words.bounds))
    if len(filled):
        starts, rows = words.bounds[filled], words.rows
        features[filled, 2] = np.log1p(np.add.reduceat(chances, starts))
        features[filled, 0] = np.maximum.reduceat(chances, starts)
        likeliest = np.flatnonzero(chances == features[rows, 0])
        chances[likeliest[np.unique(rows[likeliest], return_index=True)[1]]] = 0
        features[filled, 1] = np.maximum.reduceat(chances, starts)
    return sp.csr_matrix(features)


def _side_by_side(blocks: Sequence[sp.csr_matrix]) -> sp.csr_matrix:
    return sp.csr_matrix(sp.hstack(blocks, format="csr", dtype=np.float64))
