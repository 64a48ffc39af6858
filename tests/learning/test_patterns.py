"""What stands for a word once its subject is gone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.learning.patterns import BEGINNING, END, patterns
from pipeline.learning.tokens import tokenise
from pipeline.learning.word_classes import word_class


def told(texts: list[str]) -> list[list[str]]:
    found = patterns(tokenise(texts))
    return [list(found.forms[first:last]) for first, last in pairwise(found.bounds)]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("must", "must"),
        ("Must", "must"),
        ("DON’T", "don't"),
        ("Monday", "monday"),
        ("Oslo", "Aa"),
        ("Ödön", "Aa"),
        ("NATO", "AA"),
        ("X", "Aa"),
        ("1998", "#year"),
        ("2100", "#"),
        ("1798", "#"),
        ("12", "#"),
        ("12th", "#x"),
        ("Covid-19", "#x"),
        ("station", "-tion"),
        ("nation", "w"),
        ("quickly", "-ly"),
        ("trains", "-s"),
        ("greatest", "-est"),
        ("bed", "w"),  # one letter before the ending is no stem
        ("used", "used"),
        ("used-up", "w"),
        ("red", "w"),
        ("boxes", "-s"),
        ("vile", "w"),
        ("“", '"'),
        ("’", "'"),
        ("?", "?"),
        ("—", "—"),
        ("_x", "_x"),
    ],
)
def test_a_word_inside_a_sentence(form: str, expected: str) -> None:
    assert word_class(form, first=False) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [("Oslo", "^w"), ("NATO", "^w"), ("Trains", "^-s"), ("The", "the"), ("trains", "-s"), ("1998", "#year")],
)
def test_a_first_word_whose_capital_tells_nothing(form: str, expected: str) -> None:
    assert word_class(form, first=True) == expected


def test_each_sentence_stands_between_its_marks() -> None:
    assert told(["Mr. Orban insisted that taxes must fall", "", "Ms. Lind insisted that trains must run."]) == [
        [BEGINNING, "mr", ".", "Aa", "insisted", "that", "-s", "must", "w", END],
        [BEGINNING, END],
        [BEGINNING, "ms", ".", "Aa", "insisted", "that", "-s", "must", "w", ".", END],
    ]


def test_one_word_has_two_classes_where_it_opens_and_where_it_does_not() -> None:
    assert told(["Trains hit Trains"]) == [[BEGINNING, "^-s", "w", "Aa", END]]


def test_no_sentence_has_no_pattern() -> None:
    assert told([]) == []


@given(st.lists(st.text("aA1 .“é", max_size=10), max_size=6))
def test_sentences_do_not_change_each_other(texts: list[str]) -> None:
    assert told(texts) == [told([text])[0] for text in texts]
    assert [len(own) - 2 for own in told(texts)] == [len(tokenise([text]).ids) for text in texts]
