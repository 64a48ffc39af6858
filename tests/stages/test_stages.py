"""What every stage of the small project writes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import datasets
import pyarrow.parquet as pq
import pytest

from pipeline.core.records import fold
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import DOCUMENTS, GOLD, LINES, PART, SENTENCES, read_table
from tests.stages.dvcfile import ROOT
from tests.stages.project import (
    DISPUTED,
    HELD_OUT,
    ORDER,
    PARAMS,
    PASSED_OVER,
    SECOND_PASS,
    WORKS,
    Mini,
    said_of,
    work_id,
)

LABELS = load_scheme(ROOT / "labels" / "scheme.yaml").ids
MODELS = ("majority", "rules", "tfidf", "main")
SENTENCES_EACH = 12
LABELLED_EACH = 11
PARAGRAPHS_EACH = 5


def table(mini: Mini, name: str) -> list[dict[str, Any]]:
    features = {"documents": DOCUMENTS, "lines": LINES, "sentences": SENTENCES, "gold": GOLD}
    return read_table(mini.path(name), features.get(Path(name).stem, PART))


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_stage_of_the_pipeline_was_run(built: Mini) -> None:
    assert {name.partition("@")[0] for name in built.stages} == set(ORDER)
    missing = [out for stage in built.stages.values() for out in stage.outs if not built.path(out).exists()]
    assert missing == []


def test_read_finds_every_sentence_where_it_stands(built: Mini) -> None:
    texts = {row["doc_id"]: row["text"] for row in table(built, "data/corpus/documents.parquet")}
    sentences = table(built, "data/corpus/sentences.parquet")
    assert [row["text"] for row in sentences] == [
        text for about in WORKS for paragraph in said_of(*about) for text, _, _ in paragraph
    ]
    assert all(fold(texts[row["doc_id"]][row["start"] : row["end"]]) == row["text"] for row in sentences)


def test_read_tells_kinds_and_paragraphs(built: Mini) -> None:
    lines = table(built, "data/corpus/lines.parquet")
    kinds = [row["kind"] for row in lines if row["doc_id"] == "work-01"]
    assert kinds == ["heading", "body", "body", "body", "furniture"]
    assert len(lines) == len(WORKS) * PARAGRAPHS_EACH


def test_read_allows_a_folder_without_documents_when_told(built: Mini) -> None:
    assert [table(built, f"data/local/{name}.parquet") for name in ("documents", "lines", "sentences")] == [[], [], []]
    assert built.rows("data/local/rejects.jsonl") == []


def test_read_writes_out_what_it_leaves_out(mini: Mini) -> None:
    mini.path("seeds/local/photo.txt").write_bytes(b"\x89PNG\r\n")
    mini.write("seeds/local/note.md", "# The pier\n\nIt was shut in May.\n")
    assert mini.stage("read@local") == 0
    assert [row["doc_id"] for row in table(mini, "data/local/documents.parquet")] == ["note"]
    rejects = [(row["source"], row["reason"]) for row in mini.rows("data/local/rejects.jsonl")]
    assert rejects == [("seeds/local/photo.txt", "is binary: a PNG file")]


def test_agree_settles_every_annotated_sentence(built: Mini) -> None:
    rows = table(built, "data/gold.parquet")
    assert len(rows) == len(WORKS) * SENTENCES_EACH
    assert sum(row["passes"] == 2 for row in rows) == len(SECOND_PASS) * SENTENCES_EACH
    disputed = next(row for row in rows if row["doc_id"] == DISPUTED and row["position"] == 1)
    assert disputed["labels"] == ["report", "testimony"]


def test_agree_compares_what_both_annotated(built: Mini) -> None:
    found = built.json("metrics/agreement.json")
    assert (found["sentences"], found["documents"], found["kind_agreement"]) == (5 * LABELLED_EACH, 5, 1)
    assert {label for label, alpha in found["alpha"].items() if alpha["value"] < 1} == {"testimony"}
    assert found["annotators"]["second"]["testimony"]["f1"] == 1
    assert found["spans"]["f1"] == 1


def test_agree_lists_the_one_sentence_on_which_the_passes_differ(built: Mini) -> None:
    assert [row["doc_id"] for row in built.rows("data/disagreements.jsonl")] == [DISPUTED]


def test_split_keeps_the_held_out_works_apart(built: Mini) -> None:
    train, test = table(built, "data/train.parquet"), table(built, "data/test.parquet")
    assert {row["work"] for row in test} == set(HELD_OUT)
    assert {row["work"] for row in train} == {work_id(n) for n in range(1, 13)} - set(HELD_OUT)
    assert (len(train), len(test)) == (9 * LABELLED_EACH, 3 * LABELLED_EACH)
    assert PASSED_OVER not in {row["text"] for row in (*train, *test)}


def test_split_counts_both_sides_and_lists_every_document(built: Mini) -> None:
    found = built.json("metrics/split.json")
    assert (found["parts"]["test"]["works"], found["parts"]["test"]["sentences"]) == (3, 33)
    assert found["parts"]["train"]["labels"]["assertion"] == 2 * 9
    assert {row["doc_id"] for row in found["documents"] if row["part"] == "test"} == set(HELD_OUT)
    assert len(found["documents"]) == len(WORKS)


def test_label_lets_the_rules_vote_on_headings_and_body(built: Mini) -> None:
    rows = pq.read_table(built.path("data/votes.parquet")).to_pylist()
    assert len(rows) == len(WORKS) * LABELLED_EACH
    assert rows[0]["rules"] == []
    assert rows[1]["rules"] == ["report_weekday"]
    assert all(set(row["scores"]) == set(LABELS) for row in rows)
    assert all(0 <= score <= 1 for row in rows for score in row["scores"].values())


def test_label_measures_every_rule_on_the_training_gold(built: Mini) -> None:
    rows = {row["name"]: row for row in csv_rows(built.path("metrics/rules.csv"))}
    assert len(rows) == 10
    assert float(rows["report_weekday"]["precision"]) == 1
    assert float(rows["assertion_clearly"]["recall"]) == 0.5  # nine of eighteen


def test_label_compares_every_way_of_combining(built: Mini) -> None:
    found = built.json("metrics/votes.json")
    assert found["sentences"] == 99
    assert len(found["average_precision"]) == 2 * 3
    assert all(set(ways) == {*LABELS, "mean"} for ways in found["average_precision"].values())


def test_audit_finds_nothing_in_clean_data(built: Mini) -> None:
    assert built.json("metrics/audit.json") == {"sentences": {"train": 99, "test": 33, "contrast": 4}, "findings": []}


def test_audit_fails_and_still_writes_what_it_found(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    copied = table(mini, "data/train.parquet")[1]["text"]
    mini.write_rows("labels/contrast/pairs.jsonl", [{"with": copied, "without": "The pier is open."}])
    assert mini.stage("audit") == 1
    findings = mini.json("metrics/audit.json")["findings"]
    assert [(finding["rule"], finding["where"]) for finding in findings] == [
        ("contrast pair in training", ["work-01:1"])
    ]
    assert "error: metrics/audit.json: 1 findings" in capsys.readouterr().err


@pytest.mark.parametrize("model", MODELS)
def test_train_records_what_a_model_was_learned_from(built: Mini, model: str) -> None:
    record = built.json(f"models/{model}.json")
    assert record["sha256"] == built.hashes()[f"models/{model}.joblib"]
    assert record["train_sha256"] == built.hashes()["data/train.parquet"]
    assert (record["name"], record["sentences"], record["works"]) == (model, 99, 9)
    assert record["edits"] == (2 if model == "main" else 0)  # the third is of a document held out
    assert record["labels"] == list(LABELS)
    assert set(record["thresholds"]) == set(LABELS)
    assert record["params"] == PARAMS["models"][model]


@pytest.mark.parametrize("model", MODELS)
def test_evaluate_scores_the_held_out_part(built: Mini, model: str) -> None:
    found = built.json(f"metrics/models/{model}.json")
    assert (found["model"], found["sentences"], found["documents"]) == (model, 33, 3)
    assert found["model_sha256"] == built.json(f"models/{model}.json")["sha256"]
    assert found["macro_f1_labels"] == list(LABELS)
    assert found["labels"]["assertion"]["support"] == 6


def test_the_invented_sentences_are_easy_to_learn_and_the_majority_learns_nothing(built: Mini) -> None:
    macro = {model: built.json(f"metrics/models/{model}.json")["macro_f1"]["value"] for model in MODELS}
    assert macro["majority"] == 0
    assert macro["main"] > 0.9
    assert macro["rules"] > 0.5


@pytest.mark.parametrize(
    ("plot", "columns"),
    [
        ("precision_recall", ["label", "recall", "precision"]),
        ("f1", ["label", "f1", "low", "high"]),
        ("confusion", ["gold", "model"]),
        ("reliability", ["probability", "share", "sentences"]),
    ],
)
def test_evaluate_writes_the_data_of_its_plots(built: Mini, plot: str, columns: list[str]) -> None:
    rows = csv_rows(built.path(f"metrics/plots/main/{plot}.csv"))
    assert rows
    assert list(rows[0]) == columns


def test_reliability_counts_every_decision(built: Mini) -> None:
    rows = csv_rows(built.path("metrics/plots/main/reliability.csv"))
    assert sum(int(row["sentences"]) for row in rows) == 33 * len(LABELS)


def test_summarise_tells_the_headline(built: Mini) -> None:
    scores, found = built.json("metrics/models/main.json"), built.json("metrics/summary.json")
    compared = built.json("metrics/differences.json")
    assert found == {
        "f1": scores["macro_f1"]["value"],
        "f1_low": scores["macro_f1"]["low"],
        "f1_high": scores["macro_f1"]["high"],
        "tfidf": compared["macro_f1"]["tfidf"]["value"],
        "ceiling": 1,
        "spans": scores["loaded_spans"]["f1"]["value"],
        "contrast": 1,
        "failed": 0,
    }


def test_summarise_has_no_headline_where_all_labels_are_too_rare(mini: Mini) -> None:
    mini.change_params("evaluate.too_few_positives", 7)
    mini.change_params("gates", {})
    mini.make("evaluate", "differences", "gates", "summarise", "report")
    found = mini.json("metrics/summary.json")
    assert {name for name, value in found.items() if value is None} == {
        *("f1", "f1_low", "f1_high", "tfidf", "ceiling")
    }


def test_predict_labels_every_sentence_of_every_document(built: Mini) -> None:
    rows = built.rows("labels/predicted/sentences.jsonl")
    read = table(built, "data/corpus/sentences.parquet")
    assert [(row["doc_id"], row["position"], row["text"]) for row in rows] == [
        (row["doc_id"], row["position"], row["text"]) for row in read
    ]
    assert {row["model_sha256"] for row in rows} == {built.json("models/main.json")["sha256"]}


def test_predict_writes_the_same_rows_twice(built: Mini) -> None:
    tables = pq.read_table(built.path("labels/predicted/sentences.parquet")).to_pylist()
    assert tables == built.rows("labels/predicted/sentences.jsonl")


def test_predict_gives_furniture_no_label_and_no_score(built: Mini) -> None:
    row = built.rows("labels/predicted/sentences.jsonl")[SENTENCES_EACH - 1]
    assert (row["kind"], row["text"]) == ("furniture", PASSED_OVER)
    assert (row["labels"], row["scores"], row["spans"], row["uncertain"]) == ([], None, [], False)


def test_predict_places_loaded_wordings_in_sentence_and_document(built: Mini) -> None:
    texts = {row["doc_id"]: row["text"] for row in table(built, "data/corpus/documents.parquet")}
    rows = [row for row in built.rows("labels/predicted/sentences.jsonl") if row["spans"]]
    assert len(rows) == len(WORKS)
    for row in rows:
        wordings = [row["text"][span["start"] : span["end"]] for span in row["spans"]]
        assert wordings == [texts[row["doc_id"]][span["doc_start"] : span["doc_end"]] for span in row["spans"]]
        assert wordings == ["cowardly", "squalid"]


def test_the_predicted_folder_opens_as_a_data_set(built: Mini, tmp_path: Path) -> None:
    loaded = datasets.load_dataset(str(built.path("labels/predicted")), cache_dir=str(tmp_path / "cache"))
    assert loaded["train"].num_rows == len(WORKS) * SENTENCES_EACH
    assert loaded["train"][1]["labels"] == ["report"]


def test_predict_labels_ones_own_documents_too(mini: Mini) -> None:
    mini.write("seeds/local/mine.txt", "The council of Otley closed the ferry on Monday.\n")
    mini.make("read", "predict", "report")
    rows = [row for row in mini.rows("labels/predicted/sentences.jsonl") if row["doc_id"] == "mine"]
    assert [row["labels"] for row in rows] == [["report"]]
    assert mini.path("reports/documents/mine.html").is_file()


def test_report_has_a_page_for_every_document(built: Mini) -> None:
    pages = {path.stem for path in built.path("reports/documents").glob("*.html")}
    assert pages == {work_id(n) for n in range(1, 13)}
    index = built.path("reports/index.html").read_text(encoding="utf-8")
    assert all(f"{page}.html" in index for page in pages)


def test_reanchor_moves_labels_to_where_their_sentences_are_now(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    path = mini.path("seeds/corpus/work-01.txt")
    heading, _, rest = path.read_text(encoding="utf-8").partition("\n")
    mini.write("seeds/corpus/work-01.txt", f"{heading} today\n{rest}")
    before = mini.rows("labels/gold/first.jsonl")
    mini.make("read")
    files = "--gold labels/gold/first.jsonl --sentences data/corpus/sentences.parquet --lost lost.jsonl"
    assert mini.run("reanchor", *files.split()) == 0
    after = mini.rows("labels/gold/first.jsonl")
    assert [row["hash"] for row in mini.rows("lost.jsonl")] == [before[0]["hash"]]
    assert [row["start"] for row in after[:11]] == [row["start"] + len(" today") for row in before[1:12]]
    assert after[11:] == before[12:]
    assert capsys.readouterr().out == "labels/gold/first.jsonl: 143 rows kept, 1 lost\n"


def test_an_unlabelled_document_changes_no_model_and_no_figure(mini: Mini) -> None:
    before = mini.hashes()
    mini.write("seeds/local/mine.txt", "The council of Otley closed the ferry on Monday.\n")
    mini.make()
    changed = {name for name, digest in mini.hashes().items() if before.get(name) != digest}
    assert {name.split("/")[0] for name in changed} == {"seeds", "data", "labels", "reports"}
    assert {name for name in changed if name.startswith("data/")} == {
        "data/cues.parquet",
        *(f"data/local/{name}.parquet" for name in ("documents", "lines", "sentences")),
    }
