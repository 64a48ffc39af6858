"""Tables as strangers publish them: every way to write one says the same, and what is wrong is told."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from datasets import ClassLabel, Dataset, DatasetDict, Features, Value

from pipeline.__main__ import main
from pipeline.core.errors import InputError
from pipeline.core.scheme import Scheme
from pipeline.evaluation.corpora import Corpus, load_corpus
from pipeline.evaluation.corpora.marks import spans_in
from pipeline.evaluation.corpora.rows import stem

REPOSITORY = Path(__file__).parents[3]
DOCS = (REPOSITORY / "docs" / "corpora.md").read_text(encoding="utf-8")

ROWS = [{"said": "Ban it – now.", "kind": "demand"}, {"said": "It closed.", "kind": "news"}]
LEAST: dict[str, Any] = {
    "name": "own",
    "targets": [{"target": "own:demand -> prescription", "column": "kind", "positive": "demand"}],
    "table": {"text": "said"},
}


def load(folder: Path, scheme: Scheme, data: str = ".", **changes: Any) -> Corpus:
    mapping = LEAST | changes
    (folder.parent / "own.yaml").write_text(yaml.safe_dump(mapping, sort_keys=False))
    return load_corpus(folder.parent / "own.yaml", folder / data, scheme)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def lines(separator: str = ",", end: str = "\n") -> str:
    return end.join(separator.join(cells) for cells in (ROWS[0], *(row.values() for row in ROWS))) + end


def parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), path)


def json_lines() -> str:
    return "".join(json.dumps(row) + "\n" for row in ROWS)


WRITTEN: dict[str, Callable[[Path], object]] = {
    "a.csv": lambda path: path.write_text(lines(), encoding="utf-8"),
    "semicolons.csv": lambda path: path.write_text(lines(";"), encoding="utf-8"),
    "bars.csv": lambda path: path.write_text(lines("|"), encoding="utf-8"),
    "mark.csv": lambda path: path.write_text(lines(), encoding="utf-8-sig"),
    "windows.csv": lambda path: path.write_bytes(lines(end="\r\n").encode("cp1252")),
    "wide.csv": lambda path: path.write_text(lines(), encoding="utf-16"),
    "tabs.tsv": lambda path: path.write_text(lines("\t"), encoding="utf-8"),
    "packed.csv.gz": lambda path: path.write_bytes(gzip.compress(lines().encode())),
    "a.jsonl": lambda path: path.write_text(json_lines()),
    "a.ndjson": lambda path: path.write_text(json_lines()),
    "lines.json": lambda path: path.write_text(json_lines()),
    "list.json": lambda path: path.write_text(json.dumps(ROWS)),
    "inside.json": lambda path: path.write_text(json.dumps({"version": 1, "data": ROWS})),
    "columns.json": lambda path: path.write_text(json.dumps({key: [row[key] for row in ROWS] for key in ROWS[0]})),
    "a.parquet": parquet,
    "saved": lambda path: Dataset.from_list(ROWS).save_to_disk(str(path)),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_way_to_write_a_table_says_the_same(name: str, folder: Path, scheme: Scheme) -> None:
    WRITTEN[name](folder / name)
    corpus = load(folder, scheme, name)
    assert [(one.text, dict(one.values)) for one in corpus.sentences] == [
        ("Ban it – now.", {"kind": "demand"}),
        ("It closed.", {"kind": "news"}),
    ]
    assert [one.doc_id for one in corpus.sentences] == ["row 1", "row 2"]
    assert corpus.target_values(corpus.targets[0])[1].tolist() == [True, False]


def test_a_folder_of_tables_is_its_split(folder: Path, scheme: Scheme) -> None:
    (folder / "train.csv").write_text(lines(), encoding="utf-8")
    (folder / "test.csv").write_text("said,kind\nit  CLOSED.,news\nIt opened.,news\n", encoding="utf-8")
    (folder / "README.md").write_text("Read me.")
    split = {"kind": "parts", "parts": {"train": "train", "test": "test"}}
    corpus = load(folder, scheme, split=split, table={"text": "said", "split": "_file"})
    assert sorted((one.part, one.text) for one in corpus.sentences) == [
        ("test", "It opened."),
        ("train", "Ban it – now."),
        ("train", "It closed."),
    ]
    assert corpus.left_out == {"test row that repeats one of train": 1}
    kept = load(folder, scheme, split=split, table={"text": "said", "split": "_file"}, repeats="keep")
    assert len(kept.sentences) == 4


def test_a_saved_data_set_has_its_parts_and_the_names_of_its_classes(folder: Path, scheme: Scheme) -> None:
    features = Features({"said": Value("string"), "kind": ClassLabel(names=["demand", "news"])})
    rows = [{"said": "Ban it.", "kind": 0}, {"said": "It closed.", "kind": 1}]
    part = Dataset.from_list(rows, features=features)
    DatasetDict({"train": part, "held": part}).save_to_disk(str(folder))
    split = {"kind": "parts", "parts": {"train": ["train"], "test": ["held", "spare"]}}
    corpus = load(folder, scheme, split=split, table={"text": "said", "split": "_file"}, repeats="keep")
    assert sorted((one.part, one.values["kind"]) for one in corpus.sentences) == [
        *[("test", "demand"), ("test", "news")],
        *[("train", "demand"), ("train", "news")],
    ]


def test_repeats_are_dropped_where_there_is_no_split(folder: Path, scheme: Scheme) -> None:
    (folder / "a.csv").write_text("said,kind\nGo.,demand\nStay.,news\nGO.,news\n")
    corpus = load(folder, scheme)
    assert [one.text for one in corpus.sentences] == ["Go.", "Stay."]
    assert corpus.left_out == {"row that repeats an earlier one": 1}


LISTS = [
    ("a.jsonl", '{"said": "a", "kind": ["demand", "news"]}\n{"said": "b", "kind": []}\n{"said": "c"}\n'),
    ("a.csv", "said;kind\na;['demand', 'news']\nb;[]\nc;\n"),
]


@pytest.mark.parametrize(("name", "text"), LISTS)
def test_a_list_is_positive_when_one_of_its_values_is(name: str, text: str, folder: Path, scheme: Scheme) -> None:
    (folder / name).write_text(text)
    corpus = load(folder, scheme)
    sentences, carries = corpus.target_values(corpus.targets[0])
    assert [(one.text, bool(yes)) for one, yes in zip(sentences, carries, strict=True)] == [("a", True), ("b", False)]


def test_a_cell_may_hold_values_with_something_between(folder: Path, scheme: Scheme) -> None:
    (folder / "a.csv").write_text("said,kind\na,news | demand\nb,news\n")
    corpus = load(folder, scheme, table={"text": "said", "lists": {"kind": "|"}})
    assert corpus.sentences[0].values["kind"] == ("news", "demand")
    assert corpus.target_values(corpus.targets[0])[1].tolist() == [True, False]


@pytest.mark.parametrize("numbers", [["1", "0"], ["true", "false"], ["0.7", "0.2"]])
def test_columns_of_numbers_and_truth_values(numbers: list[str], folder: Path, scheme: Scheme) -> None:
    (folder / "a.jsonl").write_text("".join(f'{{"said": "{n}", "sure": {n}}}\n' for n in numbers))
    told: dict[str, Any] = {"at_least": 0.5} if "." in numbers[0] else {"positive": json.loads(numbers[0])}
    targets = [{"target": "own:sure -> assertion", "column": "sure", **told}]
    corpus = load(folder, scheme, targets=targets)
    assert corpus.target_values(corpus.targets[0])[1].tolist() == [True, False]


def test_a_file_without_names_has_them_from_the_mapping(folder: Path, scheme: Scheme) -> None:
    (folder / "a.csv").write_text("7;Go.;demand\n8;It closed.;news\n")
    corpus = load(folder, scheme, table={"text": "said", "document": "id", "header": ["id", "said", "kind"]})
    assert [(one.doc_id, one.text) for one in corpus.sentences] == [("7", "Go."), ("8", "It closed.")]


def test_sentences_listed_in_a_row_are_a_document(folder: Path, scheme: Scheme) -> None:
    rows = [{"meta": {"site": "x"}, "said": ["Go.", "It closed."], "kind": ["demand", "news"], "tags": ["a", "b", "c"]}]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    corpus = load(folder, scheme, table={"text": "said", "group": "meta.site"})
    assert [(one.doc_id, one.position, one.group, one.values["kind"]) for one in corpus.sentences] == [
        ("a 1", 0, "x", "demand"),
        ("a 1", 1, "x", "news"),
    ]
    assert corpus.ordered


@pytest.mark.parametrize(
    "marks", [[{"start": 3, "end": 7}], {"start": 3, "end": 7}, [[3, 7]], ["vile"], "['vile']", "[[3, 7]]"]
)
def test_marks_are_offsets_or_words(marks: object, folder: Path, scheme: Scheme) -> None:
    rows = [{"said": "A  vile plan.", "kind": "demand", "marked": marks}, {"said": "b", "kind": "news", "marked": None}]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    corpus = load(folder, scheme, table={"text": "said", "spans": "marked"})
    assert corpus.sentences[0].text == "A vile plan."
    assert [[(span.start, span.end) for span in spans_in(one)] for one in corpus.sentences] == [[(2, 6)], []]


@pytest.mark.parametrize(
    ("files", "changes", "message"),
    [
        ({"notes.txt": "x"}, {}, r"data: has no table \(notes\.txt\)"),
        ({}, {}, r"data: has no table \(nothing\)"),
        ({"a.csv": "said,kind\na,b,c\n"}, {}, r"a\.csv:2: has 3 cells, not 2 as the header \(separator ','\)"),
        ({"a.csv": "text,kind\na,b\n"}, {}, r"a\.csv: has no column 'said' \(text, kind\)"),
        ({"a.jsonl": '{"said": "a"\n'}, {}, r"a\.jsonl:1: is not JSON"),
        ({"a.json": '["a"]'}, {}, r"a\.json:row 1: is not a JSON object"),
        ({"a.csv.gz": "said"}, {}, r"a\.csv\.gz: is not packed with gzip"),
        (
            {"a.jsonl": '{"said": "a", "kind": "demand", "m": [[0, 9]]}\n'},
            {"table": {"text": "said", "spans": "m"}},
            r"a\.jsonl:row 1: m holds 0 to 9, which is no stretch of 1 characters",
        ),
        (
            {"a.jsonl": '{"said": "a", "kind": "demand", "m": [{"from": 0}]}\n'},
            {"table": {"text": "said", "spans": "m"}},
            r'a\.jsonl:row 1: m holds \{"from": 0\}, not start and end',
        ),
        (
            {"a.csv": "said,kind\na,much\n"},
            {"targets": [{"target": "own:x -> report", "column": "kind", "at_least": 1}]},
            r"own\.yaml:targets\.0\.at_least: 'kind' holds 'much', which is no number",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    files: dict[str, str], changes: dict[str, Any], message: str, folder: Path, scheme: Scheme
) -> None:
    for name, text in files.items():
        (folder / name).write_text(text)
    with pytest.raises(InputError, match=message) as raised:
        load(folder, scheme, **changes)
    assert "\n" not in str(raised.value)


def test_a_file_is_called_by_its_name_without_endings() -> None:
    assert [stem(name) for name in ("x/train.csv.gz", "dev.v1.jsonl", "held")] == ["train", "dev.v1", "held"]


def shown(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", DOCS, re.DOTALL)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What the commands of the page need of the repository."""
    shutil.copytree(REPOSITORY / "docs" / "example", tmp_path / "docs" / "example")
    (tmp_path / "labels").mkdir()
    for name in ("params.yaml", "labels/rules.yaml", "labels/scheme.yaml"):
        shutil.copy(REPOSITORY / name, tmp_path / name)
    return tmp_path


