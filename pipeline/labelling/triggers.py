"""Words a sentence must have for a pattern to match, so that a pattern need not be tried on every sentence.

A text is seen as its set of lower-case words; every other visible character is a word by itself. What a pattern needs
is told as a set of starts, of which some word of the text must have one: `must` is had by "must" and "mustard",
`must` + `END` by "must" alone, and `DIGIT` by every word with a digit in it. The pattern is read in the form in which
`re` itself parses it; whatever is not understood is never used to pass a sentence over.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

END = "\0"
"""Stands after a start that is a whole word."""
DIGIT = "\1"
"""The start of any word that has a digit."""

_PARSER: Any = importlib.import_module("re._parser")
_MOST = 3000
"""More starts than this are not worth an index."""
_MOST_FREQUENT = re.compile(r"the|of|to|an?|and|in|that|is|for|on|it|as|with|s|was|at|by|be|are")
_FREQUENT = re.compile(
    r"after|all|been|but|can|do|from|had|has|have|he|her|his|i|if|into|its|more|most|my|no|not|one|or|our|out|over|she|so"
    r"|some|t|their|them|there|they|this|up|we|were|what|when|which|who|will|would|you"
)
_POINTS = frozenset(",.'\"-:")

Item = tuple[Any, Any]


@dataclass(frozen=True)
class _Starts:
    """What a match can begin with: `open` may be lengthened by what follows, `closed` may not."""

    open: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.open | self.closed

    def shut(self) -> _Starts:
        return _Starts(closed=self.all)

    def then(self, tail: _Starts) -> _Starts:
        """The starts when `tail` follows; what has ended is not lengthened."""
        longer = {head + end for head in self.open for end in tail.open}
        ended = {head + end for head in self.open for end in tail.closed}
        return _Starts(frozenset(longer), self.closed | frozenset(ended))


_NOTHING = _Starts(open=frozenset({""}))
_UNKNOWN = _Starts(closed=frozenset({""}))


def word_starts(pattern: str) -> frozenset[str] | None:
    r"""The starts of which every text that matches has one, in lower case; None when the pattern needs none for sure.

    Example:
        >>> sorted(start.strip(END) for start in word_starts(r"(?i)\b(?:must|ought to)\b") or ())
        ['must', 'ought']
    """
    return _needed(list(_PARSER.parse(pattern)), begins=False)


def starts_that_may_forbid(pattern: str) -> frozenset[str] | None:
    r"""For a pattern that only forbids something anywhere, `^(?!.*...)`: a text with none of the starts matches.

    None for every other pattern.

    Example:
        >>> sorted(start.strip(END) for start in starts_that_may_forbid(r"^(?!.*\b(?:must|ought)\b)") or ())
        ['must', 'ought']
    """
    items = list(_PARSER.parse(pattern))
    if [str(name) for name, _ in items] != ["AT", "ASSERT_NOT"] or not _is_edge(items[:1]):
        return None
    direction, forbidden = items[1][1]
    anything, *rest = list(forbidden)
    if direction < 0 or str(anything[0]) != "MAX_REPEAT" or [str(name) for name, _ in anything[1][2]] != ["ANY"]:
        return None
    return _needed(rest, begins=False) if anything[1][0] == 0 else None


def has_starts(word: str) -> list[str]:
    """All starts that `word` has."""
    starts = [word[:length] for length in range(1, len(word) + 1)] + [word + END]
    return [*starts, DIGIT] if any(map(str.isdigit, word)) else starts


def _needed(items: Sequence[Item], *, begins: bool) -> frozenset[str] | None:
    """The rarest of the requirements of a sequence, all of which a match satisfies; `begins`: a word begins there."""
    found = []
    for index, item in enumerate(items):
        edge = _is_edge(items[:index], begins=begins)
        if edge:
            found.append(_usable(_sequence(items[index:]).all))
        found.append(_inside(item, begins=edge))
    return min((needed for needed in found if needed is not None), key=_frequency, default=None)


def _inside(item: Item, *, begins: bool) -> frozenset[str] | None:
    """What one item requires."""
    name, value = str(item[0]), item[1]
    if name == "LITERAL":
        return _marks([item])
    if name == "IN":
        return _marks(value)
    if name == "BRANCH":
        return _union([_needed(list(branch), begins=begins) for branch in value[1]])
    inner = _inner(name, value)
    return None if inner is None else _needed(inner, begins=begins)


def _inner(name: str, value: Any) -> list[Item] | None:
    """The items that every match of a group, repetition or lookahead goes through."""
    if name == "SUBPATTERN":
        return list(value[3])
    if name == "MAX_REPEAT" and value[0] > 0:
        return list(value[2])
    return list(value[1]) if name == "ASSERT" and value[0] > 0 else None


def _marks(members: Sequence[Item]) -> frozenset[str] | None:
    """What a class requires when its members are digits and characters that are words by themselves."""
    found = set()
    for kind, value in members:
        if str(value) == "CATEGORY_DIGIT":
            found.add(DIGIT)
        elif str(kind) == "LITERAL" and not _is_word(chr(value)) and not chr(value).isspace():
            found.add(chr(value))
        else:
            return None
    return frozenset(found)


def _union(branches: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    """What some branch requires; None when one of them requires nothing."""
    known = [branch for branch in branches if branch is not None]
    return _usable(frozenset().union(*known)) if len(known) == len(branches) else None


def _usable(starts: frozenset[str]) -> frozenset[str] | None:
    return None if {"", END} & starts or len(starts) > _MOST else starts


def _frequency(needed: frozenset[str]) -> float:
    """Roughly how many words of a text have one of the starts; only the order matters."""
    return sum(_how_common(start) for start in needed)


def _how_common(start: str) -> float:
    word = start.strip(END)
    if start == DIGIT or _FREQUENT.fullmatch(word):
        return 5.0
    if _MOST_FREQUENT.fullmatch(word) or start in _POINTS:
        return 20.0
    return 0.3 if start.endswith(END) or not _is_word(start) else 30.0 / 3 ** len(start)


def _is_edge(items: Sequence[Item], *, begins: bool = False) -> bool:
    """Whether a word character after `items` is the first of its word; `begins` answers for no items at all."""
    if not items:
        return begins
    *before, (kind, value) = items
    name, edge = str(kind), _is_edge(before, begins=begins)
    if name == "AT":
        return str(value) in {"AT_BOUNDARY", "AT_BEGINNING", "AT_BEGINNING_STRING"}
    if name in {"SUBPATTERN", "BRANCH"}:
        branches = value[1] if name == "BRANCH" else [value[3]]
        return all(_is_edge(list(branch), begins=edge) for branch in branches)
    if name == "MAX_REPEAT":
        return _is_edge(list(value[2]), begins=edge) and (value[0] > 0 or edge)
    if name in {"ASSERT", "ASSERT_NOT"}:
        return edge
    return name in {"LITERAL", "IN"} and _step(items[-1]) == _characters([" "])


def _sequence(items: Iterable[Item]) -> _Starts:
    """What a match of `items` can begin with."""
    starts = _NOTHING
    for item in items:
        if str(item[0]) == "AT" and str(item[1]) == "AT_BOUNDARY":
            starts = _at_boundary(starts)
            continue
        starts = starts.then(_step(item))
        if not starts.open or len(starts.all) > _MOST:
            return starts.shut()
    return starts


def _at_boundary(starts: _Starts) -> _Starts:
    """A word that has begun ends here; one that has not may begin."""
    ended = {start + END for start in starts.open if start}
    return _Starts(starts.open & {""}, starts.closed | ended)


def _step(item: Item) -> _Starts:
    """What one item adds to a start."""
    name, value = str(item[0]), item[1]
    if name == "AT":
        return _NOTHING if str(value).startswith("AT_BEGINNING") else _UNKNOWN
    step = _STEPS.get(name)
    return _UNKNOWN if step is None else step(value)


def _repeat(least: int, most: int, items: Iterable[Item]) -> _Starts:
    once = _sequence(items) if most == 1 else _sequence(items).shut()
    return once if least > 0 else _merge([once, _NOTHING])


def _class(members: Sequence[Item]) -> _Starts:
    characters: list[str] = []
    for kind, value in members:
        if str(kind) == "LITERAL":
            characters.append(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < 26:
            characters.extend(map(chr, range(value[0], value[1] + 1)))
        elif str(value) == "CATEGORY_SPACE":
            characters.append(" ")
        else:
            return _UNKNOWN
    return _characters(characters)


def _characters(characters: Iterable[str]) -> _Starts:
    """Word characters lengthen a start, others end the word."""
    listed = list(characters)
    letters = frozenset(character.lower() for character in listed if _is_word(character))
    ends = frozenset({END}) if any(not _is_word(character) for character in listed) else frozenset()
    return _Starts(letters, ends)


def _merge(parts: Sequence[_Starts]) -> _Starts:
    opened = frozenset[str]().union(*(part.open for part in parts))
    closed = frozenset[str]().union(*(part.closed for part in parts))
    return _Starts(opened, closed)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_STEPS: dict[str, Callable[[Any], _Starts]] = {
    "ASSERT": lambda _: _NOTHING,
    "ASSERT_NOT": lambda _: _NOTHING,
    "LITERAL": lambda value: _characters([chr(value)]),
    "IN": _class,
    "SUBPATTERN": lambda value: _sequence(value[3]),
    "BRANCH": lambda value: _merge([_sequence(branch) for branch in value[1]]),
    "MAX_REPEAT": lambda value: _repeat(*value),
}
