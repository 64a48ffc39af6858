"""Models and minimal pairs in; how often each model tells the two sides of a pair apart out."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.evaluation.contrast import CHANCE, contrast_scores, read_pairs
from pipeline.learning.store import load_model


def run(*, models: list[Path], records: list[Path], pairs: Path, scheme: Path, params: Path, metrics: Path) -> None:
    """Score models on the contrast set.

    Args:
        models: model files.
        records: their records, in the same order.
        pairs: labels/contrast/pairs.jsonl.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        metrics: the share of pairs right on both sides, by model and label.
    """
    settings = load_params(params)
    labels = load_scheme(scheme)
    known = read_pairs(pairs, labels)
    scores = {}
    for path, record in zip(models, records, strict=True):
        stored, _ = load_model(path, record)
        sides = [[pair.sentences[side] for pair in known] for side in (0, 1)]
        given = np.array([stored.model.predict_proba(side) >= stored.model.thresholds_ for side in sides])
        scores[stored.name] = contrast_scores(known, given, stored.labels, settings.bootstrap)
    write_json(metrics, {"pairs": len(known), "chance": CHANCE, "models": scores})
