"""Physical lines -> paragraphs: hard-wrapped text is unwrapped.

A text is hard-wrapped when its lines run on: they end within a sentence and the next goes on in lower case. In such a
text a line ends its paragraph when the next line's first word would still have fitted on it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from pipeline.reading.marks import starts_block, starts_item
from pipeline.reading.wording import furniture_starts

_PHYSICAL = re.compile(r"[^\n\v\f\x85\u2028\u2029]+")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]*_]*$")

_NARROWEST = 25
"""Characters; lines of poems and lists below it are not taken for wrapped prose."""
_SHARE_RUNNING_ON = 0.25
_FULL = 0.85
_FULL_BETWEEN_BLANKS = 0.6
"""How much of the width a line must fill to run on, without and with blank lines to tell paragraphs apart."""


class PhysicalLine(NamedTuple):
    """A line as stored, without the white space around it; `after_blank` when a blank line stands before it."""

    start: int
    end: int
    words: str
    indent: int
    after_blank: bool


class Wrapping(NamedTuple):
    """How a text is wrapped: from how many characters on a line is full; 0 when the text is not wrapped."""

    full: float
    blanks: bool


def paragraphs_of(text: str, marked: bool) -> list[tuple[int, int]]:
    """The paragraphs of `text` as (start, end), unwrapped, without the white space around them."""
    lines = physical_lines(text)
    wrapping = wrapping_of(lines)
    found: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if number and _runs_on(lines[number - 1], line, wrapping, marked):
            found[-1] = (found[-1][0], line.end)
        else:
            found.append((line.start, line.end))
    return found


def physical_lines(text: str) -> list[PhysicalLine]:
    """The lines of `text` that are not blank."""
    lines = []
    end = 0
    for match in _PHYSICAL.finditer(text):
        words = match[0].strip()
        if words:
            indent = len(match[0]) - len(match[0].lstrip())
            start = match.start() + indent
            after_blank = text.count("\n", end, start) > 1
            end = start + len(words)
            lines.append(PhysicalLine(start, end, words, indent, after_blank))
    return lines


def wrapping_of(lines: list[PhysicalLine]) -> Wrapping:
    """How the text of these `lines` is wrapped."""
    pairs = [(line, after) for line, after in pairwise(lines) if not after.after_blank]
    running_on = [line for line, after in pairs if len(line.words) >= _NARROWEST and _is_cut(line.words, after.words)]
    if not running_on or len(running_on) < _SHARE_RUNNING_ON * len(pairs):
        return Wrapping(0, blanks=False)
    lengths = sorted(len(line.words) for line in running_on)
    width = lengths[len(lengths) * 9 // 10]
    blanks = sum(line.after_blank for line in lines) * 20 > len(lines)
    return Wrapping(width * (_FULL_BETWEEN_BLANKS if blanks else _FULL), blanks)


def _is_cut(line: str, after: str) -> bool:
    return after[0].islower() and not _ENDS_SENTENCE.search(line[-8:])


def _runs_on(line: PhysicalLine, after: PhysicalLine, wrapping: Wrapping, marked: bool) -> bool:
    """Whether the paragraph of `line` goes on in `after`."""
    if not wrapping.full or furniture_starts(after.words) or starts_item(after.words):
        return False
    if marked and (starts_block(after.words) or line.words.startswith("#")):
        return False
    if _is_cut(line.words, after.words):
        return not after.after_blank or len(line.words) >= wrapping.full
    if after.after_blank or _is_indented(line, after, wrapping):
        return False
    return len(line.words) + 1 + len(after.words.split(maxsplit=1)[0]) > wrapping.full


def _is_indented(line: PhysicalLine, after: PhysicalLine, wrapping: Wrapping) -> bool:
    """Whether `after` opens a paragraph by its indent. Single spaces are strays."""
    return not wrapping.blanks and after.indent - line.indent > 1 and bool(_ENDS_SENTENCE.search(line.words[-8:]))
