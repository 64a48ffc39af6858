"""Charts inside the pages, as SVG that the pages' style sheet colours. Equal figures give equal bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from pipeline.report.tables import Interval

Points = Sequence[tuple[float, float]]

WIDTH, LEFT, RIGHT, ROW, TOP, FOOT = 660, 176, 20, 24, 12, 26
SIDE, EDGE = 150, 26


@dataclass(frozen=True, slots=True)
class Dots:
    """A row of a chart of dots: a figure with its interval, and what it is to be seen against."""

    name: str
    figure: Interval
    floor: float | None = None
    """A ring."""
    ceiling: float | None = None
    """A tick."""
    hue: str = ""
    """The label whose colour it has."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A small square chart, both axes from 0 to 1."""

    title: str
    line: Points
    hue: str = ""
    dots: bool = False
    """Whether the points are marked."""
    diagonal: bool = False
    low: str = "0"
    """What the lower end of the axis upwards is called."""
    across: str = ""
    up: str = ""


def dot_chart(told: str, rows: Sequence[Dots], most: float = 1.0) -> Markup:
    """Dots with intervals over an axis from 0 to `most`; `told` says what is seen, for those who do not see it."""
    height = TOP + ROW * len(rows) + FOOT

    def x(value: float) -> float:
        return round(LEFT + min(max(value / most, 0.0), 1.0) * (WIDTH - LEFT - RIGHT), 1)

    grid = "".join(
        f'<line class="grid" x1="{x(at)}" y1="{TOP - 6}" x2="{x(at)}" y2="{height - FOOT}"/>'
        f'<text class="tick" x="{x(at)}" y="{height - 8}" text-anchor="middle">{at:g}</text>'
        for at in (round(most * step / 5, 3) for step in range(6))
    )
    marks = "".join(_dots(row, TOP + ROW * number + ROW // 2, x) for number, row in enumerate(rows))
    return _svg(told, WIDTH, height, grid + marks)


def _dots(row: Dots, y: int, x: Any) -> str:
    figure = row.figure
    marks = [f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(row.name)}</text>']
    if figure.low is not None and figure.high is not None:
        marks.append(f'<line class="range" x1="{x(figure.low)}" y1="{y}" x2="{x(figure.high)}" y2="{y}"/>')
    if row.ceiling is not None:
        marks.append(f'<line class="ceiling" x1="{x(row.ceiling)}" y1="{y - 8}" x2="{x(row.ceiling)}" y2="{y + 8}"/>')
    if row.floor is not None:
        marks.append(f'<circle class="floor" cx="{x(row.floor)}" cy="{y}" r="4.5"/>')
    if figure.value is not None:
        marks.append(f'<circle class="dot" cx="{x(figure.value)}" cy="{y}" r="4.5"/>')
    return f'<g class="{escape(row.hue)}">{"".join(marks)}</g>'


def panels(told: str, drawn: Sequence[Panel]) -> Markup:
    """Small charts beside each other, each an SVG of its own that wraps with the page."""
    return Markup('<div class="panels">{}</div>').format(
        Markup("").join(_panel(panel, f"{told}: {panel.title}") for panel in drawn)
    )


def _panel(panel: Panel, told: str) -> Markup:
    size, left, bottom = SIDE - EDGE - 8, EDGE, SIDE - EDGE

    def at(point: tuple[float, float]) -> str:
        return f"{left + point[0] * size:.1f},{bottom - point[1] * size:.1f}"

    frame = (
        f'<path class="grid" d="M{left} {bottom - size}V{bottom}H{left + size}"/>'
        f'<text class="tick" x="{left - 4}" y="{bottom - size + 4}" text-anchor="end">1</text>'
        f'<text class="tick" x="{left - 4}" y="{bottom + 4}" text-anchor="end">{panel.low}</text>'
        f'<text class="tick" x="{left + size}" y="{bottom + 14}" text-anchor="end">{escape(panel.across)} 1</text>'
        f'<text class="tick" x="4" y="{bottom - size / 2}" transform="rotate(-90 10 {bottom - size / 2})" '
        f'text-anchor="middle">{escape(panel.up)}</text>'
    )
    if panel.diagonal:
        frame += f'<line class="floor" x1="{left}" y1="{bottom}" x2="{left + size}" y2="{bottom - size}"/>'
    line = f'<polyline class="curve" points="{" ".join(map(at, panel.line))}"/>'
    dots = "".join(
        f'<circle class="dot" cx="{x}" cy="{y}" r="3"/>' for x, y in (at(point).split(",") for point in panel.line)
    )
    marks = f'<g class="{escape(panel.hue)}">{line}{dots if panel.dots else ""}</g>'
    return Markup("<figure><figcaption>{}</figcaption>{}</figure>").format(
        panel.title, _svg(told, SIDE, SIDE, frame + marks)
    )


def roll(rows: Sequence[Sequence[str]], order: Sequence[str]) -> Markup:
    """A document at a glance: a column for each sentence, a line for each label in its order, as in a piano roll.

    Args:
        rows: the labels of every sentence.
        order: the label ids, from the top.
    """
    lines = []
    for y, label in enumerate(order):
        ticks = "".join(f"M{x} {2 * y}h1" for x, given in enumerate(rows) if label in given)
        if ticks:
            lines.append(f'<path class="{escape(label)}" d="{ticks}"/>')
    return Markup(
        f'<svg class="roll" viewBox="0 -1 {max(len(rows), 1)} {2 * len(order)}" preserveAspectRatio="none" '
        f'aria-hidden="true">{"".join(lines)}</svg>'
    )


def bar(share: float | None) -> Markup:
    """A share, 0 to 1, as the length of a bar; seen beside its figure, so it is hidden from those who listen."""
    width = round(100 * (share or 0.0), 1)
    return Markup(
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="4"/><rect class="full" width="{width:g}" height="4"/></svg>'
    )


def growth(told: str, curves: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Markup:
    """One small chart per name: what is reached (`mean`) with so many sentences, 0.5 to 1 upwards."""
    drawn = []
    for name, points in curves.items():
        sizes = sorted(points, key=int)
        line = [(int(size) / int(sizes[-1]), min(max(2 * points[size]["mean"] - 1, 0.0), 1.0)) for size in sizes]
        drawn.append(Panel(name, line, dots=True, low=".5"))
    return panels(told, drawn)


def _svg(told: str, width: int, height: int, inner: str) -> Markup:
    return Markup(
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(told)}">{inner}</svg>'
    )
