"""A document's lines as a reader sees them, each with its kind."""

from __future__ import annotations

import re

from pipeline.core.records import Document, Kind, Line, fold
from pipeline.reading.formats import has_marks
from pipeline.reading.marks import Marked, is_underline, starts_item, without_marks
from pipeline.reading.paragraphs import paragraphs_of
from pipeline.reading.wording import is_caption, is_furniture

_LONGEST_TITLE = 250
_LONGEST_HEADING = 100
_LONGEST_ASKING_HEADING = 60
_MOST_HEADINGS_IN_A_ROW = 3

_NO_FINAL_STOP = re.compile(r".*[^\s.,;:!?…\"'”’»)\]*_][\"'”’»)\]*_]*", re.DOTALL)
_ASKS = re.compile(r"[^.!?]*[?!][\"'”’»)\]*_]*")


def split_lines(document: Document) -> list[Line]:
    """The lines of `document` in order, numbered from 0.

    Every character that is not white space lies in exactly one line, but for the block marks of Markdown
    (see `pipeline.reading.marks.without_marks`).
    """
    marked = has_marks(document.source)
    spans = paragraphs_of(document.text, marked)
    lines = [without_marks(document.text, *span) if marked else Marked(*span) for span in spans]
    kinds = _kinds(document.text, lines, marked)
    return [
        Line(document.doc_id, number, kind, line.start, line.end)
        for number, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    ]


def _kinds(text: str, lines: list[Marked], marked: bool) -> list[Kind]:
    words = [fold(text[line.start : line.end][:1000]) for line in lines]
    kinds = [_kind_by_wording(line, said) for line, said in zip(lines, words, strict=True)]
    if marked:
        for number in range(1, len(kinds)):
            if is_underline(words[number]) and kinds[number - 1] == "body":
                kinds[number - 1] = "heading"
        kinds[: _front_matter(words)] = ["furniture"] * _front_matter(words)
    shaped = ["- " + said if line.item else said for line, said in zip(lines, words, strict=True)]
    for run in _heading_runs(shaped, kinds):
        for number in run:
            kinds[number] = "heading"
    return kinds


def _front_matter(words: list[str]) -> int:
    """How many lines at the start of a Markdown file are its front matter, fenced by ``---``."""
    return words.index("---", 1) + 1 if words[:1] == ["---"] and "---" in words[1:] else 0


def _kind_by_wording(line: Marked, words: str) -> Kind:
    if line.heading:
        return "heading"
    if line.image or is_caption(words):
        return "caption"
    return "furniture" if line.furniture or is_furniture(words) else "body"


def _heading_runs(words: list[str], kinds: list[Kind]) -> list[list[int]]:
    """The runs of lines shaped like headings, without those too long to be anything but a list or a poem."""
    runs: list[list[int]] = [[]]
    text = [number for number, kind in enumerate(kinds) if kind == "body"]
    for place, number in enumerate(text[:-1]):
        if _is_title(words[number]) if place == 0 else _is_cross_heading(words[number]):
            runs[-1].append(number)
        else:
            runs.append([])
    return [run for run in runs if len(run) <= _MOST_HEADINGS_IN_A_ROW]


def _is_title(line: str) -> bool:
    """Whether the first line of a document is shaped like its title; several sentences are no bar."""
    return len(line) <= _LONGEST_TITLE and (bool(_NO_FINAL_STOP.fullmatch(line)) or _is_cross_heading(line))


def _is_cross_heading(line: str) -> bool:
    """Whether a later line is shaped like a heading: short, not begun in lower case, without final stop or asking."""
    if starts_item(line) or line[0].islower() or len(line) > _LONGEST_HEADING:
        return False
    asks = len(line) <= _LONGEST_ASKING_HEADING and _ASKS.fullmatch(line)
    return bool(asks or _NO_FINAL_STOP.fullmatch(line))
