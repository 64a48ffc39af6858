"""What a file's name says about its format, and the text of each format."""

from __future__ import annotations

import re
from pathlib import Path

HTML = frozenset({".html", ".htm"})
MARKDOWN = frozenset({".md", ".markdown"})
PLAIN = frozenset({".txt"})
READABLE = HTML | MARKDOWN | PLAIN


def has_marks(source: str) -> bool:
    """Whether the stored text of `source` is written in Markdown: Markdown files, and what was taken out of HTML."""
    return Path(source).suffix.lower() in MARKDOWN | HTML


def text_of(content: str, suffix: str) -> str:
    """The text to store for a file's decoded `content`.

    Plain text and Markdown are stored as they are. Of HTML the article is stored, as Markdown; "" when there is none.
    """
    if suffix.lower() not in HTML:
        return content
    import trafilatura  # takes half a second, and only HTML needs it

    extracted = trafilatura.extract(
        content, output_format="markdown", include_comments=False, include_links=False, include_images=False
    )
    return re.sub(r"\\([*_])", r"\1", extracted or "")
