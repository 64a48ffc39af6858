"""Many patterns searched in one text in a single pass.

RE2 turns a set of patterns into one automaton, and tells for a text in a few microseconds which of a hundred are found.
It has no lookarounds, which many rules need. A pattern is therefore taken apart: what must stand in the text, what must
not stand anywhere in it, and, where a lookaround is left, the pattern itself, searched by `re` in the few texts that
have the rest of it. What is found is what `re` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2

_MEMORY = 256 << 20
"""Bytes that the automaton may take; it takes a few per cent of it."""
_FLAGS = re.compile(r"\(\?(i?)(x?)\)")
_LOOKAROUND = re.compile(r"\(\?<?[=!]")
_ANYWHERE = "(?!.*"
"""Begins what may not stand anywhere, after the beginning of a pattern."""
_UNTOUCHED = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""An escaped character or a class of characters, in which no bracket opens or closes a group."""


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
    """Patterns by number. Texts are one line of letters of the Latin alphabet without accents, and other characters."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._searches = [pattern.search for pattern in patterns]
        parts = [taken_apart(pattern.pattern) for pattern in patterns]
        members = {pattern: number for number, pattern in enumerate(dict.fromkeys(_members(parts)))}
        self._automaton = _automaton(list(members))
        self._exact = [part.exact for part in parts]
        self._owners: dict[int, list[int]] = {}
        self._barred: dict[int, list[int]] = {}
        for number, part in enumerate(parts):
            self._owners.setdefault(members[part.needed], []).append(number)
            for pattern in part.forbidden:
                self._barred.setdefault(members[pattern], []).append(number)

    def matching(self, text: str) -> list[int]:
        """The numbers of the patterns that are found in `text`, in no particular order."""
        members = self._automaton.Match(text) or ()
        barred = {number for member in members for number in self._barred.get(member, ())}
        return [
            number
            for member in members
            for number in self._owners.get(member, ())
            if number not in barred and (self._exact[number] or self._searches[number](text) is not None)
        ]


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
