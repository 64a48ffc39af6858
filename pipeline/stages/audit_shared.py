"""The repository and a folder of texts that may not be redistributed in; nothing out, or the list of shared runs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from pipeline.core.errors import CheckFailed, InputError
from pipeline.core.files import read_bytes
from pipeline.core.params import load_params
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.evaluation.audit import shared_runs
from pipeline.evaluation.corpora import load_corpus

TEXT_FILES = ("*.txt", "*.md", "*.jsonl", "*.json", "*.yaml", "*.py", "*.csv", "*.html", "*.css", "*.cff", "*.toml")


def run(*, repository: Path, shared: Path, mappings: Path, scheme: Path, params: Path) -> None:
    """Fail with a list if a file that git tracks shares a run of words with `shared`.

    Args:
        repository: a checkout of the project.
        shared: a folder with corpora/ and seeds/ that may not be redistributed.
        mappings: folder of the mapping files of its corpora.
        scheme: labels/scheme.yaml.
        params: params.yaml, which says how long a run counts.
    """
    length = load_params(params).audit.shared_run
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *TEXT_FILES],
        cwd=repository,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        raise InputError(repository, f"is no git checkout: {listed.stderr.decode().strip()}")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    own = {name: read_bytes(repository / name).decode("utf-8", errors="replace") for name in names}
    findings = list(shared_runs(own, _foreign(shared, mappings, load_scheme(scheme)), length))
    for finding in findings:
        print(f"{finding.where[0]}: {finding.value}")
    if findings:
        raise CheckFailed(f"{repository}: {len(findings)} files share a run of {length} words with {shared}")


def _foreign(shared: Path, mappings: Path, scheme: Scheme) -> Iterator[str]:
    """Every sentence of the corpora, and the seed articles whole."""
    for mapping in sorted(mappings.glob("*.yaml")):
        yield from (item.text for item in load_corpus(mapping, shared / "corpora" / mapping.stem, scheme).sentences)
    for article in sorted((shared / "seeds").glob("*.txt")):
        yield read_bytes(article).decode("utf-8", errors="replace")
