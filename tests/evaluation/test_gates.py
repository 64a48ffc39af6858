"""Three answers, at the bounds and between them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.errors import InputError
from pipeline.core.params import Gate
from pipeline.evaluation.gates import answer, judged


def gate(least: float | None = None, most: float | None = None, *figure: str) -> Gate:
    return Gate(file="models/main.json", figure=figure or ("macro_f1",), least=least, most=most)


LEAST, MOST, BETWEEN = gate(least=0.6), gate(most=0.1), gate(least=0.47, most=0.53)


@pytest.mark.parametrize(
    ("bounds", "low", "high", "told"),
    [
        (LEAST, 0.65, 0.7, "pass"),
        (LEAST, 0.6, 0.7, "pass"),
        (LEAST, 0.59, 0.7, "investigate"),
        (LEAST, 0.5, 0.6, "investigate"),
        (LEAST, 0.5, 0.59, "fail"),
        (MOST, 0.0, 0.1, "pass"),
        (MOST, 0.05, 0.11, "investigate"),
        (MOST, 0.1, 0.2, "investigate"),
        (MOST, 0.11, 0.2, "fail"),
        (BETWEEN, 0.47, 0.53, "pass"),
        (BETWEEN, 0.46, 0.5, "investigate"),
        (BETWEEN, 0.5, 0.54, "investigate"),
        (BETWEEN, 0.4, 0.6, "investigate"),
        (BETWEEN, 0.3, 0.46, "fail"),
        (BETWEEN, 0.54, 0.6, "fail"),
        (BETWEEN, 0.5, 0.5, "pass"),
    ],
)
def test_an_interval_passes_fails_or_is_to_be_investigated(bounds: Gate, low: float, high: float, told: str) -> None:
    assert answer(bounds, low, high) == told


@pytest.fixture
def metrics(tmp_path: Path) -> Path:
    figures: dict[str, Any] = {
        "macro_f1": {"value": 0.65, "low": 0.62, "high": 0.7},
        "labels": {"report": {"f1": {"value": 0.5, "low": None, "high": None}}},
        "found_share": 1.0,
    }
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "main.json").write_text(json.dumps(figures))
    return tmp_path


def test_a_figure_is_told_with_its_interval_bounds_and_answer(metrics: Path) -> None:
    assert judged("good", LEAST, metrics) == {
        "value": 0.65,
        "low": 0.62,
        "high": 0.7,
        "least": 0.6,
        "most": None,
        "answer": "pass",
    }


@pytest.mark.parametrize(("least", "told"), [(1.0, "pass"), (1.01, "fail")])
def test_a_plain_figure_is_its_own_interval(metrics: Path, least: float, told: str) -> None:
    found = judged("leaks", gate(least, None, "found_share"), metrics)
    assert (found["low"], found["value"], found["high"], found["answer"]) == (1, 1, 1, told)


@pytest.mark.parametrize(
    "keys", [("macro_f2",), ("labels", "rport", "f1"), ("labels", "report", "f1", "value", "low"), ("found_share", "x")]
)
def test_a_misspelt_figure_is_told_with_its_keys(metrics: Path, keys: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as error:
        judged("good", gate(0.5, None, *keys), metrics)
    path = metrics / "models" / "main.json"
    assert str(error.value) == f"{path}:{'.'.join(keys)}: has no figure for gate 'good'"


def test_a_figure_that_rests_on_too_little_is_told(metrics: Path) -> None:
    with pytest.raises(InputError, match=r"labels\.report\.f1: has no interval for gate 'good'$"):
        judged("good", gate(0.5, None, "labels", "report", "f1"), metrics)


def test_a_file_that_is_missing_is_told(metrics: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.json: cannot be read"):
        judged("good", Gate(file="nothing.json", figure=("a",), least=0.5), metrics)
