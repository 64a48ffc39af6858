"""Sentences: the hard cases, what is kept, and what a long line costs."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import KINDS, Document, Line, fold
from pipeline.reading import boundaries as rules
from pipeline.reading import sentences_in, split_lines, split_sentences

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "splitter_cases.jsonl").read_text(encoding="utf-8").splitlines()
]
FEWEST_RIGHT_HELD_OUT = 39


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_in(text)]


@pytest.mark.parametrize("case", [case for case in CASES if not case.get("held_out")], ids=lambda case: case["id"])
def test_hard_cases(case: dict[str, Any]) -> None:
    assert split(case["text"]) == case["sentences"], case["phenomenon"]


def test_held_out_cases() -> None:
    held_out = [case for case in CASES if case.get("held_out")]
    assert sum(split(case["text"]) == case["sentences"] for case in held_out) >= FEWEST_RIGHT_HELD_OUT


def test_every_case_is_a_case_of_its_own() -> None:
    assert len({case["text"] for case in CASES}) == len({case["id"] for case in CASES}) == 140
    for case in CASES:
        assert "".join(fold("".join(case["sentences"])).split()) == "".join(case["text"].split())


def test_offsets_leave_out_the_white_space_around_sentences() -> None:
    assert sentences_in("  It is\u00a0done.\n So it is. ") == [(2, 13), (15, 24)]
    assert sentences_in(" \n") == []
    assert sentences_in("") == []


def test_the_text_of_a_sentence_is_folded_and_its_kind_is_its_line_s() -> None:
    document = Document("a", "a.txt", "What now?\n\nIt\u00a0is\ndone. So  it is.")
    lines = [Line("a", 0, "heading", 0, 9), Line("a", 1, "body", 11, 33)]
    found = [(s.position, s.paragraph, s.kind, s.start, s.end, s.text) for s in split_sentences(document, lines)]
    assert found == [
        (0, 0, "heading", 0, 9, "What now?"),
        (1, 1, "body", 11, 22, "It is done."),
        (2, 1, "body", 23, 33, "So it is."),
    ]


PIECES = (
    "The ferry sank. |U.S. |p.m. |No. 4 |... |… |. |! |?” |“|”|\"|'|(|)|[|] |- |• |# |> |![pier](a.png)|1. "
    "|\n|\n\n|\r|\t|\u00a0|\u200b|\u2028|\x85|\f|Related article: |Read more|By Jane Doe|Photo: "
    "|What now?|and so on |wall.Then "
    "|Veld, June 3, 2021|Nobody came.|---|é|中。|١٢|😀"
)
MESSY = st.lists(
    st.sampled_from(PIECES.split("|")) | st.text(max_size=6),
    max_size=40,
).map("".join)


def uncovered(text: str, spans: list[tuple[int, int]]) -> str:
    """The characters of `text` outside `spans`, which must not overlap and must be in order."""
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(start < end for start, end in spans)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


@given(MESSY)
def test_every_character_lies_in_one_line_and_one_sentence(text: str) -> None:
    document = Document("a", "a.txt", text)
    lines = split_lines(document)
    sentences = split_sentences(document, lines)
    assert not uncovered(text, [(line.start, line.end) for line in lines]).strip()
    assert not uncovered(text, [(sentence.start, sentence.end) for sentence in sentences]).strip()
    assert all(sentence.text == fold(text[sentence.start : sentence.end]) != "" for sentence in sentences)
    assert [sentence.position for sentence in sentences] == list(range(len(sentences)))
    assert {line.kind for line in lines} <= set(KINDS)


@given(MESSY)
def test_of_markdown_only_block_marks_and_image_marks_are_left_out(text: str) -> None:
    document = Document("a", "a.md", text)
    sentences = split_sentences(document, split_lines(document))
    left_out = uncovered(text, [(sentence.start, sentence.end) for sentence in sentences])
    if "![" not in text:
        assert not set("".join(left_out.split())) - set("#>-*+.)0123456789")
    assert all(sentence.text for sentence in sentences)


@pytest.mark.parametrize("piece", ["The ferry sank. ", "word ", "x", ".", "“", "U.S. ", "( ", "\u00a0", "a.B"])
def test_five_million_characters_in_one_line(piece: str) -> None:
    """Ends within seconds only when the time grows with the length and no faster."""
    text = piece * (5_000_000 // len(piece))
    document = Document("a", "a.txt", text)
    sentences = split_sentences(document, split_lines(document))
    assert sum(sentence.end - sentence.start for sentence in sentences) <= len(text)


def test_each_mark_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def ends(text: str, start: int, stop: re.Match[str]) -> bool:
        looked_at.append(stop.start())
        return rules.ends_sentence(text, start, stop)

    monkeypatch.setattr("pipeline.reading.sentences.ends_sentence", ends)
    sentences_in("One, Mr. Lee. Two? Three.")
    assert looked_at == [7, 12, 17, 24]
