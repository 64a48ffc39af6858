"""Label by label: how often before and after, whether more than chance, and how often the model flips by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binomtest

from pipeline.core.errors import InputError
from pipeline.core.files import read_json
from pipeline.evaluation.paired import holm, mcnemar
from pipeline.labelling.versions import Change, Link
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.learning.features import LOADED
from pipeline.versions.comparison import ComparedMatch, Comparison

NOISE = "noise_floor"
"""Where a metrics file keeps the flips."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the labelled sentences of a text carry a label, with the 95 % interval of Wilson (1927)."""

    count: int
    of: int
    share: float | None
    """None without a labelled sentence, and so are the bounds."""
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Flips:
    """How often the model changed its mind on rewordings that changed no label by the annotators' lists."""

    pairs: int
    gained: int
    lost: int

    @property
    def rate(self) -> float | None:
        """The share of pairs on which it did; None without pairs."""
        return (self.gained + self.lost) / self.pairs if self.pairs else None


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of one label between two versions."""

    before: Share
    after: Share
    pairs: int
    """Linked one to one, both labelled."""
    gained: int
    """Pairs of which the version alone has it."""
    lost: int
    """Pairs of which the source alone has it."""
    p: float
    """Exact McNemar: two-sided, that it is gained as often as lost."""
    p_holm: float
    """The same, corrected for the number of labels by Holm's procedure."""
    expected_flips: float | None
    """How many of the pairs would flip by the model's unsteadiness alone; only those that were reworded can."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How far a comparison can be trusted, as measured on the families of versions."""

    noise: Mapping[str, Flips]
    """By label."""
    precision: float | None
    """Of the changes told on the families for testing, the share that is on the annotators' lists; None without any."""
    recall: float | None
    """Of the changes on those lists, the share that is told."""
    listed: int
    """How many changes those lists have."""


def effects(comparison: Comparison, labels: Sequence[str], noise: Mapping[str, Flips]) -> dict[str, Effect]:
    """The effect on every label, in the order of `labels`."""
    pairs = [matched for matched in comparison.matches if matched.one_to_one]
    reworded = sum(1 for _ in _reworded([comparison]))
    held = {
        label: tuple(
            np.array([label in side.labels for side in sides], dtype=bool)
            for sides in ([pair.source for pair in pairs], [pair.version for pair in pairs])
        )
        for label in labels
    }
    p_values = [mcnemar(before, after) for before, after in held.values()]
    corrected = dict(zip(labels, zip(p_values, holm(p_values), strict=True), strict=True))
    return {
        label: Effect(
            share_of(comparison.source, label),
            share_of(comparison.version, label),
            len(pairs),
            int((after & ~before).sum()),
            int((before & ~after).sum()),
            round(corrected[label][0], 4),
            round(corrected[label][1], 4),
            _expected(noise.get(label), reworded),
        )
        for label, (before, after) in held.items()
    }


def share_of(sentences: Iterable[AnnotatedSentence], label: str) -> Share:
    """The share of `label` among the labelled sentences."""
    carried = [label in item.labels for item in sentences if item.scores is not None]
    if not carried:
        return Share(0, 0, None, None, None)
    interval = binomtest(sum(carried), len(carried)).proportion_ci(0.95, method="wilson")
    bounds = (sum(carried) / len(carried), float(interval.low), float(interval.high))
    return Share(sum(carried), len(carried), *(round(value, 4) for value in bounds))


def flips(compared: Iterable[Comparison], listed: Iterable[Change], labels: Sequence[str]) -> dict[str, Flips]:
    """The noise floor: the model's flips on pairs that were reworded and whose label no annotator saw change.

    Args:
        compared: versions for which there is a settled list of changes.
        listed: the changes on the lists; those of loaded wordings count for loaded language.
        labels: the labels.
    """
    changed = {(_starts(change.link), label) for change in listed for label in _labels(change)}
    counts: Counter[tuple[str, str]] = Counter()
    for matched in _reworded(compared):
        for label in labels:
            if (_starts(matched.link), label) not in changed:
                before, after = label in matched.source.labels, label in matched.version.labels
                counts[label, "pairs"] += 1
                counts[label, "gained" if after else "lost"] += before != after
    return {label: Flips(*(counts[label, what] for what in ("pairs", "gained", "lost"))) for label in labels}


def read_measured(path: Path) -> Measured:
    """What a metrics file says of how well versions are compared.

    Raises:
        InputError: the file cannot be read or says nothing of it.
    """
    content = read_json(path)
    try:
        noise = {label: Flips(row["pairs"], row["gained"], row["lost"]) for label, row in content[NOISE].items()}
        found = content["changes"]["test"]["kinds"].get("all", {})
        return Measured(noise, found.get("precision"), found.get("recall"), found.get("there", 0))
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(path, f"does not tell how well versions are compared ({error!r})") from error


def noise_rows(noise: Mapping[str, Flips]) -> dict[str, dict[str, Any]]:
    """The noise floor as a metrics file has it."""
    rates = {label: own.rate for label, own in noise.items()}
    return {
        label: asdict(own) | {"rate": None if rates[label] is None else round(rates[label] or 0.0, 4)}
        for label, own in noise.items()
    }


def _expected(noise: Flips | None, reworded: int) -> float | None:
    return None if noise is None or noise.rate is None else round(noise.rate * reworded, 1)


def _starts(link: Link) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    return link.version, link.source_starts, link.version_starts


def _labels(change: Change) -> list[str]:
    if change.kind.startswith("loaded_"):
        return [LOADED]
    return [change.label] if change.label is not None else []


def _reworded(compared: Iterable[Comparison]) -> Iterable[ComparedMatch]:
    return (
        matched
        for comparison in compared
        for matched in comparison.matches
        if matched.one_to_one and matched.source.text != matched.version.text
    )
