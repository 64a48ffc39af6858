"""Folds that keep a work whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.core.errors import PipelineError

Ids = npt.NDArray[np.int64]


def grouped_folds(groups: Sequence[str], folds: int, seed: int) -> Iterator[tuple[Ids, Ids]]:
    """Row numbers (rest, held out) of each fold; a group is never on both sides.

    Groups are shuffled by `seed` and dealt, largest first, to the fold with the fewest rows. The folds depend on the
    groups' names and sizes, not on their order.

    Raises:
        PipelineError: there are fewer groups than folds.
    """
    names, rows = np.unique(np.asarray(groups), return_inverse=True)
    if len(names) < folds:
        raise PipelineError(f"cross-validation in {folds} folds needs as many works; there are {len(names)}")
    sizes = np.bincount(rows)
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    load, fold_of = np.zeros(folds, dtype=np.int64), np.empty(len(names), dtype=np.int64)
    for group in order:
        fold_of[group] = load.argmin()
        load[fold_of[group]] += sizes[group]
    own = fold_of[rows]
    for fold in range(folds):
        yield np.flatnonzero(own != fold), np.flatnonzero(own == fold)
