"""The training part in; how well the model does on a genre, topic or writing batch that it never saw out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from rich.console import Console
from rich.progress import track

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl, write_json
from pipeline.core.params import Params, load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import CHANCES, PART, read_table
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.outcomes import read_outcome
from pipeline.evaluation.slices import micro_f1
from pipeline.labelling.gold import gold_of
from pipeline.labelling.rules import load_rules
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.examples import Examples, examples_of
from pipeline.learning.folds import Ids, grouped_folds
from pipeline.learning.heads import LinearHeads
from pipeline.learning.store import load_model

PROPERTIES = {"genre": 22, "topic": 8, "batch": 8}
"""How many fits at most. Where there are more values, several are left out at once, which makes the task no easier."""


def run(
    *,
    train: Path,
    out_of_fold: Path,
    model: Path,
    record: Path,
    manifest: Path,
    rules: Path,
    scheme: Path,
    params: Path,
    out: Path,
) -> None:
    """Fit the model without each genre, topic and writing batch in turn, and score it there.

    Beside it stands what the model says of the same sentences when only their own work (and its fold) was left out;
    the difference is what the unknown genre, topic or batch costs. The second stage, probabilities and thresholds are
    those of the released model; edited sentences are not learned from, which costs a little too.

    Args:
        train: table of the training part.
        out_of_fold: what the model says of it without having seen a sentence's work.
        model: the released model.
        record: its record.
        manifest: seeds/manifest.jsonl.
        rules: labels/rules.yaml.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: micro-F1 on what was left out, in-distribution, and their difference, by property and value.

    Raises:
        InputError: there is but one genre, topic or batch, so that nothing is left to learn from.
    """
    settings = load_params(params)
    labels = load_scheme(scheme)
    stored, _ = load_model(model, record)
    chosen = settings.linear_model(stored.name, params)
    if not isinstance(stored.model, LinearClassifier):
        raise InputError(model, "is not a linear model")
    known = load_rules(rules, labels) if chosen.rules else None
    rows = read_table(train, PART)
    examples = examples_of([gold_of(row) for row in rows], labels.ids, {row["doc_id"]: row["work"] for row in rows})
    inside = read_outcome(out_of_fold, rows, labels.ids, CHANCES)
    facts = {row["doc_id"]: row for _, row in read_jsonl(manifest)}
    values = {name: np.array([facts[row["doc_id"]][name] for row in rows]) for name in PROPERTIES}
    for name, known_values in values.items():
        if len(np.unique(known_values)) == 1:
            raise InputError(manifest, f"knows but one {name} of the training part")
    steps = [
        (name, rest, left_out)
        for name, most in PROPERTIES.items()
        for rest, left_out in grouped_folds(list(values[name]), min(len(np.unique(values[name])), most), chosen.seed)
    ]
    fits = Parallel(n_jobs=-1, return_as="generator")(
        delayed(_logits)(LinearHeads(chosen, known), examples, rest, left_out) for _, rest, left_out in steps
    )
    outside = {name: inside.given.copy() for name in PROPERTIES}
    console = Console(stderr=True)
    told = track(fits, "fitting", total=len(steps), console=console, disable=not console.is_terminal)
    for (name, _, left_out), logits in zip(steps, told, strict=True):
        chances = stored.model.chances(logits, examples.of(left_out).sentences)
        outside[name][left_out] = chances >= stored.model.thresholds_
    write_json(
        out,
        {
            name: {
                "all": _gap(inside, outside[name], np.arange(len(rows)), settings),
                **{
                    str(value): _gap(inside, outside[name], np.flatnonzero(values[name] == value), settings)
                    for value in np.unique(values[name])
                },
            }
            for name in PROPERTIES
        },
    )


def _logits(heads: LinearHeads, examples: Examples, rest: Ids, left_out: Ids) -> npt.NDArray[np.float64]:
    """What heads fitted on `rest` say of the others."""
    return heads.fit(examples.of(rest)).decision_function(examples.of(left_out).sentences)


def _gap(inside: Outcome, outside: Any, rows: Any, settings: Params) -> dict[str, Any]:
    weights = document_weights([inside.documents[row] for row in rows], settings.bootstrap)
    within, left_out = (micro_f1(inside.target[rows], given[rows], weights) for given in (inside.given, outside))
    return {
        "sentences": len(rows),
        "in_distribution": estimate(within, settings.bootstrap).as_row(),
        "left_out": estimate(left_out, settings.bootstrap).as_row(),
        "gap": estimate(left_out - within, settings.bootstrap).as_row(),
    }
