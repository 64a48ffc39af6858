"""Equal input gives equal bytes, and a document of one's own trains nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stages.dvcfile import ROOT, downstream, stages
from tests.stages.project import Mini

RERUN = """
import json, sys
from pipeline.__main__ import main
sys.exit(any(main(words) for words in json.loads(sys.argv[1])))
"""
REMADE = ("train", "evaluate", "summarise", "predict")
MADE = ("models/", "metrics/models/", "metrics/plots/", "metrics/summary.json", "labels/predicted/")
TRACKED = ("dvc.yaml", "dvc.lock", "params.yaml", "pipeline", "labels", "seeds", "uv.lock", ".dvc/config", ".dvcignore")


def rerun(project: Mini, seed: int, threads: int) -> subprocess.Popen[bytes]:
    """The stages from training on, in a process of its own."""
    words = [stage.words for name, stage in project.stages.items() if name.partition("@")[0] in REMADE]
    order = sorted(words, key=lambda line: REMADE.index(line[0]))
    threaded = {"OMP_NUM_THREADS": f"{threads}", "OPENBLAS_NUM_THREADS": f"{threads}"}
    environment = {**os.environ, **threaded, "PYTHONHASHSEED": f"{seed}", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", RERUN, json.dumps(order)], cwd=project.folder, env=environment)


def made(project: Mini) -> dict[str, str]:
    return {name: digest for name, digest in project.hashes().items() if name.startswith(MADE)}


def test_hash_seed_and_threads_change_no_byte(built: Mini, tmp_path: Path) -> None:
    projects = [built.copy_to(tmp_path / name) for name in ("one", "two")]
    for project in projects:
        for name in made(project):
            project.path(name).unlink()
    running = [rerun(project, seed, seed + 1) for seed, project in enumerate(projects)]
    assert [process.wait() for process in running] == [0, 0]
    one, two = map(made, projects)
    assert one == two == made(built)
    assert {"models/main.joblib", "models/main.json", "metrics/summary.json"} <= set(one)
    assert "labels/predicted/sentences.parquet" in one


def test_a_document_of_ones_own_reaches_predictions_and_report_alone() -> None:
    assert downstream("read@local", stages()) == {"predict", "report"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that the pipeline starts from, without anything it makes."""
    folder = tmp_path / "checkout"
    for name in TRACKED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "predicted", "local"))
        else:
            shutil.copy(source, target)
    (folder / "seeds" / "local").mkdir()
    shutil.copy(ROOT / "seeds" / "local" / "README.md", folder / "seeds" / "local")
    config = folder / ".dvc" / "config"
    config.write_text(config.read_text().replace("[core]\n", "[core]\n    no_scm = true\n"))
    return folder


def changed_deps(checkout: Path) -> dict[str, list[str]]:
    """The deps that `dvc status` calls changed, by stage."""
    own = {"DVC_NO_ANALYTICS": "1", "DVC_SITE_CACHE_DIR": str(checkout / ".dvc" / "site")}
    told = subprocess.run(
        [sys.executable, "-m", "dvc", "status", "--json"],
        cwd=checkout,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    found = {
        stage: sorted(dep for state in states if isinstance(state, dict) for dep in state.get("changed deps", {}))
        for stage, states in json.loads(told.stdout).items()
    }
    return {stage: deps for stage, deps in found.items() if deps}


def test_a_document_of_ones_own_changes_the_input_of_one_stage(checkout: Path) -> None:
    before = changed_deps(checkout)
    assert "seeds/local" not in before.get("read@local", [])
    (checkout / "seeds" / "local" / "mine.txt").write_text("The council of Otley closed the ferry on Monday.\n")
    after = changed_deps(checkout)
    assert after == {**before, "read@local": sorted([*before.get("read@local", []), "seeds/local"])}


EVALUATED = {name for name in stages() if name.startswith("evaluate@")}


@pytest.mark.parametrize(
    ("old", "new", "stages_told"),
    [
        ("planted: 25", "planted: 24", {"controls"}),
        ("mixes: 20", "mixes: 21", {"shares"}),
        ("least: 0.60", "least: 0.61", {"gates"}),
        ("C: 0.5", "C: 0.4", {"train@main"}),
        ("too_few_documents: 10", "too_few_documents: 9", {*EVALUATED, "differences", "slices"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_changed_param_concerns_only_the_stages_that_use_it(
    checkout: Path, old: str, new: str, stages_told: set[str]
) -> None:
    before = changed_deps(checkout)
    path = checkout / "params.yaml"
    assert path.read_text().count(old) == 1
    path.write_text(path.read_text().replace(old, new))
    changed = {stage for stage, deps in changed_deps(checkout).items() if deps != before.get(stage)}
    assert changed == stages_told
