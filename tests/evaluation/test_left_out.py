"""What was left out teaches nothing, and what that costs is counted on it alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.core.params import Bootstrap, EvaluateParams
from pipeline.evaluation.left_out import ALL, Learned, decisions_without, gaps, kinds
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.examples import Examples
from tests.learning.examples import FULL, LABELS, PLACES, RULES, examples, fitted, sentence

PARAMS = EvaluateParams(too_few_positives=1, too_few_documents=2, bins=10)
BOOTSTRAP = Bootstrap(resamples=10, seed=0, level=0.95)


def edits() -> Examples:
    """An edited sentence for each work, with a word that no other has."""
    told = tuple(sentence(f"Nobody will weep for xy{place}.", f"{place}#edit-1") for place in PLACES)
    target = np.array([[label == "prediction" for label in LABELS] for _ in told])
    return Examples(told, target, ((),) * len(told), PLACES)


def learned() -> Learned:
    return Learned(
        FULL.model_copy(update={"words": FULL.words.model_copy(update={"min_df": 1})}),
        RULES,
        examples(),
        edits(),
        fitted().first_look_,
    )


def rows_of(*places: str) -> np.ndarray:
    return np.flatnonzero(np.isin(examples().groups, places))


def test_neither_works_that_are_left_out_nor_their_edits_teach() -> None:
    names = set(learned().without(rows_of("harbour", "ferry")).heads_.features_.get_feature_names_out())
    assert {"word:library", "word:xylibrary"} <= names
    assert not {"word:harbour", "word:ferry", "word:xyharbour", "word:xyferry"} & names


def test_labels_of_what_is_left_out_change_nothing() -> None:
    own, left_out = learned(), rows_of("harbour")
    wrong = own.examples.target.copy()
    wrong[left_out] = ~wrong[left_out]
    spoilt = replace(own, examples=replace(own.examples, target=wrong))
    sentences = own.examples.of(left_out).sentences
    one, other = (known.without(left_out) for known in (own, spoilt))
    assert np.array_equal(one.predict_proba(sentences), other.predict_proba(sentences))
    assert np.array_equal(one.thresholds_, other.thresholds_)


def test_with_nothing_left_out_it_is_the_model_itself() -> None:
    own = Learned(FULL, RULES, examples(), None, fitted().first_look_)
    again = own.without(rows_of())
    assert np.array_equal(again.predict_proba(examples().sentences), fitted().predict_proba(examples().sentences))
    assert np.array_equal(again.thresholds_, fitted().thresholds_)


def test_a_kind_has_its_sentences_of_both_parts_if_training_has_any() -> None:
    found = list(kinds({"genre": ["news", "speech", "news", "news", "letter"]}, trained=3))
    assert [(kind.name, kind.value) for kind in found] == [("genre", "news"), ("genre", "speech")]
    assert [kind.learned.tolist() for kind in found] == [[0, 2], [1]]
    assert [kind.scored.tolist() for kind in found] == [[0, 2, 3], [1]]


def test_each_kind_is_judged_by_the_model_without_it() -> None:
    own = learned()
    left_out = list(kinds({"place": own.examples.groups}, len(own.examples.groups)))[:2]
    told = list(decisions_without(own, left_out, own.examples.sentences))
    for kind, given in zip(left_out, told, strict=True):
        expected: LinearClassifier = own.without(kind.learned)
        assert np.array_equal(given, expected.predict(own.examples.of(kind.scored).sentences))


def test_gaps_are_counted_on_what_was_left_out() -> None:
    left_out = list(kinds({"genre": ["a", "a", "b", "b"]}, 4))
    target = np.array([[True], [True], [True], [False]])
    inside = np.array([[True], [True], [True], [True]])
    outside = [np.array([[True], [False]]), np.array([[True], [False]])]
    found = gaps(left_out, outside, inside, target, ["d1", "d2", "d3", "d3"], PARAMS, BOOTSTRAP)["genre"]
    assert list(found) == [ALL, "a", "b"]
    # a: 2 * 1 / (2 + 1) in place of 1; b: 1 in place of 2 * 1 / (1 + 2); together: 2 * 2 / (3 + 2), 2 * 3 / (3 + 4)
    values = {
        kind: [told[key]["value"] for key in ("left_out", "in_distribution", "gap")] for kind, told in found.items()
    }
    assert values == {"a": [0.6667, 1.0, -0.3333], "b": [1.0, 0.6667, 0.3333], ALL: [0.8, 0.8571, -0.0571]}
    assert {kind: told["enough"] for kind, told in found.items()} == {ALL: True, "a": True, "b": False}
    assert found["b"]["gap"] == {"value": 0.3333, "low": None, "high": None}
    assert found["a"]["gap"]["low"] is not None
