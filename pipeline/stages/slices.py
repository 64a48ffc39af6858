"""What a model said of sentences it had not seen in; on which kind of text it does well, and worst, out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import CHANCES
from pipeline.evaluation.outcomes import read_judged, together
from pipeline.evaluation.slices import length_band, quotation, slices
from pipeline.labelling.gold import gold_of
from pipeline.learning.split import read_manifest


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
    learned, known = read_judged(train, out_of_fold, labels.ids, CHANCES)
    held_out, ours = read_judged(test, outcome, labels.ids)
    facts = read_manifest(manifest)
    rows = learned + held_out
    sentences = [gold_of(row).sentence for row in rows]
    properties = {
        "genre": [facts[sentence.doc_id].genre for sentence in sentences],
        "topic": [facts[sentence.doc_id].topic for sentence in sentences],
        "length": [length_band(sentence.text) for sentence in sentences],
        "quotation": quotation(sentences),
        "kind": [row["gold_kind"] for row in rows],
    }
    enough = settings.evaluate.too_few_documents
    write_json(metrics, slices(together(known, ours), properties, enough, settings.bootstrap))
