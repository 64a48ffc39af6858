"""Sentences as rows of a sparse matrix: n-grams of words, classes and characters, charge, rules and surface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.special import expit
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
    """The feature blocks that `params` asks for, side by side; n-grams come first.

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
        self.words_ = NgramBlock(self.params.words)
        if self.params.patterns is not None:
            self.patterns_ = NgramBlock(self.params.patterns)
        if self.params.characters is not None:
            self.characters_ = CharacterBlock(self.params.characters)
        rows = [block.fit_transform(tokens) for block, tokens in self._ngrams(written)]
        if self.params.wording:
            words, hit = only_words(written), marked(words_of(texts), spans)
            folds = grouped_folds(groups, WORDING_FOLDS, self.params.seed)
            logits = out_of_fold_logits(self._wording_model(), words, hit, folds)
            self.wording_ = self._wording_model().fit(words, hit)
            rows.append(wording_features(words, logits))
        return _side_by_side(rows + self._fixed_blocks(sentences, texts))

    def transform(self, sentences: Sequence[Sentence]) -> sp.csr_matrix:
        """The rows of `sentences`, shape (n, n_features)."""
        check_is_fitted(self)
        if not sentences:
            return sp.csr_matrix((0, len(self.get_feature_names_out())))
        written = tokenise([sentence.text for sentence in sentences])
        rows = [block.transform(tokens) for block, tokens in self._ngrams(written)]
        return _side_by_side([*rows, self._but_ngrams(sentences, written)])

    def scores(self, sentences: Sequence[Sentence], weights: Floats) -> Floats:
        """``transform(sentences) @ weights``, shape (n, n_labels), without ever having all rows.

        Args:
            sentences: n of them.
            weights: shape (n_features, n_labels).
        """
        check_is_fitted(self)
        found = np.zeros((len(sentences), weights.shape[1]))
        if not sentences:
            return found
        written = tokenise([sentence.text for sentence in sentences])
        for block, tokens in self._ngrams(written):
            found += block.scores(tokens, weights[: block.width])
            weights = weights[block.width :]
        found += self._but_ngrams(sentences, written) @ weights
        return found

    def get_feature_names_out(self, _: object = None) -> npt.NDArray[np.object_]:
        """The name of every column: `block:feature`."""
        check_is_fitted(self)
        names = names_of("word", self.words_.get_feature_names_out())
        if self.params.patterns is not None:
            names += names_of("pattern", self.patterns_.get_feature_names_out())
        if self.params.characters is not None:
            names += names_of("characters", self.characters_.get_feature_names_out())
        if self.params.wording:
            names += names_of("wording", WORDING_NAMES)
        if self.params.surface:
            names += names_of("surface", surface.NAMES)
        if self.rules is not None:
            names += names_of("rule", self.rules.names)
        return np.array(names, dtype=object)

    def _ngrams(self, written: Tokens) -> Iterator[tuple[NgramBlock | CharacterBlock, Tokens]]:
        """The blocks of n-grams, each with the tokens that it counts."""
        lowered = written.lowered
        yield self.words_, lowered
        if self.params.patterns is not None:
            yield self.patterns_, patterns(written)
        if self.params.characters is not None:
            yield self.characters_, lowered

    def _wording_model(self) -> WordingModel:
        lexicon = [rule for rule in self.rules.rules if rule.label == LOADED and rule.vote > 0] if self.rules else []
        return WordingModel(RuleSet(lexicon) if lexicon else None, seed=self.params.seed)

    def _but_ngrams(self, sentences: Sequence[Sentence], written: Tokens) -> sp.csr_matrix:
        """The columns after the n-grams."""
        blocks = []
        if self.params.wording:
            words = only_words(written)
            blocks.append(wording_features(words, self.wording_.decision_function(words)))
        blocks += self._fixed_blocks(sentences, [sentence.text for sentence in sentences])
        return _side_by_side(blocks or [sp.csr_matrix((len(sentences), 0))])

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
    chances = expit(logits)
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
