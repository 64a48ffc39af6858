"""Gold labels of versions, which nobody labelled: those of the source, less and plus what annotators saw change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.evaluation.bootstrap import DECIMALS
from pipeline.evaluation.slices import micro_f1
from pipeline.labelling.versions import Change, Link
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.learning.features import LOADED
from pipeline.versions.comparison import Comparison

Gold = Mapping[tuple[str, int], frozenset[str]]
"""The labels of labelled sentences, by document and start."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a linked pair carries by gold, and what the model says of it; four sets of labels."""

    source: frozenset[str]
    version: frozenset[str]
    source_given: frozenset[str]
    version_given: frozenset[str]


def carried(comparison: Comparison, links: Iterable[Link], changes: Iterable[Change], gold: Gold) -> Iterator[Carried]:
    """Every pair that annotators linked one to one and whose source is labelled.

    Where a loaded wording changed, a list of changes does not tell whether another one stays, so loaded language does
    not count in that pair.

    Args:
        comparison: of the two texts.
        links: by annotators.
        changes: the settled list.
        gold: of the source at least.
    """
    said = [{one.sentence.start: one for one in side} for side in (comparison.source, comparison.version)]
    listed = list(changes)
    for link in (link for link in links if link.shape == "one to one"):
        before, after = said[0][link.source_starts[0]], said[1][link.version_starts[0]]
        labels = gold.get((link.source, before.sentence.start))
        if labels is not None and before.scores is not None and after.scores is not None:
            yield _pair(labels, before, after, [change for change in listed if change.link == link])


def _pair(
    labels: frozenset[str], before: AnnotatedSentence, after: AnnotatedSentence, changes: Sequence[Change]
) -> Carried:
    gained = {change.label for change in changes if change.kind == "label_added" and change.label}
    lost = {change.label for change in changes if change.kind == "label_removed"}
    unknown = {LOADED} if any(change.kind.startswith("loaded_") for change in changes) else set()
    four = (labels, (labels | gained) - lost, frozenset(before.labels), frozenset(after.labels))
    return Carried(*(frozenset(own - unknown) for own in four))


def carried_scores(pairs: Sequence[Carried], labels: Sequence[str]) -> dict[str, Any]:
    """Micro-F1 of the model on the sources and on the versions of the same pairs; None where there is nothing."""
    return {
        "pairs": len(pairs),
        "source": _f1([(pair.source, pair.source_given) for pair in pairs], labels),
        "version": _f1([(pair.version, pair.version_given) for pair in pairs], labels),
    }


def _f1(judged: Sequence[tuple[frozenset[str], frozenset[str]]], labels: Sequence[str]) -> float | None:
    """Of what is right and what is given, sentence by sentence."""
    if not judged:
        return None
    target, given = (np.array([[label in pair[side] for label in labels] for pair in judged]) for side in (0, 1))
    value = float(micro_f1(target, given, np.ones((1, len(judged))))[0])
    return None if np.isnan(value) else round(value, DECIMALS)
