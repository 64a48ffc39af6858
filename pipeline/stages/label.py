"""Sentences and rules in; the rules' votes, the combined answer, and what each rule is worth, out."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score

from pipeline.core.files import write_csv, write_json
from pipeline.core.params import Abstention, Combine, LabelParams, load_params
from pipeline.core.records import LABELLED_KINDS
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.core.tables import PART, SENTENCES, read_table, votes_features, write_table
from pipeline.labelling import analysis
from pipeline.labelling.combine import combine_votes
from pipeline.labelling.gold import gold_of
from pipeline.labelling.rules import RuleSet, load_rules

DECIMALS = 4


def run(
    *,
    sentences: Path,
    train: Path,
    rules: Path,
    scheme: Path,
    params: Path,
    votes: Path,
    rule_table: Path,
    metrics: Path,
) -> None:
    """Let the rules vote on headings and body sentences.

    Args:
        sentences: the sentences to vote on.
        train: table of the training part, on whose gold the rules are measured.
        rules: labels/rules.yaml.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        votes: table of the votes: the rules that matched, and the combined probability of each label.
        rule_table: coverage, overlap, conflict, precision and recall of every rule on the training gold.
        metrics: average precision of the combined votes on the training gold, by way of combining them and of coding
            an abstention.
    """
    settings = load_params(params).label
    labels = load_scheme(scheme)
    known = load_rules(rules, labels)
    rows = [row for row in read_table(sentences, SENTENCES) if row["kind"] in LABELLED_KINDS]
    gold = [gold_of(row) for row in read_table(train, PART)]
    target = np.array([[label in item.labels for label in labels.ids] for item in gold], dtype=bool)
    on_gold = known.votes([item.sentence.text for item in gold])
    write_table(votes, _vote_rows(rows, known, labels, settings), votes_features(labels.ids))
    table = _rule_rows(known, on_gold, target, labels)
    write_csv(rule_table, [field.name for field in fields(analysis.RuleRow)], table)
    write_json(
        metrics, {"sentences": len(gold), "average_precision": _compared(on_gold, target, known, labels, settings)}
    )


def _vote_rows(
    rows: list[dict[str, Any]], known: RuleSet, labels: Scheme, settings: LabelParams
) -> list[dict[str, Any]]:
    votes = known.votes([row["text"] for row in rows])
    combined = combine_votes(votes, known.labels, labels.ids, settings).round(DECIMALS)
    names = np.array(known.names)
    return [
        {
            "doc_id": row["doc_id"],
            "position": row["position"],
            "rules": names[own != 0].tolist(),
            "scores": dict(zip(labels.ids, scores.tolist(), strict=True)),
        }
        for row, own, scores in zip(rows, votes, combined, strict=True)
    ]


def _rule_rows(
    known: RuleSet, votes: npt.NDArray[np.int8], target: npt.NDArray[np.bool_], labels: Scheme
) -> list[dict[str, object]]:
    return [
        {name: round(value, DECIMALS) if isinstance(value, float) else value for name, value in asdict(row).items()}
        for row in analysis.rule_table(known, votes, target, labels.ids)
    ]


def _compared(
    votes: npt.NDArray[np.int8],
    target: npt.NDArray[np.bool_],
    known: RuleSet,
    labels: Scheme,
    settings: LabelParams,
) -> dict[str, dict[str, float]]:
    """Average precision per label, and their mean, for every way of combining and coding."""
    compared: dict[str, dict[str, float]] = {}
    for combine in get_args(Combine):
        for abstention in get_args(Abstention):
            ways = settings.model_copy(update={"combine": combine, "abstention": abstention})
            scores = combine_votes(votes, known.labels, labels.ids, ways)
            each = {
                label: round(float(average_precision_score(right, column)), DECIMALS)
                for label, right, column in zip(labels.ids, target.T, scores.T, strict=True)
            }
            compared[f"{combine}, {abstention}"] = {
                **each,
                "mean": round(float(np.mean(list(each.values()))), DECIMALS),
            }
    return compared
