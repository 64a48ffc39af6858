"""The label scheme: which labels there are, in which order, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.files import read_yaml


@dataclass(frozen=True, slots=True)
class Label:
    """One label of the scheme."""

    id: str
    code: str
    """One letter, used on annotators' working sheets."""
    group: str
    """`function` (what the sentence does) or `bias` (whether its wording sways)."""
    name: str
    definition: str
    not_this: str
    has_voice: bool


@dataclass(frozen=True, slots=True)
class Scheme:
    """The labels in their order; every array with a label axis has this order."""

    version: str
    labels: tuple[Label, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The label ids, in order."""
        return tuple(label.id for label in self.labels)

    @property
    def voiced(self) -> tuple[str, ...]:
        """The ids of the labels that carry a voice."""
        return tuple(label.id for label in self.labels if label.has_voice)

    def check(self, ids: Iterable[str], path: Path, place: int | str) -> frozenset[str]:
        """`ids` as a set.

        Raises:
            InputError: one of them is not in the scheme; `path` and `place` say where it stood.
        """
        found = frozenset(ids)
        for unknown in sorted(found - set(self.ids)):
            known = ", ".join(self.ids)
            raise InputError(path, f"label {unknown!r} is not in scheme {self.version} ({known})", place=place)
        return found


def load_scheme(path: Path) -> Scheme:
    """The scheme in a YAML file.

    Raises:
        InputError: a key is missing or unknown, or an id or code stands twice.
    """
    content = read_yaml(path)
    try:
        labels = tuple(_label(path, entry) for entry in content["labels"])
        scheme = Scheme(str(content["version"]), labels)
    except (KeyError, TypeError) as error:
        raise InputError(path, f"needs the keys version and labels ({error})") from error
    for what in ("id", "code"):
        values = [getattr(label, what) for label in labels]
        if len(set(values)) < len(values):
            raise InputError(path, f"a label {what} stands twice: {values}", place="labels")
    return scheme


def _label(path: Path, entry: Any) -> Label:
    if not isinstance(entry, dict):
        raise InputError(path, f"{entry!r} is not a label with its keys", place="labels")
    try:
        return Label(**entry)
    except TypeError as error:
        raise InputError(path, f"label {entry.get('id')!r}: {error}", place="labels") from error
