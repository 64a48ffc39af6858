"""Charts that stand in README and docs, as SVG: F1 of every label, and what more of the corpus buys."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

PANELS, PANEL_WIDTH, PANEL_HEIGHT = 4, 215, 160
WIDTH, LEFT, RIGHT, ROW, TOP = 720, 170, 24, 30, 40
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#24292f}.axis{stroke:#d0d7de}.range{stroke:#0b5c8a;stroke-width:3}"
    ".point{fill:#0b5c8a}.floor{fill:none;stroke:#b35900;stroke-width:2}.ceiling{stroke:#57606a;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.axis{stroke:#3d444d}.range{stroke:#6cb6ff}"
    ".point{fill:#6cb6ff}.floor{stroke:#f0a35e}.ceiling{stroke:#9198a1}}"
)


def f1_chart(ours: Mapping[str, Any], floor: Mapping[str, Any], agreement: Mapping[str, Any]) -> str:
    """F1 of the model (dot, bar for the interval) between plain TF-IDF (ring) and the annotators' alpha (tick)."""
    labels = list(ours["labels"])
    height = TOP + ROW * len(labels) + 40
    marks = [_axis(height)]
    for number, label in enumerate(labels):
        marks.append(
            _row(
                TOP + ROW * number + ROW // 2,
                label,
                ours["labels"][label]["f1"],
                floor["labels"][label]["f1"]["value"],
                agreement["alpha"][label]["value"],
            )
        )
    legend = (
        f'<text x="{LEFT}" y="{height - 8}">● main, 95 % interval   ○ plain TF-IDF   | annotators’ alpha</text>'
        f'<text x="{LEFT}" y="20">F1 on held-out works</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="F1 of every label on held-out works"><style>{STYLE}</style>{"".join(marks)}{legend}</svg>\n'
    )


def curve_chart(curve: Mapping[str, Any], aims: Mapping[str, float]) -> str:
    """ROC AUC of each target that has an aim against the number of sentences learned from, one small panel a target.

    The line is the mean over random orders, the band their range, the dashed line the aim.
    """
    targets = [target for target in aims if target in curve]
    rows = -(-len(targets) // PANELS)
    width, height = PANELS * PANEL_WIDTH, rows * PANEL_HEIGHT
    panels = "".join(
        f'<g transform="translate({number % PANELS * PANEL_WIDTH} {number // PANELS * PANEL_HEIGHT})">'
        f"{_panel(target, curve[target], aims[target])}</g>"
        for number, target in enumerate(targets)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="ROC AUC on public corpora by number of training sentences"><style>{STYLE}</style>{panels}</svg>\n'
    )


def _panel(target: str, points: Mapping[str, Mapping[str, float]], aim: float) -> str:
    sizes = sorted(points, key=int)
    left, right, top, bottom = 34, PANEL_WIDTH - 12, 34, PANEL_HEIGHT - 24
    values = [aim, *(points[size][bound] for size in sizes for bound in ("lowest", "highest"))]
    low, high = min(values) - 0.01, max(values) + 0.01

    def at(size: str, value: float) -> str:
        x = left + (right - left) * math.log(int(size) / int(sizes[0])) / math.log(int(sizes[-1]) / int(sizes[0]))
        return f"{x:.1f},{bottom - (bottom - top) * (value - low) / (high - low):.1f}"

    band = [at(size, points[size]["highest"]) for size in sizes]
    band += [at(size, points[size]["lowest"]) for size in reversed(sizes)]
    line = " ".join(at(size, points[size]["mean"]) for size in sizes)
    y_aim = at(sizes[0], aim).split(",")[1]
    theirs, ours = target.split("->")
    return (
        f'<text x="4" y="13">{escape(theirs)}</text><text x="4" y="27">→ {escape(ours)}</text>'
        f'<polygon points="{" ".join(band)}" fill="#0b5c8a" opacity=".2"/>'
        f'<polyline points="{line}" class="range" fill="none"/>'
        f'<line x1="{left}" x2="{right}" y1="{y_aim}" y2="{y_aim}" class="floor" stroke-dasharray="4 3"/>'
        f'<text x="2" y="{y_aim}" font-size="10">{aim:.2f}</text>'
        f'<text x="{left}" y="{PANEL_HEIGHT - 8}">{int(sizes[0]):,}</text>'
        f'<text x="{right}" y="{PANEL_HEIGHT - 8}" text-anchor="end">{int(sizes[-1]):,}</text>'
    )


def _x(value: float) -> float:
    return round(LEFT + value * (WIDTH - LEFT - RIGHT), 1)


def _axis(height: int) -> str:
    lines = []
    for tenth in range(0, 11, 2):
        x = _x(tenth / 10)
        lines.append(f'<line class="axis" x1="{x}" y1="{TOP - 4}" x2="{x}" y2="{height - 40}"/>')
        lines.append(f'<text x="{x}" y="{height - 25}" text-anchor="middle">{tenth / 10:g}</text>')
    return "".join(lines)


def _row(y: int, label: str, f1: Mapping[str, Any], floor: float | None, alpha: float | None) -> str:
    marks = [f'<text x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(label.replace("_", " "))}</text>']
    if f1["low"] is not None:
        marks.append(f'<line class="range" x1="{_x(f1["low"])}" y1="{y}" x2="{_x(f1["high"])}" y2="{y}"/>')
    if f1["value"] is not None:
        marks.append(f'<circle class="point" cx="{_x(f1["value"])}" cy="{y}" r="5"/>')
    if floor is not None:
        marks.append(f'<circle class="floor" cx="{_x(floor)}" cy="{y}" r="5"/>')
    if alpha is not None:
        marks.append(f'<line class="ceiling" x1="{_x(alpha)}" y1="{y - 8}" x2="{_x(alpha)}" y2="{y + 8}"/>')
    return "".join(marks)
