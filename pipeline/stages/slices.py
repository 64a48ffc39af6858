"""What a model said of sentences it had not seen in; on which kind of text it does well, and worst, out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from pipeline.core.files import read_jsonl, write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import CHANCES, PART, read_table
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.outcomes import read_outcome
from pipeline.evaluation.slices import length_band, quotation, slices
from pipeline.labelling.gold import gold_of


def run(
    *,
    train: Path,
    out_of_fold: Path,
    test: Path,
    outcome: Path,
    manifest: Path,
    scheme: Path,
    params: Path,
    metrics: Path,
) -> None:
    """Score a model slice by slice: genre, topic, length, quotation and kind of line.

    Three held-out works of a genre are too few, so the training works count too, as the model says of them when it has
    not seen them.

    Args:
        train: table of the training part.
        out_of_fold: what the model says of it without having seen a sentence's work.
        test: table of the held-out part.
        outcome: what the model says of that.
        manifest: seeds/manifest.jsonl.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        metrics: micro-F1 of every slice, and the worst of each property.
    """
    settings = load_params(params)
    labels = load_scheme(scheme)
    parts = [read_table(path, PART) for path in (train, test)]
    both = _together(
        read_outcome(out_of_fold, parts[0], labels.ids, CHANCES), read_outcome(outcome, parts[1], labels.ids)
    )
    facts: dict[str, dict[str, Any]] = {row["doc_id"]: row for _, row in read_jsonl(manifest)}
    sentences = [gold_of(row).sentence for part in parts for row in part]
    properties = {
        "genre": [facts[sentence.doc_id]["genre"] for sentence in sentences],
        "topic": [facts[sentence.doc_id]["topic"] for sentence in sentences],
        "length": [length_band(sentence.text) for sentence in sentences],
        "quotation": quotation(sentences),
        "kind": [row["gold_kind"] for part in parts for row in part],
    }
    enough = settings.evaluate.too_few_documents
    write_json(metrics, slices(both, properties, enough, settings.bootstrap))


def _together(first: Outcome, second: Outcome) -> Outcome:
    return Outcome(
        first.labels,
        first.documents + second.documents,
        *(np.concatenate([getattr(first, name), getattr(second, name)]) for name in ("target", "chances", "given")),
    )
