"""Logistic regression whose weights are the same bits on every machine.

The dual coordinate descent of liblinear (Yu, Huang and Lin 2011, doi:10.1007/s10994-010-5221-8) sums in plain loops in
a seeded order, so neither the number of threads nor the BLAS kernel can change a result; solved closely and rounded,
the weights do not depend on the last bits of an exponential either.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

Floats = npt.NDArray[np.float64]

DECIMALS = 6
TOLERANCE = 1e-4
ITERATIONS = 20_000
NEVER = -10.0
"""The logit given when training had no positive sentence (its opposite when it had no negative one)."""


def fit_logistic(
    matrix: sp.csr_matrix,
    target: npt.NDArray[np.bool_],
    C: float,
    class_weight: str | None,
    seed: int,
    tolerance: float = TOLERANCE,
) -> tuple[Floats, float]:
    """The weights, shape (n_features,), and intercept of an L2-penalised logistic regression.

    Args:
        matrix: shape (n, n_features), sorted indices.
        target: shape (n,).
        C: inverse strength of the penalty, over 0.
        class_weight: `balanced` weighs both classes equally, None as they come.
        seed: order of the coordinate descent.
        tolerance: how closely it is solved.

    Where `target` has one value only, the weights are 0 and the intercept says so (`NEVER`).
    """
    if target.all() or not target.any():
        return np.zeros(matrix.shape[1]), -NEVER if target.all() else NEVER
    model = LogisticRegression(
        C=C,
        class_weight=class_weight,
        solver="liblinear",
        dual=True,
        tol=tolerance,
        max_iter=ITERATIONS,
        random_state=seed,
    ).fit(matrix, target)
    return model.coef_[0].round(DECIMALS), round(float(model.intercept_[0]), DECIMALS)
