"""Why a label was given: the addends of its logit, by word, pattern, wording, neighbour and place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.core.records import Sentence
from pipeline.learning.context import ContextStage, context_names, has_context, in_context
from pipeline.learning.cues import Cue, cues
from pipeline.learning.heads import LinearHeads

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def told_by(
    heads: LinearHeads,
    context: ContextStage | None,
    first: Floats,
    sentences: Sequence[Sentence],
    wanted: Bools,
    labels: Sequence[str],
) -> list[dict[str, tuple[Cue, ...]]]:
    """For each sentence the addends of the last stage's logit of every label that is `wanted`, by label.

    Args:
        heads: the first stage.
        context: the second; None without one.
        first: logits of the first stage, shape (n, n_labels).
        sentences: those of one document follow each other in order.
        wanted: shape (n, n_labels).
        labels: the columns.
    """
    names, matrix = heads.features_.get_feature_names_out(), heads.features_.transform(sentences)
    own = (heads.weights_, heads.intercepts_)
    if context is None:
        stages, around, twice = [own, own], np.zeros((len(sentences), 0)), np.zeros(len(sentences), dtype=bool)
    else:
        stages = [own, context.folded_into(*own)]
        around, twice = in_context(first, sentences)[:, len(labels) :], has_context(sentences)
    around_names = context_names(labels)
    told: list[dict[str, tuple[Cue, ...]]] = []
    for row, columns in enumerate(wanted):
        weights, intercepts = stages[int(twice[row])]
        found = {}
        for column in np.flatnonzero(columns).tolist():
            further = []
            if context is not None and twice[row]:
                addends = around[row] * context.weights_[len(labels) :, column]
                further = [Cue(name, float(addend)) for name, addend in zip(around_names, addends, strict=True)]
            found[labels[column]] = cues(matrix[row], names, weights[:, column], intercepts[column], further)
        told.append(found)
    return told
