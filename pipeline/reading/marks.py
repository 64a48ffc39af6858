"""The block marks of Markdown at the start of a line, and what they say."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(r"\s*(?:>\s*)*(?P<mark>#{1,6}(?=\s)|[-*+](?=\s)|\d{1,3}[.)](?=\s))?\s*")
_IMAGE = re.compile(r"!\[(?P<caption>[^\]]*)\](?:\([^)]*\)|\[[^\]]*\])$")
_ITEM = re.compile(r"\s*(?:[-*+•‣▪◦·]|\d{1,2}[.)])\s")
_NO_PROSE = re.compile(r"\||```|\[[^\]]+\]:\s")
"""How rows of tables, fences of code and addresses of links begin."""

_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")


class Marked(NamedTuple):
    """A line of Markdown without its marks: where its words start and end, and what the marks make of it."""

    start: int
    end: int
    heading: bool = False
    image: bool = False
    item: bool = False
    furniture: bool = False


def without_marks(text: str, start: int, end: int) -> Marked:
    """The words of the line `text[start:end]`.

    Left out are block marks at the start (``#``, ``>``, ``-``, ``*``, ``+``, ``1.``) and, of a line that is one image,
    everything but its caption. The marks of a line without words stay: nothing is left out altogether.
    """
    block = _BLOCK.match(text, start, end)
    assert block is not None
    if block.end() >= end:
        return Marked(start, end)
    image = _IMAGE.match(text, block.end(), end)
    if image and image["caption"].strip():
        return Marked(*_trimmed(text, *image.span("caption")), image=True)
    mark = block["mark"] or ""
    return Marked(
        block.end(),
        end,
        heading=mark.startswith("#"),
        image=image is not None,
        item=bool(mark) and not mark.startswith("#"),
        furniture=_NO_PROSE.match(text, block.end(), end) is not None,
    )


def starts_item(line: str) -> bool:
    """Whether `line` begins with the mark of a list item."""
    return _ITEM.match(line) is not None


def starts_block(line: str) -> bool:
    """Whether `line` begins with a mark of Markdown that ends the paragraph before it."""
    block = _BLOCK.match(line)
    assert block is not None
    return block["mark"] is not None or line.lstrip().startswith(("![", "```", "|"))


def is_underline(line: str) -> bool:
    """Whether `line` makes a heading of the line above it."""
    return _UNDERLINE.fullmatch(line) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
