"""Answers of a person as rows of gold: what is said, what is kept from before, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import GoldSentence, Sentence, Span
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.labelling.gold import by_key, read_annotations
from pipeline.labelling.review import EMPTY, answers_in, queue_row, with_answers

TEXT = "The vile, mad plan will fail."
SENTENCE = Sentence("a", 0, 0, "body", 10, 10 + len(TEXT), TEXT)
GOLD = GoldSentence(
    SENTENCE, "body", frozenset({"prediction", "loaded_language"}), (Span(4, 8, "quoted"),), (("prediction", "quoted"),)
)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(Path(__file__).parents[2] / "labels" / "scheme.yaml")


def answers(folder: Path, scheme: Scheme, *filled: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    rows = [{**queue_row(GOLD), **EMPTY, **one} for one in filled]
    path = folder / "q.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return answers_in(path, by_key([SENTENCE]), "ann", scheme)


def test_a_queue_row_says_what_gold_says() -> None:
    row = queue_row(GOLD)
    assert row["gold"] == ["loaded_language", "prediction"]
    assert (row["gold_spans"], row["gold_voices"]) == ([[4, 8, "quoted"]], [["prediction", "quoted"]])
    assert (row["start"], row["position"], row["text"]) == (10, 0, TEXT)


def test_what_an_answer_leaves_out_is_kept_from_gold(tmp_path: Path, scheme: Scheme) -> None:
    ((row,), left) = answers(tmp_path, scheme, {"labels": ["loaded_language", "prediction"]})
    assert left == 0
    assert (row["annotator"], row["labels"]) == ("ann", ["prediction", "loaded_language"])
    assert (row["spans"], row["voices"]) == ([[4, 8, "quoted"]], [["prediction", "quoted"]])


def test_what_an_answer_says_stands(tmp_path: Path, scheme: Scheme) -> None:
    filled = {
        "labels": ["prescription", "loaded_language"],
        "loaded": ["vile", ["mad", "attributed"]],
        "voices": {"prescription": "attributed"},
        "reason": "it urges",
    }
    ((row,), _) = answers(tmp_path, scheme, filled)
    assert row["spans"] == [[4, 8, "author"], [10, 13, "attributed"]]
    assert row["voices"] == [["prescription", "attributed"]]
    assert row["reason"] == "it urges"


def test_no_label_is_an_answer_and_null_is_none(tmp_path: Path, scheme: Scheme) -> None:
    assert answers(tmp_path, scheme, {}) == ([], 1)
    ((row,), left) = answers(tmp_path, scheme, {"labels": []})
    assert (row["labels"], row["spans"], row["voices"], left) == ([], [], [], 0)


def test_an_answer_is_read_as_gold(tmp_path: Path, scheme: Scheme) -> None:
    (rows, _) = answers(tmp_path, scheme, {"labels": ["report"]})
    path = tmp_path / "adjudicated.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert read_annotations(path, by_key([SENTENCE]), scheme)["a", 10].labels == {"report"}


@pytest.mark.parametrize(
    ("filled", "message"),
    [
        ({"labels": "report"}, r"q\.jsonl:1: labels is not a list of labels: 'report'"),
        ({"labels": ["repord"]}, r"q\.jsonl:1: label 'repord' is not in scheme 1 \(report, "),
        ({"labels": ["loaded_language"], "loaded": ["bad"]}, r"q\.jsonl:1: 'bad' does not stand in its sentence"),
        ({"labels": ["loaded_language"], "loaded": [["mad", "mine"]]}, r"q\.jsonl:1: voice 'mine' is none of author"),
        ({"labels": ["loaded_language"], "loaded": [7]}, r"q\.jsonl:1: is not an answer"),
        (
            {"labels": ["loaded_language"], "gold_spans": []},
            r"q\.jsonl:1: gives loaded_language and does not say in `loaded`",
        ),
        ({"labels": ["report"], "voices": {"prediction": "author"}}, r"q\.jsonl:1: gives a voice to 'prediction'"),
        ({"labels": ["report"], "hash": "0"}, r"q\.jsonl:1: annotates a sentence that does not exist: a at 10"),
        ({"labels": ["report"], "start": 11}, r"q\.jsonl:1: annotates a sentence that does not exist: a at 11"),
    ],
)
def test_a_wrong_answer_is_told_with_its_line(
    filled: dict[str, Any], message: str, tmp_path: Path, scheme: Scheme
) -> None:
    with pytest.raises(InputError, match=message):
        answers(tmp_path, scheme, filled)


def test_two_answers_on_a_sentence_are_refused(tmp_path: Path, scheme: Scheme) -> None:
    with pytest.raises(InputError, match=r"q\.jsonl:2: decides on a at 10 a second time"):
        answers(tmp_path, scheme, {"labels": ["report"]}, {"labels": ["assertion"]})


def test_a_new_decision_takes_the_place_of_an_earlier_one() -> None:
    decided = [{"doc_id": "a", "start": 0, "by": "x"}, {"doc_id": "b", "start": 5, "by": "x"}]
    new = [{"doc_id": "b", "start": 5, "by": "y"}, {"doc_id": "c", "start": 0, "by": "y"}]
    assert with_answers(decided, new) == [decided[0], new[0], new[1]]
