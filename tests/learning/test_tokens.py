"""Words and marks, and what is cut out of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.learning.tokens import TOKEN, Tokens, tokenise

TEXTS = st.lists(st.text("abAB -'’é.“”7", max_size=12), max_size=6)


def told(tokens: Tokens) -> list[list[str]]:
    """The tokens of every sentence."""
    return [list(tokens.forms[first:last]) for first, last in pairwise(tokens.bounds)]


def test_words_and_marks_are_numbered_by_their_first_occurrence() -> None:
    tokens = tokenise(["It’s a so-called “Plan”.", "", "A plan, a Plan"])
    assert tokens.types == ("It’s", "a", "so-called", "“", "Plan", "”", ".", "A", "plan", ",")
    assert tokens.ids.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 4]
    assert tokens.bounds.tolist() == [0, 7, 7, 12]
    assert tokens.rows.tolist() == [0] * 7 + [2] * 5


def test_a_trailing_hyphen_or_apostrophe_is_a_mark() -> None:
    assert told(tokenise(["so- 'tis players'"])) == [["so", "-", "'", "tis", "players", "'"]]


def test_lower_case_makes_one_type_of_two() -> None:
    lowered = tokenise(["A plan", "a Plan don’t don't"]).lowered
    assert lowered.types == ("a", "plan", "don't")
    assert told(lowered) == [["a", "plan"], ["a", "plan", "don't", "don't"]]


def test_only_some_types_leave_their_sentences_shorter() -> None:
    tokens = tokenise(["a b a", "b", "c a"])
    kept = tokens.only(np.array([True, False, True]))
    assert kept.types == ("a", "c")
    assert told(kept) == [["a", "a"], [], ["c", "a"]]


def test_the_tokens_of_some_sentences_know_no_other_type() -> None:
    some = tokenise(["a b", "c", "b d b"]).of(np.array([2, 0]))
    assert some.types == ("a", "b", "d")
    assert told(some) == [["b", "d", "b"], ["a", "b"]]


def test_no_text_has_no_token() -> None:
    nothing = tokenise([])
    assert (nothing.types, nothing.bounds.tolist(), nothing.lowered.forms) == ((), [0], ())


@given(TEXTS)
def test_every_token_stands_in_order(texts: list[str]) -> None:
    assert told(tokenise(texts)) == [TOKEN.findall(text) for text in texts]


@given(TEXTS, st.data())
def test_the_tokens_of_some_sentences_are_those_of_their_texts(texts: list[str], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(texts))))) if texts else []
    some = tokenise(texts).of(np.array(chosen, dtype=np.int64))
    assert told(some) == [TOKEN.findall(texts[number]) for number in chosen]
    assert set(some.types) == set(some.forms)


@given(TEXTS, st.integers(1, 3))
def test_pieces_laid_end_to_end_are_the_whole(texts: list[str], size: int) -> None:
    whole = tokenise(texts)
    pieces = list(whole.pieces(size))
    assert [own for piece in pieces for own in told(piece)] == told(whole)
    assert len(pieces) == max(-(-len(texts) // size), 1)
    assert all(piece.types == whole.types for piece in pieces)
