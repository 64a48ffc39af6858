"""The files of a corpus as they were published; whatever is read is remembered with its hash."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_bytes, sha256_bytes


class DataFolder:
    """A folder of published files.

    Args:
        root: the folder; names are relative to it and written with `/`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, str] = {}
        """SHA-256 of every file read so far, by name."""

    @property
    def sha256(self) -> str:
        """One hash over the files read: the SHA-256 of the lines `name<TAB>SHA-256 of the content`, sorted by name."""
        lines = [f"{name}\t{digest}\n" for name, digest in sorted(self.files.items())]
        return sha256_bytes("".join(lines).encode("utf-8"))

    def path(self, name: str) -> Path:
        """Where the file `name` lies."""
        return self.root / name

    def names(self, pattern: str) -> list[str]:
        """The names that match a glob pattern, sorted; may be empty."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob(pattern) if path.is_file())

    def required(self, pattern: str) -> list[str]:
        """The names that match a glob pattern, sorted.

        Raises:
            InputError: there is none.
        """
        found = self.names(pattern)
        if not found:
            raise InputError(self.root, f"has no file {pattern}")
        return found

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            InputError: it cannot be read.
        """
        content = read_bytes(self.path(name))
        self.files[name] = sha256_bytes(content)
        return content

    def text(self, name: str) -> str:
        """The content of a UTF-8 file, without a byte order mark.

        Raises:
            InputError: it cannot be read or is not UTF-8.
        """
        return decoded(self.read(name), self.path(name))


def decoded(content: bytes, path: Path | str) -> str:
    """`content` as UTF-8 text, without a byte order mark.

    Raises:
        InputError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, f"is not UTF-8 (byte {error.start})") from error


def csv_rows(text: str, path: Path, separator: str) -> Iterator[dict[str, str]]:
    """The rows of a .csv file with a header line; every cell is text.

    Raises:
        InputError: a row has more or fewer cells than the header; the place is its last line.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = next(reader, [])
    for cells in reader:
        if len(cells) != len(header):
            raise InputError(path, f"has {len(cells)} cells, not {len(header)} as the header", place=reader.line_num)
        yield dict(zip(header, cells, strict=True))


def check_columns(needed: Iterable[str], row: Iterable[str], path: Path) -> None:
    """Make sure that a table has the columns `needed`.

    Raises:
        InputError: one is not there; the message lists those that are.
    """
    there = list(row)
    for column in needed:
        if column not in there:
            raise InputError(path, f"has no column {column!r} ({', '.join(there)})")
