"""The blocks of the model card and of docs/speed.md, from small invented figures."""

from __future__ import annotations

from typing import Any

from pipeline.report.blocks import BLOCKS
from pipeline.report.markdown import Metrics


def at(value: float, low: float | None = None, high: float | None = None) -> dict[str, float | None]:
    return {"value": value, "low": low, "high": high}


def metrics(**given: Any) -> Metrics:
    return Metrics(**{"models": {}, "agreement": {}, "split": {}, "public": {}, "corpus": {}, "targets": {}, **given})


def test_the_card_says_of_what_the_model_is_made() -> None:
    record = {
        "sha256": "ab12",
        "train_sha256": "cd34",
        "sentences": 1200,
        "works": 40,
        "edits": 5,
        "scheme_version": "7",
        "labels": ["report", "assertion"],
        "thresholds": {"report": 0.25, "assertion": 0.5},
        "params": {"C": 0.5},
    }
    assert BLOCKS["model"](metrics(records={"main": record})).splitlines() == [
        "|  |  |",
        "| --- | --- |",
        "| model file | `models/main.joblib`, SHA-256 `ab12` |",
        "| learned from | `data/train.parquet`, SHA-256 `cd34` |",
        "| training sentences | 1,200 of 40 works, and 5 edits |",
        "| scheme | version 7: report, assertion |",
        "| thresholds | report .250, assertion .500 |",
        '| settings | `{"C": 0.5}` |',
    ]


def test_reliability_is_the_mean_over_labels_with_enough_positives_and_over_public_targets() -> None:
    labels = {
        "report": {"enough": True, "calibration_error": at(0.01)},
        "assertion": {"enough": True, "calibration_error": at(0.03)},
        "statistic": {"enough": False, "calibration_error": at(0.9)},
    }
    errors = {"letters:wish->prediction": 0.1, "letters:view->assertion": 0.3}
    targets = {name: {"models": {"main": {"calibration_error": at(error)}}} for name, error in errors.items()}
    found = metrics(models={"main": {"labels": labels}}, public={"letters": {"targets": targets}})
    assert BLOCKS["reliability"](found) == (
        "Expected calibration error, mean over 2 labels on held-out works: .020. Over 2 targets of public corpora: "
        ".200, from .100 to .300 (letters:view -> assertion)."
    )


def test_steadiness_tells_pairs_and_exchanged_names() -> None:
    contrast = {"chance": 0.25, "models": {"main": {"both_right": at(0.4, 0.3, 0.5)}}}
    invariance = {"models": {"main": {"flip_rate": at(0.02, 0.01, 0.03)}}}
    block = BLOCKS["steadiness"](metrics(measures={"contrast": contrast, "invariance": invariance}))
    assert ".400 (.300-.500) are right on both sides (tossing coins .250)" in block
    assert block.endswith("are exchanged, .020 (.010-.030) of the decisions change.")


SPEED = {
    "sentences": 50000,
    "characters": 121.4,
    "model_sha256": "0123456789abcdef",
    "machine": {"processor": "Abacus", "cores": 2, "load": 1.5, "load_after": 0.5, "versions": {"numpy": "2.0"}},
    "rates": {"ours": 12000.0, "scikit-learn, same n-grams": 3000.0, "fastText, words and characters": 9000.0},
    "published": {"large": 20.0},
    "two_processes": 21000.0,
    "documents": {"read": 90000.0, "all": 5000.0},
    "model_file_mb": 5.5,
    "load_seconds": 0.25,
    "first_label_seconds": 0.2,
    "memory_mb": 1234.0,
    "training": {"processor_seconds": 99.0, "clock_seconds": 60.0},
}


def test_speed_is_told_with_ratios_of_what_was_measured_in_one_run() -> None:
    assert BLOCKS["speed"](metrics(speed=SPEED)).splitlines() == [
        "50,000 sentences of 121 characters on average; Abacus, 2 cores with 1.5 processes running or waiting when it "
        "began and 0.5 when it ended; numpy 2.0; model `0123456789ab`.",
        "",
        "|  | sentences a second | ours is so many times as fast |",
        "| --- | ---: | ---: |",
        "| ours | 12,000 | 1 |",
        "| scikit-learn, same n-grams | 3,000 | 4 |",
        "| fastText, words and characters | 9,000 | 1.3 |",
        "| large, published | 20 |  |",
        "",
        "Two processes of ours (`jobs=2`): 21,000 a second by the clock.",
    ]


def test_steps_and_start_have_a_row_each() -> None:
    found = metrics(speed=SPEED)
    assert BLOCKS["speed-documents"](found).splitlines()[2:] == ["| read | 90,000 |", "| all | 5,000 |"]
    assert BLOCKS["speed-start"](found).splitlines()[2:] == [
        "| model file, MB | 5.5 |",
        "| load, after imports, s | 0.25 |",
        "| first label after that, s | 0.20 |",
        "| memory by then, MB | 1,234 |",
        "| training, processor seconds | 99 |",
        "| training, seconds by the clock | 60 |",
    ]


def test_aims_say_whether_they_are_reached() -> None:
    assert BLOCKS["speed-aims"](metrics(speed=SPEED)).splitlines()[2:] == [
        "| sentences a second, two processes, by the clock | 25,000 | 21,000 | no |",
        "| times as fast as scikit-learn | 10 | 4.0 | no |",
        "| times as fast as fastText with characters | 1 | 1.3 | yes |",
        "| sentences a second, whole documents | 3,000 | 5,000 | yes |",
    ]
