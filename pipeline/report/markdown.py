"""What Markdown tables are made of: the metrics they come from, and how figures, intervals and rows are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

RELEASED = "main"


@dataclass(frozen=True, slots=True)
class Metrics:
    """What the blocks are made of: the content of metrics files."""

    models: Mapping[str, Mapping[str, Any]]
    """Scores by model name."""
    agreement: Mapping[str, Any]
    split: Mapping[str, Any]
    public: Mapping[str, Mapping[str, Any]]
    """Scores on public corpora by corpus."""
    corpus: Mapping[str, Mapping[str, Any]]
    """What was found out about the corpus itself: texture, people, curve."""
    targets: Mapping[str, float]
    """The ROC AUC that was aimed at on a target of a public corpus."""
    measures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What else the pipeline measured, by file: differences, slices, shares, contrast, invariance, controls, gates."""
    studies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What takes long, by study; empty until it has been run."""
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What each model was learned from and how, by its name."""
    speed: Mapping[str, Any] = field(default_factory=dict)
    """What was measured on one machine; nothing hangs on it but what is told of it."""
    trained: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Scores of our learners trained on public corpora, by corpus."""

    @property
    def public_targets(self) -> dict[str, Mapping[str, Any]]:
        """What was scored on public corpora, target by target."""
        return {target: scores for corpus in self.public.values() for target, scores in corpus["targets"].items()}


def arrow(target: str) -> str:
    """A target of a public corpus, ``their label->ours``, as tables write it."""
    return target.replace("->", " -> ")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def interval(estimate: Mapping[str, float | None]) -> str:
    """A figure with its interval, or alone where it has none."""
    if estimate["low"] is None:
        return figure(estimate["value"])
    return f"{figure(estimate['value'])} ({figure(estimate['low'])}-{figure(estimate['high'])})"


def figure(value: float | None) -> str:
    """Three decimals without the leading zero."""
    if value is None:
        return "-"
    return f"{value:.3f}".removeprefix("0") if value >= 0 else f"-{-value:.3f}".replace("-0", "-")


def spread(point: Mapping[str, float]) -> str:
    """A mean with the range that it was taken over."""
    return f"{figure(point['mean'])} ({figure(point['lowest'])}-{figure(point['highest'])})"
