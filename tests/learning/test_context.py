"""A second look: what it sees, and that it stays a sum."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone

from pipeline.core.records import Sentence
from pipeline.learning.context import PLACES, ContextStage, context_names, documents_of, has_context, in_context

from .examples import sentence

LOGITS = np.array([[1.0, -2.0], [3.0, 4.0], [5.0, 1.0], [7.0, 6.0]])


def standing(names: str) -> list[Sentence]:
    """A sentence for each letter, which is its document."""
    return [sentence("It is.", name) for name in names]


def drawn(seed: int, rows: int, labels: int) -> npt.NDArray[np.float64]:
    return np.random.default_rng(seed).normal(size=(rows, labels))


def test_a_sentence_is_seen_with_its_neighbours_its_document_and_its_place() -> None:
    assert in_context(LOGITS, standing("aaab")).tolist() == [
        [1, -2, *(0, 0), *(3, 4), *(3, 1), *(1, 0, 0, 3 / 100)],
        [3, 4, *(1, -2), *(5, 1), *(3, 1), *(0, 0, 1 / 2, 3 / 100)],
        [5, 1, *(3, 4), *(0, 0), *(3, 1), *(0, 1, 1, 3 / 100)],
        [7, 6, *(0, 0), *(0, 0), *(7, 6), *(1, 1, 0, 1 / 100)],
    ]


def test_every_column_but_a_sentences_own_has_a_name() -> None:
    names = context_names(["report", "prediction"])
    assert in_context(LOGITS, standing("aaab")).shape[1] == 2 + len(names)
    assert names[:2] == ["sentence before:report", "sentence before:prediction"]
    assert names[4:7] == ["document:report", "document:prediction", "place:first"]


def test_a_long_document_is_no_longer_than_long() -> None:
    assert in_context(np.zeros((150, 1)), standing("a" * 150))[:, -1].tolist() == [1.0] * 150


def test_documents_are_runs_of_one_id() -> None:
    starts, sizes = documents_of(standing("aabca"))
    assert (starts.tolist(), sizes.tolist()) == ([0, 2, 3, 4], [2, 1, 1, 1])
    assert has_context(standing("aabca")).tolist() == [True, True, False, False, False]


def test_nothing_is_seen_of_nothing() -> None:
    assert in_context(np.zeros((0, 2)), []).shape == (0, 4 * 2 + len(PLACES))
    assert has_context([]).tolist() == []


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(0, 99))
def test_a_document_is_seen_the_same_alone_and_among_others(sizes: list[int], seed: int) -> None:
    names = "".join(letter * size for letter, size in zip("abcde", sizes, strict=False))
    logits = drawn(seed, len(names), 2)
    whole = in_context(logits, standing(names))
    for name in set(names):
        own = np.array([one == name for one in names])
        assert in_context(logits[own], standing(name * int(own.sum()))).tolist() == whole[own].tolist()


def learned(seed: int = 0, labels: int = 2) -> tuple[ContextStage, npt.NDArray[np.float64]]:
    """A stage over forty documents of one length in which a label is that of the sentence before."""
    logits = drawn(seed, 160, labels)
    features = in_context(logits, standing("".join(chr(97 + number) * 4 for number in range(40))))
    return ContextStage(C=1.0).fit(features, features[:, labels : 2 * labels] > 0), features


def test_what_the_sentence_before_tells_is_learned_and_what_is_constant_is_not_used() -> None:
    stage, features = learned()
    given_labels = stage.decision_function(features) > 0
    inside = features[:, -len(PLACES)] == 0  # not first in its document
    assert (given_labels == (features[:, 2:4] > 0))[inside].mean() > 0.95
    assert stage.weights_[-1].tolist() == [0, 0]  # all documents have one length
    assert np.abs(stage.weights_).max() < 100


@given(st.integers(0, 20))
def test_the_first_stage_folded_in_and_what_is_around_sum_to_the_logit(seed: int) -> None:
    stage, _ = learned()
    rows, weights, intercepts = drawn(seed, 5, 7), drawn(seed + 1, 7, 2), drawn(seed + 2, 1, 2)[0]
    seen = in_context(rows @ weights + intercepts, standing("aaabb"))
    own_weights, own_intercepts = stage.folded_into(weights, intercepts)
    summed = rows @ own_weights + own_intercepts + seen[:, 2:] @ stage.weights_[2:]
    assert summed == pytest.approx(stage.decision_function(seen), abs=1e-9)


def test_a_clone_has_the_settings_and_nothing_learned() -> None:
    copy = clone(learned()[0])
    assert copy.get_params() == {"C": 1.0, "seed": 0}
    assert not hasattr(copy, "weights_")
