"""What can go wrong and how it is told: one line, with the place, the rule and the value."""

from __future__ import annotations

import copyreg
from pathlib import Path
from typing import Any


class PipelineError(Exception):
    """A fault of the input, told in one line.

    The command line prints it after ``error: `` and ends with `exit_code`.
    """

    exit_code = 1


class InputError(PipelineError):
    """A file, or a place in it, breaks a rule.

    Args:
        path: the file.
        problem: the rule and the value that breaks it.
        place: where in the file: a line number (from 1) or a key such as ``models.main.C``.

    Example:
        >>> str(InputError(Path("a.jsonl"), "label 'asertion' is not in scheme 1", place=17))
        "a.jsonl:17: label 'asertion' is not in scheme 1"
    """

    def __init__(self, path: Path | str, problem: str, *, place: int | str | None = None) -> None:
        where = f"{path}" if place is None else f"{path}:{place}"
        super().__init__(f"{where}: {problem}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Kept as its message, so that it can be told by another process."""
        return copyreg.__newobj__, (type(self), *self.args)  # type: ignore[attr-defined]


class ModelError(PipelineError):
    """A model file that is not what its record says it is."""


class CheckFailed(PipelineError):
    """A check of the data found what it looks for; the list it wrote says where."""
