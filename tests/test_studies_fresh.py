"""What takes long is not run by the pipeline: its figures must be those of this corpus, this code and this model."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.files import read_yaml
from tests.stages.dvcfile import ROOT, studies

IGNORED = {"__pycache__"}
"""As in .dvcignore."""


def md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def digest(path: Path) -> str:
    """The hash that DVC gives a file, or a folder: that of the list of its files with their hashes."""
    if path.is_file():
        return md5(path)
    files = [one for one in path.rglob("*") if one.is_file() and not IGNORED & set(one.relative_to(path).parts)]
    rows = [{"md5": md5(one), "relpath": one.relative_to(path).as_posix()} for one in files]
    listed = json.dumps(sorted(rows, key=lambda row: row["relpath"]), sort_keys=True)
    return f"{hashlib.md5(listed.encode(), usedforsecurity=False).hexdigest()}.dir"


def locked(file: str) -> dict[str, Any]:
    path = ROOT / file
    return dict(read_yaml(path)["stages"]) if path.exists() else {}


PIPELINE = locked("dvc.lock")
MADE = {out["path"]: out["md5"] for stage in PIPELINE.values() for out in stage.get("outs", [])}
"""The hashes of what the pipeline makes, which need not lie in this folder."""


def differing(locked_study: dict[str, Any]) -> list[str]:
    """What a study was made from, or made, that is not what is here now."""
    params = read_yaml(ROOT / "params.yaml")
    files = [*locked_study["deps"], *locked_study["outs"]]
    changed = [one["path"] for one in files if one["md5"] != (MADE.get(one["path"]) or digest(ROOT / one["path"]))]
    for key, value in locked_study.get("params", {}).get("params.yaml", {}).items():
        now: Any = params
        for name in key.split("."):
            now = now[name]
        changed += [f"params.yaml:{key}"] if now != value else []
    return changed


@pytest.mark.parametrize("study", studies())
def test_a_study_was_made_from_what_is_here_now(study: str) -> None:
    found = locked("studies/dvc.lock").get(study)
    assert found is not None, f"{study} was never made: run `make study`"
    changed = differing(found)
    assert changed == [], f"{study} is stale: run `make study`"
    assert {one["path"] for one in found["deps"]} == set(studies()[study].deps), "run `make study`"


def test_a_changed_file_folder_or_param_is_noticed() -> None:
    right: dict[str, Any] = {
        "deps": [{"path": name, "md5": digest(ROOT / name)} for name in ("pipeline/core", "labels/scheme.yaml")],
        "outs": [],
        "params": {"params.yaml": {"bootstrap.seed": read_yaml(ROOT / "params.yaml")["bootstrap"]["seed"]}},
    }
    assert differing(right) == []
    wrong = [{**dep, "md5": "0" * 32} for dep in right["deps"]]
    assert differing({**right, "deps": wrong}) == ["pipeline/core", "labels/scheme.yaml"]
    assert differing({**right, "params": {"params.yaml": {"bootstrap.seed": -1}}}) == ["params.yaml:bootstrap.seed"]


def test_folders_are_hashed_as_dvc_does(tmp_path: Path) -> None:
    """The hash is what `dvc add` wrote of such a folder."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text("one\n")
    (tmp_path / "inner" / "b.txt").write_text("two\n")
    assert digest(tmp_path) == "b0dd1ed731ec4ac9a4808abf18c91891.dir"
