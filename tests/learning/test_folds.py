"""Folds keep a work whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.errors import PipelineError
from pipeline.learning.folds import grouped_folds

GROUPS = st.lists(st.sampled_from("abcdefgh"), min_size=4, max_size=60).filter(lambda groups: len(set(groups)) >= 4)
SEEDS = st.integers(0, 20)


def held_out_with(groups: list[str], folds: int, seed: int) -> dict[str, int]:
    """The fold that holds each group out."""
    found: dict[str, int] = {}
    for number, (_, held_out) in enumerate(grouped_folds(groups, folds, seed)):
        found |= {groups[row]: number for row in held_out}
    return found


@settings(deadline=None)
@given(groups=GROUPS, folds=st.integers(2, 4), seed=SEEDS)
def test_no_group_is_on_both_sides_and_every_row_is_held_out_once(groups: list[str], folds: int, seed: int) -> None:
    seen: list[int] = []
    for rest, held_out in grouped_folds(groups, folds, seed):
        assert not {groups[row] for row in rest} & {groups[row] for row in held_out}
        assert sorted([*rest, *held_out]) == list(range(len(groups)))
        assert len(held_out) > 0
        seen += held_out.tolist()
    assert sorted(seen) == list(range(len(groups)))


@settings(deadline=None)
@given(groups=GROUPS, seed=SEEDS, data=st.data())
def test_folds_do_not_depend_on_the_order_of_rows(groups: list[str], seed: int, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(groups))
    assert held_out_with(groups, 3, seed) == held_out_with(shuffled, 3, seed)


def test_the_largest_group_has_a_fold_for_itself_when_the_others_fit_beside_it() -> None:
    groups = ["a"] * 6 + ["b"] * 2 + ["c"] * 2 + ["d"] * 2
    folds = held_out_with(groups, 2, 0)
    assert sorted(np.bincount(list(map(folds.__getitem__, groups)))) == [6, 6]


def test_another_seed_deals_groups_of_one_size_differently() -> None:
    groups = list("abcdefgh")
    assert len({tuple(sorted(held_out_with(groups, 2, seed).items())) for seed in range(5)}) > 1


def test_fewer_groups_than_folds_is_an_error() -> None:
    with pytest.raises(PipelineError, match="cross-validation in 3 folds needs as many works; there are 2"):
        list(grouped_folds(["a", "a", "b", "b"], 3, 0))
