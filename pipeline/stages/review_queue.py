"""What the model says of sentences in; those that a person should look at, with fields to fill in, out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from pipeline.core.errors import InputError
from pipeline.core.files import read_json, write_jsonl
from pipeline.core.params import load_params
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.core.tables import CHANCES, ERRORS, PART, read_table
from pipeline.evaluation.outcomes import read_outcome
from pipeline.evaluation.queue import Doubt, disputed, uncertain
from pipeline.labelling.gold import gold_of
from pipeline.labelling.review import EMPTY, queue_row
from pipeline.learning.labelled import LabelledRow, check_model, read_labelled

By = Literal["uncertainty", "disagreement", "random"]


def run(
    *,
    by: By,
    n: int,
    out: Path,
    labels: Path | None = None,
    train: Path = Path("data/train.parquet"),
    out_of_fold: Path = Path("data/out_of_fold/main.parquet"),
    errors: Path = Path("data/errors/main.parquet"),
    record: Path = Path("models/main.json"),
    scheme: Path = Path("labels/scheme.yaml"),
    params: Path = Path("params.yaml"),
) -> None:
    """Choose sentences for a person to decide on, from the training part of the corpus or from an output of `annotate`.

    Args:
        by: `uncertainty` takes those closest to a threshold; `disagreement` candidate label errors, the most confident
            first, which needs gold; `random` draws them, so that shares can be estimated from the answers.
        n: how many, at most.
        out: one sentence a row with text, gold, scores, and fields to fill in; its name ends in .jsonl.
        labels: the output of `annotate` to choose from; without it the training part is chosen from.
        train: table of the training part.
        out_of_fold: what the model says of it without having seen a sentence's work.
        errors: the model's wrong decisions there, with what moved them.
        record: the record of the model, with its thresholds.
        scheme: labels/scheme.yaml.
        params: params.yaml.
    """
    if n < 1:
        raise InputError(out, f"n must be at least 1 (got {n})")
    settings = load_params(params)
    known = load_scheme(scheme)
    facts = read_json(record)
    if labels is None:
        gold = read_table(train, PART)
        outcome = read_outcome(out_of_fold, gold, known.ids, CHANCES)
        chances, target = outcome.chances, outcome.target
        rows = [queue_row(gold_of(row)) for row in gold]
    elif by == "disagreement":
        raise InputError(labels, "has no gold that the model could disagree with; --by uncertainty needs none")
    else:
        found = read_labelled(labels, known)
        check_model(found, labels, facts["sha256"], record)
        chances, rows = _scores(found, known, labels), [_own_row(row) for row in found]
    if by == "disagreement":
        doubts = disputed(known.ids, chances, target)
    else:
        doubts = uncertain(known.ids, chances, facts["thresholds"])
    if by == "random":
        doubts = [doubts[i] for i in np.random.default_rng(settings.bootstrap.seed).permutation(len(doubts))]
    moved = _cues(errors) if labels is None else {}
    write_jsonl(out, [_told(rows[doubt.row], doubt, known, chances, moved) for doubt in doubts[:n]])


def _told(
    row: Mapping[str, Any], doubt: Doubt, scheme: Scheme, chances: Any, moved: Mapping[tuple[Any, ...], Any]
) -> dict[str, Any]:
    scores = dict(zip(scheme.ids, chances[doubt.row].round(4).tolist(), strict=True))
    why = {"label": doubt.label, "chance": round(doubt.chance, 4)}
    cues = moved.get((row["doc_id"], row.get("start"), doubt.label))
    return {**row, "scores": scores, "why": why | ({"cues": cues} if cues else {}), **EMPTY}


def _cues(errors: Path) -> dict[tuple[Any, ...], list[str]]:
    """The features that moved each wrong decision, the strongest first."""
    return {
        (row["doc_id"], row["start"], row["label"]): [cue["feature"] for cue in row["cues"]]
        for row in read_table(errors, ERRORS)
    }


def _own_row(row: LabelledRow) -> dict[str, Any]:
    doc_id, position = row.key
    return {"doc_id": doc_id, "position": position, "text": row.columns.get("text"), "model": sorted(row.labels)}


def _scores(rows: Sequence[LabelledRow], scheme: Scheme, path: Path) -> Any:
    """The probabilities of every label, shape (n, n_labels); a .csv file holds them as JSON."""
    try:
        told = [row.columns["scores"] for row in rows]
        told = [json.loads(scores) if isinstance(scores, str) else scores for scores in told]
        return np.array([[scores[label] for label in scheme.ids] for scores in told], dtype=np.float64)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(path, f"has no column scores with a number for every label ({error!r})") from error
