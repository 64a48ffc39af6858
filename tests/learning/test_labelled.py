"""What `annotate` wrote, and what a hand wrote beside it, read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.core.errors import InputError
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.learning.labelled import check_model, read_labelled


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(Path(__file__).parents[2] / "labels" / "scheme.yaml")


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    "labels", ['["report", "prediction"]', "report, prediction", "report;prediction", "report|prediction"]
)
def test_labels_in_a_csv_file(labels: str, tmp_path: Path, scheme: Scheme) -> None:
    cell = labels.replace('"', '""')
    path = written(tmp_path, "a.csv", f'doc_id,position,labels\nx,3,"{cell}"\nx,4,\n')
    assert [(row.key, row.labels) for row in read_labelled(path, scheme)] == [
        (("x", 3), frozenset({"report", "prediction"})),
        (("x", 4), frozenset()),
    ]


def test_what_carries_no_labels_or_is_undecided_is_passed_over(tmp_path: Path, scheme: Scheme) -> None:
    rows = [
        {"doc_id": "x", "position": 0, "labels": [], "kind": "caption"},
        {"doc_id": "x", "position": 1, "labels": None},
        {"doc_id": "x", "position": 2, "labels": []},
    ]
    path = written(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [row.key for row in read_labelled(path, scheme)] == [("x", 2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"doc_id": "x", "labels": []}', r"a\.jsonl:1: has no column 'position' \(doc_id, labels\)"),
        ('{"doc_id": "x", "position": "b", "labels": []}', r"a\.jsonl:1: position 'b' is not a whole number"),
        ('{"doc_id": "x", "position": 1, "labels": ["x"]}', r"a\.jsonl:1: label 'x' is not in scheme 1"),
        ('{"doc_id": "x", "position": 1, "labels": {}}', r"a\.jsonl:1: labels is not a list"),
        ('{"doc_id": "x", "position": 1, "labels": "[x"}', r"a\.jsonl:1: labels is not a list"),
        ('{"doc_id": "x", "position": 1, "labels": []}\n' * 2, r"a\.jsonl:2: holds x at position 1 a second time"),
        ("", r"a\.jsonl: has no labelled sentences"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, message: str, tmp_path: Path, scheme: Scheme) -> None:
    with pytest.raises(InputError, match=message):
        read_labelled(written(tmp_path, "a.jsonl", text), scheme)


def test_another_kind_of_file_is_refused(tmp_path: Path, scheme: Scheme) -> None:
    with pytest.raises(InputError, match=r"a\.xls: ends in '\.xls', not in one of \.csv, \.jsonl, \.parquet"):
        read_labelled(tmp_path / "a.xls", scheme)


def test_the_model_that_labelled_must_be_the_one_whose_errors_are_known(tmp_path: Path, scheme: Scheme) -> None:
    path = written(tmp_path, "a.jsonl", '{"doc_id": "x", "position": 1, "labels": [], "model_sha256": "ab"}\n')
    rows = read_labelled(path, scheme)
    check_model(rows, path, "ab", Path("main.json"))
    with pytest.raises(InputError, match=r"a\.jsonl:1: was labelled by model ab, not by cd of main\.json"):
        check_model(rows, path, "cd", Path("main.json"))
