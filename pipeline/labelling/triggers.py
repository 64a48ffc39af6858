"""Words a sentence must have for a pattern to match, so that most patterns need not be tried on most sentences.

A text is seen as a set of lower-case words: runs of word characters, and every other visible character by itself.
`word_starts` reads a pattern the way the compiler of `re` parses it; what it does not understand is never skipped.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from typing import Any

_PARSER: Any = importlib.import_module("re._parser")
_MOST = 4000
"""More alternatives than this are not worth an index."""
_LONGEST = 6
"""Starts are cut to this many characters."""

Item = tuple[Any, Any]
Starts = dict[str, bool]
"""Beginnings of what a pattern matches, and whether what follows in the pattern may lengthen them."""


def word_starts(pattern: str) -> frozenset[str] | None:
    """Beginnings, in lower case, of which some word of every matching text has one; None when nothing is sure.

    Example:
        >>> sorted(word_starts(r"(?i)\\b(?:must|ought to)\\b") or ())
        ['must', 'ought']
    """
    return _needed(list(_PARSER.parse(pattern)))


def _needed(items: Sequence[Item]) -> frozenset[str] | None:
    """The most telling requirement among those of the items of a sequence, all of which a match must satisfy."""
    found = [needed for index in range(len(items)) if (needed := _needed_at(items, index)) is not None]
    return max(found, key=_telling, default=None)


def _needed_at(items: Sequence[Item], index: int) -> frozenset[str] | None:
    """What the items from `index` on require, if a word begins there, or what the item requires inside."""
    if _begins_word(items, index):
        starts = frozenset(_starts(items[index:]))
        if _usable(starts):
            return starts
    return _inside(items[index])


def _inside(item: Item) -> frozenset[str] | None:
    """What one item requires whatever stands before it."""
    name, value = str(item[0]), item[1]
    if name == "LITERAL" and not _is_word(chr(value)) and not chr(value).isspace():
        return frozenset({chr(value)})
    if name == "SUBPATTERN":
        return _needed(list(value[3]))
    if name == "ASSERT" and value[0] > 0:
        return _needed(list(value[1]))
    if name == "MAX_REPEAT" and value[0] > 0:
        return _needed(list(value[2]))
    if name == "BRANCH":
        return _union([_needed(list(branch)) for branch in value[1]])
    return None


def _union(branches: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """What some branch requires; None when one of them requires nothing."""
    needed: set[str] = set()
    for branch in branches:
        if branch is None:
            return None
        needed |= branch
    return frozenset(needed)


def _telling(needed: frozenset[str]) -> tuple[int, int]:
    """Requirements are compared by their shortest start, then by how few starts there are."""
    return min(map(len, needed)), -len(needed)


def _usable(starts: frozenset[str]) -> bool:
    return 0 < len(starts) <= _MOST and "" not in starts


def _begins_word(items: Sequence[Item], index: int) -> bool:
    """Whether a word character matched at `index` is the first of its word, by the item before it."""
    if index == 0:
        return False
    name, value = str(items[index - 1][0]), items[index - 1][1]
    if name == "AT":
        return str(value) in {"AT_BOUNDARY", "AT_BEGINNING", "AT_BEGINNING_STRING"}
    return name == "LITERAL" and not _is_word(chr(value))


def _starts(items: Sequence[Item]) -> Starts:
    """What a match of `items` can begin with."""
    done: set[str] = set()
    going = {""}
    for item in items:
        step = _step(item)
        if step is None:
            break
        longer: set[str] = set()
        for head in going:
            for tail, open_ended in step.items():
                start = (head + tail)[:_LONGEST]
                ends = not open_ended or len(head + tail) >= _LONGEST
                (done if ends else longer).add(start)
        going = longer
        if not going or len(going) + len(done) > _MOST:
            break
    return dict.fromkeys(done, False) | dict.fromkeys(going, True)


def _step(item: Item) -> Starts | None:
    """What one item can add to a start; None when that is not known."""
    name, value = str(item[0]), item[1]
    if name in {"AT", "ASSERT_NOT", "ASSERT"}:
        return {"": True}
    if name == "LITERAL":
        return _characters([chr(value)])
    if name == "IN":
        return _class(value)
    if name == "SUBPATTERN":
        return _sequence(value[3])
    if name == "BRANCH":
        return _merge(_sequence(branch) for branch in value[1])
    if name == "MAX_REPEAT":
        return _repeat(value)
    return None


def _sequence(items: Iterable[Item]) -> Starts:
    """As `_starts`; what breaks off inside a group is closed to what follows the group."""
    listed = list(items)
    starts = _starts(listed)
    whole = all(_step(item) is not None for item in listed)
    return starts if whole else dict.fromkeys(starts, False)


def _repeat(value: tuple[int, int, Any]) -> Starts | None:
    least, most, items = value
    once = _sequence(items)
    if most != 1:
        once = dict.fromkeys(once, False)
    return once if least > 0 else _merge([once, {"": most == 1}])


def _class(members: Sequence[Item]) -> Starts | None:
    characters: list[str] = []
    for kind, value in members:
        if str(kind) == "LITERAL":
            characters.append(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < 26:
            characters.extend(map(chr, range(value[0], value[1] + 1)))
        elif str(kind) == "CATEGORY" and str(value) == "CATEGORY_SPACE":
            characters.append(" ")
        else:
            return None
    return _characters(characters)


def _characters(characters: Iterable[str]) -> Starts:
    """Word characters lengthen a start; anything else ends the word, and is one itself where none has begun."""
    return {character.lower() if _is_word(character) else "": _is_word(character) for character in characters}


def _merge(parts: Iterable[Starts]) -> Starts:
    """The starts of all parts; one that can go on in some part and not in another counts as ended."""
    merged: Starts = {}
    for part in parts:
        for start, open_ended in part.items():
            merged[start] = merged.get(start, True) and open_ended
    return merged


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
