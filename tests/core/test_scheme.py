"""Which labels there are, in which order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.core.scheme import load_scheme

SHIPPED = Path(__file__).parents[2] / "labels" / "scheme.yaml"
IN_ORDER = (
    "report",
    "assertion",
    "anecdote",
    "testimony",
    "statistic",
    "common_ground",
    "prediction",
    "prescription",
    "rhetorical_question",
    "loaded_language",
)


def entry(label: str, code: str, **changes: object) -> dict[str, Any]:
    texts = {"group": "function", "name": label.title(), "definition": "It is.", "not_this": "It is not."}
    return {"id": label, "code": code, **texts, "has_voice": False, **changes}


def written(folder: Path, content: object) -> Path:
    path = folder / "scheme.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


def test_the_shipped_scheme_has_ten_labels_in_order() -> None:
    scheme = load_scheme(SHIPPED)
    assert scheme.ids == IN_ORDER
    assert scheme.version == "1"
    assert scheme.voiced == ("prediction", "prescription", "loaded_language")
    assert [label.id for label in scheme.labels if label.group == "bias"] == ["loaded_language"]


def test_every_code_of_the_shipped_scheme_is_one_letter_of_its_own() -> None:
    labels = load_scheme(SHIPPED).labels
    assert tuple(label.id for label in labels) == IN_ORDER
    assert len({label.code for label in labels}) == len(labels)
    assert all(len(label.code) == 1 and label.code.isupper() for label in labels)


def test_known_labels_come_back_as_a_set() -> None:
    scheme = load_scheme(SHIPPED)
    assert scheme.check(["report", "report", "assertion"], Path("a.jsonl"), 1) == {"report", "assertion"}
    assert scheme.check([], Path("a.jsonl"), 1) == frozenset()


def test_an_unknown_label_is_told_with_all_that_are_known() -> None:
    with pytest.raises(InputError) as caught:
        load_scheme(SHIPPED).check(["report", "asertion"], Path("a.jsonl"), 17)
    assert str(caught.value) == f"a.jsonl:17: label 'asertion' is not in scheme 1 ({', '.join(IN_ORDER)})"


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (entry("report", "B"), r"a label id stands twice: \['report', 'report'\]"),
        (entry("remark", "R"), r"a label code stands twice: \['R', 'R'\]"),
    ],
)
def test_an_id_or_code_that_stands_twice_is_refused(tmp_path: Path, second: dict[str, Any], problem: str) -> None:
    path = written(tmp_path, {"version": 1, "labels": [entry("report", "R"), second]})
    with pytest.raises(InputError, match=problem):
        load_scheme(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"version": 1, "labels": [entry("report", "R", colour="red")]}, "label 'report': .*'colour'"),
        ({"version": 1, "labels": [{"id": "report"}]}, "label 'report': .*missing"),
        ({"version": 1, "labels": ["report"]}, "'report' is not a label"),
        ({"version": 1, "labels": [None]}, "None is not a label"),
        ({"labels": []}, "needs the keys version and labels"),
        ({"version": 1}, "needs the keys version and labels"),
        ({"version": 1, "labels": 3}, "needs the keys version and labels"),
        (None, "needs the keys version and labels"),
    ],
)
def test_a_scheme_of_another_shape_is_told_in_one_line(tmp_path: Path, content: object, problem: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(InputError, match=problem) as caught:
        load_scheme(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
