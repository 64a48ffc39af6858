"""What the pages' files are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.core.files import sha256_bytes

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_ENDS_LIKE_A_HASH = re.compile(r".*-[0-9a-f]{8}")
_LONGEST = 80


def page_names(doc_ids: Iterable[str]) -> dict[str, str]:
    """A file name for each document id: ASCII, safe in a URL, and unlike every other even where case does not count.

    An id that is safe as it is stays, with ``.html`` after it. Another is made safe and told apart by the start of
    its SHA-256.
    """
    safe = {doc_id: _UNSAFE.sub("-", doc_id).strip(".-")[:_LONGEST] for doc_id in doc_ids}
    taken = Counter(name.lower() for name in safe.values())
    return {
        doc_id: f"{name if _stays(doc_id, name) and taken[name.lower()] == 1 else _told_apart(doc_id, name)}.html"
        for doc_id, name in safe.items()
    }


def _stays(doc_id: str, name: str) -> bool:
    return name == doc_id and not _ENDS_LIKE_A_HASH.fullmatch(name)


def _told_apart(doc_id: str, name: str) -> str:
    return f"{name or 'document'}-{sha256_bytes(doc_id.encode('utf-8'))[:8]}"
