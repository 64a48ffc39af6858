"""Both parts and the rules' votes in; what rules, votes and gold labels each teach, alone and together, out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from rich.console import Console
from rich.progress import track

from pipeline.core.errors import InputError
from pipeline.core.files import write_json
from pipeline.core.params import EvaluateParams, load_params
from pipeline.core.records import LABELLED_KINDS
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import PART, read_table, votes_features
from pipeline.evaluation.regimes import Material, Trial, by_votes, compared, figures, trials
from pipeline.labelling.rules import load_rules
from pipeline.learning.examples import part_examples


def run(
    *,
    train: Path,
    test: Path,
    votes: Path,
    rules: Path,
    scheme: Path,
    params: Path,
    out: Path,
    model: str = "tfidf",
    orders: int = 3,
) -> None:
    """Learn from votes, from gold on ever more works, and from gold on these with votes on the others.

    The combined votes are taken as labels where they are likelier than not. "Rules only" learns nothing more.

    Args:
        train: table of the training part.
        test: table of the held-out part.
        votes: table of the combined votes.
        rules: labels/rules.yaml, for a model with rules among its features.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: mean and range over the orders of macro-F1 and mean average precision, by regime and works with gold.
        model: its name in params.yaml. Of marked words votes tell nothing, so it should have no word-level model.
        orders: how many random orders of the works.
    """
    settings = load_params(params)
    chosen = settings.linear_model(model, params)
    labels = load_scheme(scheme)
    known = load_rules(rules, labels) if chosen.rules else None
    rows, tested = read_table(train, PART), read_table(test, PART)
    gold, held_out = part_examples(rows, labels.ids), part_examples(tested, labels.ids)
    told = {(row["doc_id"], row["position"]): row["scores"] for row in read_table(votes, votes_features(labels.ids))}
    learned, voted = (_voted(own, told, labels.ids, votes) for own in (rows, tested))
    material = Material(chosen, known, gold, by_votes(gold, learned), held_out, voted)
    tried = list(trials(len(set(gold.groups)), chosen.folds, orders))
    fits = Parallel(n_jobs=-1, return_as="generator")(
        delayed(_scored)(material, trial, labels.ids, settings.evaluate) for trial in tried
    )
    console = Console(stderr=True)
    scored = track(fits, "fitting", total=len(tried), console=console, disable=not console.is_terminal)
    write_json(out, {"model": model, "orders": orders, **compared(dict(zip(tried, scored, strict=True)))})


def _voted(
    rows: list[dict[str, Any]],
    told: dict[tuple[str, int], dict[str, float]],
    labels: tuple[str, ...],
    path: Path,
) -> npt.NDArray[np.float64]:
    """The combined votes on the sentences of a part, shape (n, n_labels); rules vote on no furniture, so it has 0."""
    silent = dict.fromkeys(labels, 0.0)
    try:
        scores = [told[row["doc_id"], row["position"]] if row["kind"] in LABELLED_KINDS else silent for row in rows]
    except KeyError as error:
        raise InputError(path, f"has no votes on the sentence {error}") from error
    return np.array([[own[label] for label in labels] for own in scores], dtype=np.float64)


def _scored(material: Material, trial: Trial, labels: tuple[str, ...], params: EvaluateParams) -> dict[str, float]:
    return figures(material.outcome(trial, labels), params)
