"""N-grams counted for all sentences at once are those of scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.core.params import Ngrams
from pipeline.learning.ngrams import NgramBlock
from pipeline.learning.tokens import TOKEN, tokenise

SENTENCES = st.lists(st.lists(st.sampled_from("abcdé."), max_size=7).map(" ".join), min_size=1, max_size=7)
LENGTHS = st.sampled_from([(first, last) for first in (1, 2, 3) for last in (1, 2, 3) if first <= last])


def theirs(lengths: tuple[int, int], min_df: int) -> TfidfVectorizer:
    """The same over the same tokens; single letters are words too."""
    return TfidfVectorizer(tokenizer=TOKEN.findall, token_pattern=None, lowercase=False, ngram_range=lengths,
                           min_df=min_df, sublinear_tf=True)  # fmt: skip


def ours(lengths: tuple[int, int], min_df: int) -> NgramBlock:
    return NgramBlock(Ngrams(min_n=lengths[0], max_n=lengths[1], min_df=min_df))


def by_name(names: Iterable[object], matrix: npt.NDArray[np.float64]) -> dict[str, list[float]]:
    """The columns by name; ours stand in another order."""
    return {str(name): column.round(12).tolist() for name, column in zip(names, matrix.T, strict=True)}


@given(SENTENCES, SENTENCES, LENGTHS, st.integers(1, 3))
def test_names_and_values_are_those_of_scikit_learn(
    known: list[str], new: list[str], lengths: tuple[int, int], min_df: int
) -> None:
    reference = theirs(lengths, min_df)
    try:
        expected = reference.fit_transform(known)
    except ValueError:  # no n-gram is frequent enough
        assume(False)
    block = ours(lengths, min_df)
    learned = block.fit_transform(tokenise(known))
    names, their_names = block.get_feature_names_out(), reference.get_feature_names_out()
    assert by_name(names, learned.toarray()) == by_name(their_names, expected.toarray())
    later, expected_later = block.transform(tokenise(new)), reference.transform(new)
    assert by_name(names, later.toarray()) == by_name(their_names, expected_later.toarray())


@given(SENTENCES, st.lists(st.sampled_from(["a b", "b c a", "", "d"]), min_size=1), st.integers(1, 3))
def test_scores_piece_by_piece_are_the_product_of_all_rows(known: list[str], new: list[str], size: int) -> None:
    assume(any(known))
    block = ours((1, 2), 1).fit(tokenise(known))
    weights = np.arange(2.0 * block.width).reshape(block.width, 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.learning.ngrams.PIECE", size)
        found = block.scores(tokenise(new), weights)
    assert found == pytest.approx(block.transform(tokenise(new)) @ weights, abs=1e-9)


def test_values_by_hand() -> None:
    block = ours((1, 2), 2)
    rows = block.fit_transform(tokenise(["a b", "a b a", "a c"])).toarray()
    assert block.get_feature_names_out().tolist() == ["a", "b", "a b"]
    a, b = 1.0, np.log(4 / 3) + 1  # idf: in 3 of 3 sentences, in 2 of 3
    raw = np.array([[a, b, b], [(1 + np.log(2)) * a, b, b], [a, 0, 0]])
    assert rows == pytest.approx(raw / np.linalg.norm(raw, axis=1, keepdims=True))


def test_an_n_gram_does_not_reach_over_the_end_of_a_sentence_or_over_an_unknown_token() -> None:
    block = ours((2, 2), 1)
    block.fit_transform(tokenise(["a b", "c d"]))
    assert block.get_feature_names_out().tolist() == ["a b", "c d"]
    assert block.transform(tokenise(["a x b", "b c", "", "x", "a b"])).toarray().tolist() == [[0, 0]] * 4 + [[1, 0]]


def test_a_clone_has_the_settings_and_nothing_learned() -> None:
    block = ours((1, 2), 2)
    block.fit_transform(tokenise(["a b", "a b"]))
    copy = clone(block)
    assert copy.get_params() == {"ngrams": block.ngrams}
    assert not hasattr(copy, "forms_")
    assert copy.set_params(ngrams=Ngrams(min_n=1, max_n=1, min_df=1)).ngrams.max_n == 1
