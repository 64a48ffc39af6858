"""The stages of dvc.yaml with `foreach` unrolled and `${...}` filled in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.files import read_yaml

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Stage:
    """A stage as DVC runs it."""

    name: str
    command: str
    deps: tuple[str, ...]
    outs: tuple[str, ...]
    """Metrics and plots too."""
    params: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """What stands after ``python -m pipeline``; the first word is the command."""
        return shlex.split(self.command)[3:]


def stages(folder: Path = ROOT, file: str = "dvc.yaml") -> dict[str, Stage]:
    """The stages by their name in DVC, in the file's order."""
    params = read_yaml(folder / "params.yaml")
    content = read_yaml(folder / file)["stages"]
    return {stage.name: stage for name, entry in content.items() for stage in _unrolled(name, entry, params)}


def studies() -> dict[str, Stage]:
    """The stages of what takes long."""
    return stages(file="studies/dvc.yaml")


def downstream(name: str, known: dict[str, Stage]) -> set[str]:
    """The stages that read, at first or at second hand, what the stage `name` writes."""
    direct = {other.name for other in known.values() if any(meet(d, o) for d in other.deps for o in known[name].outs)}
    return direct.union(*(downstream(other, known) for other in direct))


def covers(folder: str, path: str) -> bool:
    """Whether `path` is `folder` or lies in it."""
    return Path(path).is_relative_to(folder)


def meet(one: str, other: str) -> bool:
    """Whether one of two paths is the other or lies in it."""
    return covers(one, other) or covers(other, one)


def _unrolled(name: str, entry: dict[str, Any], params: dict[str, Any]) -> Iterator[Stage]:
    if "foreach" not in entry:
        yield _stage(name, entry, {})
        return
    over = entry["foreach"]
    over = params[over.strip("${}")] if isinstance(over, str) else over
    items = over.items() if isinstance(over, dict) else ((str(item), item) for item in over)
    for key, item in items:
        yield _stage(f"{name}@{key}", entry["do"], {"key": key, "item": str(item)})


def _stage(name: str, entry: dict[str, Any], values: dict[str, str]) -> Stage:
    def filled(text: str) -> str:
        return re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], text)

    def paths(*keys: str) -> tuple[str, ...]:
        listed = (item for key in keys for item in entry.get(key, []))
        return tuple(filled(next(iter(item)) if isinstance(item, dict) else item) for item in listed)

    return Stage(name, filled(entry["cmd"]), paths("deps"), paths("outs", "metrics", "plots"), paths("params"))
