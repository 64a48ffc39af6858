"""Abstention and shares on corpora of others, worked by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pytest

from pipeline.core.params import Bootstrap, EvaluateParams, Params, SharesParams
from pipeline.core.records import Sentence
from pipeline.evaluation.abstention import risks
from pipeline.evaluation.corpora import Corpus, CorpusSentence, Target
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.shares import ErrorRates, rates_of
from pipeline.evaluation.transfer import transfer_scores
from pipeline.learning.store import StoredModel

PARAMS = Params.model_construct(
    bootstrap=Bootstrap(resamples=50, seed=0, level=0.95),
    evaluate=EvaluateParams(too_few_positives=1, too_few_documents=1, bins=10),
    shares=SharesParams(least_gap=0.2, mixes=1, samples=(2,), draws=1, documents=3),
)


@dataclass
class Told:
    """Says the number that a sentence is."""

    thresholds_: npt.NDArray[np.float64] = field(default_factory=lambda: np.array([0.5]))
    out_of_fold_: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 1)))

    def predict_proba(self, sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
        return np.array([float(sentence.text) for sentence in sentences])[:, None]


MODEL = StoredModel("m", ("claim",), (), "1", 0.5, Told())


def corpus(told: Sequence[tuple[float, str]]) -> Corpus:
    sentences = [
        CorpusSentence(f"d{i}", 0, f"{chance}", None, "test", False, {"claims": value})
        for i, (chance, value) in enumerate(told)
    ]
    target = Target("own:yes->claim", "claims", frozenset({"yes"}), None, "claim")
    return Corpus("own", "", sentences, (target,), None, None, "", {}, Counter())


def test_the_surest_decisions_are_kept_first() -> None:
    carries = np.array([True, False, True, False, True, False, True, False, True, False])
    chances = np.array([0.9, 0.1, 0.8, 0.2, 0.7, 0.45, 0.3, 0.6, 0.25, 0.55])
    # right with .9 .9 .8 .8 .7; then .75 (.25, wrong), .7 (.3, wrong), .6 (wrong), .55 (right), .55 (wrong)
    found = risks(carries, chances, 0.5, np.ones((1, 10)))
    assert {name: values[0] for name, values in found.items()} == {
        "risk_at_0.5": 1 / 5,
        "risk_at_0.8": 3 / 8,
        "risk_at_1": 4 / 10,
    }


def test_a_resample_weighs_what_is_kept() -> None:
    weights = np.array([[1.0, 1.0], [3.0, 1.0]])
    found = risks(np.array([False, True]), np.array([0.6, 0.7]), 0.5, weights)
    assert found["risk_at_1"].tolist() == [1 / 2, 3 / 4]
    assert found["risk_at_0.5"].tolist() == [0, 0]


def test_brier_reliability_and_shares_of_a_target() -> None:
    told = [(0.9, "yes")] * 6 + [(0.9, "no")] * 2 + [(0.1, "no")] * 11 + [(0.1, "yes")]
    rates = ErrorRates(np.full(51, 0.8), np.full(51, 0.1))
    found = transfer_scores(MODEL, corpus(told), PARAMS, {"claim": rates})["own:yes->claim"]
    # 6 and 11 sentences off by .1, 2 and 1 by .9
    assert found["brier"]["value"] == pytest.approx((17 * 0.01 + 3 * 0.81) / 20, abs=1e-4)
    assert found["reliability"] == [
        {"probability": 0.1, "share": round(1 / 12, 4), "sentences": 12},
        {"probability": 0.9, "share": 0.75, "sentences": 8},
    ]
    shares = found["shares"]
    assert (shares["true"], shares["raw"]["value"], shares["estimable"]) == (0.35, 0.4, True)
    assert shares["adjusted"]["value"] == pytest.approx((0.4 - 0.1) / 0.7, abs=1e-4)
    assert shares["covered"] == {"raw": True, "adjusted": True}


def test_without_rates_or_sentences_there_are_no_shares() -> None:
    rates = {"claim": ErrorRates(np.full(51, 0.8), np.full(51, 0.1))}
    (plain,) = transfer_scores(MODEL, corpus([(0.9, "yes"), (0.1, "no")]), PARAMS).values()
    (empty,) = transfer_scores(MODEL, corpus([]), PARAMS, rates).values()
    assert "shares" not in plain
    assert "shares" not in empty


def test_the_rates_of_every_label() -> None:
    target = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=bool)
    given = np.array([[1, 0], [0, 1], [0, 1], [0, 1]], dtype=bool)
    outcome = Outcome(("a", "b"), ("x", "x", "y", "y"), target, given.astype(float), given)
    found = rates_of(outcome, PARAMS.bootstrap)
    assert [(rate.true_positive_rate[0], rate.false_positive_rate[0]) for rate in found.values()] == [
        (0.5, 0),
        (1, 0.5),
    ]
