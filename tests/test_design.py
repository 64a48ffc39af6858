"""What holds the tree together: commands and dvc.yaml, what imports what, what opens files, how long things are."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from statistics import median

import pytest

from pipeline.__main__ import COMMANDS
from pipeline.core.params import Params
from tests.stages.dvcfile import ROOT, Stage, covers, meet, stages, studies

PACKAGE = ROOT / "pipeline"
PIPELINE = stages()
STAGES = PIPELINE | studies()
MODULES = {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def module_of(command: str) -> str:
    return f"pipeline/stages/{command.replace('-', '_')}.py"


def run_of(command: str) -> ast.FunctionDef:
    functions = [node for node in MODULES[module_of(command)].body if isinstance(node, ast.FunctionDef)]
    return next(function for function in functions if function.name == "run")


def flags(command: str) -> dict[str, str]:
    """The annotation of every parameter of a command, by its flag."""
    arguments = run_of(command).args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return {f"--{one.arg.replace('_', '-')}": ast.unparse(one.annotation) for one in named if one.annotation}


def paths_on_command_line(stage: Stage) -> set[str]:
    """What a stage's command line names for parameters that are paths."""
    command, *words = stage.words
    kinds = flags(command)
    return {value for flag, value in pairwise(words) if "Path" in kinds.get(flag, "")}


each_stage = pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)


@each_stage
def test_every_path_on_a_command_line_is_declared(stage: Stage) -> None:
    declared = (*stage.deps, *stage.outs)
    named = paths_on_command_line(stage) - {"params.yaml"}
    assert named
    assert {path for path in named if not any(meet(path, other) for other in declared)} == set()


@each_stage
def test_every_declared_file_stands_on_the_command_line(stage: Stage) -> None:
    data = {path for path in (*stage.deps, *stage.outs) if not covers("pipeline", path) and path != "uv.lock"}
    named = paths_on_command_line(stage)
    assert {path for path in data if not any(meet(path, other) for other in named)} == set()


@each_stage
def test_every_declared_path_is_there_or_made_by_a_stage(stage: Stage) -> None:
    outs = [out for other in STAGES.values() for out in other.outs]
    loose = {dep for dep in stage.deps if not (ROOT / dep).exists() and not any(meet(dep, out) for out in outs)}
    assert loose == set()


@each_stage
def test_a_stage_declares_the_params_that_it_uses(stage: Stage) -> None:
    assert "params.yaml" in stage.words
    assert {name.partition(".")[0] for name in stage.params} == params_used(MODULES[module_of(stage.words[0])])


CHOOSING = {"model": "models", "linear_model": "models"}
"""Methods of the params, and the section that each looks into."""


