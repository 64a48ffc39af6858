"""Bounds that a run has to keep, each with one of three answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pipeline.core.errors import InputError
from pipeline.core.files import read_json
from pipeline.core.params import Gate

Answer = Literal["pass", "investigate", "fail"]


def answer(gate: Gate, low: float, high: float) -> Answer:
    """Whether an interval keeps a gate.

    `pass` when all of it does, `fail` when none of it does, `investigate` when the bound lies inside: the figure may
    have moved by chance.
    """
    kept = [
        (gate.least is None or value >= gate.least) and (gate.most is None or value <= gate.most)
        for value in (low, high)
    ]
    if all(kept):
        return "pass"
    beyond = (gate.least is not None and high < gate.least) or (gate.most is not None and low > gate.most)
    return "fail" if beyond else "investigate"


def judged(name: str, gate: Gate, metrics: Path) -> dict[str, Any]:
    """The gate's figure and answer, as written to metrics/gates.json.

    Raises:
        InputError: the file has no such figure.
    """
    path = metrics / gate.file
    figure: Any = read_json(path)
    for key in gate.figure:
        if not isinstance(figure, Mapping) or key not in figure:
            raise InputError(path, f"has no figure for gate {name!r}", place=".".join(gate.figure))
        figure = figure[key]
    interval = figure if isinstance(figure, Mapping) else {"value": figure, "low": figure, "high": figure}
    low, high = interval.get("low"), interval.get("high")
    if low is None or high is None:
        raise InputError(path, f"has no interval for gate {name!r}", place=".".join(gate.figure))
    return {**interval, "least": gate.least, "most": gate.most, "answer": answer(gate, float(low), float(high))}
