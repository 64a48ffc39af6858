"""Cues are the addends of a logit, by hand."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from pipeline.learning.cues import TOP_CUES, Cue, cues


def told(values: list[float], weights: list[float], intercept: float = 0.0) -> tuple[Cue, ...]:
    names = np.array([f"f{number}" for number in range(len(values))], dtype=object)
    return cues(sp.csr_matrix(np.array([values])), names, np.array(weights), intercept)


def test_addends_by_hand_largest_first_whatever_their_sign() -> None:
    assert told([1.0, 2.0, 0.0, 0.5], [0.5, -1.0, 9.0, 2.0], -0.25) == (
        Cue("f1", -2.0),
        Cue("f3", 1.0),
        Cue("f0", 0.5),
        Cue("(other features)", 0.0),
        Cue("(intercept)", -0.25),
    )


def test_what_is_beyond_the_top_is_added_up() -> None:
    found = told([1.0] * (TOP_CUES + 3), [1.0] * TOP_CUES + [0.25, 0.5, -0.125])
    assert len(found) == TOP_CUES + 2
    assert found[-2] == Cue("(other features)", 0.625)


def test_a_sentence_without_features_has_the_intercept() -> None:
    assert told([0.0, 0.0], [1.0, 1.0], 0.75) == (Cue("(other features)", 0.0), Cue("(intercept)", 0.75))


NUMBERS = st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=25)


@given(NUMBERS, st.floats(-5, 5))
def test_cues_sum_to_the_logit(pairs: list[tuple[float, float]], intercept: float) -> None:
    values, weights = ([pair[side] for pair in pairs] for side in (0, 1))
    logit = float(np.dot(values, weights)) + intercept
    assert sum(cue.addend for cue in told(values, weights, intercept)) == pytest.approx(logit, abs=1e-9)
