"""Minimal pairs: both sides right is a point, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.core.errors import InputError
from pipeline.core.params import Bootstrap
from pipeline.core.scheme import load_scheme
from pipeline.evaluation.contrast import ContrastPair, contrast_scores, read_pairs

ROOT = Path(__file__).parents[2]
SCHEME = load_scheme(ROOT / "labels" / "scheme.yaml")
RESAMPLING = Bootstrap(resamples=50, seed=0, level=0.95)
LABELS = ("report", "prediction")
PAIRS = [
    ContrastPair("p1", "report", "It shut.", "It will shut."),
    ContrastPair("p2", "report", "It opened.", "It may open."),
    ContrastPair("p3", "prediction", "It will shut.", "It shut."),
    ContrastPair("p4", "prediction", "It may open.", "It opened."),
]
GIVEN = np.array(
    [
        [[1, 0], [1, 0], [0, 1], [1, 0]],  # carriers: the last lacks its label
        [[0, 1], [1, 0], [1, 0], [0, 0]],  # others: the second is given it too
    ],
    dtype=bool,
)


def test_both_sides_right_by_hand() -> None:
    found = contrast_scores(PAIRS, GIVEN, LABELS, RESAMPLING)
    assert found["both_right"]["value"] == 2 / 4
    assert found["labels"]["report"] == {"pairs": 2, "both_right": found["labels"]["report"]["both_right"]}
    assert [found["labels"][label]["both_right"]["value"] for label in LABELS] == [1 / 2, 1 / 2]


@pytest.mark.parametrize("always", [True, False])
def test_giving_a_label_always_or_never_earns_nothing(always: bool) -> None:
    found = contrast_scores(PAIRS, np.full((2, 4, 2), always), LABELS, RESAMPLING)
    assert found["both_right"] == {"value": 0, "low": 0, "high": 0}


def test_the_sides_the_wrong_way_round_earn_nothing() -> None:
    right = np.stack([np.eye(2, dtype=bool)[[0, 0, 1, 1]], np.zeros((4, 2), dtype=bool)])
    assert contrast_scores(PAIRS, right, LABELS, RESAMPLING)["both_right"]["value"] == 1
    assert contrast_scores(PAIRS, right[::-1], LABELS, RESAMPLING)["both_right"]["value"] == 0


def test_a_label_without_pairs_has_no_figure() -> None:
    found = contrast_scores(PAIRS[:2], GIVEN[:, :2], LABELS, RESAMPLING)
    assert found["labels"]["prediction"] == {"pairs": 0, "both_right": {"value": None, "low": None, "high": None}}


def test_the_sides_of_a_pair_are_documents_of_one_sentence() -> None:
    carrier, other = PAIRS[0].sentences
    assert (carrier.text, other.text) == ("It shut.", "It will shut.")
    assert (carrier.doc_id, other.doc_id) == ("p1:with", "p1:without")
    assert (carrier.kind, carrier.start, carrier.end) == ("body", 0, 8)


def write(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


ROW = {"id": "p1", "label": "report", "with": "It shut.", "without": "It will shut."}


def test_pairs_are_read_in_order(tmp_path: Path) -> None:
    path = write(tmp_path / "pairs.jsonl", ROW, {**ROW, "id": "p0"})
    assert [pair.pair_id for pair in read_pairs(path, SCHEME)] == ["p1", "p0"]


@pytest.mark.parametrize("key", ROW)
def test_a_pair_that_lacks_a_key_is_told_with_its_line(tmp_path: Path, key: str) -> None:
    path = write(tmp_path / "pairs.jsonl", ROW, {name: value for name, value in ROW.items() if name != key})
    with pytest.raises(InputError) as error:
        read_pairs(path, SCHEME)
    assert str(error.value) == f"{path}:2: lacks the key '{key}'"


def test_an_unknown_label_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "pairs.jsonl", {**ROW, "label": "asertion"})
    with pytest.raises(InputError, match=r"pairs\.jsonl:1: label 'asertion' is not in scheme"):
        read_pairs(path, SCHEME)


def test_the_shipped_pairs_have_an_id_each_and_differ() -> None:
    pairs = read_pairs(ROOT / "labels" / "contrast" / "pairs.jsonl", SCHEME)
    assert len({pair.pair_id for pair in pairs}) == len(pairs)
    assert [pair.pair_id for pair in pairs if pair.carrier == pair.other] == []
    assert {pair.label for pair in pairs} == set(SCHEME.ids)
