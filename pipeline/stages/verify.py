"""The figures of this run and those that are committed in; nothing out, or the list of figures that differ."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.core.errors import CheckFailed, InputError
from pipeline.core.files import read_json

TOLERANCE = 0.0005
"""Figures that agree to three decimals differ by at most this, rounding aside."""


def run(*, metrics: Path) -> None:
    """Fail when a figure of `metrics` is not, to three decimals, the one committed in HEAD.

    Bytes are promised on one platform only (docs/reproducibility.md); this is the check for all others. Hashes are
    passed over.

    Args:
        metrics: folder of metrics files.
    """
    differing = [
        f"{path}: {key} is {mine}, committed as {theirs}"
        for path in sorted(metrics.rglob("*.json"))
        for key, mine, theirs in _differences("", read_json(path), _committed(path))
    ]
    for line in differing:
        print(line)
    if differing:
        raise CheckFailed(f"{metrics}: {len(differing)} figures differ from the committed ones")


def _committed(path: Path) -> Any:
    shown = subprocess.run(["git", "show", f"HEAD:./{path}"], capture_output=True, check=False)
    if shown.returncode:
        raise InputError(path, "is not committed, so there is nothing to compare it with")
    return json.loads(shown.stdout)


def _differences(key: str, mine: Any, theirs: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for name in sorted(mine.keys() | theirs.keys()):
            if not name.endswith("sha256"):
                yield from _differences(f"{key}.{name}".lstrip("."), mine.get(name), theirs.get(name))
    elif isinstance(mine, float) and isinstance(theirs, float):
        if abs(mine - theirs) > TOLERANCE:
            yield key, mine, theirs
    elif mine != theirs:
        yield key, mine, theirs
