"""Ever more of the training part in; what it buys on the held-out part, label by label, out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.scores import average_precision
from pipeline.labelling.gold import gold_of
from pipeline.labelling.rules import load_rules
from pipeline.learning.examples import examples_of
from pipeline.learning.heads import LinearHeads

SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)


def run(
    *,
    train: Path,
    test: Path,
    rules: Path,
    scheme: Path,
    params: Path,
    out: Path,
    model: str = "main",
    orders: int = 3,
) -> None:
    """Fit the model on the first works of the training part, in several random orders.

    Args:
        train: table of the training part.
        test: table of the held-out part.
        rules: labels/rules.yaml.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: mean and range over the orders of every label's average precision, by number of works.
        model: its name in params.yaml.
        orders: how many random orders.
    """
    settings = load_params(params)
    labels = load_scheme(scheme)
    chosen = settings.linear_model(model, params)
    known = load_rules(rules, labels) if chosen.rules else None
    learned, held_out = (
        examples_of([gold_of(row) for row in rows], labels.ids, {row["doc_id"]: row["work"] for row in rows})
        for rows in (read_table(train, PART), read_table(test, PART))
    )
    works = np.unique(learned.groups)
    measured: dict[str, dict[str, list[float]]] = {label: {} for label in labels.ids}
    steps = [(max(round(share * len(works)), 1), order) for share in SHARES for order in range(orders)]
    once = np.ones((1, len(held_out.sentences)))
    console = Console(stderr=True)
    for size, order in track(steps, "fitting", console=console, disable=not console.is_terminal):
        taken = np.random.default_rng(order).permutation(works)[:size]
        heads = LinearHeads(chosen, known).fit(learned.of(np.flatnonzero(np.isin(learned.groups, taken))))
        logits = heads.decision_function(held_out.sentences)
        for column, label in enumerate(labels.ids):
            value = float(average_precision(held_out.target[:, column], logits[:, column], once)[0])
            measured[label].setdefault(str(size), []).append(value)
    write_json(
        out,
        {
            label: {
                size: {
                    "mean": round(float(np.mean(values)), 4),
                    "lowest": round(min(values), 4),
                    "highest": round(max(values), 4),
                }
                for size, values in sizes.items()
            }
            for label, sizes in measured.items()
        },
    )
