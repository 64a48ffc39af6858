"""Documents and rows of one's own: text in, labelled rows out."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.__main__ import main
from pipeline.core.records import fold
from tests.stages.project import Mini

LOADED = "The cowardly mayor of Otley betrayed a squalid pier."
PLAIN = "The council of Otley closed the pier on Monday."
COLUMNS = [
    *("doc_id", "position", "paragraph", "kind", "start", "end", "text"),
    *("labels", "scores", "uncertain", "spans", "voices", "scheme_version", "model_sha256"),
]
ODD_ROWS = [
    "  The  cowardly\tmayor of\nOtley betrayed a\u00a0 squalid pier. ",
    "",
    "   ",
    "No. Two sentences, one row! Who would mind?",
    f"\u2003{LOADED}",
    "“" + PLAIN + "”\r\n",
]


@dataclass
class Annotating:
    """A folder, and the command with the small project's model."""

    folder: Path
    model: Path

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return path

    def write_rows(self, name: str, rows: list[dict[str, Any]]) -> Path:
        return self.write(name, "".join(json.dumps(row) + "\n" for row in rows))

    def run(self, *words: str | Path, out: str = "out.jsonl") -> list[dict[str, Any]]:
        path = self.folder / out
        assert main(["annotate", *map(str, words), "--out", str(path), "--model", str(self.model)]) == 0
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if path.suffix == ".parquet":
            rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
            return rows
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


@pytest.fixture
def annotating(built: Mini, tmp_path: Path) -> Annotating:
    return Annotating(tmp_path, built.path("models/main.joblib"))


def wordings(rows: list[dict[str, Any]]) -> list[list[str]]:
    return [[row["text"][span["start"] : span["end"]] for span in row["spans"]] for row in rows]


def test_a_document_gives_a_row_a_sentence(annotating: Annotating) -> None:
    text = f"The pier at Otley\n\n{PLAIN} {LOADED}\n\nWho in Otley would ever do without a pier?\n"
    rows = annotating.run(annotating.write("pier.txt", text))
    assert [row["position"] for row in rows] == [0, 1, 2, 3]
    assert [row["paragraph"] for row in rows] == [0, 1, 1, 2]
    expected: list[set[str]] = [set(), {"report"}, {"assertion", "loaded_language"}, {"rhetorical_question"}]
    assert all(labels <= set(row["labels"]) for labels, row in zip(expected, rows, strict=True))
    assert [fold(text[row["start"] : row["end"]]) for row in rows] == [row["text"] for row in rows]
    assert list(rows[0]) == COLUMNS


def test_the_spans_of_a_document_point_into_it(annotating: Annotating) -> None:
    text = f"{PLAIN} The\ncowardly mayor of Otley   betrayed a squalid pier.\n"
    rows = annotating.run(annotating.write("pier.txt", text))
    assert wordings(rows) == [[], ["cowardly", "squalid"]]
    assert [text[span["doc_start"] : span["doc_end"]] for span in rows[1]["spans"]] == ["cowardly", "squalid"]


def test_a_folder_gives_its_documents_by_id(annotating: Annotating) -> None:
    annotating.write("mine/b.txt", PLAIN)
    annotating.write("mine/deep/a.md", LOADED)
    annotating.write("mine/README.md", "Not a document.")
    assert [row["doc_id"] for row in annotating.run(annotating.folder / "mine")] == ["a", "b"]


def test_several_inputs_keep_their_order(annotating: Annotating) -> None:
    files = [annotating.write(name, PLAIN) for name in ("z.txt", "a.txt")]
    assert [row["doc_id"] for row in annotating.run(*files)] == ["z", "a"]


def test_fifty_rows_come_back_row_for_row(annotating: Annotating) -> None:
    texts = (ODD_ROWS * 9)[:50]
    rows = [{"doc_id": f"d{i % 7}", "position": 49 - i, "text": text, "more": i} for i, text in enumerate(texts)]
    found = annotating.run(annotating.write_rows("rows.jsonl", rows))
    assert [(row["doc_id"], row["position"], row["text"]) for row in found] == [
        (row["doc_id"], row["position"], row["text"]) for row in rows
    ]


def test_spans_of_odd_white_space_point_into_the_unchanged_text(annotating: Annotating) -> None:
    found = annotating.run(annotating.write_rows("rows.jsonl", [{"text": text} for text in ODD_ROWS]))
    assert wordings(found) == [["cowardly", "squalid"], [], [], [], ["cowardly", "squalid"], []]
    spans = [span for row in found for span in row["spans"]]
    assert [(span["doc_start"], span["doc_end"]) for span in spans] == [(s["start"], s["end"]) for s in spans]


def test_white_space_changes_no_label_and_no_score(annotating: Annotating) -> None:
    odd, even = annotating.run(annotating.write_rows("r.jsonl", [{"text": ODD_ROWS[0]}, {"text": fold(ODD_ROWS[0])}]))
    assert (odd["labels"], odd["scores"]) == (even["labels"], even["scores"])


def test_rows_without_ids_are_named_after_file_and_row(annotating: Annotating) -> None:
    found = annotating.run(annotating.write_rows("notes.jsonl", [{"text": PLAIN}, {"text": LOADED}]))
    assert [(row["doc_id"], row["position"]) for row in found] == [("notes-0", 0), ("notes-1", 0)]


