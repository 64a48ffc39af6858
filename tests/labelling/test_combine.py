"""Votes become probabilities as crowd-kit would have it, on old sentences and on new ones."""

from __future__ import annotations

import warnings
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pipeline.core.params import LabelParams
from pipeline.labelling.combine import combine_votes, fit

SETTINGS = [
    LabelParams.model_validate({"combine": combine, "abstention": abstention, "iterations": 20})
    for combine, abstention in product(("dawid_skene", "majority"), ("missing", "against", "own_class"))
]
NAMES = [f"{params.combine}-{params.abstention}" for params in SETTINGS]
every_setting = pytest.mark.parametrize("params", SETTINGS, ids=NAMES)

tables = hnp.arrays(np.int8, st.tuples(st.integers(1, 6), st.just(4)), elements=st.integers(-1, 1))
RULE_LABELS = ("a", "a", "b", "a")
IDS = ("a", "b", "c")


def params(combine: str, abstention: str, iterations: int = 20) -> LabelParams:
    return LabelParams.model_validate({"combine": combine, "abstention": abstention, "iterations": iterations})


def table(*rows: str) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    """Votes from rows of `+`, `-` and `0`."""
    return np.array([["-0+".index(vote) - 1 for vote in row] for row in rows], dtype=np.int8)


@pytest.mark.parametrize(
    ("abstention", "expected"),
    [
        ("missing", [1 / 1, 1 / 2, 0 / 1, (1 / 1 + 1 / 2 + 0 / 1) / 3]),
        ("against", [1 / 3, 1 / 3, 0 / 3, 0 / 3]),
        ("own_class", [1 / 3, 1 / 3, 0 / 3, 0 / 3]),
    ],
)
def test_majority_is_the_share_of_yes(abstention: str, expected: list[float]) -> None:
    votes = table("+00", "+-0", "00-", "000")
    found = combine_votes(votes, ("a", "a", "a"), ("a",), params("majority", abstention))
    assert found[:, 0].tolist() == pytest.approx(expected)


def test_dawid_skene_by_hand() -> None:
    """Three rules that always agree: 3 of 4 sentences yes, so the prior is 3 / 4 and every posterior certain."""
    votes = table("+++", "+++", "+++", "---")
    model = fit(votes, ("a", "a", "a"), ("a",), params("dawid_skene", "missing"))
    assert model.labels[0].priors.tolist() == pytest.approx([1 / 4, 3 / 4])
    assert model.predict_proba(votes)[:, 0].tolist() == pytest.approx([1, 1, 1, 0])
    assert model.predict_proba(table("000", "+00"))[:, 0].tolist() == pytest.approx([3 / 4, 1])


def test_a_rule_that_votes_at_random_loses_against_two_that_agree() -> None:
    votes = table(*["+++", "++-", "--+", "---"] * 5)
    found = combine_votes(votes, ("a", "a", "a"), ("a",), params("dawid_skene", "missing"))[:, 0]
    assert found.tolist() == pytest.approx([1, 1, 0, 0] * 5, abs=1e-3)


@pytest.mark.parametrize("abstention", ["missing", "against", "own_class"])
def test_posterior_is_crowd_kits(abstention: str) -> None:
    """The rates after k iterations give the posterior that crowd-kit's next iteration gives; it may stop early."""
    from crowdkit.aggregation.classification.dawid_skene import DawidSkene

    generator = np.random.default_rng(3)
    truth = generator.random(200) < 0.4
    right = generator.random((200, 5)) < [0.9, 0.8, 0.7, 0.85, 0.6]
    silent = generator.random((200, 5)) < 0.3
    votes = np.where(silent, 0, np.where(right == truth[:, None], 1, -1)).astype(np.int8)
    coded = {"missing": {1: 1, -1: 0}, "against": {1: 1, -1: 0, 0: 0}, "own_class": {1: 1, -1: 0, 0: 2}}[abstention]
    rows = [(task, rule, coded[int(vote)]) for (task, rule), vote in np.ndenumerate(votes) if vote in coded]
    data = pd.DataFrame(rows, columns=["task", "worker", "label"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        k = len(DawidSkene(n_iter=3).fit(data).loss_history_)
        theirs = DawidSkene(n_iter=k + 1, tol=-np.inf).fit(data)
    assert theirs.probas_ is not None
    ours = combine_votes(votes, ("a",) * 5, ("a",), params("dawid_skene", abstention, 3))[:, 0]
    tasks = theirs.probas_.index.to_numpy()
    assert ours[tasks] == pytest.approx(theirs.probas_[1].to_numpy(), abs=1e-9)


def test_one_sided_rules_teach_nothing_when_abstention_is_missing() -> None:
    votes = table("+0-", "++0", "00-", "+0-")
    found = combine_votes(votes, ("a", "a", "a"), ("a",), params("dawid_skene", "missing"))[:, 0]
    assert found.tolist() == pytest.approx([found[0]] * 4)


@every_setting
def test_all_abstain(params: LabelParams) -> None:
    found = combine_votes(np.zeros((3, 4), dtype=np.int8), RULE_LABELS, IDS, params)
    assert found.shape == (3, 3)
    assert np.isfinite(found).all()


@every_setting
def test_a_label_without_rules_is_never_given(params: LabelParams) -> None:
    assert combine_votes(table("++-0", "-+0+"), RULE_LABELS, IDS, params)[:, 2].tolist() == [0, 0]


@settings(max_examples=15, deadline=None)
@given(votes=tables, seed=st.integers(0, 99))
@every_setting
def test_probabilities_follow_their_sentences(
    params: LabelParams, votes: np.ndarray[tuple[int, int], np.dtype[np.int8]], seed: int
) -> None:
    found = combine_votes(votes, RULE_LABELS, IDS, params)
    assert ((found >= 0) & (found <= 1)).all()
    order = np.random.default_rng(seed).permutation(len(votes))
    assert combine_votes(votes[order], RULE_LABELS, IDS, params) == pytest.approx(found[order], abs=1e-6)


@every_setting
def test_equal_votes_give_equal_bytes(params: LabelParams) -> None:
    votes = table("++-0", "-+0+", "0000", "+--+")
    first, second = (combine_votes(votes, RULE_LABELS, IDS, params).tobytes() for _ in range(2))
    assert first == second
