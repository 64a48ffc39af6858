"""The scores of every model in; a headline that fits a screen out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_json, write_json
from pipeline.core.params import load_params


def run(*, scores: Path, agreement: Path, split: Path, params: Path, released: str, metrics: Path) -> None:
    """Gather the few numbers that people look at first.

    Args:
        scores: folder with one file of scores a model.
        agreement: metrics/agreement.json.
        split: metrics/split.json.
        params: params.yaml.
        released: the model whose labels are told one by one.
        metrics: the headline.
    """
    load_params(params)
    models = {path.stem: read_json(path) for path in sorted(scores.glob("*.json"))}
    if released not in models:
        raise InputError(scores, f"has no scores of model {released!r} ({', '.join(models)})")
    parts = read_json(split)["parts"]
    labels = models[released]["labels"]
    write_json(
        metrics,
        {
            "macro_f1": {name: model["macro_f1"]["value"] for name, model in models.items()},
            "f1": {label: figures["f1"]["value"] for label, figures in labels.items() if figures["enough"]},
            "alpha": {label: alpha["value"] for label, alpha in read_json(agreement)["alpha"].items()},
            "sentences": {name: part["sentences"] for name, part in parts.items()},
            "works": {name: part["works"] for name, part in parts.items()},
        },
    )
