"""Figures and the bounds they have to keep in; pass, investigate or fail for each out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.evaluation.gates import judged


def run(*, figures: Path, params: Path, metrics: Path) -> None:
    """Judge the run by its gates; never fails, so that what comes after it exists when it is needed most.

    Args:
        figures: folder of metrics files.
        params: params.yaml, with the gates.
        metrics: each gate's figure, bounds and answer, and how many gave each answer.
    """
    gates = {name: judged(name, gate, figures) for name, gate in load_params(params).gates.items()}
    answers = [gate["answer"] for gate in gates.values()]
    counts = {told: answers.count(told) for told in ("pass", "investigate", "fail")}
    write_json(metrics, {"answers": counts, "gates": gates})
