"""Which sentences of a version carry over which of its source.

Sentences are joined by dynamic programming over both texts at once, in the manner of Gale and Church (1993) with the
shared wording in place of lengths. What stays over is joined again, by the same means and a stricter rule, until
nothing more is found: so paragraphs that were moved are found, whatever was merged or split in them. At last a lost
and an added sentence of similar length that stand alone between the same neighbours are taken for a rewording: a
headline retold, a greeting translated.

A step joins a run of source sentences with a run of version sentences. It is worth ``2 * shared - least * (own +
other)``, where the three are weights of wording: what both runs share, what each has. With one sentence more in a run
the worth grows only when enough of that sentence is found on the other side; lost and added sentences are worth 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.core.params import AlignParams
from pipeline.versions.likeness import Indices, Wording, runs, wording_of

Floats = npt.NDArray[np.float64]
Step = tuple[int, int]

STEPS: tuple[Step, ...] = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
"""How many sentences of source and version may be joined at once; of equal worth the first is taken."""
LONGEST = 3
LOST, ADDED = len(STEPS), len(STEPS) + 1
STRETCH = 2.0
"""How much longer one of two rewordings may be that share no wording."""
CHUNK = 256
"""Source sentences whose steps are weighed at once; changes nothing but the memory needed."""


@dataclass(frozen=True, slots=True)
class Match:
    """Sentences of a version that carry over sentences of its source, by their numbers; one side may be empty."""

    source: tuple[int, ...]
    version: tuple[int, ...]
    moved: bool = False
    """Whether they stand in another order than the bulk of the text."""


def align(source: Sequence[str], version: Sequence[str], params: AlignParams) -> list[Match]:
    """Every sentence of both texts in exactly one match, in the order of the version.

    Lost sentences stand where the sentence before them has gone.
    """
    if not source or not version:
        return _gaps(range(len(source)), range(len(version)))
    wording = wording_of(source, version)
    left, right = np.arange(len(source)), np.arange(len(version))
    matches: list[Match] = []
    while len(left) and len(right):
        least = params.moved if matches else params.carried
        found = list(_chain(wording, left, right, least, params.grouped, moved=bool(matches)))
        if not found:
            break
        matches += found
        left = np.setdiff1d(left, [number for match in found for number in match.source])
        right = np.setdiff1d(right, [number for match in found for number in match.version])
    matches += _reworded(matches, left.tolist(), right.tolist(), source, version)
    used = {n for match in matches for n in match.source}, {n for match in matches for n in match.version}
    return in_order([*matches, *_gaps(np.setdiff1d(left, [*used[0]]), np.setdiff1d(right, [*used[1]]))])


def in_order(matches: Sequence[Match]) -> list[Match]:
    """`matches` in the order of the version, each lost sentence after the match of the one before it in the source."""
    after = {number: match.version[-1] for match in matches if match.version for number in match.source}

    def place(match: Match) -> tuple[int, int, int]:
        if match.version:
            return match.version[0], 0, 0
        before = [number for number in range(match.source[0]) if number in after]
        return (after[before[-1]] if before else -1), 1, match.source[0]

    return sorted(matches, key=place)


def _gaps(lost: Iterable[int], added: Iterable[int]) -> list[Match]:
    return [Match((int(number),), ()) for number in lost] + [Match((), (int(number),)) for number in added]


def _reworded(
    matches: Sequence[Match], lost: Sequence[int], added: Sequence[int], source: Sequence[str], version: Sequence[str]
) -> list[Match]:
    """Lost and added sentences that fill the same place and are no more than `STRETCH` times as long as each other."""
    ours = {number: place for place, match in enumerate(matches) for number in match.source}
    theirs = {number: place for place, match in enumerate(matches) for number in match.version}
    ours |= {-1: -1, len(source): len(matches)}
    theirs |= {-1: -1, len(version): len(matches)}
    at = {(theirs[j - 1], theirs[j + 1]): j for j in added if j - 1 in theirs and j + 1 in theirs}
    found = []
    for i in lost:
        j = at.get((ours.get(i - 1, -2), ours.get(i + 1, -2)))
        if j is not None and max(len(source[i]), len(version[j])) <= STRETCH * min(len(source[i]), len(version[j])):
            found.append(Match((i,), (j,)))
    return found


def _chain(
    wording: Wording, left: Indices, right: Indices, least: float, grouped: float, *, moved: bool
) -> Iterator[Match]:
    """The matches of the best chain of steps through the sentences `left` of the source and `right` of the version."""
    choices = _choices(wording, left, right, least, grouped)
    i, j = len(left), len(right)
    while i and j:
        choice = choices[i - 1, j - 1]
        down, across = (1, 0) if choice == LOST else (0, 1) if choice == ADDED else STEPS[choice]
        if down and across:
            yield Match(tuple(left[i - down : i].tolist()), tuple(right[j - across : j].tolist()), moved)
        i, j = i - down, j - across


def _choices(wording: Wording, left: Indices, right: Indices, least: float, grouped: float) -> npt.NDArray[np.int8]:
    """The last step of the best chain that ends at each pair of sentences, shape (len(left), len(right))."""
    best = np.zeros((len(left) + 1, len(right) + 1))
    choices = np.empty((len(left), len(right)), dtype=np.int8)
    for first in range(0, len(left), CHUNK):
        last = min(first + CHUNK, len(left))
        worths = _worths(wording, left[:last], right, first, least, grouped)
        for i in range(first, last):
            best[i + 1], choices[i] = _row(best, i, [worth[i - first] for worth in worths])
    return choices


def _row(best: Floats, i: int, worths: Sequence[Floats]) -> tuple[Floats, npt.NDArray[np.int8]]:
    """The worth of the best chains that end at source sentence i and at each version sentence, and their last steps."""
    row, choice = best[i].copy(), np.full(best.shape[1], LOST, dtype=np.int8)
    for number, ((down, across), worth) in enumerate(zip(STEPS, worths, strict=True)):
        if down > i + 1 or across >= best.shape[1]:
            continue
        reached = best[i + 1 - down, : best.shape[1] - across] + worth[across - 1 :]
        better = reached > row[across:]
        row[across:][better] = reached[better]
        choice[across:][better] = number
    carried = np.maximum.accumulate(row)
    choice[carried > row] = ADDED
    return carried, choice[1:]


def _worths(wording: Wording, left: Indices, right: Indices, first: int, least: float, grouped: float) -> list[Floats]:
    """What each step is worth that ends at one of the sentences `left[first:]`, shape (len(left) - first, len(right)).

    Minus infinity where the sentences of a run do not follow each other in their text.
    """
    back = max(0, first - LONGEST + 1)
    ours = {down: runs(wording.source[left[back:]], down)[first - back :] for down, _ in STEPS}
    theirs = {across: runs(wording.version[right], across) for _, across in STEPS}
    worths = []
    for down, across in STEPS:
        own, other = ours[down], theirs[across]
        shared = np.asarray((own.multiply(wording.weights) @ other.T).todense())
        weight = (own @ wording.weights)[:, None] + (other @ wording.weights)[None, :]
        worth = 2 * shared - (least + grouped * (down + across - 2)) * weight
        broken = ~(_unbroken(left, down)[first:, None] & _unbroken(right, across)[None, :])
        worth[broken] = -np.inf
        worths.append(worth)
    return worths


def _unbroken(numbers: Indices, length: int) -> npt.NDArray[np.bool_]:
    """Whether the `length` numbers that end at each place follow each other, shape (len(numbers),)."""
    unbroken = np.zeros(len(numbers), dtype=bool)
    unbroken[length - 1 :] = numbers[length - 1 :] - numbers[: len(numbers) - length + 1] == length - 1
    return unbroken
