"""Where one sentence ends and the next begins, by rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.records import Document, Line, Sentence, fold
from pipeline.reading.boundaries import ends_sentence, stops


def sentences_in(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph as (start, end), without the white space around them.

    Every other character of `text` lies in exactly one of them. No sentence when `text` is white space.
    """
    found = []
    start = _skip_space(text, 0)
    for stop in stops(text):
        if ends_sentence(text, start, stop):
            found.append((start, stop.end("close")))
            start = stop.end()
    end = len(text.rstrip())
    if start < end:
        found.append((start, end))
    return found


def split_sentences(document: Document, lines: Sequence[Line]) -> list[Sentence]:
    """The sentences of `lines`, in order, numbered from 0; each has its line's kind."""
    return [
        Sentence(
            doc_id=document.doc_id,
            position=position,
            paragraph=line.paragraph,
            kind=line.kind,
            start=start,
            end=end,
            text=fold(document.text[start:end]),
        )
        for position, (line, start, end) in enumerate(_placed(document.text, lines))
    ]


def _placed(text: str, lines: Sequence[Line]) -> Iterator[tuple[Line, int, int]]:
    for line in lines:
        for start, end in sentences_in(text[line.start : line.end]):
            yield line, line.start + start, line.start + end


_SPACE = re.compile(r"\s*")


def _skip_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    assert found is not None
    return found.end()
