"""What is installed, what is missing, what would be downloaded: for whoever asks why something does not run."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from rich.console import Console
from rich.table import Table

from pipeline.core.errors import CheckFailed

DISTRIBUTION = "rhetoric-pipeline"
NEEDED = ("params.yaml", "dvc.yaml", "labels/scheme.yaml", "labels/rules.yaml", "seeds/manifest.jsonl")
MADE = ("models/main.joblib", "models/main.json", "labels/predicted/sentences.parquet", "reports/index.html")


def run(*, folder: Path = Path()) -> None:
    """Tell the state of this installation and of a checkout; fails when something that is needed is missing.

    Args:
        folder: the checkout.
    """
    table = Table("what", "state", box=None)
    table.add_row("Python", f"{platform.python_version()} ({sys.executable})")
    missing = [_add_package(table, package) for package in [Requirement(DISTRIBUTION), *_required()]]
    missing += [_add_file(table, folder / name, "missing: is this a checkout of the project?") for name in NEEDED]
    for name in MADE:
        _add_file(table, folder / name, "not made yet: `make repro` makes it")
    table.add_row("downloads at run time", "none")
    Console().print(table)
    if any(missing):
        raise CheckFailed(f"{folder.resolve()}: {sum(missing)} of what is needed is missing or of the wrong version")


def _required() -> list[Requirement]:
    try:
        return [Requirement(line) for line in requires(DISTRIBUTION) or []]
    except PackageNotFoundError:
        return []


def _add_package(table: Table, package: Requirement) -> bool:
    try:
        found = version(package.name)
    except PackageNotFoundError:
        table.add_row(package.name, f"missing: needs {package.specifier or 'to be installed'}")
        return True
    fits = package.specifier.contains(found, prereleases=True)
    table.add_row(package.name, found if fits else f"{found}: needs {package.specifier}")
    return not fits


def _add_file(table: Table, path: Path, otherwise: str) -> bool:
    table.add_row(str(path), "there" if path.exists() else otherwise)
    return not path.exists()
