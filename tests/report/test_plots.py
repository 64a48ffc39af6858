"""Charts as SVG: where the marks are, and that names are no markup."""

from __future__ import annotations

import re

import pytest

from pipeline.report.plots import LEFT, RIGHT, WIDTH, Dots, Panel, bar, dot_chart, growth, panels, roll
from pipeline.report.tables import Interval

from .parsed import Element, parse

SPACE = WIDTH - LEFT - RIGHT


def marks(svg: str, cls: str) -> list[Element]:
    return parse(svg).all(cls=cls)


def test_a_dot_stands_where_its_figure_is() -> None:
    svg = dot_chart("F1", [Dots("report", Interval(0.5, 0.25, 0.75), 0.0, 1.0, "report")])
    (dot,), (interval,), (ring,), (tick,) = (marks(svg, cls) for cls in ("dot", "range", "floor", "ceiling"))
    assert float(str(dot.attributes["cx"])) == LEFT + SPACE / 2
    assert float(str(interval.attributes["x1"])) == LEFT + SPACE / 4
    assert float(str(interval.attributes["x2"])) == LEFT + 3 * SPACE / 4
    assert float(str(ring.attributes["cx"])) == LEFT
    assert float(str(tick.attributes["x1"])) == LEFT + SPACE


def test_what_is_not_known_is_not_drawn() -> None:
    svg = dot_chart("F1", [Dots("report", Interval(None))])
    assert [marks(svg, cls) for cls in ("dot", "range", "floor", "ceiling")] == [[], [], [], []]


def test_an_axis_may_end_before_one_and_nothing_lies_beyond() -> None:
    svg = dot_chart("share", [Dots("a", Interval(0.2, 0.1, 0.9))], most=0.4)
    (dot,), (interval,) = marks(svg, "dot"), marks(svg, "range")
    assert float(str(dot.attributes["cx"])) == LEFT + SPACE / 2
    assert float(str(interval.attributes["x2"])) == LEFT + SPACE


def test_names_are_no_markup() -> None:
    evil = "<script>\"&'"
    drawn = [
        dot_chart(evil, [Dots(evil, Interval(0.5), hue=evil)]),
        panels(evil, [Panel(evil, [(0, 0), (1, 1)], evil)]),
        roll([[evil]], [evil]),
    ]
    for svg in drawn:
        assert "<script" not in svg
        parse(svg)


def test_a_roll_has_a_column_for_each_sentence_and_a_line_for_each_label() -> None:
    svg = roll([["a"], [], ["b", "a"]], ["a", "b", "c"])
    assert re.findall(r'class="(\w)" d="([^"]+)"', svg) == [("a", "M0 0h1M2 0h1"), ("b", "M2 2h1")]
    assert 'viewBox="0 -1 3 6"' in svg


@pytest.mark.parametrize(("share", "width"), [(None, "0"), (0.0, "0"), (1 / 3, "33.3"), (1.0, "100")])
def test_a_bar_is_as_long_as_its_share(share: float | None, width: str) -> None:
    assert marks(bar(share), "full")[0].attributes["width"] == width


def test_growth_starts_at_a_half() -> None:
    svg = growth("AUC", {"x": {"100": {"mean": 0.5}, "200": {"mean": 1.0}}})
    first, second = str(marks(svg, "curve")[0].attributes["points"]).split()
    left, bottom = map(float, first.split(","))
    right, top = map(float, second.split(","))
    assert left < right
    assert bottom - top == pytest.approx(2 * (right - left))  # half of the sizes, the whole of the height
