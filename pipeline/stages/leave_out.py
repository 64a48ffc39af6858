"""The training part in; how well the model does on a genre, topic or writing batch that it never saw out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
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
from pipeline.learning.examples import examples_of
from pipeline.learning.heads import LinearHeads
from pipeline.learning.store import load_model

PROPERTIES = ("genre", "topic", "batch")


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
    the difference is what the unknown genre, topic or batch costs. Probabilities and thresholds are calibrated as in
    the released model.

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
    steps = [(name, str(value)) for name in PROPERTIES for value in np.unique(values[name])]
    outside = {name: inside.given.copy() for name in PROPERTIES}
    console = Console(stderr=True)
    for name, value in track(steps, "fitting", console=console, disable=not console.is_terminal):
        left_out = np.flatnonzero(values[name] == value)
        heads = LinearHeads(chosen, known).fit(examples.of(np.flatnonzero(values[name] != value)))
        logits = heads.decision_function(examples.of(left_out).sentences)
        outside[name][left_out] = (
            stored.model.chances(logits, examples.of(left_out).sentences) >= stored.model.thresholds_
        )
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


def _gap(inside: Outcome, outside: Any, rows: Any, settings: Params) -> dict[str, Any]:
    weights = document_weights([inside.documents[row] for row in rows], settings.bootstrap)
    within, left_out = (micro_f1(inside.target[rows], given[rows], weights) for given in (inside.given, outside))
    return {
        "sentences": len(rows),
        "in_distribution": estimate(within, settings.bootstrap).as_row(),
        "left_out": estimate(left_out, settings.bootstrap).as_row(),
        "gap": estimate(left_out - within, settings.bootstrap).as_row(),
    }
