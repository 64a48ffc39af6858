"""The answers of the gates in; a failure out if one of them failed. Nothing depends on this stage."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import CheckFailed
from pipeline.core.files import read_json
from pipeline.core.params import load_params


def run(*, gates: Path, params: Path) -> None:
    """Exit non-zero when a gate failed, naming it.

    Args:
        gates: metrics/gates.json.
        params: params.yaml.
    """
    load_params(params)
    failed = {name: gate for name, gate in read_json(gates)["gates"].items() if gate["answer"] == "fail"}
    if failed:
        told = "; ".join(
            f"{name} is {gate['value']} ({gate['low']} to {gate['high']}), "
            + " and ".join(
                f"{word} {gate[key]}"
                for key, word in (("least", "at least"), ("most", "at most"))
                if gate[key] is not None
            )
            for name, gate in failed.items()
        )
        raise CheckFailed(f"{gates}: {len(failed)} gates failed: {told}")
