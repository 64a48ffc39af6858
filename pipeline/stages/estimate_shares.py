"""One's own labelled sentences in; how much of them truly carries each label out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.core.errors import InputError
from pipeline.core.files import read_json, write_json
from pipeline.core.params import Params, load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import CHANCES, PART, read_table
from pipeline.evaluation.outcomes import read_outcome
from pipeline.evaluation.shares import ErrorRates, corrected_by_sample, rates_of, share
from pipeline.learning.labelled import Key, LabelledRow, check_model, read_labelled

ASSUMES = "adjusted: the model errs on these sentences as often as on the training part of its own corpus"


def run(
    labels: Path,
    /,
    *,
    out: Path,
    gold: Path | None = None,
    group: str | None = None,
    train: Path = Path("data/train.parquet"),
    out_of_fold: Path = Path("data/out_of_fold/main.parquet"),
    record: Path = Path("models/main.json"),
    scheme: Path = Path("labels/scheme.yaml"),
    params: Path = Path("params.yaml"),
) -> None:
    """Estimate the share of sentences that carry each label, in all and in groups, from what `annotate` wrote.

    Args:
        labels: the output of `annotate`: .jsonl, .parquet or .csv.
        out: raw and adjusted share of every label, each with its interval.
        gold: sentences drawn at random from `labels` and labelled by hand (.csv, .jsonl or .parquet with doc_id,
            position, labels); adds shares that hold however the model errs.
        group: a column of `labels`, such as doc_id; shares are given for each of its values too.
        train: table of the training part.
        out_of_fold: what the model says of it without having seen a sentence's work; tells how it errs.
        record: the record of the model, which must be the one that labelled.
        scheme: labels/scheme.yaml.
        params: params.yaml.
    """
    settings = load_params(params)
    known = load_scheme(scheme)
    rows = read_labelled(labels, known)
    check_model(rows, labels, read_json(record)["sha256"], record)
    truth = _by_hand(gold, rows, labels, read_labelled(gold, known)) if gold is not None else {}
    outcome = read_outcome(out_of_fold, read_table(train, PART), known.ids, CHANCES)
    rates = rates_of(outcome, settings.bootstrap)
    groups = _grouped(rows, group, labels) if group is not None else {}
    write_json(
        out,
        {
            "assumes": ASSUMES,
            "all": _shares(rows, rates, truth, settings),
            "groups": {name: _shares(own, rates, truth, settings) for name, own in groups.items()},
        },
    )


def _by_hand(
    path: Path, rows: Sequence[LabelledRow], labels: Path, answers: Sequence[LabelledRow]
) -> Mapping[Key, frozenset[str]]:
    """What the hand said, by sentence; each must be one that the model labelled."""
    there = {row.key for row in rows}
    for answer in answers:
        if answer.key not in there:
            raise InputError(path, f"{answer.key[0]} at {answer.key[1]} is no sentence of {labels}", place=answer.place)
    return {answer.key: answer.labels for answer in answers}


def _grouped(rows: Sequence[LabelledRow], column: str, path: Path) -> dict[str, list[LabelledRow]]:
    if column not in rows[0].columns:
        raise InputError(path, f"has no column {column!r} ({', '.join(rows[0].columns)})")
    groups: dict[str, list[LabelledRow]] = {}
    for row in rows:
        groups.setdefault(str(row.columns[column]), []).append(row)
    return groups


def _shares(
    rows: Sequence[LabelledRow],
    rates: Mapping[str, ErrorRates],
    truth: Mapping[Key, frozenset[str]],
    settings: Params,
) -> dict[str, Any]:
    documents = [row.key[0] for row in rows]
    sample = np.array([number for number, row in enumerate(rows) if row.key in truth], dtype=np.int64)
    told: dict[str, Any] = {}
    for label, own in rates.items():
        given = np.array([label in row.labels for row in rows], dtype=bool)
        told[label] = share(given, documents, own, settings.shares, settings.bootstrap)
        if not told[label]["estimable"]:
            told[label]["not_estimable"] = _why_not(documents, label)
        if len(sample) > 1:
            carries = np.array([label in truth[rows[number].key] for number in sample], dtype=bool)
            told[label]["by_hand"] = corrected_by_sample(given, sample, carries, settings.bootstrap.level).as_row()
    return {
        "sentences": len(rows),
        "documents": len(set(documents)),
        "labelled_by_hand": len(sample),
        "labels": told,
    }


def _why_not(documents: Sequence[str], label: str) -> str:
    if len(set(documents)) < 2:
        return "one document: its errors need not be those of the corpus that the rates come from"
    return f"the model finds {label} too seldom, or gives it too often where it is not, for its count to be corrected"
