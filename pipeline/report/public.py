"""What public corpora say of the released model, which never saw them, and of its learner trained on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.report.markdown import RELEASED, Metrics, arrow, figure, interval, table

PLAIN = "tfidf"
LEARNERS = {"tfidf": "plain TF-IDF", "main": "main", "stacked": "stacked"}
ESTIMATES = ("raw", "adjusted")
COVERED = {True: "yes", False: "no", None: "-"}
AIMED = {
    ("babe", "stratified"): 0.78,
    ("babe", "by group"): 0.73,
    ("webis16", "split"): 0.50,
    ("newsdiscourse", "split"): 0.51,
    ("cdcp", "split"): 0.75,
}
"""The macro-F1 that was aimed at beforehand, by corpus and protocol."""


def never_trained_block(metrics: Metrics) -> str:
    """Ranking, decisions and probabilities of the released model on corpora it never saw."""
    rows = (
        [
            arrow(target),
            ours["sentences"],
            ours["positives"],
            interval(ours["auc"]),
            figure(scores["models"][PLAIN]["auc"]["value"]),
            interval(ours["average_precision"]),
            interval(ours["f1"]),
            interval(ours["calibration_error"]),
        ]
        for target, scores in metrics.public_targets.items()
        for ours in [scores["models"][RELEASED]]
    )
    figures = ["ROC AUC", "that of plain TF-IDF", "average precision", "F1", "calibration error"]
    return table(["their label -> ours", "sentences", "positive", *figures], rows)


def shares_block(metrics: Metrics) -> str:
    """True shares on public corpora beside ours, and how many of the intervals contain them."""
    told = [(target, scores["models"][RELEASED]["shares"]) for target, scores in metrics.public_targets.items()]
    rows = (
        [
            arrow(target),
            figure(own["true"]),
            *(cell for name in ESTIMATES for cell in (interval(own[name]), COVERED[own["covered"][name]])),
        ]
        for target, own in told
    )
    head = ["their label -> ours", "true share", *(cell for name in ESTIMATES for cell in (name, "covers"))]
    counts = (f"{sum(bool(own['covered'][name]) for _, own in told)} of the {name}" for name in ESTIMATES)
    return f"{table(head, rows)}\n\nOf {len(told)} targets {' and '.join(counts)} intervals contain the true share."


def trained_block(metrics: Metrics) -> str:
    """Macro-F1 of our learners trained on each corpus by its published protocol, with what each was told."""
    head = ["corpus", "protocol", "learner", "learned from", "macro-F1", "of classes with enough cases", "accuracy"]
    lines = [
        [corpus, row["protocol"], LEARNERS[row["learner"]], row["supervision"], *_three(row)]
        for corpus, row in _rows(metrics)
    ]
    return f"{table(head, lines)}\n\n{_reached(metrics)}"


def _three(row: Mapping[str, Any]) -> list[str]:
    return [interval(row["macro_f1"]), figure(row["macro_f1_of_enough"]["value"]), figure(row["accuracy"]["value"])]


def _rows(metrics: Metrics) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return (
        (name, row) for name, corpus in metrics.trained.items() for task in corpus["tasks"].values() for row in task
    )


def _reached(metrics: Metrics) -> str:
    """What was aimed at under each protocol, and the best of our learners."""
    found: dict[tuple[str, str], list[float]] = {}
    for name, row in _rows(metrics):
        found.setdefault((name, row["protocol"]), []).append(row["macro_f1"]["value"])
    told = (
        f"{corpus} ({protocol}) {figure(least)}: {'reached' if max(found[corpus, protocol]) >= least else 'missed'}"
        f" by the best of {len(found[corpus, protocol])} with {figure(max(found[corpus, protocol]))}"
        for (corpus, protocol), least in AIMED.items()
        if (corpus, protocol) in found
    )
    return f"Aimed at beforehand: {'; '.join(told)}. The best is picked after the scores, and flatters itself a little."


PUBLIC: dict[str, Callable[[Metrics], str]] = {
    "never-trained": never_trained_block,
    "public-shares": shares_block,
    "trained": trained_block,
}
