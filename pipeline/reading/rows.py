"""Files of rows (.jsonl, .csv, .parquet) with a column `text`: one text a row, nothing reordered or left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.core.errors import InputError
from pipeline.core.files import read_bytes, read_jsonl, read_text

ROW_FILES = frozenset({".jsonl", ".csv", ".parquet"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file."""

    doc_id: str
    position: int
    text: str
    """As it stood in the file."""


def read_rows(path: Path) -> list[Row]:
    """The rows of a file with a column `text`, and `doc_id` and `position` if it has them.

    Without `doc_id` every row is a document of its own, named after the file and the row (from 0).

    Raises:
        InputError: the file cannot be read, has no rows, or a row lacks `text`.
    """
    rows: list[Row] = []
    for number, (place, row) in enumerate(raw_rows(path)):
        text = row.get("text")
        if not isinstance(text, str):
            raise InputError(path, f"lacks the column 'text' (it has {', '.join(map(str, row))})", place=place)
        doc_id = row.get("doc_id")
        rows.append(Row(f"{path.stem}-{number}" if doc_id is None else str(doc_id), _position(path, place, row), text))
    if not rows:
        raise InputError(path, "has no rows")
    return rows


def raw_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a file with their places (a line, or a row's number from 1), every column as it stands.

    Raises:
        InputError: the file cannot be read, or its name ends in none of `ROW_FILES`.
    """
    if path.suffix.lower() not in ROW_FILES:
        raise InputError(path, f"ends in {path.suffix!r}, not in one of {', '.join(sorted(ROW_FILES))}")
    return _READERS[path.suffix.lower()](path)


def _position(path: Path, place: int, row: dict[str, Any]) -> int:
    try:
        return int(row.get("position") or 0)
    except (ValueError, TypeError, OverflowError) as error:
        raise InputError(path, f"position {row['position']!r} is not a whole number", place=place) from error


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    csv.field_size_limit(2**31 - 1)
    reader = csv.DictReader(io.StringIO(read_text(path).removeprefix("\ufeff"), newline=""))
    for row in reader:
        yield reader.line_num, row


def _parquet_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        table = pq.read_table(io.BytesIO(read_bytes(path)))
    except pa.ArrowInvalid as error:
        raise InputError(path, "is not Parquet") from error
    yield from enumerate(table.to_pylist(), start=1)


_READERS = {".jsonl": read_jsonl, ".csv": _csv_rows, ".parquet": _parquet_rows}
