"""Models, sentences and pairs of names in; how far the models' judgement hangs on who is named out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.records import LABELLED_KINDS
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.invariance import invariance_scores, read_swaps, swapped
from pipeline.labelling.gold import gold_of
from pipeline.learning.store import load_model


def run(
    *, models: list[Path], records: list[Path], parts: list[Path], swaps: Path, params: Path, metrics: Path
) -> None:
    """Exchange the names of groups in the corpus's sentences, and see what the models say then.

    Each sentence is judged by itself, before and after.

    Args:
        models: model files.
        records: their records, in the same order.
        parts: tables of sentences.
        swaps: labels/identity/swaps.yaml.
        params: params.yaml.
        metrics: mean absolute change and flip rate, by model, label and sort of group.
    """
    settings = load_params(params)
    sentences = [gold_of(row).sentence for path in parts for row in read_table(path, PART)]
    pairs = list(swapped([one for one in sentences if one.kind in LABELLED_KINDS], read_swaps(swaps)))
    sides = [
        [replace(one, doc_id=f"pair-{number}") for number, one in enumerate(side)]
        for side in ([pair.before for pair in pairs], [pair.after for pair in pairs])
    ]
    scores = {}
    for path, record in zip(models, records, strict=True):
        stored, _ = load_model(path, record)
        before, after = (stored.model.predict_proba(side) for side in sides)
        scores[stored.name] = invariance_scores(
            pairs, before, after, stored.model.thresholds_, stored.labels, settings.bootstrap
        )
    write_json(metrics, {"sentences": len(pairs), "models": scores})
