"""A small problem for logistic regression, with nothing else imported: processes of their own solve it anew."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from pipeline.learning.linear import fit_logistic

Fit = tuple[npt.NDArray[np.float64], float]


def problem() -> tuple[sp.csr_matrix, npt.NDArray[np.bool_]]:
    """Two hundred rows of thirty features, and a target that leans on the first two."""
    generator = np.random.default_rng(7)
    matrix = generator.normal(size=(200, 30)).round(3)
    target = matrix[:, 0] - matrix[:, 1] + generator.normal(size=200) > 0.5
    return sp.csr_matrix(matrix), target


def fitted(C: float = 1.0, class_weight: str | None = "balanced") -> Fit:
    return fit_logistic(*problem(), C, class_weight, 0)


def fingerprint(fit: Fit) -> str:
    return (fit[0].tobytes() + np.float64(fit[1]).tobytes()).hex()
