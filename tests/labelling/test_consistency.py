"""How far annotators agree, on a case small enough to work out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.core.params import Bootstrap
from pipeline.core.records import GoldSentence, Kind, Sentence, Span
from pipeline.labelling.consistency import consistency, disagreements
from pipeline.labelling.gold import Annotation

LABELS = ("report", "assertion", "anecdote")
BOOTSTRAP = Bootstrap(resamples=50, seed=0, level=0.95)
Key = tuple[str, int]


def said(*labels: str, kind: Kind = "body", spans: tuple[Span, ...] = (), **changes: Any) -> Annotation:
    return Annotation("ada", kind, frozenset(labels), spans, changes.get("voices", ()))


FIRST = {
    ("ferry", 0): said("report"),
    ("ferry", 20): said("report", "assertion", spans=(Span(0, 4, "author"),)),
    ("ferry", 40): said("assertion"),
    ("ferry", 60): said(),
    ("ferry", 80): said("report", kind="caption"),
    ("ferry", 99): said("report"),
}
SECOND = {
    ("ferry", 0): said("report"),
    ("ferry", 20): said("assertion", spans=(Span(1, 7, "quoted"),)),
    ("ferry", 40): said("assertion"),
    ("ferry", 60): said(),
    ("ferry", 80): said("report"),
}


def gold_of(decided: dict[Key, Annotation]) -> list[GoldSentence]:
    return [
        GoldSentence(Sentence(doc_id, 0, 0, "body", start, start + 9, "It rained."), item.kind, item.labels, (), ())
        for (doc_id, start), item in decided.items()
    ]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return consistency(FIRST, SECOND, gold_of(FIRST), LABELS, BOOTSTRAP)


def test_only_what_both_call_heading_or_body_is_compared(found: dict[str, Any]) -> None:
    assert (found["sentences"], found["documents"]) == (4, 1)
    assert found["kind_agreement"] == 4 / 5


def test_alpha_is_that_of_krippendorff(found: dict[str, Any]) -> None:
    # report: 1 unit of 4 differs; of its 8 values 3 say yes.
    assert found["alpha"]["report"]["value"] == round(1 - (2 / 8) / (2 * 3 * 5 / (8 * 7)), 4)
    assert found["alpha"]["assertion"]["value"] == 1.0
    assert found["alpha"]["anecdote"] == {"value": None, "low": None, "high": None}


def test_one_document_drawn_anew_is_itself(found: dict[str, Any]) -> None:
    report = found["alpha"]["report"]
    assert report["low"] == report["high"] == report["value"]


def test_the_interval_holds_what_documents_apart_have_and_is_drawn_alike_each_time() -> None:
    first = FIRST | {("tram", start): said("report") for start in (0, 20, 40)} | {("tram", 60): said()}
    second = SECOND | {("tram", start): said() for start in (0, 20, 40)} | {("tram", 60): said("report")}
    once, twice = (consistency(first, second, gold_of(first), LABELS, BOOTSTRAP) for _ in range(2))
    assert once == twice
    report = once["alpha"]["report"]
    assert report["low"] < report["value"] < report["high"]


def test_each_pass_is_scored_against_gold(found: dict[str, Any]) -> None:
    first, second = (found["annotators"][name] for name in ("first", "second"))
    assert first["report"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 2}
    assert second["report"] == {"precision": 1.0, "recall": 1 / 2, "f1": round(2 / 3, 4), "support": 2}
    assert second["anecdote"] == {"precision": None, "recall": None, "f1": None, "support": 0}


def test_spans_overlap_by_characters(found: dict[str, Any]) -> None:
    # 0:4 against 1:7 share 3 characters, of 4 and of 6.
    assert found["spans"] == {"precision": 3 / 4, "recall": 3 / 6, "f1": 2 * 3 / (4 + 6)}


def test_the_figures_can_be_written_as_json(found: dict[str, Any]) -> None:
    assert json.loads(json.dumps(found)) == found


def test_passes_that_share_nothing_have_no_figures() -> None:
    found = consistency({("ferry", 0): said("report")}, {}, gold_of(FIRST), LABELS, BOOTSTRAP)
    assert (found["sentences"], found["documents"], found["kind_agreement"]) == (0, 0, None)
    assert found["alpha"]["report"]["value"] is None


def test_each_disagreement_has_both_answers_and_the_decision() -> None:
    decided = {("ferry", 20): said("assertion"), ("ferry", 80): said("report")}
    assert list(disagreements(FIRST, SECOND, decided)) == [
        {
            "doc_id": "ferry",
            "start": 20,
            "first": {"kind": "body", "labels": ["assertion", "report"], "spans": [[0, 4, "author"]], "voices": []},
            "second": {"kind": "body", "labels": ["assertion"], "spans": [[1, 7, "quoted"]], "voices": []},
            "gold": {"kind": "body", "labels": ["assertion"], "spans": [], "voices": []},
        },
        {
            "doc_id": "ferry",
            "start": 80,
            "first": {"kind": "caption", "labels": ["report"], "spans": [], "voices": []},
            "second": {"kind": "body", "labels": ["report"], "spans": [], "voices": []},
            "gold": {"kind": "body", "labels": ["report"], "spans": [], "voices": []},
        },
    ]


def test_a_disagreement_on_voice_alone_shows_the_voices() -> None:
    first, second = (said("prediction", voices=(("prediction", voice),)) for voice in ("author", "quoted"))
    key = ("ferry", 0)
    (row,) = disagreements({key: first}, {key: second}, {key: second})
    assert row["first"] != row["second"]
    assert row["gold"] == row["second"]
