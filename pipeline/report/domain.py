"""Whether a document lies outside of what the model was measured on, by two plain measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.evaluation.audit import words

FEWEST_SENTENCES = 10
"""In a document with fewer labelled sentences a share says next to nothing."""
FEWEST_WORDS = 50
"""Of fewer words the share of unknown ones is not told."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the documents were like that the model was measured on."""

    known: frozenset[str]
    """Every word form of the training part, lower-cased."""
    longest: int
    """Labelled sentences of the longest held-out document; 0 where nothing is held out."""
    unknown: float
    """The highest share of unknown words among the held-out documents, 0 to 1."""


def measured(texts: Mapping[str, Sequence[str]], parts: Mapping[str, str]) -> Measured:
    """The range of the held-out documents.

    Args:
        texts: the labelled sentences of every document.
        parts: the side of the split that a document is on, `train` or `test`; one's own documents are on none.
    """
    known = frozenset(word for doc, own in texts.items() if parts.get(doc) == "train" for word in _words(own))
    held_out = [own for doc, own in texts.items() if parts.get(doc) == "test"]
    shares = [unknown_share(own, known) for own in held_out]
    return Measured(
        known, max(map(len, held_out), default=0), max((share for share in shares if share is not None), default=1.0)
    )


def unknown_share(texts: Sequence[str], known: frozenset[str]) -> float | None:
    """The share of running words that the training part does not have; None where there are too few words.

    Names and figures count like other words: a text full of foreign names is unlike the corpus too.
    """
    own = _words(texts)
    return sum(word not in known for word in own) / len(own) if len(own) >= FEWEST_WORDS else None


def notices(texts: Sequence[str], range_: Measured) -> tuple[str, ...]:
    """What a reader should mind about a document with these labelled sentences; empty when it is within the range."""
    if not range_.longest:
        return ()
    told = []
    share = unknown_share(texts, range_.known)
    if share is not None and share > range_.unknown:
        told.append(
            f"{share:.0%} of its words occur nowhere in what the model learned from; in the documents it was measured "
            f"on, at most {range_.unknown:.0%} do. It may be in another language, or about something else."
        )
    if len(texts) > range_.longest:
        told.append(
            f"It has {len(texts):,} labelled sentences; the longest document that the model was measured on has "
            f"{range_.longest:,}."
        )
    if len(texts) < FEWEST_SENTENCES:
        told.append(f"It has fewer than {FEWEST_SENTENCES} labelled sentences: a share says next to nothing.")
    return tuple(told)


def _words(texts: Sequence[str]) -> list[str]:
    return [word for text in texts for word in words(text)]
