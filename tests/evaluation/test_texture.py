"""Texture in figures worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline.core.errors import PipelineError
from pipeline.evaluation.audit import words
from pipeline.evaluation.texture import (
    alike_openings,
    length_quantiles,
    nearest_neighbours,
    repeated_four_grams,
    telling_apart,
    type_token_curve,
)


def test_words_are_lower_cased_and_keep_straightened_apostrophes() -> None:
    assert words("“Don’t,” she SAID: 5 o'clock—sharp!") == ("don't", "she", "said", "5", "o'clock", "sharp")


def test_distinct_words_are_counted_among_the_first_n() -> None:
    texts = [" ".join(f"w{n % 10}" for n in range(600)), " ".join(f"v{n}" for n in range(4400))]
    assert type_token_curve(texts) == {"1000": 10 + 400, "5000": 10 + 4400}


def test_a_size_that_is_not_reached_is_left_out() -> None:
    assert type_token_curve(["word " * 999]) == {}
    assert type_token_curve(["word " * 999, "Word."]) == {"1000": 1}


def test_four_grams_count_once_and_within_sentences() -> None:
    documents = {
        "a": ["The old pier is shut.", "We saw it."],  # two: the old pier is, old pier is shut
        "b": ["THE OLD PIER IS OPEN"],  # the old pier is, old pier is open
        "c": ["Who knew? Nobody there knew, nobody there knew."],  # four, for one comes twice
    }
    assert repeated_four_grams(documents) == pytest.approx(1 / (3 + 4))


def test_a_four_gram_twice_in_one_document_is_not_repeated() -> None:
    assert repeated_four_grams({"a": ["The old pier is.", "The old pier is."]}) == 0


def test_without_four_words_nothing_is_repeated() -> None:
    assert repeated_four_grams({"a": ["One two three."], "b": ["One two three."]}) == 0


def test_openings_that_are_alike() -> None:
    texts = ["The pier shut.", "the pier, again", "A gull cried.", "The quay shut.", "Gone."]
    assert alike_openings(texts, top=1) == pytest.approx(2 / 5)
    assert alike_openings(texts, top=2) == pytest.approx(3 / 5)
    assert alike_openings(texts) == pytest.approx(4 / 5)  # one word is no pair
    assert alike_openings([]) == 0


def test_likeness_of_documents() -> None:
    rare = math.log(3 / 2) + 1  # smoothed idf of a word of one document in two; a word of both has 1
    expected = 1 / (1 + rare**2)
    assert nearest_neighbours(["ferry pier", "ferry quay"]) == pytest.approx([expected, expected])


def test_the_nearest_document_is_another_one() -> None:
    found = nearest_neighbours(["Ferry pier.", "The pier and the ferry!", "gull"])
    assert found == pytest.approx([1, 1, 0])


def test_quantiles_of_sentence_length() -> None:
    texts = [" ".join(["word"] * n) for n in (5, 1, 4, 2, 3)]
    expected = {"0.05": 1.2, "0.25": 2, "0.5": 3, "0.75": 4, "0.95": 4.8}
    assert length_quantiles(texts) == pytest.approx(expected)


GROUPS = [*(f"ours {n}" for n in range(10)), *(f"theirs {n}" for n in range(10))]


def test_function_words_and_marks_tell_apart() -> None:
    ours = [f"Perhaps we should go to pier {n}, but not now; no." for n in range(10)]
    theirs = [f"Pier {n} shut." for n in range(10)]
    assert telling_apart(ours, theirs, GROUPS) == 1


def test_content_words_tell_nothing() -> None:
    ours, theirs = ["We shut the pier.", "Pier!"] * 5, ["The quarry opened.", "So we dug?"] * 5
    plain_ours, plain_theirs = ["We x the x.", "X!"] * 5, ["The x x.", "So we x?"] * 5
    assert telling_apart(ours, theirs, GROUPS) == telling_apart(plain_ours, plain_theirs, GROUPS)


def test_documents_stay_whole() -> None:
    """What holds in each document alone cannot be learned from the others."""
    marks = [",", ";", ":", "!", "?"]
    texts = [f"Pier{mark}" for mark in marks for _ in range(4)]
    groups = [f"document {n}" for n in range(5) for _ in range(4)]
    assert telling_apart(texts[:8], texts[8:], groups) < 0.5


def test_telling_apart_is_the_same_twice() -> None:
    rng = np.random.default_rng(0)
    texts = [" ".join(rng.permutation(["we", "you", "not", "pier,", "quay."])[:3]) + "." for _ in range(20)]
    assert telling_apart(texts[:10], texts[10:], GROUPS) == telling_apart(texts[:10], texts[10:], GROUPS)


def test_too_few_documents_are_told() -> None:
    with pytest.raises(PipelineError, match="in 5 folds needs as many works; there are 2"):
        telling_apart(["It shut."], ["They shut."], ["a", "b"])
