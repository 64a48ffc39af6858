"""Which characters of a document stand inside quotation marks.

A quotation may run over several sentences, and over several paragraphs when each of them opens anew; so the state is
carried from sentence to sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.core.records import Sentence

OPENING = {"“": "”", "„": "“”", "«": "»"}
"""What may close each opening mark; a straight mark closes them all."""
STRAIGHT = '"'
AFTER_STRAIGHT = '"”'
"""What may close a straight opening mark: careless editing pairs it with a curly one."""
MARKS = frozenset("”»" + STRAIGHT)
"""Marks that close."""
CLOSING_STOPS = (".", ",", "!", "?", "…", ")")
"""A straight mark right after one of these closes."""
LONGEST = 8
"""Sentences; a quotation that is open for longer was never meant to be one."""

_MARK = re.compile(f"[{''.join(sorted({*OPENING, *MARKS, *''.join(OPENING.values())}))}]")

Range = tuple[int, int]


def quoted_ranges(sentences: Sequence[Sentence]) -> list[list[Range]]:
    """The quoted stretches of each sentence, as half-open offsets into its `text`, marks included.

    Sentences of one document follow each other in order; a row without context is a document of its own. A paragraph
    ends an open quotation unless the next paragraph opens with a quotation mark, as printed speech does.
    """
    ranges: list[list[Range]] = []
    for _, document in groupby(sentences, key=lambda sentence: sentence.doc_id):
        closer: str | None = None
        paragraph: int | None = None
        open_for = 0
        for sentence in document:
            if sentence.paragraph != paragraph or open_for > LONGEST:
                closer, paragraph = None, sentence.paragraph
            if closer is None and not _has_mark(sentence.text):
                ranges.append([])
                open_for = 0
                continue
            found, closer = _scan(sentence.text, closer)
            open_for = open_for + 1 if closer else 0
            ranges.append(found)
    return ranges


def quoted_share(text: str, ranges: Sequence[Range]) -> float:
    """The share of the characters of `text` that lie in `ranges`, 0 to 1; 0 for an empty text."""
    return sum(end - start for start, end in ranges) / len(text) if text else 0.0


def _has_mark(text: str) -> bool:
    """Whether anything in `text` may open or close a quotation."""
    return STRAIGHT in text or (not text.isascii() and _MARK.search(text) is not None)


def _scan(text: str, closer: str | None) -> tuple[list[Range], str | None]:
    """The quoted ranges of one sentence begun inside a quotation closed by one of `closer`, and the state after it.

    A closing mark that nothing opened closes a quotation that began before the sentence, unless one did in it or the
    mark stands for inches.
    """
    ranges: list[Range] = []
    start = 0
    for mark in _MARK.finditer(text):
        index, character = mark.start(), mark[0]
        if closer is None:
            if opens := _opens(text, index):
                closer, start = opens, index
            elif character in MARKS and not ranges and not text[index - 1 : index].isdigit():
                ranges.append((0, index + 1))
        elif character in closer or character == STRAIGHT:
            ranges.append((start, index + 1))
            closer = None
    if closer is not None:
        ranges.append((start, len(text)))
    return ranges, closer


def _opens(text: str, index: int) -> str | None:
    """What closes the quotation that the character at `index` opens; None when it opens none.

    A straight mark opens when it stands before a word and not after one.
    """
    if text[index] != STRAIGHT:
        return OPENING.get(text[index])
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    stands_before_a_word = bool(after) and not after.isspace()
    return AFTER_STRAIGHT if stands_before_a_word and not (before.isalnum() or before in CLOSING_STOPS) else None
