"""What stands inside quotation marks, and whose words they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import Voice
from pipeline.learning.quotations import quoted_ranges, quoted_share
from pipeline.learning.voice import label_voice, voice_at

from .examples import sentence


def quoted(*texts: str, paragraphs: tuple[int, ...] | None = None) -> list[list[str]]:
    """The quoted stretches of the sentences of one document, all in one paragraph unless told."""
    numbers = paragraphs or (0,) * len(texts)
    sentences = [sentence(text, paragraph=number) for text, number in zip(texts, numbers, strict=True)]
    found = quoted_ranges(sentences)
    return [[text[start:end] for start, end in own] for text, own in zip(texts, found, strict=True)]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("She said “no” twice.", ["“no”"]),
        ('She said "no" and "never".', ['"no"', '"never"']),
        ("She said „no“ and left.", ["„no“"]),
        ("She said „no” and left.", ["„no”"]),
        ("She said «no» and left.", ["«no»"]),
        ('She said “no" and left.', ['“no"']),
        ("“No.”", ["“No.”"]),
        ("It’s the crews’ ‘deal’, isn't it?", []),
        ("She said “it’s the crews’ deal” today.", ["“it’s the crews’ deal”"]),
        ("No,” she said, “never” again.", ["No,”", "“never”"]),
        ('We never got it," he said.', ['We never got it,"']),
        ('A 12" pipe burst.', []),
        ("", []),
    ],
)
def test_quotations_of_one_sentence(text: str, stretches: list[str]) -> None:
    assert quoted(text) == [stretches]


def test_a_quotation_runs_over_sentences_until_it_is_closed() -> None:
    assert quoted("She said: “It rained.", "It froze.", "It thawed,” then left.", "Nobody came.") == [
        ["“It rained."],
        ["It froze."],
        ["It thawed,”"],
        [],
    ]


def test_a_quotation_runs_over_paragraphs_that_open_anew() -> None:
    texts = ("“It rained.", "“It froze.", "It thawed.”", "He left.")
    assert quoted(*texts, paragraphs=(0, 1, 1, 2)) == [["“It rained."], ["“It froze."], ["It thawed.”"], []]


def test_a_mark_never_closed_ends_with_its_paragraph() -> None:
    assert quoted("She said “no.", "It rained.", paragraphs=(0, 1)) == [["“no."], []]


def test_a_quotation_ends_with_its_document() -> None:
    found = quoted_ranges([sentence("She said “no.", "a"), sentence("It rained.", "b")])
    assert found == [[(9, 13)], []]


@given(texts=st.lists(st.text("a “”„«»\"'", max_size=15), max_size=5))
def test_ranges_are_apart_in_order_and_inside_their_sentences(texts: list[str]) -> None:
    found = quoted_ranges([sentence(text) for text in texts])
    assert len(found) == len(texts)
    for text, own in zip(texts, found, strict=True):
        edges = [edge for start, end in own for edge in (start, end)]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(text) for start, end in own if text)
        assert 0 <= quoted_share(text, own) <= 1


def test_the_quoted_share_counts_characters_marks_included() -> None:
    assert quoted_share("ab “cd”", [(3, 7)]) == 4 / 7
    assert quoted_share("", []) == 0.0


def voice_of(wording: str, text: str) -> Voice:
    (ranges,) = quoted_ranges([sentence(text)])
    start = text.index(wording)
    return voice_at(text, start, start + len(wording), ranges)


@pytest.mark.parametrize(
    ("text", "wording", "voice"),
    [
        ("The scheme is a scam.", "scam", "author"),
        ("This so-called “reform” cost millions.", "reform", "author"),
        ("“This reform is a scam from top to bottom,” she said.", "scam", "quoted"),
        ("She called the reform a “scam”.", "scam", "quoted"),
        ("The leaflet reads “this is a scam from top to bottom”.", "scam", "quoted"),
        ("“A scam.”", "scam", "quoted"),
        ("Critics say the reform is a scam.", "scam", "attributed"),
        ("The so-called reform is a scam.", "scam", "author"),
        ("Critics say the so-called reform is dead.", "so-called", "attributed"),
        ("According to her aides it is a scam.", "scam", "attributed"),
        ("She boasted that the reform works.", "boasted", "author"),
        ("She slammed the reform, he said.", "slammed", "author"),
        ("The scam ended, and “she said so” was all they wrote down.", "scam", "attributed"),
        ("The scam ended, and “they said so” was the refrain.", "scam", "author"),
    ],
)
def test_wording_is_heard_where_it_stands(text: str, wording: str, voice: Voice) -> None:
    assert voice_of(wording, text) == voice


@pytest.mark.parametrize(
    ("label", "text", "voice"),
    [
        ("prediction", "The pier will close.", "author"),
        ("prediction", "Officials said the pier will close.", "attributed"),
        ("prediction", "“The pier will close by the end of May,” she said.", "quoted"),
        ("prediction", "It may close, “as all things in this town must”.", "author"),
        ("prescription", "The council must act.", "author"),
        ("prescription", "“We must act before the winter comes,” she said.", "quoted"),
        ("prescription", "Repair it now, says the union.", "attributed"),
        ("prescription", "“Repair the pier before the winter comes,” says the union.", "quoted"),
        ("prescription", "", "author"),
    ],
)
def test_a_label_has_the_voice_of_its_deciding_word(label: str, text: str, voice: Voice) -> None:
    (ranges,) = quoted_ranges([sentence(text)])
    assert label_voice(label, text, ranges) == voice


def test_a_quotation_that_is_never_closed_is_given_up() -> None:
    assert quoted("“It rained.", *["It froze."] * 12)[-1] == []
