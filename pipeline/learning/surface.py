"""What a sentence looks like, before any word is known: a few dozen measured properties, each between 0 and about 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.core.records import Sentence
from pipeline.learning.quotations import quoted_ranges, quoted_share

LONG = 40
"""Words; a sentence of this length has the property `length` at 1."""

_PATTERNS: dict[str, str] = {
    "question": r"\?",
    "exclamation": r"!",
    "digit": r"\d",
    "percent": r"(?i)%|\bper ?cent\b|\bpercentage\b",
    "currency": r"[$€£¥₹]|(?i:\b(?:dollars?|euros?|pounds?|cents?)\b)",
    "year": r"\b(?:1[5-9]|20)\d\d\b",
    "number word": (
        r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|(?:dozen|hundred|thousand|million)s?|half)\b"
    ),
    "first person singular": r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b",
    "first person plural": r"(?i)\b(?:we|us|our|ours|ourselves)\b(?<!(?-i:US))",
    "second person": r"(?i)\b(?:you|your|yours)\b",
    "third person": r"(?i)\b(?:he|she|him|her|his|hers)\b",
    "ends in -ed": r"\b[a-z]+ed\b",
    "ends in -ly": r"\b[a-z]+ly\b",
    "ends in -est": r"\b(?:most|[a-z]{2,}est)\b",
    "negation": r"(?i)\b(?:not|no|never|nothing|nobody|none)\b|n['’]t\b",
    "present of be": r"(?i)\b(?:is|are|am)\b|['’](?:s|re|m)\b",
    "past of be": r"\b(?:was|were)\b",
    "dash": r"[—–]| - ",
    "colon": r"[:;]",
    "parenthesis": r"\(",
    "contrast": r"(?i)\b(?:but|yet|however|though|although|instead|rather)\b",
    "cause": r"(?i)\b(?:because|since|so|therefore|thus|hence)\b",
    "condition": r"(?i)\b(?:if|unless|whether)\b",
    "name": r"(?<=[a-z,] )[A-Z][a-z]+",
    "two names": r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+",
}
_COMPILED = [re.compile(pattern) for pattern in _PATTERNS.values()]

_SHAPES: dict[str, Callable[[Sentence], float]] = {
    "length": lambda sentence: min(sentence.text.count(" ") / LONG, 1.5),
    "heading": lambda sentence: float(sentence.kind == "heading"),
    "starts with a quotation mark": lambda sentence: float(sentence.text[:1] in "\"'“‘«„" and sentence.text != ""),
    "capitals": lambda sentence: min(sum(map(str.isupper, sentence.text)) / max(len(sentence.text), 1) * 5, 1.0),
}

NAMES = (*_PATTERNS, *_SHAPES, "quoted share", "quoted wholly", "quotation within")


def surface_features(sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
    """The properties of every sentence, shape (n, len(NAMES)); pattern counts c become c / (c + 1)."""
    counts = np.array([[len(p.findall(s.text)) for p in _COMPILED] for s in sentences], dtype=np.float64)
    counts = counts.reshape(len(sentences), len(_COMPILED))
    shapes = np.array([[shape(s) for shape in _SHAPES.values()] for s in sentences], dtype=np.float64)
    quoted = np.array(
        [quoted_share(s.text, r) for s, r in zip(sentences, quoted_ranges(sentences), strict=True)], dtype=np.float64
    )
    columns = [
        counts / (counts + 1),
        shapes.reshape(len(sentences), len(_SHAPES)),
        np.column_stack([quoted, quoted > 0.9, (quoted > 0) & (quoted <= 0.9)]),
    ]
    return np.hstack(columns)
