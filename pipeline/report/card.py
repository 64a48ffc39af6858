"""What the model card says of the released model: of what it is made, and how it does in a line each."""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import mean

from pipeline.report.markdown import RELEASED, Metrics, arrow, figure, interval, table


def identity_block(metrics: Metrics) -> str:
    """The released model, what it learned from and with which settings."""
    record = metrics.records[RELEASED]
    rows = [
        ["model file", f"`models/{RELEASED}.joblib`, SHA-256 `{record['sha256']}`"],
        ["learned from", f"`data/train.parquet`, SHA-256 `{record['train_sha256']}`"],
        ["training sentences", f"{record['sentences']:,} of {record['works']:,} works, and {record['edits']:,} edits"],
        ["scheme", f"version {record['scheme_version']}: {', '.join(record['labels'])}"],
        ["thresholds", ", ".join(f"{label} {figure(value)}" for label, value in record["thresholds"].items())],
        ["settings", f"`{json.dumps(record['params'])}`"],
    ]
    return table(["", ""], rows).replace("---:", "---")


def reliability_block(metrics: Metrics) -> str:
    """How far probabilities are from frequencies, on held-out works and on public corpora."""
    inside = [one["calibration_error"]["value"] for one in metrics.models[RELEASED]["labels"].values() if one["enough"]]
    outside = {
        target: scores["models"][RELEASED]["calibration_error"]["value"]
        for target, scores in metrics.public_targets.items()
    }
    worst = max(outside, key=lambda target: outside[target])
    return (
        f"Expected calibration error, mean over {len(inside)} labels on held-out works: {figure(mean(inside))}. Over "
        f"{len(outside)} targets of public corpora: {figure(mean(outside.values()))}, from "
        f"{figure(min(outside.values()))} to {figure(outside[worst])} ({arrow(worst)})."
    )


def steadiness_block(metrics: Metrics) -> str:
    """Minimal pairs and exchanged names, in a sentence each."""
    pairs = metrics.measures["contrast"]
    names = metrics.measures["invariance"]["models"][RELEASED]
    return (
        f"Of minimal pairs that differ in one label, {interval(pairs['models'][RELEASED]['both_right'])} are right on "
        f"both sides (tossing coins {figure(pairs['chance'])}). When names of parties, nations, genders, faiths and "
        f"institutions are exchanged, {interval(names['flip_rate'])} of the decisions change."
    )


CARD: dict[str, Callable[[Metrics], str]] = {
    "model": identity_block,
    "reliability": reliability_block,
    "steadiness": steadiness_block,
}
