"""Gold is anchored to sentences, and every row that is not right is told with file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.core.records import GoldSentence, Sentence, Span, text_hash
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import GOLD, read_table, write_table
from pipeline.labelling.gold import (
    Annotation,
    by_key,
    gold_of,
    gold_row,
    read_annotations,
    reanchored,
    resolve,
)

SCHEME = load_scheme(Path(__file__).parents[2] / "labels" / "scheme.yaml")
DECISIONS = Path("adjudicated.jsonl")


def sentence(text: str, start: int, doc_id: str = "ferry") -> Sentence:
    return Sentence(doc_id, 0, 0, "body", start, start + len(text), text)


CLOSED = sentence("The pier closed.", 0)
VILE = sentence("A vile plan will sink it.", 20)
SENTENCES = by_key([CLOSED, VILE])


def row(of: Sentence, **changes: object) -> dict[str, Any]:
    anchor = {"doc_id": of.doc_id, "start": of.start, "hash": text_hash(of.text)}
    return {**anchor, "annotator": "ada", "kind": "body", "labels": [], "spans": [], "voices": [], **changes}


def read(folder: Path, *rows: dict[str, Any]) -> dict[tuple[str, int], Annotation]:
    path = folder / "first.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return read_annotations(path, SENTENCES, SCHEME)


def annotation(*labels: str, annotator: str = "ada", **changes: Any) -> Annotation:
    return Annotation(
        **{
            "annotator": annotator,
            "kind": "body",
            "labels": frozenset(labels),
            "spans": (),
            "voices": (),
            **changes,
        }
    )


def test_rows_are_read_as_annotations_of_their_sentences(tmp_path: Path) -> None:
    given = row(
        VILE,
        labels=["prediction", "loaded_language"],
        spans=[[17, 21, "quoted"], [2, 6, "author"]],
        voices=[["prediction", "author"]],
    )
    assert read(tmp_path, row(CLOSED, kind="heading"), given) == {
        ("ferry", 0): Annotation("ada", "heading", frozenset(), (), ()),
        ("ferry", 20): Annotation(
            "ada",
            "body",
            frozenset({"prediction", "loaded_language"}),
            (Span(2, 6, "author"), Span(17, 21, "quoted")),
            (("prediction", "author"),),
        ),
    }


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"labels": ["asertion"]}, f"label 'asertion' is not in scheme 1 ({', '.join(SCHEME.ids)})"),
        ({"voices": [["predicton", "author"]]}, f"label 'predicton' is not in scheme 1 ({', '.join(SCHEME.ids)})"),
        ({"voices": [["prediction", "narrator"]]}, "voice 'narrator' is none of author, attributed, quoted"),
        ({"spans": [[2, 6, "narrator"]]}, "voice 'narrator' is none of author, attributed, quoted"),
        ({"kind": "title"}, "kind 'title' is none of heading, body, caption, furniture"),
        ({"hash": text_hash("A kind plan will sink it.")}, "annotates a sentence that does not exist: ferry at 20"),
        ({"start": 21}, "annotates a sentence that does not exist: ferry at 21"),
        ({"doc_id": "tram"}, "annotates a sentence that does not exist: tram at 20"),
        ({"spans": [[20, 26, "author"]]}, "span 20:26 is outside its sentence of 25 characters"),
        ({"spans": [[-1, 6, "author"]]}, "span -1:6 is outside its sentence of 25 characters"),
        ({"spans": [[6, 6, "author"]]}, "span 6:6 is outside its sentence of 25 characters"),
        ({"spans": [[2, 6]]}, "is not an annotation (ValueError('not enough values to unpack (expected 3, got 2)'))"),
        ({"start": "near the end"}, 'is not an annotation (ValueError("invalid literal for int() with base 10'),
        ({"labels": None}, "is not an annotation (TypeError("),
    ],
)
def test_a_row_that_is_not_right_is_told_with_file_and_line(
    tmp_path: Path, changes: dict[str, object], problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, row(CLOSED), row(VILE, **changes))
    assert str(caught.value).startswith(f"{tmp_path / 'first.jsonl'}:2: {problem}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("key", sorted(row(VILE)))
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    short = {name: value for name, value in row(VILE).items() if name != key}
    with pytest.raises(InputError, match=rf"first\.jsonl:1: is not an annotation \(KeyError\('{key}'\)\)"):
        read(tmp_path, short)


def test_a_sentence_annotated_twice_in_one_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"first\.jsonl:3: annotates ferry at 0 a second time"):
        read(tmp_path, row(CLOSED), row(VILE), row(CLOSED, labels=["report"]))


def test_annotations_agree_whoever_made_them_and_in_whatever_order(tmp_path: Path) -> None:
    spans = [[2, 6, "author"], [2, 11, "author"]]
    voices = [["prescription", "author"], ["prediction", "quoted"]]
    key = (VILE.doc_id, VILE.start)
    one = read(tmp_path, row(VILE, spans=spans, voices=voices))[key]
    other = read(tmp_path, row(VILE, spans=spans[::-1], voices=voices[::-1], annotator="ben"))[key]
    assert one.agrees_with(other)


@pytest.mark.parametrize(
    "other",
    [
        annotation("report", "assertion"),
        annotation("report", kind="heading"),
        annotation("report", spans=(Span(0, 3, "author"),)),
        annotation("report", voices=(("prediction", "quoted"),)),
    ],
)
def test_annotations_that_differ_in_anything_do_not_agree(other: Annotation) -> None:
    assert not annotation("report").agrees_with(other)


def resolved(
    first: dict[int, Annotation], second: dict[int, Annotation], adjudicated: dict[int, Annotation]
) -> list[tuple[int, set[str], int]]:
    """Start, labels and passes of each gold sentence."""
    one, two, settled = (
        {("ferry", start): decided for start, decided in given.items()} for given in (first, second, adjudicated)
    )
    gold = resolve(one, two, settled, SENTENCES, DECISIONS)
    assert all(SENTENCES[item.sentence.doc_id, item.sentence.start] == item.sentence for item, _ in gold)
    return [(item.sentence.start, set(item.labels), passes) for item, passes in gold]


def test_what_two_annotators_agree_on_needs_no_decision() -> None:
    both = annotation("report"), annotation("report", annotator="ben")
    assert resolved({0: both[0]}, {0: both[1]}, {}) == [(0, {"report"}, 2)]


def test_one_pass_is_gold_by_itself_whichever_it_is() -> None:
    assert resolved({20: annotation("prediction")}, {0: annotation("report")}, {}) == [
        (0, {"report"}, 1),
        (20, {"prediction"}, 1),
    ]


def test_the_decision_wins_even_over_agreement() -> None:
    decision = annotation(
        "testimony", kind="heading", voices=(("prediction", "quoted"),), spans=(Span(0, 3, "author"),)
    )
    key = ("ferry", 0)
    for second in ({key: annotation("assertion")}, {key: annotation("report")}, {}):
        gold = resolve({key: annotation("report")}, second, {key: decision}, SENTENCES, DECISIONS)
        expected = GoldSentence(CLOSED, "heading", decision.labels, decision.spans, decision.voices)
        assert gold == [(expected, 1 + len(second))]


def test_annotators_who_differ_without_a_decision_are_told() -> None:
    with pytest.raises(InputError) as caught:
        resolved({0: annotation("report")}, {0: annotation("assertion")}, {})
    assert str(caught.value) == "adjudicated.jsonl: lacks a decision on ferry at 0, where two annotators differ"


def test_a_decision_on_a_sentence_that_nobody_annotated_is_not_dropped() -> None:
    with pytest.raises(InputError) as caught:
        resolved({0: annotation("report")}, {}, {20: annotation("report")})
    assert str(caught.value) == "adjudicated.jsonl: decides on ferry at 20, which nobody annotated"


def test_gold_comes_back_from_its_table_as_it_was(tmp_path: Path) -> None:
    voiced = GoldSentence(
        VILE,
        "heading",
        frozenset({"prediction", "loaded_language"}),
        (Span(2, 6, "author"), Span(17, 21, "quoted")),
        (("prediction", "attributed"),),
    )
    plain = GoldSentence(CLOSED, "body", frozenset(), (), ())
    path = tmp_path / "gold.parquet"
    write_table(path, [gold_row(voiced, 2), gold_row(plain, 1)], GOLD)
    rows = read_table(path, GOLD)
    assert [gold_of(row) for row in rows] == [voiced, plain]
    assert [row["passes"] for row in rows] == [2, 1]
    assert rows[0]["labels"] == ["loaded_language", "prediction"]


def test_rows_follow_their_sentences_and_keep_all_else() -> None:
    rows = [row(CLOSED, labels=["report"]), row(VILE, annotator="ben")]
    kept, gone = reanchored(rows, [sentence(CLOSED.text, 7), sentence("New.", 25), sentence(VILE.text, 31)])
    assert kept == [{**rows[0], "start": 7}, {**rows[1], "start": 31}]
    assert gone == []
    assert rows[0]["start"] == 0


def test_a_sentence_folded_anew_is_still_the_same_sentence() -> None:
    kept, gone = reanchored([row(CLOSED)], [sentence("The  pier\nclosed.", 3)])
    assert [item["start"] for item in kept] == [3]
    assert gone == []


def test_equal_texts_in_one_document_go_to_the_nearest_place_each() -> None:
    text = "It rained."
    rows = [row(sentence(text, 10), labels=["report"]), row(sentence(text, 90), labels=["anecdote"])]
    kept, gone = reanchored(rows, [sentence(text, 95), sentence(text, 15)])
    assert [(item["start"], item["labels"]) for item in kept] == [(15, ["report"]), (95, ["anecdote"])]
    assert gone == []


def test_a_sentence_takes_one_row_alone() -> None:
    text = "It rained."
    rows = [row(sentence(text, 10)), row(sentence(text, 90))]
    kept, gone = reanchored(rows, [sentence(text, 12)])
    assert [item["start"] for item in kept] == [12]
    assert gone == [rows[1]]


def test_a_row_whose_sentence_vanished_or_moved_to_another_document_is_gone() -> None:
    rows = [row(CLOSED), row(VILE)]
    kept, gone = reanchored(rows, [sentence(CLOSED.text, 0, doc_id="tram"), VILE])
    assert kept == [rows[1]]
    assert gone == [rows[0]]


PLACES = st.lists(
    st.tuples(st.sampled_from(["ferry", "tram"]), st.integers(0, 60), st.sampled_from(["It rained.", "It froze."])),
    unique_by=lambda place: place[:2],
)


@settings(deadline=None)
@given(before=PLACES, after=PLACES)
def test_no_row_is_lost_and_no_sentence_taken_twice(
    before: list[tuple[str, int, str]], after: list[tuple[str, int, str]]
) -> None:
    rows = [
        row(sentence(text, start, doc_id), annotator=str(number)) for number, (doc_id, start, text) in enumerate(before)
    ]
    known = by_key(sentence(text, start, doc_id) for doc_id, start, text in after)
    kept, gone = reanchored(rows, list(known.values()))
    assert sorted(int(item["annotator"]) for item in [*kept, *gone]) == list(range(len(rows)))
    taken = [(item["doc_id"], item["start"]) for item in kept]
    assert len(set(taken)) == len(taken)
    assert all(text_hash(known[place].text) == item["hash"] for place, item in zip(taken, kept, strict=True))
