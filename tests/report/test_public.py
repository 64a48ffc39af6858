"""Tables of what public corpora say, from small invented figures."""

from __future__ import annotations

from typing import Any

from pipeline.report.blocks import BLOCKS
from pipeline.report.markdown import Metrics


def at(value: float) -> dict[str, float]:
    return {"value": value, "low": value - 0.1, "high": value + 0.1}


def scored(auc: float) -> dict[str, Any]:
    figures = {"average_precision": at(0.5), "f1": at(0.4), "calibration_error": at(0.2)}
    shares = {
        "true": 0.3,
        "raw": at(0.5),
        "adjusted": {"value": None, "low": None, "high": None},
        "covered": {"raw": True, "adjusted": None},
    }
    return {"sentences": 90, "positives": 30, "auc": at(auc), "shares": shares, **figures}


def trained(protocol: str, learner: str, supervision: str, macro_f1: float) -> dict[str, Any]:
    figures = {"macro_f1": at(macro_f1), "macro_f1_of_enough": at(0.6), "accuracy": at(0.8)}
    return {"protocol": protocol, "learner": learner, "supervision": supervision, **figures}


FOUND = Metrics(
    models={},
    agreement={},
    split={},
    public={"cdcp": {"targets": {"cdcp:value->assertion": {"models": {"main": scored(0.8), "tfidf": scored(0.7)}}}}},
    corpus={},
    targets={},
    trained={
        "babe": {
            "tasks": {
                "classes": [
                    trained("stratified", "tfidf", "text", 0.7),
                    trained("stratified", "main", "text + marked words", 0.77),
                    trained("by group", "stacked", "text", 0.74),
                ]
            }
        },
        "another": {"tasks": {"classes": [trained("split", "main", "text", 0.5)]}},
    },
)


def test_what_was_never_trained_there_has_every_figure() -> None:
    assert BLOCKS["never-trained"](FOUND).splitlines()[2:] == [
        "| cdcp:value -> assertion | 90 | 30 | .800 (.700-.900) | .700 | .500 (.400-.600) | .400 (.300-.500) "
        "| .200 (.100-.300) |"
    ]


def test_true_shares_stand_beside_ours() -> None:
    row, empty, told = BLOCKS["public-shares"](FOUND).splitlines()[2:]
    assert row == "| cdcp:value -> assertion | .300 | .500 (.400-.600) | yes | - | - |"
    assert (empty, told) == ("", "Of 1 targets 1 of the raw and 0 of the adjusted intervals contain the true share.")


def test_the_best_learner_of_each_protocol_is_held_against_the_aim() -> None:
    *lines, empty, told = BLOCKS["trained"](FOUND).splitlines()
    assert lines[2:] == [
        "| babe | stratified | plain TF-IDF | text | .700 (.600-.800) | .600 | .800 |",
        "| babe | stratified | main | text + marked words | .770 (.670-.870) | .600 | .800 |",
        "| babe | by group | stacked | text | .740 (.640-.840) | .600 | .800 |",
        "| another | split | main | text | .500 (.400-.600) | .600 | .800 |",
    ]
    assert empty == ""
    assert told == (
        "Aimed at beforehand: babe (stratified) .780: missed by the best of 2 with .770; "
        "babe (by group) .730: reached by the best of 1 with .740. "
        "The best is picked after the scores, and flatters itself a little."
    )
