"""Many patterns searched in many texts, each text passed a few dozen times at the pace of memory.

RE2 turns a set of patterns into one automaton, and tells for a text in half a microsecond which of them are found, as
long as the automaton has few states. Each combination of patterns found so far is a state of its own, so patterns that
are often found, or that keep many beginnings open, share an automaton with few others.

RE2 has no lookarounds, which many rules need. A pattern is therefore taken apart: what must stand in the text, what
must not stand anywhere in it, and, where a lookaround is left, the pattern itself, searched by `re` in the few texts
that have the rest of it. What is found is what `re` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
import re2

_MEMORY = 32 << 20
"""Bytes that an automaton may take; most take a few per cent of it."""
_COMMON = 1.0
"""How many patterns of one automaton are found in a text, on average, at most."""
_TOGETHER, _LOOSE_TOGETHER = 24, 4
"""How many patterns share an automaton at most; how many of those that repeat a class of characters."""
_REPEATED_CLASS = re.compile(r"(?:\\w|\\d|\]|(?<!\^)\.)[+*]|\{\d*,?\d*\}")
_FLAGS = re.compile(r"\(\?(i?)(x?)\)")
_LOOKAROUND = re.compile(r"\(\?<?[=!]")
_ANYWHERE = "(?!.*"
"""Begins what may not stand anywhere, after the beginning of a pattern."""
_UNTOUCHED = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""An escaped character or a class of characters, in which no bracket opens or closes a group."""


Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Parts:
    """A pattern taken apart; all of it in the dialect of RE2."""

    needed: str
    """Found in every text in which the pattern is."""
    forbidden: tuple[str, ...]
    """Found in none of them."""
    exact: bool
    """Whether what has the one and not the others matches, so that the pattern need not be searched for."""


class Matcher:
    """Patterns by number. Texts are one line of letters of the Latin alphabet without accents, and other characters.

    Args:
        patterns: n of them.
        samples: texts in which patterns are about as common as elsewhere; nothing but the speed hangs on them.
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]], samples: Sequence[str] = ()) -> None:
        parts = [taken_apart(pattern.pattern) for pattern in patterns]
        self._members = {member: number for number, member in enumerate(dict.fromkeys(_members(parts)))}
        self._groups = [(group, _automaton(group)) for group in _groups(list(self._members), samples)]
        self._needed = [self._members[part.needed] for part in parts]
        self._barred = [(n, self._members[barred]) for n, part in enumerate(parts) for barred in part.forbidden]
        self._searched = [(n, patterns[n].search) for n, part in enumerate(parts) if not part.exact]

    def matches(self, texts: Sequence[str]) -> Bools:
        """Which pattern is found in which text, shape (len(texts), n)."""
        there = np.zeros((len(self._members), len(texts)), dtype=np.bool_)
        encoded = [text.encode() for text in texts]
        for group, automaton in self._groups:
            there[[self._members[member] for member in group]] = _found(automaton, encoded, len(group))
        found = there[self._needed]
        for number, barred in self._barred:
            found[number] &= ~there[barred]
        for number, search in self._searched:
            rows = np.flatnonzero(found[number])
            found[number, rows] = [search(texts[row]) is not None for row in rows.tolist()]
        return np.ascontiguousarray(found.T)


def taken_apart(pattern: str) -> Parts:
    r"""The parts of a pattern.

    Example:
        >>> taken_apart(r"(?i)^(?!.*\bmust\b).*\bwill\b")
        Parts(needed='(?i)^.*\\bwill\\b', forbidden=('(?i)\\bmust\\b',), exact=True)
    """
    flags = _FLAGS.match(pattern)
    body = pattern[flags.end() :] if flags else pattern
    case = "(?i)" if flags and flags[1] else ""
    if flags and flags[2]:
        body = _without_white_space(body)
    forbidden = []
    whole = not _has_branches(body)
    while whole and body.startswith("^" + _ANYWHERE):
        end = _end_of_group(body, 1)
        inside = body[1 + len(_ANYWHERE) : end - 1]
        if _LOOKAROUND.search(inside) or _has_branches(inside):
            break
        forbidden.append(case + inside)
        body = "^" + body[end:]
    return Parts(case + _without_lookarounds(body), tuple(forbidden), _LOOKAROUND.search(body) is None)


def _groups(members: Sequence[str], samples: Sequence[str]) -> Iterator[list[str]]:
    """The patterns parted into those that share an automaton."""
    encoded = [sample.encode() for sample in samples]
    common = {member: _found(_automaton([member]), encoded, 1).sum() / max(len(samples), 1) for member in members}
    often_first = sorted(members, key=lambda member: -common[member])
    for loose, most in ((False, _TOGETHER), (True, _LOOSE_TOGETHER)):
        group: list[str] = []
        for member in (one for one in often_first if (_REPEATED_CLASS.search(one) is not None) == loose):
            if group and (len(group) == most or sum(common[other] for other in [*group, member]) > _COMMON):
                yield group
                group = []
            group.append(member)
        if group:
            yield group


def _found(automaton: re2.Set, encoded: Sequence[bytes], size: int) -> Bools:
    """Which of the `size` patterns of an automaton are in which texts, shape (size, n)."""
    hits = [automaton.Match(text) or () for text in encoded]
    found = np.zeros((size, len(encoded)), dtype=np.bool_)
    rows = np.repeat(np.arange(len(encoded)), [len(own) for own in hits])
    found[np.fromiter(chain.from_iterable(hits), dtype=np.int64, count=len(rows)), rows] = True
    return found


def _automaton(members: Sequence[str]) -> re2.Set:
    options = re2.Options()
    options.max_mem = _MEMORY
    automaton = re2.Set.SearchSet(options)
    for member in members:
        automaton.Add(member)
    automaton.Compile()
    return automaton


def _members(parts: Sequence[Parts]) -> Iterator[str]:
    for part in parts:
        yield part.needed
        yield from part.forbidden


def _without_lookarounds(body: str) -> str:
    """The pattern with every lookaround taken out: it matches wherever the whole does, and elsewhere too."""
    while found := _LOOKAROUND.search(body):
        body = body[: found.start()] + body[_end_of_group(body, found.start()) :]
    return body


def _end_of_group(body: str, start: int) -> int:
    """Where the group ends that opens at `start`."""
    return next(place for depth, place, mark in _brackets(body, start) if depth == 0 and mark == ")") + 1


def _has_branches(body: str) -> bool:
    """Whether there is a choice outside every group."""
    return any(depth == 0 and mark == "|" for depth, _, mark in _brackets(body, 0))


def _brackets(body: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Every bracket and bar from `start` on, with its place and how many groups are open after it."""
    depth, place = 0, start
    while place < len(body):
        skipped = _UNTOUCHED.match(body, place)
        if skipped:
            place = skipped.end()
            continue
        if body[place] in "()|":
            depth += {"(": 1, ")": -1, "|": 0}[body[place]]
            yield depth, place, body[place]
        place += 1


def _without_white_space(body: str) -> str:
    """A verbose pattern as a plain one; spaces count where they are escaped or in a class."""
    kept, place = [], 0
    while place < len(body):
        untouched = _UNTOUCHED.match(body, place)
        piece = untouched[0] if untouched else body[place]
        kept.append("" if piece.isspace() else piece)
        place += len(piece)
    return "".join(kept)
