"""What the released model said, and both parts, in; whether the controls that must fail do so out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.controls import mean_auc, planted_leaks_found, shuffled_aucs
from pipeline.evaluation.outcomes import read_judged
from pipeline.evaluation.repeats import spread_of
from pipeline.labelling.gold import gold_of


def run(*, train: Path, test: Path, outcome: Path, scheme: Path, params: Path, metrics: Path) -> None:
    """Shuffle the labels that the model is judged by, and plant leaks for the audit.

    Args:
        train: table of the training part.
        test: table of the held-out part.
        outcome: what the model says of it.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        metrics: the mean AUC inside documents with true and with shuffled labels; leaks planted and found.
    """
    settings = load_params(params)
    labels = load_scheme(scheme)
    rows, ours = read_judged(test, outcome, labels.ids)
    shuffled = shuffled_aucs(ours, settings.controls.shuffles, settings.bootstrap.seed)
    learned = [gold_of(row) for row in read_table(train, PART)]
    found = planted_leaks_found(
        learned,
        [gold_of(row) for row in rows],
        settings.controls.planted,
        settings.audit.near_duplicate,
        settings.bootstrap.seed,
    )
    write_json(
        metrics,
        {
            "true_labels_auc": round(mean_auc(ours, ours.target), 4),
            "shuffled_labels_auc": {**spread_of(shuffled), "shuffles": len(shuffled)},
            "leaks": {
                "planted": settings.controls.planted,
                "found": found,
                "found_share": round(found / settings.controls.planted, 4),
            },
        },
    )
