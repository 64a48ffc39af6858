"""The corpus in ever larger pieces in; how well the released kind of model ranks public corpora after each, out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.corpora import load_corpus
from pipeline.evaluation.repeats import spreads
from pipeline.evaluation.transfer import curve_point, first_works
from pipeline.labelling.rules import load_rules
from pipeline.learning.examples import part_examples
from pipeline.learning.heads import LinearHeads

SIZES = (500, 1_000, 2_000, 4_000, 6_000)


def run(
    *,
    parts: list[Path],
    corpora: Path,
    mappings: Path,
    rules: Path,
    scheme: Path,
    params: Path,
    out: Path,
    model: str = "main",
    orders: int = 3,
) -> None:
    """Fit the model on the first n sentences of the corpus, in several random orders of its works.

    Args:
        parts: tables of both parts of the split: what is measured lies outside the corpus.
        corpora: folder of public corpora.
        mappings: folder of their mapping files.
        rules: labels/rules.yaml.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: mean and range over the orders of every target's ROC AUC at every size.
        model: its name in params.yaml.
        orders: how many random orders.
    """
    settings = load_params(params)
    chosen = settings.linear_model(model, params)
    labels = load_scheme(scheme)
    known = load_rules(rules, labels)
    loaded = [load_corpus(path, corpora / path.stem, labels) for path in sorted(mappings.glob("*.yaml"))]
    rows = [row for path in parts for row in read_table(path, PART)]
    examples = part_examples(rows, labels.ids)
    steps = [(size, order) for size in SIZES if size <= len(rows) for order in range(orders)]

    def measured() -> Iterator[tuple[str, int, float]]:
        console = Console(stderr=True)
        for size, order in track(steps, "fitting", console=console, disable=not console.is_terminal):
            taken = examples.of(first_works(examples.groups, size, np.random.default_rng(order)))
            heads = LinearHeads(chosen, known if chosen.rules else None).fit(taken)
            for target, auc in curve_point(heads, loaded, labels.ids).items():
                yield target, size, auc

    write_json(out, spreads(measured()))
