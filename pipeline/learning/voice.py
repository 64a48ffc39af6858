"""Whose words they are: the author's, attributed to somebody, or inside somebody's quotation marks.

Wording is heard where it stands: inside quotation marks it is quoted, unless a word or two are only held at arm's
length there (scare quotes: the author's); outside them it is attributed when the sentence credits its content to a
source, unless the wording is the writer's own verb of saying.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import re2

from pipeline.core.records import Voice
from pipeline.learning.quotations import Range

SCARE = 3
"""Words; a longer quotation is somebody's speech."""

_SAYING = (
    r"said|says|say|told|tells|added|adds|argued|argues|claimed|claims|warned|warns|insisted|insists|wrote|writes|"
    r"stated|states|announced|announces|explained|explains|noted|notes|believes?|believed|denied|denies|complained|"
    r"complains|replied|called|calls|calling|described|describes|accused|accuses|admitted|admits|boasted|boasts|"
    r"urged|urges|demanded|demands|predicted|predicts|vowed|vows|promised|promises|branded|dubbed|slammed|blasted|"
    r"testified|alleged|alleges|suggested|suggests|asked|asks"
)
_CREDITING = r"according to|reportedly|allegedly|in the (?:words|eyes|view) of"
_ATTRIBUTION = re.compile(rf"(?i)\b(?<!so-)(?:{_SAYING})\b|\b(?:{_CREDITING})\b")
_POSSIBLE = re2.Set.SearchSet()
"""In every text with an attribution, and told much sooner."""
_POSSIBLE.Add(rf"(?i){_SAYING}|{_CREDITING}")
_POSSIBLE.Compile()
_TAG = re.compile(rf"(?i)\b(?<!so-)(?:{_SAYING})\b")

_DECIDING_WORD = {
    "prediction": re.compile(
        r"(?i)\b(?:will|won't|going to|may|might|could|expects?|expected|due|plans?|set to|would)\b|'ll\b"
    ),
    "prescription": re.compile(r"(?i)\b(?:should|must|needs? to|ought|has to|have to|let|demand|urge)\b"),
}


def label_voice(label: str, text: str, quoted: Sequence[Range]) -> Voice:
    """The voice of a prediction or prescription: that of its deciding word, or else of the sentence's beginning."""
    match = _DECIDING_WORD[label].search(text)
    start, end = match.span() if match else (0, min(1, len(text)))
    return voice_at(text, start, end, quoted)


def voice_at(text: str, start: int, end: int, quoted: Sequence[Range]) -> Voice:
    """The voice of `text[start:end]`, given the sentence's quoted ranges.

    Example:
        >>> voice_at('Critics call it a scam.', 18, 22, [])
        'attributed'
    """
    inside = next(((left, right) for left, right in quoted if left <= start and end <= right), None)
    if inside is not None:
        return "author" if _is_scare_quote(text, inside, quoted) else "quoted"
    if _POSSIBLE.Match(text) is None:
        return "author"
    own = text[start:end]
    outside = _without(text, quoted)
    if any(not _overlaps(match.span(), (start, end)) for match in _ATTRIBUTION.finditer(outside)):
        return "author" if _TAG.search(own) else "attributed"
    return "author"


def _is_scare_quote(text: str, inside: Range, quoted: Sequence[Range]) -> bool:
    """Whether the quotation is a word or two in a sentence that credits nobody."""
    words = len(text[inside[0] : inside[1]].split())
    return words <= SCARE and inside != (0, len(text)) and _ATTRIBUTION.search(_without(text, quoted)) is None


def _without(text: str, quoted: Sequence[Range]) -> str:
    """`text` with its quoted ranges blanked, offsets kept."""
    for left, right in quoted:
        text = text[:left] + " " * (right - left) + text[right:]
    return text


def _overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
