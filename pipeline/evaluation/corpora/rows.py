"""Files of rows as other people publish them: whatever kind of table, encoding or nesting -> rows of named cells."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.core.errors import InputError
from pipeline.evaluation.corpora.folder import DataFolder
from pipeline.evaluation.corpora.mapping import TableSpec
from pipeline.reading.decoding import Unreadable, decode

Row = dict[str, Any]

FILE = "_file"
"""A column that the rows of several tables have: the file's name without its ending, or the part of a data set."""
SEPARATORS = (",", ";", "\t", "|")
KINDS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
PACKED = ".gz"
SAVED = ("dataset_info.json", "dataset_dict.json")
"""The file that tells a folder written by `datasets`."""


def rows_of(columns: TableSpec, folder: DataFolder) -> list[tuple[str, Row]]:
    """The rows of all files, in the order of their names, each with the place that names it in a message.

    Nested objects are flattened (`meta.source`). Where the text is a list of sentences, every list of as many entries
    in the same row is dealt out with it, and the row is their document.

    Raises:
        InputError: there is no table, one cannot be read, or it has no column for the text.
    """
    if any(folder.names(name) for name in SAVED):
        tables = list(_saved(folder))
    else:
        tables = [(name, rows_in(name, columns, folder)) for name in table_names(columns, folder)]
    found = []
    for name, rows in tables:
        for number, row in enumerate(rows, start=1):
            flat = ({FILE: stem(name)} if len(tables) > 1 else {}) | _flat(row, columns.spans)
            found += [(f"{name}:row {number}", own) for own in _dealt_out(flat, columns, f"{stem(name)} {number}")]
    return found


def table_names(columns: TableSpec, folder: DataFolder) -> list[str]:
    """The files that the mapping names, or else all tables in the folder and below.

    Raises:
        InputError: there is none; the message lists what there is.
    """
    pattern = columns.file or "**/*"
    names = [name for name in folder.names(pattern) if columns.file or _kind(name) in KINDS]
    if columns.file and not names:
        names = [columns.file] if not any(sign in columns.file for sign in "*?[") else []
    if not names:
        there = ", ".join(list(islice(folder.names("**/*"), 12))) or "nothing"
        raise InputError(folder.root, f"has no {columns.file or 'table'} ({there})")
    return names


def rows_in(name: str, columns: TableSpec, folder: DataFolder) -> list[Row]:
    """The rows of one file as they stand in it.

    Raises:
        InputError: it cannot be read, or its name ends in none of `KINDS` (packed with gzip or not).
    """
    path = folder.path(name)
    if _kind(name) not in READERS:
        raise InputError(path, f"{_kind(name)!r} is not a kind of table ({', '.join(KINDS)})")
    content = folder.read(name)
    if name.endswith(PACKED):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError) as error:
            raise InputError(path, "is not packed with gzip") from error
    return READERS[_kind(name)](content, path, columns)


def stem(name: str) -> str:
    """A file's name without folder and endings.

    Example:
        >>> stem("data/train.v1.csv.gz")
        'train.v1'
    """
    own = PurePosixPath(name.removesuffix(PACKED))
    return own.stem if own.suffix in KINDS else own.name


def _kind(name: str) -> str:
    return PurePosixPath(name.removesuffix(PACKED)).suffix.lower()


