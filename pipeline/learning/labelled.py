"""What `annotate` wrote, and what a person says of some of its sentences, read back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.scheme import Scheme
from pipeline.reading.rows import raw_rows

Key = tuple[str, int]
"""Document id and position."""

NEEDED = ("doc_id", "position", "labels")


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A sentence with the labels that a model, or a person, gave it."""

    key: Key
    labels: frozenset[str]
    columns: Mapping[str, Any]
    """The whole row."""
    place: int
    """Where it stands in its file."""


def read_labelled(path: Path, scheme: Scheme) -> list[LabelledRow]:
    """The rows of a .jsonl, .csv or .parquet file with the columns doc_id, position and labels.

    Labels are a list, or text: a JSON list, or ids with `,`, `;`, `|` or blanks between. Captions and furniture, which
    carry no labels, are passed over, and so are rows whose labels are null: nobody has decided on them.

    Raises:
        InputError: a column is missing, a label is not in the scheme, a sentence stands twice, or there is none.
    """
    found: dict[Key, LabelledRow] = {}
    for place, row in raw_rows(path):
        for column in NEEDED:
            if column not in row:
                raise InputError(path, f"has no column {column!r} ({', '.join(map(str, row))})", place=place)
        if row.get("kind") in ("caption", "furniture") or row["labels"] is None:
            continue
        key = (str(row["doc_id"]), _position(path, place, row["position"]))
        if key in found:
            raise InputError(path, f"holds {key[0]} at position {key[1]} a second time", place=place)
        labels = scheme.check(_listed(row["labels"], path, place), path, place)
        found[key] = LabelledRow(key, labels, row, place)
    if not found:
        raise InputError(path, "has no labelled sentences")
    return list(found.values())


def check_model(rows: Sequence[LabelledRow], path: Path, sha256: str, record: Path) -> None:
    """Make sure that a file was labelled by the model whose errors are known.

    Raises:
        InputError: a row names another model, or none.
    """
    for row in rows:
        other = row.columns.get("model_sha256")
        if other != sha256:
            raise InputError(path, f"was labelled by model {other}, not by {sha256} of {record}", place=row.place)


def _position(path: Path, place: int, value: object) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise InputError(path, f"position {value!r} is not a whole number", place=place) from error


def _listed(value: object, path: Path, place: int) -> list[str]:
    if isinstance(value, str):
        value = _parsed(value, path, place) if value.startswith("[") else re.split(r"[\s,;|]+", value.strip())
    if not isinstance(value, list):
        raise InputError(path, f"labels is not a list: {value!r}", place=place)
    return [str(label) for label in value if label]


def _parsed(text: str, path: Path, place: int) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(path, f"labels is not a list: {text[:60]}", place=place) from error
