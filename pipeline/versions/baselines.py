"""Two plain ways to align versions, for comparison: by length alone, and by the likest sentence alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import erfc, inf, log, sqrt

from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.versions.alignment import Match, in_order

PRIORS = {(1, 1): 0.89, (1, 0): 0.00495, (0, 1): 0.00495, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
"""How frequent each step is, after Gale and Church (1993), table 5; the last is theirs for both directions."""
VARIANCE = 6.8
"""Of a length, per character; theirs."""
TINY = 1e-300
"""Stands for a probability of 0."""
LIKE = 0.2
"""Cosine from which a sentence of the version is taken to carry over its likest one."""


def by_length(source: Sequence[str], version: Sequence[str]) -> list[Match]:
    """The alignment of Gale and Church (1993), aclanthology.org/J93-1004, on lengths in characters."""
    costs: dict[tuple[int, int], float] = {(0, 0): 0.0}
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    lengths = [len(text) for text in source], [len(text) for text in version]
    for i in range(len(source) + 1):
        for j in range(len(version) + 1):
            for (down, across), prior in PRIORS.items():
                if down <= i and across <= j:
                    own, other = sum(lengths[0][i - down : i]), sum(lengths[1][j - across : j])
                    cost = costs[i - down, j - across] + _cost(own, other) - log(prior)
                    if cost < costs.get((i, j), inf):
                        costs[i, j], steps[i, j] = cost, (down, across)
    return in_order(_traced(steps, len(source), len(version)))


def _cost(own: int, other: int) -> float:
    """Minus the logarithm of how probable it is that lengths of the same content differ by so much or more."""
    if not own and not other:
        return 0.0
    deviation = abs(other - own) / sqrt(VARIANCE * (own + other) / 2)
    return -log(max(erfc(deviation / sqrt(2)), TINY))


def _traced(steps: dict[tuple[int, int], tuple[int, int]], i: int, j: int) -> list[Match]:
    matches = []
    while i or j:
        down, across = steps[i, j]
        i, j = i - down, j - across
        matches.append(Match(tuple(range(i, i + down)), tuple(range(j, j + across))))
    return matches


def by_likest(source: Sequence[str], version: Sequence[str]) -> list[Match]:
    """Every sentence of the version to the likest of the source by TF-IDF; neighbours with the same one are a split.

    Nothing stops two far sentences from having the same likest one: then the likest of them has it.
    """
    if not source or not version:
        return [Match((i,), ()) for i in range(len(source))] + [Match((), (j,)) for j in range(len(version))]
    rows = TfidfVectorizer(token_pattern=r"(?u)\b\w+\b|[^\w\s]").fit([*source, *version])
    likeness = (rows.transform(source) @ rows.transform(version).T).toarray()
    taken: defaultdict[int, list[int]] = defaultdict(list)
    for j, i in sorted(enumerate(likeness.argmax(axis=0).tolist()), key=lambda pair: -likeness[pair[1], pair[0]]):
        own = taken[i]
        if likeness[i, j] >= LIKE and (not own or j in (min(own) - 1, max(own) + 1)):
            own.append(j)
    matches = [Match((i,), tuple(sorted(own))) for i, own in taken.items() if own]
    used = {j for match in matches for j in match.version}
    lost = [Match((i,), ()) for i in range(len(source)) if not taken.get(i)]
    return in_order([*matches, *lost, *(Match((), (j,)) for j in range(len(version)) if j not in used)])
