"""How well versions of a text are compared, as tables for docs/versions.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.report.markdown import Metrics, figure, table

OURS = "ours"
METHODS = {OURS: "ours", "by likest": "by the likest sentence", "by length": "by length"}
ALL = "all"
ALL_VERSIONS = "all versions"
AIMED = {"precision": 0.70, "recall": 0.80}
"""What was aimed at on the two articles, before any of this was written."""


def links_block(metrics: Metrics) -> str:
    """F1 of links in the families for testing, beside what is simpler."""
    found = metrics.measures["versions"]["alignment"]["test"]
    shapes = found[OURS][ALL_VERSIONS]
    rows = (
        [shape, own["there"], *(figure(found[method][ALL_VERSIONS][shape]["f1"]) for method in METHODS)]
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


def kinds_block(metrics: Metrics) -> str:
    """How well the model labels each kind of version, beside the sources of the same sentences."""
    found = metrics.measures["versions"]["labels"]
    rows = ([kind, own["pairs"], figure(own["source"]), figure(own["version"])] for kind, own in found.items())
    kinds = {kind: own["version"] for kind, own in found.items() if kind != ALL_VERSIONS and own["version"] is not None}
    worst = min(kinds, key=lambda kind: kinds[kind])
    lines = table(["kind of version", "pairs", "micro-F1 of the source", "micro-F1 of the version"], rows)
    return f"{lines}\n\nThe worst kind is *{worst}*."


VERSIONS: dict[str, Callable[[Metrics], str]] = {
    "links": links_block,
    "changes": changes_block,
    "articles": articles_block,
    "kinds-of-version": kinds_block,
}
