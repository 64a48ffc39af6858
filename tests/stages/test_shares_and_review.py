"""Shares of one's own texts, and a review whose answers change the gold, on the small project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.tables import GOLD, PART, read_table
from tests.stages.project import Mini

QUEUE = ("review-queue", "--n", "5", "--out", "q.jsonl", "--by")


def annotated(mini: Mini, name: str = "mine.jsonl") -> str:
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(mini.path("seeds/corpus").glob("*.txt"))[:4])
    for number in range(3):
        mini.write(f"own/{number}.txt", text)
    assert mini.run("annotate", "own", "--out", name) == 0
    return name


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


@pytest.mark.parametrize("kind", [".jsonl", ".csv", ".parquet"])
def test_shares_of_what_annotate_wrote(kind: str, mini: Mini) -> None:
    assert mini.run("estimate-shares", annotated(mini, f"mine{kind}"), "--out", "s.json", "--group", "doc_id") == 0
    told = mini.json("s.json")
    assert told["all"]["documents"] == 3
    assert set(told["groups"]) == {"0", "1", "2"}
    for share in told["groups"]["0"]["labels"].values():
        assert share["adjusted"]["value"] is None
        assert share["not_estimable"].startswith("one document")
    for share in told["all"]["labels"].values():
        assert 0 <= share["raw"]["value"] <= 1
        assert "by_hand" not in share
        assert ("not_estimable" in share) != share["estimable"]


def test_a_hand_labelled_sample_adds_a_share_of_its_own(mini: Mini) -> None:
    name = annotated(mini)
    rows = [row for row in mini.rows(name) if row["kind"] in ("heading", "body")]
    lines = [f"{row['doc_id']},{row['position']},{'report' if n % 4 == 0 else ''}" for n, row in enumerate(rows[:40])]
    mini.write("hand.csv", "doc_id,position,labels\n" + "\n".join(lines) + "\n")
    assert mini.run("estimate-shares", name, "--out", "s.json", "--gold", "hand.csv") == 0
    told = mini.json("s.json")["all"]
    assert told["labelled_by_hand"] == 40
    by_hand = told["labels"]["report"]["by_hand"]
    assert by_hand["low"] <= by_hand["value"] <= by_hand["high"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--gold", "hand.csv"), "hand.csv:2: nobody at 0 is no sentence of mine.jsonl"),
        (("--group", "outlet"), "mine.jsonl: has no column 'outlet' (doc_id, position, "),
        (("--record", "models/tfidf.json"), "mine.jsonl:1: was labelled by model "),
    ],
)
def test_what_does_not_fit_is_told(
    words: tuple[str, str], message: str, mini: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    name = annotated(mini)
    mini.write("hand.csv", "doc_id,position,labels\nnobody,0,report\n")
    capsys.readouterr()
    assert mini.run("estimate-shares", name, "--out", "s.json", *words) == 1
    assert message in complaint(capsys)
    assert not mini.path("s.json").exists()


@pytest.mark.parametrize("by", ["uncertainty", "random"])
def test_a_queue_holds_training_sentences_alone_with_fields_to_fill_in(by: str, mini: Mini) -> None:
    assert mini.run(*QUEUE, by) == 0
    trained = {(row["doc_id"], row["start"]): row for row in read_table(mini.path("data/train.parquet"), PART)}
    rows = mini.rows("q.jsonl")
    assert len({(row["doc_id"], row["start"]) for row in rows}) == 5
    for row in rows:
        assert row["text"] == trained[row["doc_id"], row["start"]]["text"]
        assert (row["labels"], row["loaded"], row["voices"]) == (None, None, None)
        assert ("scores" in row, "why" in row) == (by != "random",) * 2


def test_answers_to_a_random_draw_estimate_shares(mini: Mini) -> None:
    name = annotated(mini)
    assert mini.run("review-queue", "--by", "random", "--n", "9", "--labels", name, "--out", "q.jsonl") == 0
    rows = mini.rows("q.jsonl")
    assert [set(row) for row in rows] == [{"doc_id", "position", "text", "labels", "loaded", "voices"}] * 9
    mini.write_rows("q.jsonl", [{**row, "labels": ["report"] if n < 6 else None} for n, row in enumerate(rows)])
    assert mini.run("estimate-shares", name, "--out", "s.json", "--gold", "q.jsonl") == 0
    assert mini.json("s.json")["all"]["labelled_by_hand"] == 6


def spoiled(mini: Mini) -> tuple[str, int]:
    """Take the label from a sentence of the training part whose model gives it, and make everything anew."""
    rows = mini.rows("labels/gold/first.jsonl")
    wrong = next(row for row in rows if row["doc_id"] == "work-05" and row["labels"] == ["rhetorical_question"])
    wrong["labels"] = []
    mini.write_rows("labels/gold/first.jsonl", rows)
    mini.make("agree", "split", "label", "train")
    return wrong["doc_id"], wrong["start"]


def test_a_wrong_label_is_disputed_answered_and_mended(mini: Mini) -> None:
    place = spoiled(mini)
    assert mini.run(*QUEUE, "disagreement") == 0
    rows = mini.rows("q.jsonl")
    first = rows[0]
    assert ((first["doc_id"], first["start"]), first["why"]["label"], first["gold"]) == (
        place,
        "rhetorical_question",
        [],
    )
    assert first["why"]["cues"]
    first["labels"] = ["rhetorical_question"]
    mini.write_rows("q.jsonl", rows)
    assert mini.run("take-review", "q.jsonl", "--gold", "labels/gold", "--annotator", "me") == 0
    decided = mini.rows("labels/gold/adjudicated.jsonl")
    assert [row["annotator"] for row in decided] == ["three", "me"]
    mini.make("agree", "split")
    for table, features in (("data/gold.parquet", GOLD), ("data/train.parquet", PART)):
        found = {(row["doc_id"], row["start"]): row["labels"] for row in read_table(mini.path(table), features)}
        assert found[place] == ["rhetorical_question"]


def test_a_review_that_nobody_filled_in_changes_nothing(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    assert mini.run(*QUEUE, "uncertainty") == 0
    before = mini.hashes()
    assert mini.run("take-review", "q.jsonl", "--gold", "labels/gold", "--annotator", "me") == 1
    assert "q.jsonl: none of its 5 rows has `labels` filled in" in complaint(capsys)
    assert mini.hashes() == before


def test_a_queue_of_ones_own_texts(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[list[dict[str, Any]]] = []
    for kind in (".jsonl", ".csv"):
        assert mini.run(*QUEUE, "uncertainty", "--labels", annotated(mini, f"mine{kind}")) == 0
        told.append(mini.rows("q.jsonl"))
    assert told[0] == told[1]
    thresholds = json.loads(Path(mini.path("models/main.json")).read_text(encoding="utf-8"))["thresholds"]
    distances = [min(abs(row["scores"][label] - thresholds[label]) for label in thresholds) for row in told[0]]
    assert distances == sorted(distances)
    capsys.readouterr()
    assert mini.run(*QUEUE, "disagreement", "--labels", "mine.jsonl") == 1
    assert "mine.jsonl: has no gold that the model could disagree with" in complaint(capsys)
