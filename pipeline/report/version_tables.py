"""How well versions of a text are compared, as tables for docs/versions.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.report.markdown import Metrics, figure, table

OURS = "ours"
METHODS = {OURS: "ours", "by likest": "by the likest sentence", "by length": "by length"}
ALL = "all"
AIMED = {"precision": 0.70, "recall": 0.80}
"""What was aimed at on the two articles, before any of this was written."""


def links_block(metrics: Metrics) -> str:
    """F1 of links in the families for testing, beside what is simpler."""
    found = metrics.measures["versions"]["alignment"]["test"]
    shapes = found[OURS]["all versions"]
    rows = (
        [shape, own["there"], *(figure(found[method]["all versions"][shape]["f1"]) for method in METHODS)]
        for shape, own in shapes.items()
    )
    return table(["links", "annotators", *(f"F1 {name}" for name in METHODS.values())], rows)


def changes_block(metrics: Metrics) -> str:
    """Changes told on the families for testing, by kind."""
    return _changes(metrics.measures["versions"]["changes"]["test"]["kinds"])


def articles_block(metrics: Metrics) -> str:
    """Changes told between two published articles, and whether that is what was aimed at."""
    kinds = metrics.corpus["articles"]["changes"]
    told = [
        f"{name} {figure(kinds[ALL][name])} (aimed at {figure(least)}: {'reached' if reached else 'missed'})"
        for name, least in AIMED.items()
        for reached in [(kinds[ALL][name] or 0.0) >= least]
    ]
    return f"Over all kinds {' and '.join(told)}.\n\n{_changes(kinds)}"


def _changes(kinds: Mapping[str, Mapping[str, Any]]) -> str:
    ordered = [*(kind for kind in kinds if kind != ALL), ALL]
    rows = (
        [kind, own["there"], own["found"], own["right"], figure(own["precision"]), figure(own["recall"])]
        for kind in ordered
        for own in [kinds[kind]]
    )
    return table(["change", "on the annotators' list", "told", "of these right", "precision", "recall"], rows)


VERSIONS: dict[str, Callable[[Metrics], str]] = {
    "links": links_block,
    "changes": changes_block,
    "articles": articles_block,
}
