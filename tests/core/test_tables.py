"""Tables between stages."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from datasets import Features, List

from pipeline.core.errors import InputError, PipelineError
from pipeline.core.tables import DOCUMENTS, TEXT, WHOLE, read_table, write_csv_table, write_table

NESTED = Features({"doc_id": TEXT, "labels": List(TEXT), "spans": List({"start": WHOLE, "end": WHOLE})})
ROWS: list[dict[str, Any]] = [
    {"doc_id": "a", "labels": ["report", "assertion"], "spans": [{"start": 0, "end": 4}]},
    {"doc_id": "b", "labels": [], "spans": []},
]


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", ROWS, NESTED)
    assert read_table(tmp_path / "a.parquet", NESTED) == ROWS


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", [], NESTED)
    assert read_table(tmp_path / "a.parquet", NESTED) == []


def test_equal_rows_give_equal_bytes(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", ROWS, NESTED)
    write_table(tmp_path / "b.parquet", (dict(reversed(row.items())) for row in ROWS), NESTED)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_a_full_disk_leaves_the_old_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError("Error writing bytes to file")

    path = tmp_path / "a.parquet"
    write_table(path, ROWS, NESTED)
    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(PipelineError, match="cannot be written: Error writing bytes"):
        write_table(path, [], NESTED)
    assert read_table(path, NESTED) == ROWS
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "other",
    [DOCUMENTS, Features({**NESTED, "work": TEXT}), Features({**NESTED, "doc_id": WHOLE})],
    ids=["others", "one more", "another type"],
)
def test_other_columns_than_declared_are_refused(tmp_path: Path, other: Features) -> None:
    path = tmp_path / "a.parquet"
    write_table(path, ROWS, NESTED)
    with pytest.raises(InputError, match=r"has the columns \['doc_id', 'labels', 'spans'\], not \['doc_id'"):
        read_table(path, other)


@pytest.mark.parametrize("content", [None, b"", b"doc_id,text\na,b\n"])
def test_a_file_that_is_missing_or_not_parquet_names_the_remedy(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="run the stage that writes it") as caught:
        read_table(path, NESTED)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_nested_columns_of_csv_are_json(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv_table(path, [{"spans": [], "labels": ["é"], "doc_id": 'a "b"', "left": "out"}], NESTED)
    with path.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [["doc_id", "labels", "spans"], ['a "b"', '["é"]', "[]"]]
