"""How far annotators agree with each other, and with gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import krippendorff
import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap
from pipeline.core.records import Span

Passes = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AnnotatorScore:
    """One annotator against gold on one label, 0 to 1; None where it is not defined."""

    precision: float | None
    """None when the annotator never gave the label."""
    recall: float | None
    """None when no sentence carries the label in gold."""
    f1: float | None
    """None when neither has the label."""
    support: int
    """How many sentences carry the label in gold."""


def label_alpha(passes: Passes) -> float | None:
    """Krippendorff's alpha for nominal values, 1 for full agreement, 0 for chance; None where it is not defined.

    Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", https://repository.upenn.edu/asc_papers/43.
    It is not defined when no unit has two values or when the values do not vary.

    Args:
        passes: shape (n_passes, n_units), a number for each value, nan where a pass has none.
    """
    return _alpha(_value_counts(passes))


def bootstrap_alpha(passes: Passes, documents: npt.NDArray[np.int64], params: Bootstrap) -> tuple[float, float] | None:
    """The interval of `label_alpha` when documents are drawn anew with all their units; None where alpha is.

    Percentiles of the resamples in which alpha is defined; Efron 1979, doi:10.1214/aos/1176344552.

    Args:
        passes: shape (n_passes, n_units), nan where a pass has none.
        documents: the document of each unit, shape (n_units,).
        params: how many resamples, from which seed, and how wide the interval is.
    """
    counts = _value_counts(passes)
    if _alpha(counts) is None:
        return None
    units = [np.flatnonzero(documents == document) for document in np.unique(documents)]
    generator = np.random.default_rng(params.seed)
    draws = (generator.integers(len(units), size=len(units)) for _ in range(params.resamples))
    drawn = (_alpha(counts[np.concatenate([units[document] for document in draw])]) for draw in draws)
    found = [alpha for alpha in drawn if alpha is not None]
    if not found:
        return None
    low, high = np.quantile(found, [(1 - params.level) / 2, (1 + params.level) / 2])
    return float(low), float(high)


def annotator_scores(annotated: Flags, gold: Flags) -> list[AnnotatorScore]:
    """One annotator against gold, a score a label; both of shape (n, L)."""
    return [_score(mine, right) for mine, right in zip(annotated.T, gold.T, strict=True)]


def span_overlap(first: Sequence[Sequence[Span]], second: Sequence[Sequence[Span]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the characters that `first` marks against those that `second` marks.

    Micro-averaged: characters are counted over all sentences, each once however many spans cover it. Two passes that
    both mark nothing agree, 1.0; when only one of them marks anything all three are 0.0.

    Args:
        first: the spans of each sentence.
        second: the spans of the same sentences in another pass.
    """
    pairs = [
        (characters((span.start, span.end) for span in mine), characters((span.start, span.end) for span in other))
        for mine, other in zip(first, second, strict=True)
    ]
    shared = sum(len(mine & other) for mine, other in pairs)
    marked = sum(len(mine) for mine, _ in pairs)
    expected = sum(len(other) for _, other in pairs)
    if marked == expected == 0:
        return 1.0, 1.0, 1.0
    return _ratio(shared, marked) or 0.0, _ratio(shared, expected) or 0.0, 2 * shared / (marked + expected)


def characters(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """The offsets that half-open ranges cover, each once."""
    return {offset for start, end in ranges for offset in range(start, end)}


def _value_counts(passes: Passes) -> Counts:
    """How many passes gave each unit each value, shape (n_units, n_values), values ascending."""
    values = np.unique(passes[~np.isnan(passes)])
    counts: Counts = (passes[:, :, None] == values).sum(axis=0).astype(np.int64)
    return counts


def _alpha(counts: Counts) -> float | None:
    pairable = counts[counts.sum(axis=1) > 1]
    varying = pairable[:, pairable.any(axis=0)] if len(pairable) else pairable
    if len(varying) == 0 or varying.shape[1] < 2:
        return None
    return float(krippendorff.alpha(value_counts=varying, level_of_measurement="nominal"))


def _score(annotated: Flags, gold: Flags) -> AnnotatorScore:
    shared, given, support = (int(flags.sum()) for flags in (annotated & gold, annotated, gold))
    return AnnotatorScore(
        precision=_ratio(shared, given),
        recall=_ratio(shared, support),
        f1=_ratio(2 * shared, given + support),
        support=support,
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
