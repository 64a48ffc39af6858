"""The headline figures, as the index shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_json


@dataclass(frozen=True, slots=True)
class Figures:
    """What the metrics files say. A figure that is missing or None rests on too little to be told."""

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


def read_figures(scores: Path, released: str, agreement: Path, split: Path) -> Figures:
    """The headline figures, of the folder `scores` with a file a model, and of two metrics files.

    Raises:
        InputError: a file cannot be read or lacks a key, or there are no scores of the model `released`.
    """
    place = scores
    try:
        models = {path.stem: read_json(path) for path in sorted(scores.glob("*.json"))}
        macro_f1 = {name: model["macro_f1"]["value"] for name, model in models.items()}
        f1 = {name: one["f1"]["value"] for name, one in models[released]["labels"].items() if one["enough"]}
        place = agreement
        alpha = {label: figure["value"] for label, figure in read_json(agreement)["alpha"].items()}
        place = split
        parts = read_json(split)["parts"]
        sizes = [{name: part[what] for name, part in parts.items()} for what in ("sentences", "works")]
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(place, f"does not hold the figures of the report ({error!r})") from error
    return Figures(macro_f1, f1, alpha, sizes[0], sizes[1])
