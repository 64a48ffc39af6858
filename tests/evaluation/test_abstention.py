"""Leaving doubtful sentences out, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.core.params import Bootstrap
from pipeline.evaluation.abstention import COVERAGES, abstention, coverage_risk_rows
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.slices import micro_f1

RESAMPLING = Bootstrap(resamples=20, seed=0, level=0.95)


def outcome(right: list[int], given: list[int], likeliest: list[float]) -> Outcome:
    """One label, one sentence a document."""
    target, decisions = (np.array(side, dtype=bool)[:, None] for side in (right, given))
    return Outcome(("a",), tuple(map(str, range(len(right)))), target, np.array(likeliest)[:, None], decisions)


FOUR = outcome([1, 1, 1, 0], [1, 1, 0, 1], [0.9, 0.8, 0.4, 0.5])
"""Two right, one missed (the least probable), one false alarm."""


def test_what_is_uncertain_is_left_out_by_hand() -> None:
    found = abstention(FOUR, 0.5, RESAMPLING)
    assert found["uncertain"]["value"] == 1 / 4
    assert found["micro_f1_all"]["value"] == pytest.approx(2 * 2 / (3 + 3), abs=1e-4)
    assert found["micro_f1_certain"]["value"] == 2 * 2 / (2 + 3)


@pytest.mark.parametrize(("confidence", "uncertain"), [(0.4, 0), (0.41, 1 / 4), (0.9, 3 / 4), (0.91, 1)])
def test_a_sentence_at_the_bound_is_certain(confidence: float, uncertain: float) -> None:
    found = abstention(FOUR, confidence, RESAMPLING)
    assert found["uncertain"]["value"] == uncertain
    assert (found["micro_f1_certain"]["value"] is None) == (uncertain == 1)


def test_the_likeliest_are_kept_first() -> None:
    risks = {row["coverage"]: row["risk"] for row in coverage_risk_rows(FOUR)}
    assert risks[0.25] == risks[0.5] == 0
    assert risks[0.75] == pytest.approx(1 - 4 / 5)
    assert risks[1.0] == pytest.approx(1 - 4 / 6, abs=1e-4)


def test_at_full_coverage_the_risk_is_what_micro_f1_leaves() -> None:
    rng = np.random.default_rng(0)
    right, given = rng.integers(0, 2, (2, 50)).tolist()
    told = outcome(right, given, rng.random(50).tolist())
    last = list(coverage_risk_rows(told))[-1]
    assert last["coverage"] == 1
    assert last["risk"] == round(1 - float(micro_f1(told.target, told.given, np.ones((1, 50)))[0]), 4)


def test_there_is_a_row_for_every_coverage_however_few_sentences() -> None:
    rows = list(coverage_risk_rows(outcome([1], [1], [0.9])))
    assert [row["coverage"] for row in rows] == list(COVERAGES)
    assert {row["risk"] for row in rows} == {0}
