"""What moved a decision: the addends of a logit, by feature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Floats = npt.NDArray[np.float64]

TOP_CUES = 8


@dataclass(frozen=True, slots=True)
class Cue:
    """What moved a decision: a feature and its addend to the label's logit before calibration."""

    feature: str
    addend: float


def cues(
    row: sp.csr_matrix, names: npt.NDArray[np.object_], weights: Floats, intercept: float, further: Sequence[Cue] = ()
) -> tuple[Cue, ...]:
    """The `TOP_CUES` largest addends of one sentence's logit, the sum of the others, and the intercept; they sum to it.

    Args:
        row: the features of the sentence, shape (1, n_features).
        names: of the features, shape (n_features,).
        weights: of the label, shape (n_features,).
        intercept: of the label.
        further: addends that do not come from the sentence's own features.
    """
    own = zip(names[row.indices], (row.data * weights[row.indices]).tolist(), strict=True)
    ranked = sorted([*(Cue(str(name), addend) for name, addend in own), *further], key=lambda cue: -abs(cue.addend))
    rest = sum(cue.addend for cue in ranked[TOP_CUES:])
    return (*ranked[:TOP_CUES], Cue("(other features)", rest), Cue("(intercept)", float(intercept)))
