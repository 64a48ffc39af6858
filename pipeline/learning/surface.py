"""What a sentence looks like, whatever its words: a few measured properties, each between 0 and about 1.

What single words and marks tell (figures, pronouns, tenses, questions) is told by their n-grams; see `patterns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

import numpy as np
import numpy.typing as npt

from pipeline.core.records import Sentence
from pipeline.learning.quotations import quoted_ranges, quoted_share

LONG = 40
"""Words; a sentence of this length has the property `length` at 1."""
LONGEST = 1.5
"""The highest `length`."""
CAPITALS = 5
"""`capitals` is so many times the share of characters that are capital letters, at most 1."""
WHOLLY = 0.9
"""A sentence of which a larger share is quoted is quoted wholly."""
QUOTATION_MARKS = frozenset("\"'“‘«„")

NAMES = (
    *("length", "heading", "starts with a quotation mark", "capitals"),
    *("quoted share", "quoted wholly", "quotation within"),
)


def surface_features(sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
    """The properties of every sentence, shape (n, len(NAMES)); those of one document follow each other in order."""
    shapes = np.array(
        [
            (
                min(one.text.count(" ") / LONG, LONGEST),
                one.kind == "heading",
                one.text[:1] in QUOTATION_MARKS,
                min(_capitals(one.text) / max(len(one.text), 1) * CAPITALS, 1.0),
            )
            for one in sentences
        ],
        dtype=np.float64,
    ).reshape(len(sentences), 4)
    ranges = quoted_ranges(sentences)
    quoted = np.array([quoted_share(one.text, own) for one, own in zip(sentences, ranges, strict=True)], dtype=float)
    return np.column_stack([shapes, quoted, quoted > WHOLLY, (quoted > 0) & (quoted <= WHOLLY)])


def _capitals(text: str) -> int:
    """How many capital letters there are."""
    if not text.isascii():
        return sum(map(str.isupper, text))
    return len(text) - len(text.encode().translate(None, _ASCII_CAPITALS))


_ASCII_CAPITALS = ascii_uppercase.encode()
