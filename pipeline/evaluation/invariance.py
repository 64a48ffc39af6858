"""Whether a judgement about wording hangs on who is spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.errors import InputError
from pipeline.core.files import read_yaml
from pipeline.core.params import Bootstrap
from pipeline.core.records import Sentence
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.scores import ratio

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Swaps = Mapping[str, Sequence[tuple[str, str]]]
"""Pairs of names, by the sort of group that they name."""


@dataclass(frozen=True, slots=True)
class Swapped:
    """A sentence, and the same sentence about the other group."""

    sort: str
    before: Sentence
    after: Sentence


def read_swaps(path: Path) -> Swaps:
    """The pairs of labels/identity/swaps.yaml.

    Raises:
        InputError: a sort of group holds something other than pairs of different names.
    """
    found = read_yaml(path)
    swaps: dict[str, list[tuple[str, str]]] = {}
    for sort, pairs in found.items():
        for pair in pairs:
            if not (isinstance(pair, list) and len(pair) == len({str(name).lower() for name in pair}) == 2):
                raise InputError(path, f"needs pairs of two different names (got {pair!r})", place=sort)
            swaps.setdefault(str(sort), []).append((str(pair[0]), str(pair[1])))
    return swaps


def swapped(sentences: Sequence[Sentence], swaps: Swaps) -> Iterator[Swapped]:
    """Every sentence once for each sort of group that it names, with all names of that sort exchanged.

    Where a name stands in several pairs the first pair counts.
    """
    for sort, pairs in swaps.items():
        exchange = _exchange(pairs)
        for sentence in sentences:
            text = exchange(sentence.text)
            if text != sentence.text:
                yield Swapped(sort, sentence, replace(sentence, text=text))


def _exchange(pairs: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    other: dict[str, str] = {}
    for first, second in pairs:
        other.setdefault(first.lower(), second)
        other.setdefault(second.lower(), first)
    names = "|".join(sorted(map(re.escape, other), key=len, reverse=True))
    return partial(re.compile(rf"(?i)\b(?:{names})\b").sub, lambda m: _in_the_capitals_of(m[0], other[m[0].lower()]))


def invariance_scores(
    pairs: Sequence[Swapped],
    before: Floats,
    after: Floats,
    thresholds: Floats,
    labels: Sequence[str],
    bootstrap: Bootstrap,
) -> dict[str, Any]:
    """The mean absolute change of a label's probability, and the share of decisions that flip, by label and by sort.

    Args:
        pairs: n of them.
        before: probabilities of the sentences as they are, shape (n, n_labels).
        after: of the sentences about the other group.
        thresholds: from which a label is given, shape (n_labels,).
        labels: the columns.
        bootstrap: documents are drawn anew.
    """
    weights = document_weights([pair.before.doc_id for pair in pairs], bootstrap)
    change, flipped = np.abs(after - before), (after >= thresholds) != (before >= thresholds)

    def figures(change: Floats, flipped: Floats, kept: Bools) -> dict[str, Any]:
        total = weights @ kept
        return {
            "sentences": int(kept.sum()),
            "mean_change": estimate(ratio(weights @ (change * kept), total), bootstrap).as_row(),
            "flip_rate": estimate(ratio(weights @ (flipped * kept), total), bootstrap).as_row(),
        }

    everything = np.ones(len(pairs), dtype=bool)
    sorts = np.array([pair.sort for pair in pairs])
    return {
        **figures(change.mean(axis=1), flipped.mean(axis=1), everything),
        "labels": {
            label: figures(change[:, column], flipped[:, column].astype(np.float64), everything)
            for column, label in enumerate(labels)
        },
        "sorts": {
            str(sort): figures(change.mean(axis=1), flipped.mean(axis=1), sorts == sort) for sort in np.unique(sorts)
        },
    }


def _in_the_capitals_of(model: str, name: str) -> str:
    if model.isupper() and len(model) > 1:
        return name.upper()
    return name[0].upper() + name[1:] if model[0].isupper() else name
