"""How well loaded wordings are found, by the characters marked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap
from pipeline.evaluation.bootstrap import Estimate, estimate
from pipeline.evaluation.scores import ratio
from pipeline.labelling.agreement import characters

Floats = npt.NDArray[np.float64]
Wording = tuple[int, int]


def span_scores(
    found: Sequence[Sequence[Wording]], gold: Sequence[Sequence[Wording]], weights: Floats, bootstrap: Bootstrap
) -> dict[str, Estimate]:
    """Precision, recall and F1 of the characters marked, and the share of gold wordings found to the letter.

    Characters are counted over all sentences, each once however many wordings cover it, as in SemEval-2020 task 11
    (Da San Martino et al. 2020, doi:10.18653/v1/2020.semeval-1.186).

    Args:
        found: the wordings marked in each of n sentences, as half-open offsets.
        gold: the right ones.
        weights: shape (m, n), from `document_weights`.
        bootstrap: how the interval is made.
    """
    pairs = list(zip(map(characters, found), map(characters, gold), strict=True))
    shared, marked, expected = (
        weights @ np.array(counts, dtype=np.float64)
        for counts in (
            [len(mine & right) for mine, right in pairs],
            [len(mine) for mine, _ in pairs],
            [len(right) for _, right in pairs],
        )
    )
    exact = weights @ np.array([len({*mine} & {*right}) for mine, right in zip(found, gold, strict=True)], dtype=float)
    wordings = weights @ np.array([len(right) for right in gold], dtype=np.float64)
    figures = {
        "precision": (shared, marked),
        "recall": (shared, expected),
        "f1": (2 * shared, marked + expected),
        "exact_recall": (exact, wordings),
    }
    return {name: estimate(ratio(*parts), bootstrap) for name, parts in figures.items()}
