"""The columns that every output has, and where its spans stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import Document, Sentence, fold
from pipeline.core.tables import read_table, write_csv_table, write_table
from pipeline.learning.annotator import AnnotatedSentence, LoadedSpan
from pipeline.learning.output import Labelled, columns, folded_offsets, labelled_documents, row_of
from pipeline.learning.wordings import words_of

from .examples import LABELS, VOICED, annotator, sentence

SPACED = st.text("ab.é \t\n\u00a0\u2003\x1c\r", max_size=40)


def with_spans(one: Sentence) -> AnnotatedSentence:
    """Every word of the sentence as a span."""
    words = words_of([one.text])
    spans = [
        LoadedSpan(start, end, "author", 0.5)
        for start, end in zip(words.starts.tolist(), words.ends.tolist(), strict=True)
    ]
    return AnnotatedSentence(one, ("loaded_language",), dict.fromkeys(LABELS, 0.5), spans=tuple(spans))


def row(annotated: AnnotatedSentence, given: Labelled) -> dict[str, Any]:
    return row_of(annotated, given, VOICED, "1", "0" * 64)


@given(text=SPACED)
def test_every_folded_character_stands_at_its_offset(text: str) -> None:
    offsets, folded = folded_offsets(text), fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(set(offsets))
    for character, offset in zip(folded, offsets[:-1], strict=True):
        assert text[offset] == character if character != " " else text[offset].isspace()
    assert text[offsets[0] : offsets[-1]] == text.strip()


def test_offsets_of_a_space_are_those_of_its_first_character() -> None:
    assert folded_offsets("  a \n b ") == [2, 3, 6, 7]
    assert folded_offsets(" \n") == [0]


@given(text=SPACED)
def test_spans_stand_at_the_same_words_in_the_document(text: str) -> None:
    document = Document("a", "a.txt", "It rained.\n\n" + text)
    for labelled in labelled_documents([document]):
        found = row(with_spans(labelled.sentence), labelled)
        assert found["text"] == fold(document.text[found["start"] : found["end"]])
        for span in found["spans"]:
            in_document = document.text[span["doc_start"] : span["doc_end"]]
            assert fold(in_document) == found["text"][span["start"] : span["end"]]


def test_a_span_over_wide_space_is_placed_in_both_texts() -> None:
    document = Document("a", "a.txt", "It rained.\n\nIt froze.  A vile \u00a0crook  came.")
    *_, froze, came = labelled_documents([document])
    found = row(AnnotatedSentence(came.sentence, spans=(LoadedSpan(2, 12, "author", 0.9),)), came)
    assert froze.sentence.text == "It froze."
    assert found["text"][2:12] == "vile crook"
    assert found["spans"] == [
        {"start": 2, "end": 12, "doc_start": 25, "doc_end": 36, "voice": "author", "score": 0.9},
    ]
    assert document.text[25:36] == "vile \u00a0crook"


@given(text=SPACED)
def test_a_row_that_came_as_a_row_keeps_its_text(text: str) -> None:
    given = Labelled(Sentence("a", 3, 0, "body", 0, len(text), fold(text)), text, unchanged=True)
    found = row(with_spans(given.sentence), given)
    assert (found["text"], found["start"], found["end"], found["position"]) == (text, 0, len(text), 3)
    forms = [fold(text[span["start"] : span["end"]]).lower() for span in found["spans"]]
    assert forms == list(words_of([text]).tokens.forms)
    assert all((span["start"], span["end"]) == (span["doc_start"], span["doc_end"]) for span in found["spans"])


@pytest.mark.parametrize("explain", [False, True])
def test_every_row_has_every_column_and_can_be_written(tmp_path: Path, explain: bool) -> None:
    texts = ["Only a vile crook will sell the ferry.", "Photo: the ferry.", ""]
    sentences = [sentence(texts[0]), sentence(texts[1], kind="caption"), sentence(texts[2])]
    annotated = annotator().annotate_sentences(sentences, explain)
    rows = [row(one, Labelled(one.sentence, one.sentence.text)) for one in annotated]
    features = columns(LABELS, VOICED, explain)
    assert [list(found) for found in rows] == [list(features)] * 3
    write_table(tmp_path / "a.parquet", rows, features)
    write_csv_table(tmp_path / "a.csv", rows, features)
    read = read_table(tmp_path / "a.parquet", features)
    assert [found["labels"] for found in read] == [found["labels"] for found in rows]
    assert read[1]["scores"] in (None, dict.fromkeys(LABELS))
    assert (tmp_path / "a.csv").read_text("utf-8").count("\n") == 4


def test_voices_have_a_column_for_each_voiced_label_but_loaded_language() -> None:
    one = sentence("It will close.")
    spoken = row(AnnotatedSentence(one, ("prediction",), voices=(("prediction", "author"),)), Labelled(one, one.text))
    silent = row(AnnotatedSentence(one), Labelled(one, one.text))
    assert (spoken["voices"], silent["voices"]) == ({"prediction": "author"}, {"prediction": None})
    assert (spoken["scheme_version"], spoken["model_sha256"]) == ("1", "0" * 64)