def params_used(tree: ast.Module) -> set[str]:
    """The sections of params.yaml that a module reads: attributes of what `load_params` returned."""
    loaded = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("load_params(")
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return {
        CHOOSING.get(node.attr, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {*Params.model_fields, *CHOOSING}
        if ast.unparse(node.value) in {*loaded, "params"} or ast.unparse(node.value).startswith("load_params(")
    }


def test_a_model_depends_on_its_own_params_alone() -> None:
    for name, stage in STAGES.items():
        if name.startswith("train@"):
            model = name.removeprefix("train@")
            assert [param for param in stage.params if param.startswith("models")] == [f"models.{model}"]


def test_the_pipeline_reads_nothing_that_a_study_makes() -> None:
    made = {out for study in studies().values() for out in study.outs}
    assert made == {f"metrics/studies/{name}.json" for name in studies()}
    assert {dep for stage in PIPELINE.values() for dep in stage.deps if any(meet(dep, out) for out in made)} == set()


def imported(path: str) -> Iterator[str]:
    """The modules of the project that a module imports, by file, with the packages they lie in."""
    for node in ast.walk(MODULES[path]):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by relative name"
            names = [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            yield from files_of(name)


def files_of(name: str) -> Iterator[str]:
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        stem = "/".join(parts[:end])
        yield from (path for path in (f"{stem}.py", f"{stem}/__init__.py") if path in MODULES)


@cache
def closure(path: str) -> frozenset[str]:
    """`path` and every module of the project that runs when it is imported."""
    found = {path, *files_of(path.removesuffix(".py").replace("/", "."))}
    waiting = [*found]
    while waiting:
        new = set(imported(waiting.pop())) - found
        found |= new
        waiting += new
    return frozenset(found)


def only_says_what_it_is(path: str) -> bool:
    """Whether a package's `__init__` is its docstring alone, which can change no result."""
    body = MODULES[path].body
    return path.endswith("__init__.py") and len(body) == 1 and ast.get_docstring(MODULES[path]) is not None


@each_stage
def test_a_stage_declares_the_code_that_it_runs(stage: Stage) -> None:
    runs = closure(module_of(stage.words[0])) - {"pipeline/__init__.py", "pipeline/__main__.py"}
    undeclared = {path for path in runs if not any(covers(dep, path) for dep in stage.deps)}
    assert {path for path in undeclared if not only_says_what_it_is(path)} == set()


def test_what_every_stage_may_leave_out_holds_no_code_but_the_command_line() -> None:
    assert only_says_what_it_is("pipeline/__init__.py")
    assert only_says_what_it_is("pipeline/stages/__init__.py")


def test_no_stage_is_imported_by_another_module() -> None:
    importing = {path for path in MODULES for other in imported(path) if re.match(r"pipeline/stages/[a-z]", other)}
    assert importing == set()


def test_every_stage_file_is_a_command() -> None:
    files = {path for path in MODULES if covers("pipeline/stages", path)} - {"pipeline/stages/__init__.py"}
    assert {module_of(command) for command in COMMANDS} == files


def test_every_stage_of_the_pipeline_is_a_command() -> None:
    assert {stage.words[0] for stage in STAGES.values()} <= set(COMMANDS)
    assert all(stage.command.startswith("python -m pipeline ") for stage in STAGES.values())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_documents_its_parameters(command: str) -> None:
    run = run_of(command)
    assert [one.arg for one in run.args.args] == []
    names = [one.arg for one in (*run.args.posonlyargs, *run.args.kwonlyargs)]
    _, _, told = inspect.cleandoc(ast.get_docstring(run) or "").partition("Args:\n")
    assert re.findall(r"^    (\w+): \S", told.partition("\n\n")[0], re.MULTILINE) == names


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)
def test_a_command_line_uses_flags_that_exist(stage: Stage) -> None:
    command, *words = stage.words
    assert {word for word in words if word.startswith("--")} <= set(flags(command))


OPENING = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
MAY_OPEN = (
    "pipeline/core/files.py",
    "pipeline/reading",
    "pipeline/learning/store.py",
    "pipeline/evaluation/corpora",
    "pipeline/report",
)


def test_files_are_opened_in_a_few_places() -> None:
    opening = {
        path
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        if (isinstance(node.func, ast.Attribute) and node.func.attr in OPENING) or ast.unparse(node.func) == "open"
    }
    assert {path for path in opening if not any(covers(place, path) for place in MAY_OPEN)} == set()


def body_length(function: Function) -> int:
    """Lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_are_short() -> None:
    functions = [node for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, Function)]
    assert median(map(body_length, functions)) <= 10


@pytest.mark.parametrize("path", MODULES)
def test_a_module_fits_a_few_screens(path: str) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= 300


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_checks_run_the_pipeline_and_the_tests() -> None:
    script = read(".ci/run")
    assert re.search(r"^make repro$", script, re.MULTILINE)
    assert re.search(r"^make test$", script, re.MULTILINE)
    assert re.search(r"^make test-browser$", script, re.MULTILINE)


def pages() -> list[str]:
    return [
        "README.md",
        "Makefile",
        ".ci/run",
        *(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")),
    ]


@pytest.mark.parametrize("page", pages())
def test_what_a_page_tells_to_run_exists(page: str) -> None:
    text = read(page)
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    told = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)
    commands = re.findall(r"python -m pipeline ([a-z][a-z-]*)", text)
    assert {f"make {name}" for name in told if name not in targets} == set()
    assert {f"pipeline {name}" for name in commands if name not in COMMANDS} == set()
