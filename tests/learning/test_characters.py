"""Character n-grams looked up once per distinct word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone

from pipeline.core.params import Ngrams
from pipeline.learning.characters import CharacterBlock, incidence
from pipeline.learning.tokens import tokenise

SENTENCES = st.lists(st.text("abcé .", max_size=15), min_size=1, max_size=7)


def block(min_n: int = 2, max_n: int = 2, min_df: int = 1) -> CharacterBlock:
    return CharacterBlock(Ngrams(min_n=min_n, max_n=max_n, min_df=min_df))


def test_the_scaling_by_hand() -> None:
    fitted = block(min_df=2)
    rows = fitted.fit_transform(tokenise(["ab", "ab ac ab", "xy"])).toarray()
    assert fitted.get_feature_names_out().tolist() == [" a", "ab", "b "]
    idf = np.log(4 / 3) + 1  # each in two of three sentences
    assert fitted.idf_ == pytest.approx([idf] * 3)
    squares = 3 + 1  # ab has three of the n-grams, ac one; that ab stands twice does not count
    assert rows == pytest.approx(np.array([[1, 1, 1], [0, 0, 0], [0, 0, 0]]) / np.sqrt(3)
                                 + np.array([[0, 0, 0], [2, 1, 1], [0, 0, 0]]) / np.sqrt(squares))  # fmt: skip


def test_a_sentence_of_one_word_has_length_1() -> None:
    fitted = block(2, 3)
    fitted.fit_transform(tokenise(["abc", "bcd", "xab"]))
    assert np.linalg.norm(fitted.transform(tokenise(["abc", "cab"])).toarray(), axis=1) == pytest.approx([1, 1])


def test_unknown_and_empty_sentences_have_nothing() -> None:
    fitted = block()
    fitted.fit_transform(tokenise(["ab"]))
    assert fitted.transform(tokenise(["", "xyz"])).nnz == 0
    assert fitted.scores(tokenise(["", "xyz"]), np.ones((3, 2))).tolist() == [[0, 0], [0, 0]]


def test_a_word_occurs_in_a_sentence_once_however_often() -> None:
    assert incidence(tokenise(["a b a", "", "b"])).toarray().tolist() == [[1, 1], [0, 0], [0, 1]]


@given(SENTENCES, SENTENCES, st.integers(1, 2), st.integers(0, 2), st.integers(1, 2), st.integers(0, 9))
def test_scores_are_rows_times_weights(
    known: list[str], new: list[str], min_n: int, more: int, min_df: int, seed: int
) -> None:
    fitted = block(min_n, min_n + more, min_df)
    try:
        fitted.fit_transform(tokenise(["ab ab", "ab", *known]).lowered)
    except ValueError:
        pytest.fail("'ab' occurs twice")
    tokens = tokenise(new).lowered
    weights = np.random.default_rng(seed).normal(size=(len(fitted.idf_), 3))
    assert fitted.scores(tokens, weights) == pytest.approx(fitted.transform(tokens) @ weights, abs=1e-12)


def test_a_clone_has_the_settings_and_nothing_learned() -> None:
    fitted = block()
    fitted.fit_transform(tokenise(["ab"]))
    copy = clone(fitted)
    assert copy.get_params() == {"ngrams": fitted.ngrams}
    assert not hasattr(copy, "counter_")
