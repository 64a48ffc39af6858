"""Any table of labelled sentences: a .jsonl, .csv or .parquet file whose columns the mapping names."""

from __future__ import annotations

import io
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl
from pipeline.core.records import fold
from pipeline.evaluation.corpora.folder import DataFolder, check_columns, csv_rows
from pipeline.evaluation.corpora.mapping import CorpusMapping, TableSpec
from pipeline.evaluation.corpora.records import CorpusSentence

Row = Mapping[str, str]


def read_table_file(spec: CorpusMapping, folder: DataFolder, left_out: Counter[str]) -> Iterator[CorpusSentence]:
    """The rows in the order of the file; every column that the mapping gives no other part is a label column.

    Without a document column each row is a document; without a position column positions follow the file. Rows whose
    split value is no part, and rows without text, are left out and counted.

    Raises:
        InputError: the file cannot be read, or a column is not there.
    """
    assert spec.table is not None
    columns = spec.table
    rows = rows_in(columns, folder)
    path = folder.path(columns.file)
    check_columns(_roles(columns), rows[0] if rows else (), path)
    parts = {value: part for part, value in spec.parts.items()}
    seen: Counter[str] = Counter()
    for number, row in enumerate(rows, start=1):
        part = parts.get(row[columns.split]) if columns.split else "all"
        if part is None or not row[columns.text].strip():
            left_out["row of no part of the split" if part is None else "row without text"] += 1
            continue
        document = row[columns.document] if columns.document else f"row {number}"
        yield _sentence(columns, row, document, part, _position(columns, row, seen[document], folder, number))
        seen[document] += 1


def rows_in(columns: TableSpec, folder: DataFolder) -> list[Row]:
    """The rows of the file as text, each with the same columns; see `as_text`.

    Raises:
        InputError: the file cannot be read, or its name ends in none of .jsonl, .csv, .parquet.
    """
    path = folder.path(columns.file)
    if path.suffix == ".csv":
        return list(csv_rows(folder.text(columns.file), path, columns.separator))
    if path.suffix == ".jsonl":
        folder.read(columns.file)
        return _even([row for _, row in read_jsonl(path)])
    if path.suffix != ".parquet":
        raise InputError(path, f"{path.suffix!r} is not a kind of table (.jsonl, .csv, .parquet)")
    try:
        return _even(pq.read_table(io.BytesIO(folder.read(columns.file))).to_pylist())
    except pa.ArrowInvalid as error:
        raise InputError(path, "is not a Parquet file") from error


def as_text(value: object) -> str:
    """A cell as the text a mapping names it by: `true`, `1`, `0.5` as in JSON; nothing for null and NaN.

    Example:
        >>> [as_text(value) for value in ("yes", True, 1, None)]
        ['yes', 'true', '1', '']
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _even(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """`rows` as text, with an empty cell where one lacks a column of another."""
    kept = list(rows)
    columns = list(dict.fromkeys(column for row in kept for column in row))
    return [{column: as_text(row.get(column)) for column in columns} for row in kept]


def _roles(columns: TableSpec) -> list[str]:
    """The columns that are not label columns."""
    named = (columns.text, columns.document, columns.position, columns.group, columns.split)
    return [name for name in named if name is not None]


def _position(columns: TableSpec, row: Row, next_one: int, folder: DataFolder, number: int) -> int:
    if columns.position is None:
        return next_one
    try:
        return int(row[columns.position])
    except ValueError as error:
        problem = f"{columns.position} is not a whole number: {row[columns.position]!r}"
        raise InputError(folder.path(columns.file), problem, place=f"row {number}") from error


def _sentence(columns: TableSpec, row: Row, document: str, part: str, position: int) -> CorpusSentence:
    roles = _roles(columns)
    return CorpusSentence(
        doc_id=document,
        position=position,
        text=fold(row[columns.text]),
        group=row[columns.group] if columns.group else None,
        part=part,
        readable=False,
        values={column: value for column, value in row.items() if column not in roles},
    )
