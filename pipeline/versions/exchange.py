"""What one rewording does to the labels of a sentence: the model's say with it, and with nothing else, exchanged.

A label may come or go with a clause, or change because other words move the model. So every stretch that differs is put
into the source by itself, and what stood there into the version by itself; how far the model's logits move is the
effect of that stretch. The sentences are judged alone, without neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.core.records import Sentence
from pipeline.learning.store import StoredModel
from pipeline.versions.stretches import Stretch, Word

Floats = npt.NDArray[np.float64]

LEAST = 1e-4
"""Probabilities are kept so far from 0 and 1 before their logit is taken."""
_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences on one side of a link in a row."""

    text: str
    words: tuple[Word, ...]
    bounds: tuple[tuple[int, int], ...]
    """Where each word begins and ends in `text`."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """Both sides of a link and where they differ."""

    source: Passage
    version: Passage
    stretches: tuple[Stretch, ...]


def passage(sentences: Sequence[Sentence], words: Sequence[Sequence[Word]]) -> Passage:
    """The sentences in a row, a space between them; `words` are those of each."""
    starts = np.cumsum([0, *(len(sentence.text) + 1 for sentence in sentences)]).tolist()
    bounds = [(at + word.start, at + word.end) for at, own in zip(starts, words, strict=False) for word in own]
    return Passage(
        " ".join(sentence.text for sentence in sentences), tuple(word for own in words for word in own), tuple(bounds)
    )


def with_effects(links: Sequence[Reworded], stored: StoredModel) -> list[tuple[Stretch, ...]]:
    """The stretches of each link with their effects on every label."""
    texts = [text for link in links for text in _exchanges(link)]
    logits = iter(_logits(texts, stored))
    return [tuple(_with_effect(stretch, logits, stored.labels) for stretch in link.stretches) for link in links]


def exchanged(target: Passage, first: int, count: int, wording: str) -> str:
    """The text of `target` with `wording` in the place of `count` words from number `first` on.

    Example:
        >>> words = tuple(Word(0, start, start + 3, form, 0.0) for start, form in ((0, "old"), (4, "men")))
        >>> exchanged(Passage("old men", words, ((0, 3), (4, 7))), 0, 1, "vile")
        'vile men'
    """
    if count:
        start, end = target.bounds[first][0], target.bounds[first + count - 1][1]
    else:
        start = end = target.bounds[first][0] if first < len(target.bounds) else len(target.text)
        wording = f" {wording} "
    return _SPACES.sub(" ", target.text[:start] + wording + target.text[end:]).strip()


def _exchanges(link: Reworded) -> Iterator[str]:
    """For each stretch four texts: the source, with it and without; the version, without it and with."""
    for stretch in link.stretches:
        old = _wording(link.source, stretch.source_at, stretch.source)
        new = _wording(link.version, stretch.version_at, stretch.version)
        yield from (
            link.source.text,
            exchanged(link.source, stretch.source_at, len(stretch.source), new),
            exchanged(link.version, stretch.version_at, len(stretch.version), old),
            link.version.text,
        )


def _wording(side: Passage, first: int, words: Sequence[Word]) -> str:
    return side.text[side.bounds[first][0] : side.bounds[first + len(words) - 1][1]] if words else ""


def _logits(texts: Sequence[str], stored: StoredModel) -> Floats:
    """Of every text by itself and every label, shape (n, n_labels); equal texts are judged once."""
    different = list(dict.fromkeys(texts))
    sentences = [Sentence(f"text-{number}", 0, 0, "body", 0, len(text), text) for number, text in enumerate(different)]
    chances = np.clip(stored.model.predict_proba(sentences), LEAST, 1 - LEAST) if sentences else np.empty((0, 0))
    rows = {text: number for number, text in enumerate(different)}
    logits: Floats = np.log(chances / (1 - chances))[[rows[text] for text in texts]]
    return logits


def _with_effect(stretch: Stretch, logits: Iterator[Floats], labels: Sequence[str]) -> Stretch:
    """The mean of what it does to the source and of what it does to the version."""
    source, changed, unchanged, version = (next(logits) for _ in range(4))
    effects = ((changed - source) + (version - unchanged)) / 2
    return replace(stretch, effects=dict(zip(labels, effects.round(4).tolist(), strict=True)))
