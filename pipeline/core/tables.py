"""Tables between stages: Parquet with declared `datasets` Features."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from datasets import Features, List, Value

from pipeline.core.errors import InputError
from pipeline.core.files import replacing, write_csv

TEXT, WHOLE, NUMBER = Value("string"), Value("int32"), Value("float64")

DOCUMENTS = Features({"doc_id": TEXT, "source": TEXT, "text": TEXT})
LINES = Features({"doc_id": TEXT, "paragraph": WHOLE, "kind": TEXT, "start": WHOLE, "end": WHOLE})
SENTENCES = Features(
    {
        "doc_id": TEXT,
        "position": WHOLE,
        "paragraph": WHOLE,
        "kind": TEXT,
        "start": WHOLE,
        "end": WHOLE,
        "text": TEXT,
    }
)
GOLD = Features(
    {
        **SENTENCES,
        "gold_kind": TEXT,
        "labels": List(TEXT),
        "spans": List({"start": WHOLE, "end": WHOLE, "voice": TEXT}),
        "voices": List({"label": TEXT, "voice": TEXT}),
        "passes": WHOLE,
    }
)
"""Sentences with what annotators decided; `passes` says how many annotated it."""

PART = Features({**GOLD, "work": TEXT})
"""Gold of one side of the split; `work` is what folds keep whole."""


CHANCES = Features(
    {"doc_id": TEXT, "start": WHOLE, "chances": List(NUMBER), "given": List(Value("bool"))},
)
"""What a model said of labelled sentences: a probability and a decision for every label, in scheme order."""

OUTCOMES = Features(
    {
        **CHANCES,
        "spans": List({"start": WHOLE, "end": WHOLE, "voice": TEXT}),
        "voices": List({"label": TEXT, "voice": TEXT}),
    }
)
"""The same with the wordings marked, and the voices of predictions and prescriptions."""

ERRORS = Features(
    {
        "doc_id": TEXT,
        "start": WHOLE,
        "label": TEXT,
        "gold": Value("bool"),
        "chance": NUMBER,
        "cues": List({"feature": TEXT, "addend": NUMBER}),
    }
)
"""Wrong decisions of a model on training sentences that it had not seen, and what moved them."""

CUES = Features({"doc_id": TEXT, "position": WHOLE, "label": TEXT, "cues": List({"feature": TEXT, "addend": NUMBER})})
"""What moved a model to give a sentence a label."""


def votes_features(labels: Iterable[str]) -> Features:
    """Of the table of votes: the rules that matched a sentence, and the combined probability of each label."""
    scores = dict.fromkeys(labels, NUMBER)
    return Features({"doc_id": TEXT, "position": WHOLE, "rules": List(TEXT), "scores": scores})


def write_table(path: Path, rows: Iterable[Mapping[str, Any]], features: Features) -> None:
    """Write `rows` as Parquet with the schema of `features`. Equal rows give equal bytes."""
    table = pa.Table.from_pylist(list(rows), schema=features.arrow_schema)
    with replacing(path) as temporary:
        pq.write_table(table, temporary)


def read_table(path: Path, features: Features) -> list[dict[str, Any]]:
    """The rows of a table that a stage wrote.

    Raises:
        InputError: the file is missing, is not Parquet, or its columns are not those of `features`.
    """
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(path, "cannot be read as Parquet; run the stage that writes it") from error
    if not table.schema.equals(features.arrow_schema):
        raise InputError(path, f"has the columns {table.column_names}, not {list(features)}")
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def write_csv_table(path: Path, rows: Iterable[Mapping[str, Any]], features: Features) -> None:
    """Write `rows` as CSV with the columns of `features`; a list or a mapping is written as JSON."""

    def flat(value: object) -> object:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value

    write_csv(path, list(features), ({name: flat(row[name]) for name in features} for row in rows))