def _text(content: bytes, path: Path) -> str:
    """UTF-8 as it is, for offsets count its characters; other encodings as documents are read."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return decode(content)
    except Unreadable as error:
        raise InputError(path, str(error)) from error


def _json_lines(content: bytes, path: Path, _columns: TableSpec) -> list[Row]:
    rows = []
    for number, line in enumerate(_text(content, path).split("\n"), start=1):
        if line.strip():
            rows.append(_object(_parsed(line, path, number), path, number))
    return rows


def _json(content: bytes, path: Path, columns: TableSpec) -> list[Row]:
    """A list of objects, one object that holds such a list, an object of columns, or lines of JSON after all."""
    text = _text(content, path)
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return _json_lines(content, path, columns)
    if isinstance(value, dict):
        lists = [own for own in value.values() if isinstance(own, list)]
        if len(lists) == 1 and all(isinstance(one, dict) for one in lists[0]):
            value = lists[0]
        elif lists and len(lists) == len(value) and len({len(own) for own in lists}) == 1:
            return [dict(zip(value, cells, strict=True)) for cells in zip(*lists, strict=True)]
    if not isinstance(value, list):
        raise InputError(path, "is neither a list of objects nor lines of JSON")
    return [_object(one, path, f"row {number}") for number, one in enumerate(value, start=1)]


def _parsed(line: str, path: Path, number: int) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(path, f"is not JSON: {error.msg}", place=number) from error


def _object(value: object, path: Path, place: int | str) -> Row:
    if not isinstance(value, dict):
        raise InputError(path, f"is not a JSON object: {json.dumps(value)[:60]}", place=place)
    return value


def _separated(content: bytes, path: Path, columns: TableSpec) -> list[Row]:
    """The rows of a .csv or .tsv file; short rows are refused, for cells would stand under the wrong name."""
    csv.field_size_limit(2**31 - 1)
    text = _text(content, path)
    separator = columns.separator or _separator(text, columns, path.name.removesuffix(PACKED).endswith(".tsv"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = columns.header or [name.strip() for name in next(reader, [])]
    rows = []
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(header):
            problem = f"has {len(cells)} cells, not {len(header)} as the header (separator {separator!r})"
            raise InputError(path, problem, place=reader.line_num)
        rows.append(dict(zip(header, cells, strict=True)))
    return rows


def _separator(text: str, columns: TableSpec, tabs: bool) -> str:
    """What separates the cells: what gives the first line the column of the text, of several the one that cuts most."""
    if tabs:
        return "\t"
    line = text.partition("\n")[0]
    cut = {separator: next(csv.reader([line], delimiter=separator), []) for separator in SEPARATORS}
    if columns.header is not None:
        fitting = [separator for separator, cells in cut.items() if len(cells) == len(columns.header)]
        return (fitting or list(SEPARATORS))[0]
    return max(SEPARATORS, key=lambda one: (columns.text in [cell.strip() for cell in cut[one]], len(cut[one])))


def _parquet(content: bytes, path: Path, _columns: TableSpec) -> list[Row]:
    try:
        rows: list[Row] = pq.read_table(io.BytesIO(content)).to_pylist()
    except pa.ArrowInvalid as error:
        raise InputError(path, "is not a Parquet file") from error
    return rows


READERS: Mapping[str, Callable[[bytes, Path, TableSpec], list[Row]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
    ".csv": _separated,
    ".tsv": _separated,
    ".parquet": _parquet,
}


def _saved(folder: DataFolder) -> Iterator[tuple[str, list[Row]]]:
    """The parts of a data set that `datasets` saved to disk, with the names of its classes in the place of numbers."""
    from datasets import ClassLabel, Dataset, DatasetDict, load_from_disk

    for name in folder.names("**/*"):
        folder.read(name)
    try:
        loaded: Dataset | DatasetDict = load_from_disk(str(folder.root))
    except (OSError, ValueError, pa.ArrowInvalid) as error:
        raise InputError(folder.root, f"is not a saved data set: {error}") from error
    parts = loaded.items() if isinstance(loaded, DatasetDict) else [("all", loaded)]
    for part, rows in parts:
        named = {name: feature for name, feature in rows.features.items() if isinstance(feature, ClassLabel)}
        yield str(part), [{**row, **{name: _name_of(row[name], named[name]) for name in named}} for row in rows]


def _name_of(number: int | None, feature: Any) -> str | None:
    return None if number is None or number < 0 else feature.int2str(number)


def _flat(row: Mapping[str, Any], whole: str | None, prefix: str = "") -> Row:
    """The cells of a row, those of nested objects but `whole` under `outer.inner`."""
    flat: Row = {}
    for name, value in row.items():
        if isinstance(value, Mapping) and f"{prefix}{name}" != whole:
            flat |= _flat(value, whole, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _dealt_out(row: Row, columns: TableSpec, document: str) -> Iterable[Row]:
    texts = row.get(columns.text)
    if not isinstance(texts, list):
        return [row]
    beside = [name for name, value in row.items() if isinstance(value, list) and len(value) == len(texts)]
    own: Sequence[Row] = [{**row, **{name: row[name][i] for name in beside}} for i in range(len(texts))]
    return [{DOCUMENT: document, POSITION: i, **one} for i, one in enumerate(own)]


DOCUMENT, POSITION = "_document", "_position"
"""Columns of sentences that were listed in one row: the row's name, and the place in the list."""
