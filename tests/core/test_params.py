"""Every mistake in params.yaml is told with its key and value before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.core.params import LinearModel, Ngrams, load_params

SHIPPED = Path(__file__).parents[2] / "params.yaml"


def changed(folder: Path, key: str, value: object) -> Path:
    """The shipped params with `value` at `key`."""
    content = yaml.safe_load(SHIPPED.read_text("utf-8"))
    *sections, last = key.split(".")
    section: dict[str, Any] = content
    for name in sections:
        section = section[name]
    section[last] = value
    path = folder / "params.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


def without(folder: Path, key: str) -> Path:
    """The shipped params without `key`."""
    path = changed(folder, key, "taken out")
    path.write_text("\n".join(line for line in path.read_text().split("\n") if "taken out" not in line))
    return path


def problem_with(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_params(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_shipped_params_load() -> None:
    params = load_params(SHIPPED)
    assert {"majority", "rules", "tfidf", "main"} <= set(params.models)
    main = params.models["main"]
    assert isinstance(main, LinearModel)
    assert main.words == Ngrams(min_n=1, max_n=2, min_df=2)


def test_a_whole_number_will_do_where_a_fraction_may_stand(tmp_path: Path) -> None:
    main = load_params(changed(tmp_path, "models.main.C", 3)).models["main"]
    assert isinstance(main, LinearModel)
    assert main.C == 3.0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bootstrap.resample", 1000),
        ("bootstraps", {"seed": 0}),
        ("models.main.max_features", 9),
        ("models.main.words.mindf", 2),
        ("models.majority.C", 1.0),
        ("bootstrap.resamples", 0),
        ("bootstrap.level", 1.5),
        ("bootstrap.level", float("nan")),
        ("bootstrap.seed", -1),
        ("audit.near_duplicate", -0.1),
        ("models.main.C", 0),
        ("models.main.C", float("inf")),
        ("models.main.folds", 1),
        ("models.main.words.min_n", 0),
        ("annotate.confidence", 2),
        ("bootstrap.resamples", "1000"),
        ("bootstrap.resamples", 10.0),
        ("evaluate.bins", True),
        ("shares.least_gap", 1.5),
        ("controls.shuffles", 0),
        ("controls.planed", 3),
        ("gates.macro-F1 of main.lest", 0.5),
        ("gates.macro-F1 of main.least", "0.5"),
        ("models.main.surface", 1),
        ("models.main.C", "1"),
        ("models.main.words", None),
        ("models.main.class_weight", "even"),
        ("models", ["main"]),
        ("label.combine", "snorkel"),
        ("label.abstention", None),
        ("models.main.kind", "svm"),
        ("models.main", "linear"),
    ],
)
def test_a_mistake_is_told_with_file_key_and_value(tmp_path: Path, key: str, value: object) -> None:
    path = changed(tmp_path, key, value)
    told = problem_with(path)
    assert told.startswith(f"{path}:{key}: ")
    assert told.endswith(f"(got {value!r})")


@pytest.mark.parametrize(
    "key", ["bootstrap", "models", "annotate", "evaluate.bins", "models.tfidf.C", "models.main.kind"]
)
def test_what_is_missing_is_told_with_its_key(tmp_path: Path, key: str) -> None:
    path = without(tmp_path, key)
    assert problem_with(path) == f"{path}:{key}: field required"


def test_a_model_kind_that_does_not_exist_is_told_with_those_that_do(tmp_path: Path) -> None:
    told = problem_with(changed(tmp_path, "models.main.kind", "svm"))
    assert "'majority', 'rules' or 'linear'" in told


def test_ngrams_that_end_before_they_begin_are_refused(tmp_path: Path) -> None:
    told = problem_with(changed(tmp_path, "models.tfidf.words", {"min_n": 3, "max_n": 2, "min_df": 1}))
    assert "models.tfidf.words: " in told
    assert "max_n must not be below min_n" in told


def test_a_gate_without_a_bound_is_refused(tmp_path: Path) -> None:
    told = problem_with(changed(tmp_path, "gates.idle", {"file": "summary.json", "figure": ["ece"]}))
    assert "params.yaml:gates.idle: value error, needs a bound, least or most" in told


def test_a_model_is_had_by_name_and_kind() -> None:
    params = load_params(SHIPPED)
    assert params.linear_model("main", SHIPPED) == params.model("main", SHIPPED) == params.models["main"]
    with pytest.raises(
        InputError, match=r"params\.yaml:models: has no model 'forest' \(majority, rules, tfidf, main\)"
    ):
        params.model("forest", SHIPPED)
    with pytest.raises(InputError, match=r"params\.yaml:models\.rules: must be a linear model"):
        params.linear_model("rules", SHIPPED)


def test_enough_needs_both_sentences_and_documents() -> None:
    enough = load_params(SHIPPED).evaluate.enough
    assert [enough(20, 10), enough(19, 10), enough(20, 9)] == [True, False, False]


@pytest.mark.parametrize("content", ["", "- 1\n", "words\n"])
def test_a_file_without_sections_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(content)
    assert problem_with(path).startswith(f"{path}: input should be")


def test_params_cannot_be_changed_after_loading() -> None:
    params = load_params(SHIPPED)
    with pytest.raises(ValueError, match="frozen"):
        params.bootstrap.seed = 1
