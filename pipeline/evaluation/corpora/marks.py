"""Where annotators marked a sentence: by offsets, or by words that have to be found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.core.records import Span, fold
from pipeline.evaluation.corpora.records import CorpusSentence


def spans_in(sentence: CorpusSentence) -> tuple[Span, ...]:
    """What was marked, by offsets into the sentence's text; whose voice it is in, no corpus says."""
    found = {*sentence.spans, *(place for words in sentence.marked for place in places(fold(words), sentence.text))}
    return tuple(Span(start, end, "author") for start, end in sorted(found))


def places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `words` stand in `text`: as whole words if they do anywhere, else wherever; case does not count.

    Example:
        >>> list(places("vile", "A vile, Vile reviled plan."))
        [(2, 6), (8, 12)]
    """
    if not words:
        return
    whole = [match.span() for match in re.finditer(rf"(?i)(?<!\w){re.escape(words)}(?!\w)", text)]
    yield from whole or (match.span() for match in re.finditer(f"(?i){re.escape(words)}", text))
