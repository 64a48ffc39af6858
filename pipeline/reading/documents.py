"""Files and folders -> documents, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_bytes
from pipeline.core.records import Document, Reject
from pipeline.reading.decoding import Unreadable, decode
from pipeline.reading.formats import READABLE, text_of
from pipeline.reading.language import check_language


def read_document(path: Path, doc_id: str | None = None) -> Document | Reject:
    """The document in the file `path`, or the reason to leave it out. `doc_id` is the file's stem when not given.

    Its language is not looked at; see `check_language`.

    Raises:
        InputError: there is no file `path`, or it may not be read.
    """
    source = str(path)
    if path.suffix.lower() not in READABLE:
        return Reject(source, f"is not one of {', '.join(sorted(READABLE))}")
    try:
        text = text_of(decode(read_bytes(path)), path.suffix)
    except Unreadable as error:
        return Reject(source, str(error))
    if not any(character.isprintable() and not character.isspace() for character in text):
        return Reject(source, "empty")
    return Document(path.stem if doc_id is None else doc_id, source, text)


def read_documents(paths: Sequence[Path], empty: bool = False) -> tuple[list[Document], list[Reject]]:
    """The English documents in files and folders, by `doc_id`, and what was left out, in the order it was met.

    Folders are searched through and through; files named README.md and hidden files are passed over. `empty` allows a
    folder without documents.

    Raises:
        InputError: a path does not exist, a folder holds no document, or two documents have one id.
    """
    documents: dict[str, Document] = {}
    rejects: list[Reject] = []
    for path in dict.fromkeys(file for given in paths for file in _files(given, empty)):
        found = read_document(path)
        if isinstance(found, Document):
            found = check_language(found) or found
        if isinstance(found, Reject):
            rejects.append(found)
        elif found.doc_id in documents:
            raise InputError(path, f"has the id '{found.doc_id}' of {documents[found.doc_id].source}")
        else:
            documents[found.doc_id] = found
    return [documents[doc_id] for doc_id in sorted(documents)], rejects


def _files(given: Path, empty: bool) -> Iterator[Path]:
    if not given.exists():
        raise InputError(given, "does not exist")
    if not given.is_dir():
        yield given
        return
    found = [path for path in sorted(given.rglob("*")) if _is_document(path, given)]
    if not found and not empty:
        raise InputError(given, f"holds no documents ({', '.join(sorted(READABLE))})")
    yield from found


def _is_document(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in READABLE and not hidden and path.name != "README.md" and path.is_file()
