"""Webis-Editorials-16 as published: one tab-separated file per editorial, a line per piece of a unit.

Al-Khatib et al., COLING 2016. The corpus labels argumentative units; here its sentences are scored, each by the type
that covers most of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from pipeline.core.errors import InputError
from pipeline.core.records import fold
from pipeline.evaluation.corpora.folder import DataFolder
from pipeline.evaluation.corpora.mapping import CorpusMapping
from pipeline.evaluation.corpora.records import CorpusSentence
from pipeline.reading import sentences_in

TYPES = ("assumption", "anecdote", "testimony", "statistics", "common-ground", "other")
PIECES = (*TYPES, "continued", "no-unit", "par-sep", "title")
PORTALS = "portal_of_document.tsv"
BY_PORTAL = "annotated-txt/split-by-portal*/*/*.txt"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of an editorial's file."""

    label: str
    """A type, or `continued`, `no-unit`, `par-sep`, `title`."""
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a paragraph that belong to one piece of a unit."""

    start: int
    end: int
    type: str


def read_webis16(spec: CorpusMapping, folder: DataFolder, left_out: Counter[str]) -> Iterator[CorpusSentence]:
    """The sentences that a unit covers; a document is an editorial, the group its portal.

    Titles, and sentences without a unit, are left out and counted.

    Raises:
        InputError: a file is missing or malformed, or an editorial's portal is not known.
    """
    portals = portals_in(folder)
    for part, place in spec.places:
        for name in folder.required(f"{place}/*.txt"):
            editorial = PurePosixPath(name).stem
            if editorial not in portals:
                raise InputError(folder.path(name), f"its portal stands neither in {PORTALS} nor in {BY_PORTAL}")
            pieces = pieces_in(folder.text(name), folder.path(name))
            yield from _sentences(pieces, f"{part}/{editorial}", part, portals[editorial], left_out)


def portals_in(folder: DataFolder) -> Mapping[str, str]:
    """Portal by editorial: from portal_of_document.tsv where there is one, else from the folders split by portal."""
    if folder.names(PORTALS):
        rows = (line.split("\t") for line in folder.text(PORTALS).splitlines() if line.strip())
        return {row[0].strip(): row[-1].strip() for row in rows}
    paths = [PurePosixPath(name) for name in folder.names(BY_PORTAL)]
    return {path.stem: path.parent.name for path in paths}


def pieces_in(text: str, path: Path) -> list[Piece]:
    """The pieces of an editorial, in order. Cells after the third are annotators' notes and are passed over.

    Raises:
        InputError: a line's label is not one of the corpus's.
    """
    pieces = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        cells = [*line.split("\t"), "", ""]
        if cells[1] not in PIECES:
            raise InputError(path, f"{cells[1]!r} is not a label of a piece ({', '.join(PIECES)})", place=number)
        pieces.append(Piece(cells[1], fold(cells[2])))
    return pieces


def completed(pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` with the label of its unit in the place of `continued`: that of the next piece which has one."""
    label = "no-unit"
    found = []
    for piece in reversed(pieces):
        if piece.label not in ("continued", "par-sep"):
            label = piece.label
        found.append(Piece(label, piece.text) if piece.label == "continued" else piece)
    return found[::-1]


def paragraphs_in(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces between paragraph separators; neither a title nor a piece without text is among them."""
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.label == "par-sep":
            paragraphs.append([])
        elif piece.label != "title" and piece.text:
            paragraphs[-1].append(piece)
    return [paragraph for paragraph in paragraphs if paragraph]


_CLOSING = re.compile(r"(?!\.\.)[,.;:!?%)\]}…”’]")
_OPENING = re.compile(r"[(\[{“‘$£€]$")


def joined(paragraph: Sequence[Piece]) -> tuple[str, list[Stretch]]:
    """The text of a paragraph, and which characters of it a unit covers.

    The files do not keep the white space between pieces. A space is put there, but none before closing punctuation and
    none after an opening bracket or quotation mark.
    """
    text = ""
    stretches = []
    for piece in paragraph:
        if text and not _CLOSING.match(piece.text) and not _OPENING.search(text):
            text += " "
        if piece.label in TYPES:
            stretches.append(Stretch(len(text), len(text) + len(piece.text), piece.label))
        text += piece.text
    return text, stretches


def main_type(start: int, end: int, stretches: Iterable[Stretch]) -> str | None:
    """The type that covers most characters of `[start:end]`, of two equal ones the first; None without a unit."""
    cover: Counter[str] = Counter()
    for stretch in stretches:
        shared = min(end, stretch.end) - max(start, stretch.start)
        if shared > 0:
            cover[stretch.type] += shared
    return max(cover, key=cover.__getitem__) if cover else None


def _sentences(
    pieces: Sequence[Piece], doc_id: str, part: str, portal: str, left_out: Counter[str]
) -> Iterator[CorpusSentence]:
    left_out["title"] += sum(piece.label == "title" for piece in pieces)
    positions = count()
    for text, stretches in map(joined, paragraphs_in(completed(pieces))):
        for (start, end), position in zip(sentences_in(text), positions, strict=False):
            unit_type = main_type(start, end, stretches)
            if unit_type is None:
                left_out["sentence without a unit"] += 1
                continue
            values = {"type": unit_type, "portal": portal}
            yield CorpusSentence(doc_id, position, fold(text[start:end]), portal, part, False, values)
