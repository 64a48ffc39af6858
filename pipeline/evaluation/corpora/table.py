"""Any table of labelled sentences, whose columns the mapping names."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.records import fold
from pipeline.evaluation.corpora.folder import DataFolder
from pipeline.evaluation.corpora.mapping import CorpusMapping, TableSpec, as_text
from pipeline.evaluation.corpora.records import CorpusSentence, Value
from pipeline.evaluation.corpora.rows import DOCUMENT, FILE, POSITION, Row, rows_of
from pipeline.learning.output import folded_offsets

EDGES = ("start", "end")


def read_table_file(spec: CorpusMapping, folder: DataFolder, left_out: Counter[str]) -> Iterator[CorpusSentence]:
    """The rows in the order of the files; every column that the mapping gives no other part is a label column.

    Without a document column each row is a document; without a position column positions follow the file. Rows whose
    split value is no part, and rows without text, are left out and counted.

    Raises:
        InputError: a file cannot be read, or a column is not there.
    """
    assert spec.table is not None
    columns = spec.table
    rows = rows_of(columns, folder)
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    _check_columns(columns, names, folder)
    parts = {value: part for part, value in spec.places}
    seen: Counter[str] = Counter()
    for number, (place, row) in enumerate(rows, start=1):
        part = parts.get(as_text(row.get(columns.split))) if columns.split else "all"
        text = as_text(row.get(columns.text))
        if part is None or not text.strip():
            left_out["row of no part of the split" if part is None else "row without text"] += 1
            continue
        document = as_text(row.get(columns.document or DOCUMENT)) or f"row {number}"
        yield CellReader(columns, row, folder, place).sentence(names, document, part, seen[document])
        seen[document] += 1


def _check_columns(columns: TableSpec, names: Sequence[str], folder: DataFolder) -> None:
    where = folder.path(next(iter(folder.files))) if len(folder.files) == 1 else folder.root
    for column in (*_roles(columns), *columns.lists):
        if column not in names:
            there = ", ".join(name for name in names if name not in (DOCUMENT, POSITION, FILE)) or "it has no rows"
            raise InputError(where, f"has no column {column!r} ({there})")


def _roles(columns: TableSpec) -> list[str]:
    """The columns that are not label columns."""
    named = (columns.text, columns.document, columns.position, columns.group, columns.split, columns.spans)
    return [name for name in named if name is not None]


@dataclass(frozen=True, slots=True)
class CellReader:
    """The cells of one row, by what the mapping says of their columns."""

    columns: TableSpec
    row: Row
    folder: DataFolder
    place: str

    def sentence(self, names: Sequence[str], document: str, part: str, following: int) -> CorpusSentence:
        """The sentence of the row; `following` is its position where no column tells it."""
        source = as_text(self.row.get(self.columns.text))
        words, spans = self.marks(source)
        roles = {*_roles(self.columns), DOCUMENT, POSITION}
        return CorpusSentence(
            doc_id=document,
            position=self.position(following),
            text=fold(source),
            group=(as_text(self.row.get(self.columns.group)) or None) if self.columns.group else None,
            part=part,
            readable=False,
            values={name: self.value(name) for name in names if name not in roles},
            marked=words,
            spans=spans,
        )

    def position(self, following: int) -> int:
        """The position that a column tells; a whole number, which may be written `3.0`."""
        if self.columns.position is None:
            return int(self.row.get(POSITION, following))
        told = as_text(self.row.get(self.columns.position))
        try:
            position = float(told)
        except ValueError as error:
            raise self.wrong(f"{self.columns.position} is not a whole number: {told!r}") from error
        if not position.is_integer():
            raise self.wrong(f"{self.columns.position} is not a whole number: {told!r}")
        return int(position)

    def value(self, name: str) -> Value:
        """A label cell: text, or several where it is a list, is written as one, or the mapping says what parts it."""
        cell = self.row.get(name)
        separator = self.columns.lists.get(name)
        if isinstance(cell, str) and separator is not None:
            cell = [part.strip() for part in cell.split(separator) if part.strip()]
        elif isinstance(cell, str):
            cell = written_list(cell)
        return tuple(map(as_text, cell)) if isinstance(cell, list) else as_text(cell)

    def marks(self, source: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
        """What was marked in the text: words, and offsets into the folded text."""
        cell = self.row.get(self.columns.spans) if self.columns.spans else None
        cell = written_list(cell) if isinstance(cell, str) else cell
        if cell is None or cell == "":
            return (), ()
        listed = cell if isinstance(cell, list) else [cell]
        words = tuple(one for one in listed if isinstance(one, str))
        return words, tuple(self.span(one, source) for one in listed if not isinstance(one, str))

    def span(self, mark: object, source: str) -> tuple[int, int]:
        """A mark's offsets into the folded text."""
        try:
            edges = [mark[edge] for edge in EDGES] if isinstance(mark, Mapping) else list(mark)[:2]  # type: ignore[call-overload]
            start, end = map(int, edges)
        except (KeyError, TypeError, ValueError) as error:
            raise self.wrong(f"{self.columns.spans} holds {json.dumps(mark)[:60]}, not start and end") from error
        if not 0 <= start < end <= len(source) or not source[start:end].strip():
            problem = f"{self.columns.spans} holds {start} to {end}, which is no stretch of {len(source)} characters"
            raise self.wrong(problem)
        offsets = folded_offsets(source)
        return sum(offset < start for offset in offsets[:-1]), sum(offset < end for offset in offsets[:-1])

    def wrong(self, problem: str) -> InputError:
        """The fault of a cell."""
        return InputError(self.folder.path(self.place), problem)


def written_list(cell: str) -> Any:
    """The list that a cell is written as, in JSON or Python; else the cell as it is.

    Example:
        >>> written_list("['vile', 'mad']"), written_list("[sic]"), written_list("vile")
        (['vile', 'mad'], '[sic]', 'vile')
    """
    if not (cell.startswith("[") and cell.rstrip().endswith("]")):
        return cell
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(cell)
        except (ValueError, SyntaxError):
            continue
        if isinstance(value, list):
            return value
    return cell
