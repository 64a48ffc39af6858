"""The same weights, to the bit, wherever and however often they are fitted."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from pipeline.learning.linear import DECIMALS, NEVER, fit_logistic

from .examples import printed_by
from .logistic_problem import fingerprint, fitted, problem


def test_fits_repeat_to_the_bit() -> None:
    assert len({fingerprint(fitted()) for _ in range(3)}) == 1


def test_the_number_of_threads_changes_no_bit() -> None:
    prints = set()
    for threads in (1, 2):
        with threadpool_limits(threads):
            prints.add(fingerprint(fitted()))
    assert len(prints) == 1


def test_neither_hash_seed_nor_processor_changes_a_bit() -> None:
    code = "import learning.logistic_problem as t; print(t.fingerprint(t.fitted()))"
    printed = printed_by(
        code,
        [
            {"PYTHONHASHSEED": "0", "OPENBLAS_CORETYPE": "Haswell"},
            {"PYTHONHASHSEED": "1", "OPENBLAS_CORETYPE": "Prescott"},
        ],
    )
    assert printed == [fingerprint(fitted()) + "\n"] * 2


def test_weights_are_rounded() -> None:
    weights, intercept = fitted()
    assert (weights == weights.round(DECIMALS)).all()
    assert intercept == round(intercept, DECIMALS)


@pytest.mark.parametrize(("value", "logit"), [(False, NEVER), (True, -NEVER)])
def test_a_target_of_one_value_gives_that_value_always(value: bool, logit: float) -> None:
    matrix, target = problem()
    weights, intercept = fit_logistic(matrix, np.full_like(target, value), 1.0, "balanced", 0)
    assert intercept == logit
    assert weights.shape == (30,)
    assert not weights.any()


def test_what_tells_the_classes_apart_gets_the_right_sign() -> None:
    matrix = sp.csr_matrix(np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 1.0, 0.0]]))
    weights, _ = fit_logistic(matrix, np.array([True, True, False, False]), 1.0, None, 0)
    assert weights[0] > 0.1
    assert weights[1] < -0.1
    assert abs(weights[2]) < 0.1


def test_a_weaker_penalty_lets_weights_grow() -> None:
    assert np.abs(fitted(C=10.0)[0]).sum() > np.abs(fitted(C=0.01)[0]).sum()


def test_balanced_classes_raise_the_intercept_of_a_rare_label() -> None:
    generator = np.random.default_rng(3)
    matrix = sp.csr_matrix(generator.normal(size=(100, 4)))
    rare = np.arange(100) < 5
    as_they_come, balanced = (fit_logistic(matrix, rare, 1.0, weight, 0)[1] for weight in (None, "balanced"))
    assert as_they_come < -1 < balanced
