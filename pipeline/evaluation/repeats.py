"""Figures that are measured several times, each time after learning from other works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.evaluation.bootstrap import DECIMALS
from pipeline.learning.folds import Ids

Spread = dict[str, float]
"""`mean`, `lowest` and `highest`."""


def rows_of_works(groups: Sequence[str], number: int, order: int) -> Ids:
    """The rows of the first works in a random order, ascending.

    Args:
        groups: the work of each row.
        number: of works; all where there are not so many.
        order: which of the random orders. In one order the rows of fewer works are among those of more.
    """
    works = np.unique(np.asarray(groups))
    taken = np.random.default_rng(order).permutation(works)[:number]
    return np.flatnonzero(np.isin(groups, taken))


def spread_of(values: Sequence[float]) -> Spread:
    """Mean and range of one figure."""
    figures = {"mean": float(np.mean(values)), "lowest": min(values), "highest": max(values)}
    return {name: round(value, DECIMALS) for name, value in figures.items()}


def spreads(measured: Iterable[tuple[str, int, float]]) -> dict[str, dict[str, Spread]]:
    """Mean and range of what was measured, from (name, size, value): by name, then by size."""
    found: dict[str, dict[str, list[float]]] = {}
    for name, size, value in measured:
        found.setdefault(name, {}).setdefault(str(size), []).append(value)
    return {name: {size: spread_of(values) for size, values in sizes.items()} for name, sizes in found.items()}
