"""The headline figures, as the index shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.files import read_json

_KEYS = ("macro_f1", "f1", "alpha", "sentences", "works")


@dataclass(frozen=True, slots=True)
class Figures:
    """What metrics/summary.json says. A figure that is missing or None rests on too little to be told."""

    macro_f1: Mapping[str, float | None]
    """By model."""
    f1: Mapping[str, float | None]
    """By label, on held-out documents."""
    alpha: Mapping[str, float | None]
    """By label: how consistent the annotators are with each other."""
    sentences: Mapping[str, int]
    """By part of the split."""
    works: Mapping[str, int]
    """By part of the split."""


def read_figures(path: Path) -> Figures:
    """The headline figures.

    Raises:
        InputError: the file cannot be read, or lacks a key.
    """
    content: Any = read_json(path)
    for key in _KEYS:
        if not isinstance(content, dict) or not isinstance(content.get(key), dict):
            raise InputError(path, f"needs the keys {', '.join(_KEYS)}", place=key)
    return Figures(**{key: content[key] for key in _KEYS})
