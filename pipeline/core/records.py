"""The domain on one screen.

Offsets count characters (Unicode code points) from 0; `end` is exclusive. A document's offsets point into its stored
text: the text that was read, decoded and repaired.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "body", "caption", "furniture"]
Voice = Literal["author", "attributed", "quoted"]

KINDS: tuple[Kind, ...] = ("heading", "body", "caption", "furniture")
LABELLED_KINDS: tuple[Kind, ...] = ("heading", "body")
VOICES: tuple[Voice, ...] = ("author", "attributed", "quoted")


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read: decoded, repaired, nothing else changed."""

    doc_id: str
    source: str
    """Where it came from, as given."""
    text: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that was left out, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document as a reader sees it: a paragraph, heading, caption or piece of furniture, unwrapped."""

    doc_id: str
    paragraph: int
    """Its number in the document, from 0."""
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a line. `text` is the document's `[start:end]` with white space folded."""

    doc_id: str
    position: int
    """Its number in the document, from 0, over lines of every kind."""
    paragraph: int
    kind: Kind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A loaded wording, by offsets into its sentence's `text`."""

    start: int
    end: int
    voice: Voice


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """What annotators decided about one sentence."""

    sentence: Sentence
    kind: Kind
    """The kind the annotators saw; it may differ from the reader's guess."""
    labels: frozenset[str]
    spans: tuple[Span, ...]
    voices: tuple[tuple[str, Voice], ...]
    """The voice of each prediction and prescription, as (label, voice)."""


def fold(text: str) -> str:
    """`text` with every run of white space as one space and none at the ends.

    Example:
        >>> fold(" one\\n  two\\u00a0three ")
        'one two three'
    """
    return " ".join(text.split())


def text_hash(text: str) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the folded text; anchors gold to a sentence."""
    return hashlib.sha256(fold(text).encode("utf-8")).hexdigest()[:12]
