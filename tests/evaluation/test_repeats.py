"""What is measured several times: which works are drawn, and what is told of the figures."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.repeats import rows_of_works, spread_of, spreads


def test_a_spread_is_mean_and_range() -> None:
    assert spread_of([0.5, 0.9, 0.6]) == {"mean": 0.6667, "lowest": 0.5, "highest": 0.9}


def test_figures_go_by_name_and_size() -> None:
    measured = [("report", 4, 0.5), ("anecdote", 4, 0.25), ("report", 4, 1.0), ("report", 10, 0.75)]
    assert spreads(measured) == {
        "report": {
            "4": {"mean": 0.75, "lowest": 0.5, "highest": 1.0},
            "10": {"mean": 0.75, "lowest": 0.75, "highest": 0.75},
        },
        "anecdote": {"4": {"mean": 0.25, "lowest": 0.25, "highest": 0.25}},
    }


@given(st.lists(st.sampled_from("abcdef"), min_size=1), st.integers(0, 7), st.integers(0, 9))
def test_works_are_drawn_whole_and_fewer_are_among_more(groups: Sequence[str], number: int, order: int) -> None:
    rows = rows_of_works(groups, number, order).tolist()
    drawn = {groups[row] for row in rows}
    assert len(drawn) == min(number, len(set(groups)))
    assert rows == [row for row, group in enumerate(groups) if group in drawn]
    assert set(rows) <= set(rows_of_works(groups, number + 1, order).tolist())


def test_orders_differ() -> None:
    groups = [f"w{n}" for n in range(40)]
    assert len({tuple(rows_of_works(groups, 5, order)) for order in range(4)}) == 4
