"""What the model says of sentences in; those that a person should look at, with fields to fill in, out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

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

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
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
            first, which needs gold; `random` draws them, so that shares can be estimated from the answers, and
            tells nothing of what the model said.
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
        pool = _training_part(read_table(train, PART), out_of_fold, errors, known)
    elif by == "disagreement":
        raise InputError(labels, "has no gold that the model could disagree with; --by uncertainty needs none")
    else:
        pool = _own_texts(labels, known, facts["sha256"], record)
    if by == "random":
        drawn = np.random.default_rng(settings.bootstrap.seed).permutation(len(pool.rows))[:n]
        write_jsonl(out, [{**pool.rows[row], **EMPTY} for row in drawn])
        return
    if by == "disagreement":
        doubts = disputed(known.ids, pool.chances, pool.target)
    else:
        doubts = uncertain(known.ids, pool.chances, facts["thresholds"])
    write_jsonl(out, [pool.told(doubt, known) for doubt in doubts[:n]])


@dataclass(frozen=True)
class Pool:
    """The sentences to choose from."""

    rows: Sequence[Mapping[str, Any]]
    """What is told of each of n sentences, whichever is chosen."""
    chances: Floats
    """Shape (n, n_labels)."""
    target: Bools
    """Gold, shape (n, n_labels); no rows where there is none."""
    cues: Mapping[tuple[str, int, str], list[str]]
    """The features that moved a wrong decision, the strongest first, by document, start and label."""

    def told(self, doubt: Doubt, scheme: Scheme) -> dict[str, Any]:
        """A row of the queue, with why it is there."""
        row = self.rows[doubt.row]
        scores = dict(zip(scheme.ids, self.chances[doubt.row].round(4).tolist(), strict=True))
        cues = self.cues.get((row["doc_id"], row.get("start", -1), doubt.label))
        why = {"label": doubt.label, "chance": round(doubt.chance, 4), **({"cues": cues} if cues else {})}
        return {**row, "scores": scores, "why": why, **EMPTY}


def _training_part(gold: Sequence[Mapping[str, Any]], out_of_fold: Path, errors: Path, scheme: Scheme) -> Pool:
    outcome = read_outcome(out_of_fold, gold, scheme.ids, CHANCES)
    cues = {
        (row["doc_id"], row["start"], row["label"]): [cue["feature"] for cue in row["cues"]]
        for row in read_table(errors, ERRORS)
    }
    return Pool([queue_row(gold_of(row)) for row in gold], outcome.chances, outcome.target, cues)


def _own_texts(labels: Path, scheme: Scheme, sha256: str, record: Path) -> Pool:
    found = read_labelled(labels, scheme)
    check_model(found, labels, sha256, record)
    rows = [{"doc_id": row.key[0], "position": row.key[1], "text": row.columns.get("text")} for row in found]
    return Pool(rows, _scores(found, scheme, labels), np.empty((0, len(scheme.ids)), dtype=bool), {})


def _scores(rows: Sequence[LabelledRow], scheme: Scheme, path: Path) -> Floats:
    """The probabilities of every label, shape (n, n_labels); a .csv file holds them as JSON."""
    try:
        told = [row.columns["scores"] for row in rows]
        told = [json.loads(scores) if isinstance(scores, str) else scores for scores in told]
        return np.array([[scores[label] for label in scheme.ids] for scores in told], dtype=np.float64)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(path, f"has no column scores with a number for every label ({error!r})") from error
