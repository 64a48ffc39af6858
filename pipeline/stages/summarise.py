"""What was measured in; a headline that fits a screen out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.core.errors import InputError
from pipeline.core.files import read_json, write_json
from pipeline.core.params import load_params

DECIMALS = 4
FLOOR = "tfidf"
"""The model that the released one is shown beside."""


def run(
    *, scores: Path, differences: Path, contrast: Path, gates: Path, params: Path, released: str, metrics: Path
) -> None:
    """Gather the few numbers that people look at first, flat and under short names.

    Args:
        scores: folder with one file of scores a model.
        differences: metrics/differences.json.
        contrast: metrics/contrast.json.
        gates: metrics/gates.json.
        params: params.yaml.
        released: the model that the headline is about.
        metrics: the headline that `dvc metrics show` prints on less than a hundred columns: macro-F1 (`f1`) with its
            interval, that of plain TF-IDF and of the annotators (`ceiling`); F1 of loaded wordings (`spans`), contrast
            pairs both right, gates that failed.
    """
    load_params(params)
    path = scores / f"{released}.json"
    if not path.exists():
        names = ", ".join(sorted(one.stem for one in scores.glob("*.json")))
        raise InputError(scores, f"has no scores of model {released!r} ({names})")
    ours, compared = read_json(path), read_json(differences)
    write_json(
        metrics,
        {
            "f1": ours["macro_f1"]["value"],
            "f1_low": ours["macro_f1"]["low"],
            "f1_high": ours["macro_f1"]["high"],
            **_compared(compared),
            "spans": ours["loaded_spans"]["f1"]["value"],
            "contrast": read_json(contrast)["models"][released]["both_right"]["value"],
            "failed": read_json(gates)["answers"]["fail"],
        },
    )


def _compared(differences: Mapping[str, Any]) -> dict[str, float | None]:
    """Macro-F1 of the floor, and the mean of the annotation passes."""
    macro = {name: figure["value"] for name, figure in differences["macro_f1"].items()}
    ceiling = _mean(value for name, value in macro.items() if name.startswith("annotator"))
    return {**({FLOOR: macro[FLOOR]} if FLOOR in macro else {}), "ceiling": ceiling}


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(float(np.mean(known)), DECIMALS) if known else None
