"""Names are exchanged as whole words and in their capitals; what changes then is counted by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.core.params import Bootstrap
from pipeline.core.records import Sentence
from pipeline.evaluation.invariance import Swapped, Swaps, invariance_scores, read_swaps, swapped

ROOT = Path(__file__).parents[2]
RESAMPLING = Bootstrap(resamples=50, seed=0, level=0.95)
SWAPS: Swaps = {
    "parties": [("Labour", "the Tories"), ("left", "right"), ("left-wing", "right-wing")],
    "genders": [("he", "she"), ("man", "woman"), ("he", "they")],
}


def sentence(text: str, doc_id: str = "d") -> Sentence:
    return Sentence(doc_id, 0, 0, "body", 0, len(text), text)


def exchanged(text: str) -> dict[str, str]:
    """What becomes of a text, by sort of group."""
    return {one.sort: one.after.text for one in swapped([sentence(text)], SWAPS)}


@pytest.mark.parametrize(
    ("text", "sort", "after"),
    [
        ("He met a man.", "genders", "She met a woman."),
        ("SHE MET A MAN.", "genders", "HE MET A WOMAN."),
        ("A Woman left her post.", "genders", "A Man left her post."),
        ("Labour won.", "parties", "The Tories won."),
        ("They beat the Tories.", "parties", "They beat Labour."),
        ("The left-wing left lost.", "parties", "The right-wing right lost."),
        ("They said he lied.", "genders", "He said she lied."),
    ],
)
def test_names_are_exchanged_in_their_capitals(text: str, sort: str, after: str) -> None:
    assert exchanged(text)[sort] == after


@pytest.mark.parametrize("text", ["The manager theorised.", "Leftover brighter mandate.", ""])
def test_parts_of_words_stay(text: str) -> None:
    assert exchanged(text) == {}


def test_a_sentence_is_exchanged_for_each_sort_apart() -> None:
    assert exchanged("He left.") == {"genders": "She left.", "parties": "He right."}


def test_the_first_pair_of_a_name_counts_and_places_stay() -> None:
    (found,) = swapped([sentence("No one.", "a"), sentence("Then he slept.", "b")], {"genders": SWAPS["genders"]})
    assert (found.before.doc_id, found.after.doc_id, found.after.start) == ("b", "b", 0)
    assert found.after.text == "Then she slept."


def test_a_name_in_one_pair_is_back_after_two_exchanges() -> None:
    once = exchanged("The woman met a man.")["genders"]
    assert exchanged(once)["genders"] == "The woman met a man."


LABELS = ("report", "loaded_language")
PAIRS = [Swapped(sort, sentence("a", doc), sentence("b", doc)) for sort, doc in (("x", "1"), ("x", "2"), ("y", "2"))]
BEFORE = np.array([[0.9, 0.4], [0.5, 0.2], [0.5, 0.7]])
AFTER = np.array([[0.8, 0.6], [0.4, 0.2], [0.5, 0.3]])
THRESHOLDS = np.array([0.5, 0.5])
"""report flips in the second; loaded language in the first and the third."""


def test_changes_and_flips_by_hand() -> None:
    found = invariance_scores(PAIRS, BEFORE, AFTER, THRESHOLDS, LABELS, RESAMPLING)
    report, loaded = (found["labels"][label] for label in LABELS)
    assert report["mean_change"]["value"] == pytest.approx(0.2 / 3, abs=1e-4)
    assert report["flip_rate"]["value"] == pytest.approx(1 / 3, abs=1e-4)
    assert loaded["mean_change"]["value"] == pytest.approx(0.6 / 3, abs=1e-4)
    assert loaded["flip_rate"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["flip_rate"]["value"] == 3 / 6
    assert found["mean_change"]["value"] == pytest.approx(0.8 / 6, abs=1e-4)
    assert (found["sentences"], report["sentences"]) == (3, 3)


def test_sorts_are_told_apart() -> None:
    sorts = invariance_scores(PAIRS, BEFORE, AFTER, THRESHOLDS, LABELS, RESAMPLING)["sorts"]
    assert {sort: (own["sentences"], own["flip_rate"]["value"]) for sort, own in sorts.items()} == {
        "x": (2, 2 / 4),
        "y": (1, 1 / 2),
    }


def test_a_model_that_does_not_look_at_names_never_flips() -> None:
    found = invariance_scores(PAIRS, BEFORE, BEFORE, THRESHOLDS, LABELS, RESAMPLING)
    assert found["flip_rate"] == found["mean_change"] == {"value": 0, "low": 0, "high": 0}


@pytest.mark.parametrize("pair", [["he"], ["he", "she", "they"], ["he", "He"], "he"])
def test_what_is_no_pair_of_two_names_is_told(tmp_path: Path, pair: object) -> None:
    path = tmp_path / "swaps.yaml"
    path.write_text(yaml.safe_dump({"genders": [["man", "woman"], pair]}))
    with pytest.raises(InputError) as error:
        read_swaps(path)
    assert str(error.value) == f"{path}:genders: needs pairs of two different names (got {pair!r})"


def test_the_shipped_swaps_name_several_sorts_of_groups() -> None:
    swaps = read_swaps(ROOT / "labels" / "identity" / "swaps.yaml")
    assert len(swaps) >= 5
    assert all(swaps.values())
