"""Ever more of the training part in; what it buys on the held-out part, label by label, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.repeats import rows_of_works, spreads
from pipeline.evaluation.scores import average_precision
from pipeline.labelling.rules import load_rules
from pipeline.learning.examples import Examples, part_examples
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
    learned, held_out = (part_examples(read_table(path, PART), labels.ids) for path in (train, test))
    works = len(set(learned.groups))
    steps = [(max(round(share * works), 1), order) for share in SHARES for order in range(orders)]

    def measured() -> Iterator[tuple[str, int, float]]:
        console = Console(stderr=True)
        for size, order in track(steps, "fitting", console=console, disable=not console.is_terminal):
            taken = learned.of(rows_of_works(learned.groups, size, order))
            yield from _figures(LinearHeads(chosen, known).fit(taken), held_out, labels.ids, size)

    write_json(out, spreads(measured()))


def _figures(
    heads: LinearHeads, held_out: Examples, labels: Sequence[str], size: int
) -> Iterator[tuple[str, int, float]]:
    """The average precision of every label."""
    logits, once = heads.decision_function(held_out.sentences), np.ones((1, len(held_out.sentences)))
    for column, label in enumerate(labels):
        yield label, size, float(average_precision(held_out.target[:, column], logits[:, column], once)[0])
