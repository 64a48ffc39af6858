"""The pages about the model: what was measured, and what it errs on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core.files import read_yaml
from pipeline.core.scheme import Scheme
from pipeline.report import checks, model
from pipeline.report.checks import contrast, public
from pipeline.report.errors import SHOWN
from pipeline.report.figures import FILES, RELEASED, Metrics, read_metrics
from pipeline.report.model import Missing, Section, confusion, rules
from pipeline.report.tables import Interval, Table

from .parsed import parse
from .project import ROOT, SCHEME, Project, Said

NOTHING = Metrics({}, {}, {}, {}, [])


def test_confusion_counts_pairs() -> None:
    pairs = [{"gold": "report", "model": "assertion"}] * 2 + [{"gold": "report", "model": "(none)"}]
    (found,) = confusion(Metrics({}, {}, {}, {"confusion": pairs}, []), SCHEME).parts
    assert isinstance(found, Table)
    assert found.head[:3] == ("annotators ↓ model →", "R", "A")
    assert found.rows[0] == ("Report", 0, 2, *[0] * 8, 1)
    assert sum(cell for row in found.rows for cell in row if isinstance(cell, int)) == 3


def test_a_rule_is_a_row() -> None:
    (found,) = rules(Metrics({}, {}, {}, {}, [{"name": "a_b", "n_matched": "12", "precision": "0.5"}]), SCHEME).parts
    assert isinstance(found, Table)
    assert found.head == ("name", "n matched", "precision")
    assert found.rows == (("a_b", 12, 0.5),)


def test_contrast_pairs() -> None:
    own = {"both_right": {"value": 0.5, "low": 0.4, "high": 0.6}}
    main = {**own, "labels": {"report": {**own, "pairs": 10}}}
    found = Metrics({"contrast": {"chance": 0.25, "pairs": 10, "models": {"main": main}}}, {}, {}, {}, [])
    (shown,) = contrast(found, SCHEME).parts
    assert isinstance(shown, Table)
    assert shown.rows == (("Report", 10, Interval(0.5, 0.4, 0.6)), ("all", 10, Interval(0.5, 0.4, 0.6)))


def test_learners_trained_on_public_corpora() -> None:
    row = {
        "protocol": "split",
        "learner": "main",
        "supervision": "text",
        "macro_f1": {"value": 0.5, "low": 0.4, "high": 0.6},
    }
    trained = {"letters": {"tasks": {"classes": [{**row, "sentences": 90}]}}}
    found = [part for part in public(Metrics({}, {}, {}, {}, [], trained), SCHEME).parts if isinstance(part, Table)]
    assert [part.rows for part in found] == [(("letters", "split", "main", "text", Interval(0.5, 0.4, 0.6), 90),)]


@pytest.mark.parametrize("section", [*model.SECTIONS, *checks.SECTIONS])
def test_what_is_not_there_is_missing(section: Callable[[Metrics, Scheme], Section]) -> None:
    found = section(NOTHING, SCHEME)
    assert found.parts
    assert all(isinstance(part, Missing) for part in found.parts)


def test_the_projects_own_figures_fill_every_section(project: Project) -> None:
    project.local = {"own": [Said("Rain.")]}
    project.write()
    page = parse((project.run(figures=ROOT / "metrics") / "model.html").read_text(encoding="utf-8"))
    sections = page.all("section")
    assert len(sections) == 12
    assert [section.all("h2")[0].text for section in sections if not section.all("table")] == []
    assert page.all("p", "missing") == []


def test_an_empty_folder_has_no_figures(tmp_path: Path) -> None:
    assert read_metrics(tmp_path) == NOTHING


def test_what_is_read_of_the_figures_is_a_dep_of_the_stage() -> None:
    deps = read_yaml(ROOT / "dvc.yaml")["stages"]["report"]["deps"]
    folders = ["metrics/models", "metrics/public", f"metrics/plots/{RELEASED}", "metrics/rules.csv"]
    assert {f"metrics/{name}.json" for name in FILES} | {*folders} == {
        dep for dep in deps if dep.startswith("metrics/")
    }


def slip(number: int, chance: float, gold: bool) -> dict[str, object]:
    cues = [{"feature": "word:rain", "addend": 0.5}, {"feature": "(intercept)", "addend": -1.0}]
    return {
        "doc_id": "a",
        "start": number * len("Rain.\n\n"),
        "label": "report",
        "gold": gold,
        "chance": chance,
        "cues": cues,
    }


def shown_errors(project: Project) -> list[tuple[str, bool]]:
    project.write()
    page = parse((project.run() / "errors.html").read_text(encoding="utf-8"))
    return [
        (error.all("a")[0].attributes["href"] or "", "missed" in error.classes) for error in page.all("div", "error")
    ]


def test_errors_of_each_kind_the_most_confident_first(project: Project) -> None:
    project.corpus = {"a": [Said("Rain.", gold=["report"])] * 4}
    project.errors = [slip(0, 0.6, False), slip(1, 0.9, False), slip(2, 0.3, True), slip(3, 0.1, True)]
    assert shown_errors(project) == [
        ("documents/a.html#s1", False),
        ("documents/a.html#s0", False),
        ("documents/a.html#s3", True),
        ("documents/a.html#s2", True),
    ]


def test_only_so_many_errors_of_a_kind_are_shown(project: Project) -> None:
    project.corpus = {"a": [Said("Rain.", gold=[])] * (SHOWN + 5)}
    project.errors = [slip(number, 0.9, False) for number in range(SHOWN + 5)]
    assert len(shown_errors(project)) == SHOWN


def test_an_error_of_a_sentence_that_is_no_more_is_passed_over(project: Project) -> None:
    project.corpus = {"a": [Said("Rain.", gold=[])]}
    project.errors = [slip(7, 0.9, False)]
    assert shown_errors(project) == []
