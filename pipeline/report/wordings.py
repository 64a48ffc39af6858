"""A sentence's text cut where its loaded wordings begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.records import Span, Voice


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; `voice` is None where the wording is not loaded."""

    text: str
    voice: Voice | None = None


def pieces(text: str, spans: Sequence[Span]) -> Iterator[Piece]:
    """`text` in order, every character once; where spans overlap, the one that begins first has the words.

    Example:
        >>> [piece.text for piece in pieces("a bad idea", [Span(2, 5, "author")])]
        ['a ', 'bad', ' idea']
    """
    place = 0
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        start, end = max(span.start, place), max(span.end, place)
        if place < start:
            yield Piece(text[place:start])
        if start < end:
            yield Piece(text[start:end], span.voice)
        place = end
    if place < len(text):
        yield Piece(text[place:])
