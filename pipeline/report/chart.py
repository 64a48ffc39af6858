"""A chart of every label's F1 with its interval, as an SVG that stands in the README."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

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
