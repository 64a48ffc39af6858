"""Minimal pairs: two sentences that differ in little but one label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl
from pipeline.core.params import Bootstrap
from pipeline.core.records import Sentence
from pipeline.core.scheme import Scheme
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.scores import ratio

Bools = npt.NDArray[np.bool_]

CHANCE = 0.25
"""Of both sides by two tossed coins."""


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """A sentence that carries a label, and one that does not."""

    pair_id: str
    label: str
    carrier: str
    other: str

    @property
    def sentences(self) -> tuple[Sentence, Sentence]:
        """Both as documents of one sentence."""
        first, second = (
            Sentence(f"{self.pair_id}:{side}", 0, 0, "body", 0, len(text), text)
            for side, text in (("with", self.carrier), ("without", self.other))
        )
        return first, second


def read_pairs(path: Path, scheme: Scheme) -> list[ContrastPair]:
    """The pairs of labels/contrast/pairs.jsonl.

    Raises:
        InputError: a row lacks a key or names an unknown label.
    """
    pairs = []
    for number, row in read_jsonl(path):
        try:
            pair = ContrastPair(row["id"], row["label"], row["with"], row["without"])
        except KeyError as error:
            raise InputError(path, f"lacks the key {error}", place=number) from error
        scheme.check([pair.label], path, number)
        pairs.append(pair)
    return pairs


def contrast_scores(
    pairs: Sequence[ContrastPair], given: Bools, labels: Sequence[str], bootstrap: Bootstrap
) -> dict[str, Any]:
    """The share of pairs right on both sides: the label given to the one sentence and not to the other.

    Args:
        pairs: n of them.
        given: decisions on the carriers and on the others, shape (2, n, n_labels).
        labels: the columns of `given`.
        bootstrap: pairs are drawn anew, each a document of its own.
    """
    columns = [list(labels).index(pair.label) for pair in pairs]
    own = np.arange(len(pairs))
    right = given[0, own, columns] & ~given[1, own, columns]
    weights = document_weights([pair.pair_id for pair in pairs], bootstrap)
    of_label = {label: np.array([pair.label == label for pair in pairs], dtype=bool) for label in labels}
    return {
        "both_right": estimate(ratio(weights @ right, weights.sum(axis=1)), bootstrap).as_row(),
        "labels": {
            label: {
                "pairs": int(member.sum()),
                "both_right": estimate(ratio(weights @ (right & member), weights @ member), bootstrap).as_row(),
            }
            for label, member in of_label.items()
        },
    }
