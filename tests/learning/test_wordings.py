"""Which words carry charge."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.records import Span
from pipeline.learning.wordings import WordingModel, marked, wordings, words_of

TEXTS = st.lists(st.text("ab -'’é.", max_size=12), max_size=6)
FAMILIAR = ["a", "vile", "crook", "sold", "the", "old", "ferry", "at", "noon", "zyzzyva", "Ödön"]
SENTENCES = st.lists(st.lists(st.sampled_from(FAMILIAR), max_size=6).map(" ".join), max_size=6)


@cache
def model() -> WordingModel:
    """Knows that "vile" is loaded wherever it stands, and nothing else is."""
    texts = [f"The {noun} is {word} at noon." for noun in ("ferry", "crook", "plan") for word in ("vile", "old")] * 4
    words = words_of(texts).tokens
    return WordingModel(min_df=1).fit(words, np.array([form == "vile" for form in words.forms]))


def scores(texts: list[str]) -> list[list[float]]:
    words = words_of(texts).tokens
    logits = model().decision_function(words)
    return [logits[first:last].tolist() for first, last in zip(words.bounds[:-1], words.bounds[1:], strict=True)]


def test_words_are_lower_cased_with_straight_apostrophes_and_their_places() -> None:
    words = words_of(["It’s a so-called “Plan”.", "", "...", "Don't!"])
    assert words.tokens.forms == ("it's", "a", "so-called", "plan", "don't")
    assert words.starts.tolist() == [0, 5, 7, 18, 0]
    assert words.ends.tolist() == [4, 6, 16, 22, 5]
    assert words.tokens.bounds.tolist() == [0, 4, 4, 4, 5]


def test_no_text_has_no_words() -> None:
    words = words_of([]).tokens
    assert words.forms == ()
    assert words.bounds.tolist() == [0]
    assert model().decision_function(words).shape == (0,)


@given(texts=TEXTS)
def test_words_stand_at_their_places(texts: list[str]) -> None:
    words = words_of(texts)
    rows = words.tokens.rows.tolist()
    places = zip(rows, words.starts.tolist(), words.ends.tolist(), strict=True)
    assert tuple(texts[row][start:end].lower().replace("’", "'") for row, start, end in places) == words.tokens.forms


def test_a_word_is_marked_when_a_span_of_its_sentence_touches_it() -> None:
    words = words_of(["a vile crook", "a vile crook", "a vile crook"])
    spans = [[Span(3, 8, "author")], [], [Span(0, 1, "author"), Span(7, 12, "quoted")]]
    assert marked(words, spans).tolist() == [False, True, True, False, False, False, True, False, True]


def test_a_span_over_what_is_no_word_marks_none() -> None:
    assert marked(words_of(["a - b"]), [[Span(1, 4, "author")]]).tolist() == [False, False]


def test_neighbouring_marked_words_make_one_wording_with_the_highest_score() -> None:
    words = words_of(["a vile crook, a vile plan", "vile", "crook"])
    hit = np.array([False, True, True, False, True, True, True, False])
    chances = np.array([0.1, 0.6, 0.9, 0.1, 0.8, 0.7, 0.5, 0.2])
    assert wordings(words, hit, chances) == [[(2, 12, 0.9), (16, 25, 0.8)], [(0, 4, 0.5)], []]


def test_marked_words_further_apart_than_a_space_stay_two() -> None:
    words = words_of(["vile, crook", "vile-ish/crook"])
    assert wordings(words, np.ones(4, dtype=bool), np.full(4, 0.5)) == [
        [(0, 4, 0.5), (6, 11, 0.5)],
        [(0, 14, 0.5)],
    ]


def test_three_marked_words_keep_the_score_of_the_first() -> None:
    words = words_of(["vile old crook"])
    assert wordings(words, np.ones(3, dtype=bool), np.array([0.9, 0.5, 0.6])) == [[(0, 14, 0.9)]]


def test_a_planted_word_is_learned_and_its_neighbours_are_not() -> None:
    (found,) = scores(["The garden is vile at dusk."])
    assert found[3] > 0
    assert max(found[:3] + found[4:]) < 0


def test_what_a_word_is_like_is_seen_in_words_never_met() -> None:
    assert "viler" not in model().own_
    ((like,), (unlike,)) = scores(["viler", "zyzzyva"])
    assert like > unlike


def test_a_word_of_which_nothing_is_known_has_the_intercept_and_its_edges() -> None:
    ((found,),) = scores(["qqq"])
    assert found == model().intercept_ + model().before_["<edge>"] + model().after_["<edge>"]


def test_the_logit_of_a_word_is_the_sum_of_its_three_addends() -> None:
    ((first, second),) = scores(["vile noon"])
    learned = model()
    assert first == learned.intercept_ + learned.own_["vile"] + learned.before_["<edge>"] + learned.after_["noon"]
    assert second == learned.intercept_ + learned.own_["noon"] + learned.before_["vile"] + learned.after_["<edge>"]


@settings(deadline=None)
@given(texts=SENTENCES)
def test_a_sentence_has_the_same_scores_alone_and_in_company(texts: list[str]) -> None:
    assert scores(texts) == [scores([text])[0] for text in texts]
    assert [len(own) for own in scores(texts)] == [len(text.split()) for text in texts]


def test_words_none_of_which_is_marked_are_never_loaded() -> None:
    words = words_of(["the ferry is late", "the ferry is old"] * 3).tokens
    logits = WordingModel(min_df=1).fit(words, np.zeros(len(words.forms), dtype=np.bool_)).decision_function(words)
    assert (logits < -5).all()
