"""What the metrics files say, as the pages show it. What has not been measured is simply not there."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.files import read_json, read_text

RELEASED = "main"

Figures = Mapping[str, Any]
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures of the index. One that is missing or None rests on too little to be told."""

    macro_f1: Mapping[str, float | None]
    """By model."""
    f1: Mapping[str, float | None]
    """By label, of the released model on held-out documents."""
    alpha: Mapping[str, float | None]
    """By label: how consistent the annotators are with each other."""
    sentences: Mapping[str, int]
    """By part of the split."""
    works: Mapping[str, int]
    """By part of the split."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """The metrics folder: JSON files by their name without suffix; one that is missing is not there."""

    files: Mapping[str, Figures]
    models: Mapping[str, Figures]
    """Scores by model."""
    public: Mapping[str, Figures]
    """Scores on public corpora by corpus."""
    plots: Mapping[str, Rows]
    """The rows of the released model's curves, by file name without suffix."""
    rules: Rows
    """What each rule is worth."""
    trained: Mapping[str, Figures] = field(default_factory=dict)
    """Scores of our learners trained on public corpora, by corpus."""

    def get(self, name: str) -> Figures:
        """The content of a file; empty where it is missing."""
        return self.files.get(name, {})

    @property
    def released(self) -> Figures:
        """The scores of the released model; empty where they are missing."""
        return self.models.get(RELEASED, {})

    @property
    def parts(self) -> dict[str, str]:
        """The side of the split that each document is on."""
        return {row["doc_id"]: row["part"] for row in self.get("split").get("documents", [])}


def headline(metrics: Metrics) -> Headline:
    """The figures of the index; empty where nothing has been measured."""
    parts = metrics.get("split").get("parts", {})
    labels = metrics.released.get("labels", {})
    return Headline(
        {name: scores["macro_f1"]["value"] for name, scores in metrics.models.items()},
        {label: scores["f1"]["value"] for label, scores in labels.items() if scores["enough"]},
        {label: alpha["value"] for label, alpha in metrics.get("agreement").get("alpha", {}).items()},
        {name: part["sentences"] for name, part in parts.items()},
        {name: part["works"] for name, part in parts.items()},
    )


FILES = (
    *("agreement", "contrast", "controls", "differences", "gates", "invariance", "shares", "slices", "split"),
    "corpus/curve",
)
"""What of the folder's JSON the pages read; each is a dep of the stage in dvc.yaml."""


def read_metrics(folder: Path) -> Metrics:
    """Everything that has been measured.

    Raises:
        InputError: a file cannot be read.
    """
    known = {name: folder / f"{name}.json" for name in FILES}
    return Metrics(
        {name: read_json(path) for name, path in known.items() if path.is_file()},
        _folder(folder / "models"),
        _folder(folder / "public"),
        {path.stem: read_rows(path) for path in sorted((folder / "plots" / RELEASED).glob("*.csv"))},
        read_rows(folder / "rules.csv") if (folder / "rules.csv").is_file() else [],
        _folder(folder / "public" / "table1"),
    )


def read_rows(path: Path) -> Rows:
    """The rows of a CSV file with a header.

    Raises:
        InputError: the file cannot be read.
    """
    return list(csv.DictReader(read_text(path).splitlines()))


def _folder(path: Path) -> dict[str, Figures]:
    return {own.stem: read_json(own) for own in sorted(path.glob("*.json"))}
