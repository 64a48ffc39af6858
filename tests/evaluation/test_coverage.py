"""Simulated coverage: where the truth is known, intervals cover it about as often as they say."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.core.params import Bootstrap
from pipeline.evaluation.coverage import Truth, document_rates, simulated_coverage

RESAMPLING = Bootstrap(resamples=200, seed=0, level=0.95)
NONE = 1e-6
"""A correlation that makes no difference."""


def test_what_an_endless_part_would_give_by_hand() -> None:
    """Of 1000: 200 carry, 140 of them are given the label, and 80 of the other 800."""
    figures = Truth(0.2, 0.7, 0.1, 0.1).figures
    assert figures["recall"] == 0.7
    assert figures["precision"] == pytest.approx(140 / 220)
    assert figures["f1"] == pytest.approx(2 * 140 / (200 + 220))


@pytest.mark.parametrize(("mean", "correlation"), [(0.1, 0.1), (0.35, 0.3), (0.7, 0.05)])
def test_the_rates_of_documents_have_the_mean_and_the_correlation_asked_for(mean: float, correlation: float) -> None:
    """The variance of a beta distribution is mean * (1 - mean) * correlation (Williams 1975)."""
    rates = document_rates(mean, correlation, 200_000, np.random.default_rng(0))
    assert rates.mean() == pytest.approx(mean, abs=0.005)
    assert rates.var() / (mean * (1 - mean)) == pytest.approx(correlation, rel=0.05)


def test_large_parts_without_correlation_are_covered_about_as_often_as_the_level_says() -> None:
    found = simulated_coverage(Truth(0.35, 0.7, 0.08, NONE), [300] * 80, 300, RESAMPLING)
    for figures in found.values():
        assert figures["runs"] == 300
        assert 0.91 <= figures["covered"] <= 0.98


def test_correlation_and_fewer_documents_widen_the_interval() -> None:
    plain, alike, few = (
        simulated_coverage(Truth(0.35, 0.7, 0.08, correlation), [50] * documents, 40, RESAMPLING)["f1"]["width"]
        for correlation, documents in ((NONE, 60), (0.2, 60), (NONE, 15))
    )
    assert alike > 1.2 * plain
    assert few > 1.5 * plain


def test_figures_that_are_undefined_are_left_out_and_counted() -> None:
    found = simulated_coverage(Truth(0.002, 0.7, 0.08, NONE), [5] * 4, 20, RESAMPLING)
    assert found["recall"]["runs"] < 20
