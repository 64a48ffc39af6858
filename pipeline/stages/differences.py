"""What every model said of the held-out part in; who is ahead of whom, between which floor and ceiling, out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from pipeline.core.errors import InputError
from pipeline.core.files import write_json
from pipeline.core.params import Params, load_params
from pipeline.core.records import Sentence
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.core.tables import PART, SENTENCES, read_table
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.evaluate import Outcome, enough_columns, macro_f1
from pipeline.evaluation.outcomes import read_outcome
from pipeline.evaluation.paired import f1_difference, holm, macro_f1_difference, mcnemar
from pipeline.labelling.gold import Key, by_key, read_annotations

PASSES = ("first", "second")


def run(
    *, test: Path, sentences: Path, gold: Path, outcomes: Path, released: str, scheme: Path, params: Path, metrics: Path
) -> None:
    """Compare the released model with every other, and with the annotators, on the same held-out sentences.

    Args:
        test: table of the held-out part.
        sentences: the sentences that were annotated.
        gold: folder with first.jsonl and second.jsonl, two passes over the held-out part.
        outcomes: folder with a table a model.
        released: the model that is compared with the others.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        metrics: macro-F1 of every model and of each annotation pass against gold; paired differences.
    """
    settings = load_params(params)
    labels = load_scheme(scheme)
    rows = read_table(test, PART)
    told = {path.stem: read_outcome(path, rows, labels.ids) for path in sorted(outcomes.glob("*.parquet"))}
    if released not in told:
        raise InputError(outcomes, f"has nothing of model {released!r} ({', '.join(told)})")
    ours = told.pop(released)
    known = by_key(Sentence(**row) for row in read_table(sentences, SENTENCES))
    given = {name: _given(gold / f"{name}.jsonl", rows, known, labels) for name in PASSES}
    passes = {name: _as_outcome(found, ours) for name, found in given.items()}
    weights = document_weights(ours.documents, settings.bootstrap)
    columns = enough_columns(ours, settings.evaluate)
    scored = {released: ours, **told, **{f"annotator, {name} pass": outcome for name, outcome in passes.items()}}
    write_json(
        metrics,
        {
            "macro_f1": {
                name: estimate(macro_f1(outcome, weights, columns), settings.bootstrap).as_row()
                for name, outcome in scored.items()
            },
            "ahead_of": {name: _difference(ours, outcome, columns, settings) for name, outcome in told.items()},
        },
    )


def _given(path: Path, rows: list[dict[str, Any]], known: dict[Key, Sentence], scheme: Scheme) -> list[frozenset[str]]:
    """The labels that a pass gave the sentences of `rows`."""
    found = read_annotations(path, known, scheme)
    try:
        return [found[row["doc_id"], row["start"]].labels for row in rows]
    except KeyError as error:
        raise InputError(path, f"does not annotate the held-out sentence {error}") from error


def _as_outcome(found: list[frozenset[str]], like: Outcome) -> Outcome:
    """An annotator's labels as if a model had given them."""
    given = np.array([[label in labels for label in like.labels] for labels in found], dtype=bool)
    return Outcome(like.labels, like.documents, like.target, given.astype(np.float64), given)


def _difference(ours: Outcome, theirs: Outcome, columns: list[int], settings: Params) -> dict[str, Any]:
    weights = document_weights(ours.documents, settings.bootstrap)
    right = [(side.given == side.target) for side in (ours, theirs)]
    p_values = holm([mcnemar(right[0][:, column], right[1][:, column]) for column in columns])
    return {
        "macro_f1": macro_f1_difference(ours, theirs, columns, weights, settings.bootstrap).as_row(),
        "labels": {
            ours.labels[column]: {
                "f1": f1_difference(ours, theirs, column, weights, settings.bootstrap).as_row(),
                "mcnemar_p_holm": round(p_value, 4),
            }
            for column, p_value in zip(columns, p_values, strict=True)
        },
    }
