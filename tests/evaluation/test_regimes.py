"""What is learned from what: gold of the drawn works alone, votes on the others, and thresholds from gold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.core.params import EvaluateParams
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.regimes import (
    BOTH,
    GAIN,
    GOLD,
    RULES,
    VOTES,
    Material,
    Trial,
    by_votes,
    compared,
    figures,
    fitted,
    trials,
)
from pipeline.evaluation.repeats import rows_of_works
from pipeline.learning.classifier import LinearClassifier
from tests.learning.examples import LABELS, WORDS_ALONE, examples

PARAMS = EvaluateParams(too_few_positives=2, too_few_documents=1, bins=10)
CHANCES = np.where(examples().target[:, ::-1], 0.5, 0.4)
"""Votes that say the last label where the first is right."""


def material() -> Material:
    own = examples()
    rows = rows_of_works(own.groups, 2, order=9)
    return Material(WORDS_ALONE, None, own, by_votes(own, CHANCES), own.of(rows), CHANCES[rows])


def test_votes_from_a_half_on_are_labels_and_mark_no_words() -> None:
    told = by_votes(examples(), CHANCES)
    assert np.array_equal(told.target, examples().target[:, ::-1])
    assert set(told.spans) == {()}


def test_gold_alone_learns_what_the_classifier_learns() -> None:
    one, other = fitted(WORDS_ALONE, None, examples()), LinearClassifier(WORDS_ALONE).fit(examples(), jobs=1)
    sentences = examples().sentences
    assert np.array_equal(one.predict_proba(sentences), other.predict_proba(sentences))
    assert np.array_equal(one.thresholds_, other.thresholds_)


def test_rules_alone_say_what_they_vote() -> None:
    outcome = material().outcome(Trial(RULES), LABELS)
    assert np.array_equal(outcome.chances, material().voted)
    assert np.array_equal(outcome.given, outcome.target[:, ::-1])


@pytest.mark.parametrize("regime", [VOTES, GOLD, BOTH])
def test_a_regime_learns_from_nothing_else(regime: str) -> None:
    known, trial = material(), Trial(regime, 6, 0)
    drawn = rows_of_works(known.gold.groups, 6, 0)
    others = np.setdiff1d(np.arange(len(known.gold.groups)), drawn)
    before = known.outcome(trial, LABELS).chances

    def changes(**spoilt: np.ndarray) -> bool:
        own = {name: getattr(known, name) for name in spoilt}
        for name, rows in spoilt.items():
            target = own[name].target.copy()
            target[rows] = ~target[rows]
            own[name] = replace(own[name], target=target)
        return not np.array_equal(replace(known, **own).outcome(trial, LABELS).chances, before)

    assert changes(gold=drawn) == (regime in {GOLD, BOTH})
    assert not changes(gold=others)
    assert changes(votes=others) == (regime in {VOTES, BOTH})
    assert changes(votes=drawn) == (regime == VOTES)


def test_every_share_is_tried_in_every_order_and_all_works_once() -> None:
    tried = list(trials(works=40, least=5, orders=2))
    assert tried[:2] == [Trial(RULES), Trial(VOTES)]
    gold = [(one.works, one.order) for one in tried if one.regime == GOLD]
    assert gold == [(5, 0), (5, 1), (10, 0), (10, 1), (20, 0), (20, 1), (40, 0)]
    assert [(one.works, one.order) for one in tried if one.regime == BOTH] == gold[:-1]


def test_figures_are_means_over_labels() -> None:
    target = np.array([[True, True, False], [True, False, False], [False, False, False]])
    chances = np.array([[0.9, 0.1, 0.5], [0.2, 0.8, 0.5], [0.8, 0.9, 0.5]])
    found = figures(Outcome(LABELS, ("d",) * 3, target, chances, chances > 0.5), PARAMS)
    # the second label occurs once, which is too few, the third never
    assert found["macro_f1"] == pytest.approx(2 * 1 / (2 + 2))
    assert found["average_precision"] == pytest.approx(((1 + 2 / 3) / 2 + 1 / 3) / 2)


def test_the_gain_is_taken_draw_by_draw() -> None:
    values = {GOLD: (0.5, 0.75), BOTH: (0.75, 0.625)}
    measured = {Trial(name, 4, order): {"f": value} for name, own in values.items() for order, value in enumerate(own)}
    found = compared({Trial(RULES): {"f": 0.25}, **measured})["f"]
    assert list(found) == [RULES, GOLD, BOTH, GAIN]
    assert found[RULES] == {"0": {"mean": 0.25, "lowest": 0.25, "highest": 0.25}}
    assert found[GAIN] == {"4": {"mean": 0.0625, "lowest": -0.125, "highest": 0.25}}