def test_csv_in_and_out(annotating: Annotating) -> None:
    path = annotating.write("rows.csv", f'id,text\n1,"{LOADED}"\n2,"one\ntwo, three"\n')
    found = annotating.run(path, out="out.csv")
    assert [row["text"] for row in found] == [LOADED, "one\ntwo, three"]
    assert list(found[0]) == COLUMNS
    assert json.loads(found[0]["labels"]) == ["assertion", "loaded_language"]
    assert [span["start"] for span in json.loads(found[0]["spans"])] == [4, LOADED.index("squalid")]


def test_parquet_in_and_out(annotating: Annotating) -> None:
    path = annotating.folder / "rows.parquet"
    pq.write_table(pa.table({"text": [PLAIN, LOADED], "doc_id": ["p", "q"]}), path)
    found = annotating.run(path, out="out.parquet")
    assert [(row["doc_id"], row["text"]) for row in found] == [("p", PLAIN), ("q", LOADED)]
    assert list(found[0]) == COLUMNS
    assert found == annotating.run(path)


def test_unit_document_splits_every_row(annotating: Annotating) -> None:
    rows = [{"doc_id": "one", "text": f"{PLAIN} {LOADED}"}, {"doc_id": "two", "text": PLAIN}]
    found = annotating.run(annotating.write_rows("rows.jsonl", rows), "--unit", "document")
    assert [(row["doc_id"], row["position"], row["text"]) for row in found] == [
        ("one", 0, PLAIN),
        ("one", 1, LOADED),
        ("two", 0, PLAIN),
    ]


def test_explain_adds_what_moved_each_label(annotating: Annotating) -> None:
    found = annotating.run(annotating.write("pier.txt", LOADED), "--explain")[0]
    assert list(found["cues"]) == found["labels"] == ["assertion", "loaded_language"]
    for cues in found["cues"].values():
        assert [cue["feature"] for cue in cues[-2:]] == ["(other features)", "(intercept)"]
        sizes = [abs(cue["addend"]) for cue in cues[:-2]]
        assert sizes == sorted(sizes, reverse=True)


def test_without_explain_there_are_no_cues(annotating: Annotating) -> None:
    assert "cues" not in annotating.run(annotating.write("pier.txt", LOADED))[0]


def test_explain_goes_into_a_table_too(annotating: Annotating) -> None:
    found = annotating.run(annotating.write("pier.txt", LOADED), "--explain", out="out.parquet")[0]
    assert found["cues"]["loaded_language"][-1]["feature"] == "(intercept)"
    assert found["cues"]["report"] is None


def test_a_pipe_is_told_nothing_when_all_goes_well(annotating: Annotating, capsys: pytest.CaptureFixture[str]) -> None:
    annotating.run(annotating.write_rows("rows.jsonl", [{"text": PLAIN}]))
    assert capsys.readouterr() == ("", "")


def test_what_is_left_out_is_told(annotating: Annotating, capsys: pytest.CaptureFixture[str]) -> None:
    annotating.write("mine/a.txt", PLAIN)
    annotating.write("mine/b.txt", " \n")
    annotating.write("mine/c.txt", "a\0b")
    rows = annotating.run(annotating.folder / "mine")
    assert [row["doc_id"] for row in rows] == ["a"]
    empty, binary = capsys.readouterr().err.splitlines()
    assert empty == f"left out: {annotating.folder}/mine/b.txt: empty"
    assert binary.startswith(f"left out: {annotating.folder}/mine/c.txt: is binary")


def test_two_documents_of_one_id_are_refused(annotating: Annotating, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = (annotating.write(f"{folder}/pier.txt", PLAIN) for folder in ("one", "two"))
    words = ["annotate", str(one), str(two), "--out", str(annotating.folder / "out.jsonl")]
    assert main([*words, "--model", str(annotating.model)]) == 1
    assert capsys.readouterr().err == f"error: {two}: has the id 'pier' of {one}\n"


def test_two_processes_say_what_one_says(annotating: Annotating) -> None:
    rows = [{"text": text, "doc_id": f"d{number // 3}"} for number, text in enumerate([PLAIN, LOADED] * 8)]
    path = annotating.write_rows("rows.jsonl", rows)
    assert annotating.run(path, "--jobs", "2") == annotating.run(path)


def test_no_process_at_all_is_refused(annotating: Annotating, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["annotate", str(annotating.write("a.txt", PLAIN)), "--out", str(annotating.folder / "o.jsonl")]
    assert main([*words, "--jobs", "0"]) == 1
    assert capsys.readouterr().err == "error: --jobs: must be 1 or more, got 0\n"


def test_documents_of_a_row_file_are_not_parted_between_batches(
    annotating: Annotating, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"text": text, "doc_id": f"d{number // 3}"} for number, text in enumerate([PLAIN, LOADED] * 6)]
    path = annotating.write_rows("rows.jsonl", rows)
    at_once = annotating.run(path)
    monkeypatch.setattr("pipeline.stages.annotate.BATCH", 2)
    assert annotating.run(path) == at_once
