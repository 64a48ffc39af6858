"""Bad input through the command line: one line on stderr that names the file, exit code 1, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.__main__ import main
from tests.stages.project import Mini


def assert_refused(mini: Mini, words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`words` end with exit code 1 and one line that begins with `told`; no file of the project changes."""
    before = mini.hashes()
    capsys.readouterr()
    assert mini.run(*words) == 1
    captured = capsys.readouterr()
    *_, last = captured.err.splitlines()
    assert last.startswith(f"error: {told}")
    assert captured.err.count("error: ") == 1
    assert all(line.startswith(("error: ", "left out: ")) for line in captured.err.splitlines())
    assert mini.hashes() == before


def edit_gold(mini: Mini, row: int, key: str, value: object) -> None:
    rows = mini.rows("labels/gold/first.jsonl")
    rows[row][key] = value
    mini.write_rows("labels/gold/first.jsonl", rows)


def replace(mini: Mini, name: str, old: str, new: str) -> None:
    text = mini.path(name).read_text(encoding="utf-8")
    assert old in text
    mini.write(name, text.replace(old, new, 1))


def give_one_id_to_two(mini: Mini) -> None:
    mini.write("seeds/corpus/more/work-01.txt", "The council of Otley met on Monday.\n")


def take_an_id_of_the_corpus(mini: Mini) -> None:
    mini.write("seeds/local/work-01.txt", "The council of Otley met on Monday.\n")
    assert mini.stage("read@local") == 0


def hold_out_what_lacks_a_label(mini: Mini) -> None:
    rows = [row for row in mini.rows("labels/gold/first.jsonl") if row["doc_id"] != "work-03" or not row["labels"]]
    mini.write_rows("labels/gold/first.jsonl", rows)
    second = [row for row in mini.rows("labels/gold/second.jsonl") if row["doc_id"] != "work-03"]
    mini.write_rows("labels/gold/second.jsonl", second)
    assert mini.stage("agree") == 0
    mini.write("labels/split.yaml", "test: [work-03]\n")


def spoil_the_model(mini: Mini) -> None:
    path = mini.path("models/main.joblib")
    path.write_bytes(path.read_bytes() + b"\0")


def spoil_a_table(mini: Mini) -> None:
    mini.write("data/train.parquet", "not a table")


def spoil_bytes(name: str) -> Callable[[Mini], object]:
    return lambda mini: mini.path(name).write_bytes(b"name: caf\xe9 \xff\n")


