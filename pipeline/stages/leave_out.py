"""Both parts in; how well the model does on a genre, topic or writing batch that it never saw out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from pipeline.core.errors import InputError
from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.left_out import Learned, decisions_without, gaps, kinds
from pipeline.labelling.rules import load_rules
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.examples import edit_examples, part_examples
from pipeline.learning.split import read_manifest

PROPERTIES = ("genre", "topic", "batch")


def run(
    *,
    train: Path,
    test: Path,
    edits: Path,
    manifest: Path,
    rules: Path,
    scheme: Path,
    params: Path,
    out: Path,
    model: str = "main",
) -> None:
    """Fit the model without each genre, topic and writing batch in turn, and score it there, in both parts.

    Beside it stands what the model says of the same sentences when only their own work was left out: on the training
    part by its folds, on the held-out part by the model itself. The difference is what the unknown genre, topic or
    batch costs. A kind that no training work has is not among them, for no model knows it.

    Args:
        train: table of the training part.
        test: table of the held-out part.
        edits: labels/edits/edits.jsonl.
        manifest: seeds/manifest.jsonl.
        rules: labels/rules.yaml.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: micro-F1 on what was left out, in-distribution, and their difference, by property and value.
        model: its name in params.yaml.

    Raises:
        InputError: there is but one genre, topic or batch, so that nothing is left to learn from.
    """
    settings = load_params(params)
    chosen = settings.linear_model(model, params)
    labels = load_scheme(scheme)
    known = load_rules(rules, labels) if chosen.rules else None
    rows, tested = read_table(train, PART), read_table(test, PART)
    examples, held_out = part_examples(rows, labels.ids), part_examples(tested, labels.ids)
    further = edit_examples(edits, rows, labels) if chosen.edits else None
    facts = read_manifest(manifest)
    values = {name: [getattr(facts[row["doc_id"]], name) for row in rows + tested] for name in PROPERTIES}
    for name, own in values.items():
        if len(set(own[: len(rows)])) == 1:
            raise InputError(manifest, f"knows but one {name} of the training part")
    fitted = LinearClassifier(chosen, known).fit(examples, further)
    inside = np.vstack([fitted.out_of_fold_ >= fitted.thresholds_, fitted.predict(held_out.sentences)])
    left_out, sentences = list(kinds(values, len(rows))), examples.sentences + held_out.sentences
    fits = decisions_without(Learned(chosen, known, examples, further, fitted.first_look_), left_out, sentences)
    console = Console(stderr=True)
    told = list(track(fits, "fitting", total=len(left_out), console=console, disable=not console.is_terminal))
    target, documents = np.vstack([examples.target, held_out.target]), [one.doc_id for one in sentences]
    write_json(out, gaps(left_out, told, inside, target, documents, settings.evaluate, settings.bootstrap))