def test_the_page_shows_the_files_of_the_example() -> None:
    example = REPOSITORY / "docs" / "example"
    assert shown("yaml") == [(example / "notices.yaml").read_text(encoding="utf-8")]
    assert (example / "notices.csv").read_text(encoding="utf-8-sig").startswith(shown("csv")[0])


def test_the_command_of_the_page_runs(project: Path) -> None:
    (command,) = re.findall(r"^python -m pipeline (evaluate-corpus .*docs/example.*)$", DOCS, re.MULTILINE)
    with chdir(project):
        assert main(command.split()) == 0
    told = json.loads((project / "notices.json").read_text(encoding="utf-8"))
    assert told["left_out"] == {"act is 'unclear'": 1, "test row that repeats one of train": 1}
    rows = {(row["learner"], row["supervision"]): row for row in told["tasks"]["classes"]}
    assert {learner for learner, _ in rows} == {"tfidf", "main", "stacked"}
    assert ("main", "text + marked words") in rows
    assert rows["tfidf", "text"]["macro_f1"]["value"] > 0.9


def test_the_example_is_cross_validated_by_site(project: Path) -> None:
    words = ["--mapping", "docs/example/notices.yaml", "--data", "docs/example", "--mode", "cross-validate"]
    with chdir(project):
        assert main(["evaluate-corpus", *words, "--out", "r.json"]) == 0
    rows = json.loads((project / "r.json").read_text(encoding="utf-8"))["tasks"]["classes"]
    assert {(row["protocol"], row["folds"], row["sentences"]) for row in rows} == {("by group", 3, 60)}