GOLD = "labels/gold/first.jsonl"
EDITS = "labels/edits/edits.jsonl"
SPOILT: dict[str, tuple[str, Callable[[Mini], object], str]] = {
    "missing table": (
        "train@majority",
        lambda mini: mini.path("data/train.parquet").unlink(),
        "data/train.parquet: cannot be read",
    ),
    "missing gold": ("agree", lambda mini: mini.path(GOLD).unlink(), f"{GOLD}: cannot be read: No such file"),
    "missing model": (
        "predict",
        lambda mini: mini.path("models/main.joblib").unlink(),
        "models/main.joblib: cannot be read",
    ),
    "not a table": ("train@majority", spoil_a_table, "data/train.parquet: cannot be read as Parquet"),
    "unreadable params": ("split", spoil_bytes("params.yaml"), "params.yaml: is not UTF-8 (byte 9)"),
    "unreadable gold": ("agree", spoil_bytes(GOLD), f"{GOLD}: is not UTF-8"),
    "gold that is not JSON": (
        "agree",
        lambda mini: replace(mini, GOLD, '"doc_id"', "doc_id"),
        f"{GOLD}:1: is not JSON",
    ),
    "unknown label": (
        "agree",
        lambda mini: edit_gold(mini, 4, "labels", ["asertion"]),
        f"{GOLD}:5: label 'asertion' is not in scheme 1",
    ),
    "gold at a place where no sentence starts": (
        "agree",
        lambda mini: edit_gold(mini, 4, "start", 9999),
        f"{GOLD}:5: annotates a sentence that does not exist: work-01 at 9999",
    ),
    "gold for a sentence that was rewritten": (
        "agree",
        lambda mini: edit_gold(mini, 4, "hash", "0" * 12),
        f"{GOLD}:5: annotates a sentence that does not exist: work-01",
    ),
    "span outside its sentence": (
        "agree",
        lambda mini: edit_gold(mini, 7, "spans", [[50, 500, "author"]]),
        f"{GOLD}:8: span 50:500 is outside its sentence of 56",
    ),
    "gold that lacks a key": (
        "agree",
        lambda mini: replace(mini, GOLD, '"voices"', '"voice"'),
        f"{GOLD}:1: is not an annotation",
    ),
    "one id for two documents": ("read@corpus", give_one_id_to_two, "seeds/corpus/work-01.txt: has the id 'work-01'"),
    "an id of the corpus": ("predict", take_an_id_of_the_corpus, "seeds/local/work-01.txt: has the id 'work-01'"),
    "param out of range": (
        "split",
        lambda mini: mini.change_params("models.main.C", -1.0),
        "params.yaml:models.main.C: input should be greater than 0 (got -1.0)",
    ),
    "param misspelt": (
        "read@corpus",
        lambda mini: mini.change_params("bootstrap.resample", 10),
        "params.yaml:bootstrap.resample: extra inputs are not permitted",
    ),
    "params without a section": (
        "predict",
        lambda mini: replace(mini, "params.yaml", "annotate:", "annotated:"),
        "params.yaml:annotate: field required",
    ),
    "a rule that fails on its own sentence": (
        "label",
        lambda mini: replace(mini, "labels/rules.yaml", "It closed on Monday.", "It closed on Friday."),
        "labels/rules.yaml:report_weekday: does not match 'It closed on Friday.', which it must",
    ),
    "a rule that fails when a model is trained": (
        "train@main",
        lambda mini: replace(mini, "labels/rules.yaml", "It may close.", "It closed on Monday."),
        "labels/rules.yaml:report_weekday: matches 'It closed on Monday.', which it must not",
    ),
    "an edit of a sentence that is not there": (
        "train@main",
        lambda mini: replace(mini, EDITS, '"start": ', '"start": 9'),
        f"{EDITS}:1: edits a sentence that is not there: work-01 at 9",
    ),
    "an edit with an unknown label": (
        "train@main",
        lambda mini: replace(mini, EDITS, '"labels": ["report"]', '"labels": ["reprot"]'),
        f"{EDITS}:2: label 'reprot' is not in scheme 1",
    ),
    "an edit that lacks a key": (
        "train@tfidf",
        lambda mini: replace(mini, EDITS, '"spans"', '"span"'),
        f"{EDITS}:1: is not an edit (KeyError('spans'))",
    ),
    "a model that its record does not describe": ("evaluate@main", spoil_the_model, "models/main.joblib: its SHA-256"),
    "such a model, when predicting": ("predict", spoil_the_model, "models/main.joblib: its SHA-256"),
    "a held-out work that does not exist": (
        "split",
        lambda mini: mini.write("labels/split.yaml", "test: [work-03, work-99]\n"),
        "labels/split.yaml:test: work 'work-99' is not in the manifest",
    ),
    "a split without test works": (
        "split",
        lambda mini: mini.write("labels/split.yaml", "tests: []\n"),
        "labels/split.yaml: needs the key test",
    ),
    "a label missing on one side": (
        "split",
        hold_out_what_lacks_a_label,
        "labels/split.yaml: label 'report' does not occur in the test part",
    ),
    "a document that is not the manifest's": (
        "split",
        lambda mini: mini.write("seeds/corpus/work-02.txt", "Rewritten.\n"),
        "seeds/manifest.jsonl: records SHA-256",
    ),
    "gold for a document that the manifest lacks": (
        "split",
        lambda mini: mini.write_rows("seeds/manifest.jsonl", mini.rows("seeds/manifest.jsonl")[:-1]),
        "seeds/manifest.jsonl: lacks document 'work-12'",
    ),
    "a document twice in the manifest": (
        "split",
        lambda mini: mini.write_rows("seeds/manifest.jsonl", mini.rows("seeds/manifest.jsonl")[:1] * 2),
        "seeds/manifest.jsonl:2: document 'work-01' stands twice",
    ),
    "contrast pairs that lack a side": (
        "audit",
        lambda mini: mini.write_rows("labels/contrast/pairs.jsonl", [{"with": "The pier was shut."}]),
        "labels/contrast/pairs.jsonl:1: lacks the sentence 'without'",
    ),
    "identity swaps of one name": (
        "invariance",
        lambda mini: mini.write("labels/identity/swaps.yaml", "office:\n- [mayor]\n"),
        "labels/identity/swaps.yaml:office: needs pairs of two different names (got ['mayor'])",
    ),
    "a model's sentences that are not the part's": (
        "controls",
        lambda mini: mini.path("data/train.parquet").replace(mini.path("data/test.parquet")),
        "data/outcomes/main.parquet: does not speak of the sentences of the part it is read with",
    ),
    "a gate that is misspelt": (
        "gates",
        lambda mini: mini.change_params("gates.leaks.lest", 0.5),
        "params.yaml:gates.leaks.lest: extra inputs are not permitted (got 0.5)",
    ),
    "scores without the released model": (
        "summarise",
        lambda mini: mini.path("metrics/models/main.json").unlink(),
        "metrics/models: has no scores of model 'main'",
    ),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_stage_refuses(mini: Mini, fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    stage, spoil, told = SPOILT[fault]
    words = mini.stages[stage].words
    spoil(mini)
    assert_refused(mini, words, told, capsys)


GIVEN: dict[str, tuple[str, bytes, str]] = {
    "empty document": ("mine.txt", b"", "mine.txt: nothing in it can be labelled"),
    "unreadable document": ("mine.txt", b"a\0b", "mine.txt: nothing in it can be labelled"),
    "rows without text": ("rows.jsonl", b'{"words": "It rained."}\n', "rows.jsonl:1: lacks the column 'text'"),
    "rows whose text is a number": ("rows.jsonl", b'{"text": "a"}\n{"text": 5}\n', "rows.jsonl:2: lacks"),
    "rows that are not JSON": ("rows.jsonl", b'{"text": "a"}\n{"text"\n', "rows.jsonl:2: is not JSON"),
    "rows that are not UTF-8": ("rows.csv", b"text\ncaf\xe9\n", "rows.csv: is not UTF-8"),
    "not a Parquet file": ("rows.parquet", b"text", "rows.parquet: is not Parquet"),
    "a position that is no number": ("rows.jsonl", b'{"text": "a", "position": "x"}\n', "rows.jsonl:1: position 'x'"),
    "a position that is a list": ("rows.jsonl", b'{"text": "a", "position": [1]}\n', "rows.jsonl:1: position [1]"),
}


@pytest.mark.parametrize("fault", GIVEN)
def test_annotate_refuses(mini: Mini, fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    name, content, told = GIVEN[fault]
    mini.path(name).write_bytes(content)
    mini.write("out.jsonl", "old")
    assert_refused(mini, ["annotate", name, "--out", "out.jsonl"], told, capsys)


def test_annotate_refuses_a_file_that_is_not_there(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("mine.txt", "rows.jsonl", "rows.parquet"):
        assert_refused(mini, ["annotate", name, "--out", "out.jsonl"], name, capsys)


def test_annotate_refuses_another_output(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["annotate", "seeds/corpus", "--out", "out.xlsx"]
    assert_refused(mini, words, "out.xlsx: ends in '.xlsx'", capsys)


def test_annotate_refuses_documents_as_sentences(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["annotate", "seeds/corpus/work-01.txt", "--unit", "sentence", "--out", "out.jsonl"]
    assert_refused(mini, words, "seeds/corpus/work-01.txt: is a document", capsys)


def test_annotate_refuses_a_model_that_its_record_does_not_describe(
    mini: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil_the_model(mini)
    assert_refused(
        mini, ["annotate", "seeds/corpus", "--out", "out.jsonl"], "models/main.joblib: its SHA-256 is", capsys
    )


@pytest.mark.parametrize("command", ["read", "annotate"])
def test_a_folder_without_documents_is_refused(mini: Mini, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    mini.path("bare").mkdir()
    read = ["read", "--folder", "bare", "--params", "params.yaml", "--out", "data/corpus"]
    words = read if command == "read" else ["annotate", "bare", "--out", "out.jsonl"]
    assert_refused(mini, words, "bare: holds no documents", capsys)


def disk_full(*args: object, **named: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupt(*args: object, **named: object) -> None:
    raise KeyboardInterrupt


WRITING = [
    *("read@corpus", "agree", "split", "label", "audit", "train@tfidf", "evaluate@rules", "differences", "slices"),
    *("contrast", "controls", "gates", "predict", "report"),
]


@pytest.mark.parametrize("stage", WRITING)
def test_a_full_disk_is_told_and_the_old_output_stays(
    mini: Mini, stage: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", disk_full)
    known = mini.stages[stage]
    assert_refused(mini, known.words, "", capsys)
    assert mini.stage(stage) == 1
    told = capsys.readouterr().err
    assert told.endswith(": cannot be written: No space left on device\n")
    assert any(told.startswith(f"error: {out}") for out in known.outs)


@pytest.mark.parametrize("stage", WRITING)
def test_an_interrupt_while_writing_leaves_the_old_output(
    mini: Mini, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = mini.hashes()
    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises((KeyboardInterrupt, SystemExit)) as caught:
        mini.stage(stage)
    assert not isinstance(caught.value, SystemExit) or caught.value.code == 130
    assert mini.hashes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["annotate", "in.txt"],
        ["annotate", "in.txt", "--out", "out.jsonl", "--unit", "paragraph"],
        ["annotate", "in.txt", "--out", "out.jsonl", "--confidence", "1"],
        ["read", "--folder", "seeds/corpus"],
        ["summarise", "--folder", "seeds/corpus"],
        ["train", "--model"],
    ],
)
def test_wrong_usage_is_told_with_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert len(told.splitlines()) == 1


def test_an_error_of_our_own_making_is_not_swallowed(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.stages.split.counts", lambda *_: json.loads("{"))
    with pytest.raises(json.JSONDecodeError):
        mini.stage("split")
