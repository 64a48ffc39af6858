"""Is a document in English? Only a confident no counts."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.core.records import Document, Reject

SHORTEST = 40
"""Documents with fewer letters are let through: there is too little to tell by."""

_SAMPLE = 20_000
_FEWEST_FUNCTION_WORDS = 0.15
_CONFIDENT = 0.9

_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORD_LIST = (
    "the of and to in a is that for it on was with as be at by are from this have has not but or which an were had"
    " its their they we he she his her you i will would there been who if more when what so no can out up about"
)
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LIST.split())


def check_language(document: Document) -> Reject | None:
    """The reason to leave `document` out because it is in another language than English; None when it may stay."""
    sample = document.text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if sum(map(len, words)) < SHORTEST or _reads_as_english(words):
        return None
    language, confidence = _identifier().classify(sample)
    if language == "en" or (confidence < _CONFIDENT and _in_latin_letters(words)):
        return None
    return Reject(document.source, f"is not English: language found '{language}' (confidence {confidence:.2f})")


def _reads_as_english(words: list[str]) -> bool:
    """Whether function words are as frequent as in English prose; holds in texts full of foreign names too."""
    return sum(word in _FUNCTION_WORDS for word in words) >= _FEWEST_FUNCTION_WORDS * len(words)


def _in_latin_letters(words: list[str]) -> bool:
    """Whether at least half of the letters are Latin; otherwise the text is not English, whatever else it may be."""
    letters = "".join(words)
    return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
