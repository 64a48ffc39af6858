"""The controls themselves: what must come out of them is known."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import GoldSentence, Sentence
from pipeline.evaluation.controls import (
    mean_auc,
    planted_leaks_found,
    shuffled_aucs,
    shuffled_within_documents,
    within_document_auc,
)
from pipeline.evaluation.evaluate import Outcome

Ints = npt.NDArray[np.int64]


def bools(*values: int) -> npt.NDArray[np.bool_]:
    return np.array(values, dtype=bool)


def test_auc_inside_documents_by_hand() -> None:
    """Document 0: 3 beats 1 and 2, and 1 loses and ties, 2.5 of 4 pairs; document 1: 0 of 1."""
    target = bools(1, 0, 0, 1, 1, 0)
    scores = np.array([3.0, 1, 2, 1, 5, 9])
    assert within_document_auc(target, scores, np.array([0, 0, 0, 0, 1, 1])) == pytest.approx(2.5 / 5)


def test_documents_of_one_kind_do_not_count() -> None:
    target, scores = bools(1, 0, 1, 1, 0), np.array([2.0, 1, 0, 0, 9])
    assert within_document_auc(target, scores, np.array([0, 0, 1, 1, 2])) == 1
    assert np.isnan(within_document_auc(target, scores, np.arange(5)))


ROWS = st.lists(st.tuples(st.booleans(), st.integers(-9, 9), st.integers(0, 3)), min_size=1, max_size=30)


def columns(rows: list[tuple[bool, int, int]]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64], Ints]:
    target, scores, documents = zip(*rows, strict=True)
    return np.array(target), np.array(scores, dtype=np.float64), np.array(documents)


@given(ROWS)
def test_constant_scores_give_one_half(rows: list[tuple[bool, int, int]]) -> None:
    target, _, documents = columns(rows)
    found = within_document_auc(target, np.ones(len(rows)), documents)
    assert np.isnan(found) or found == 0.5


@given(ROWS, st.lists(st.integers(-99, 99), min_size=4, max_size=4))
def test_what_is_added_to_a_whole_document_changes_nothing(rows: list[tuple[bool, int, int]], added: list[int]) -> None:
    target, scores, documents = columns(rows)
    before = within_document_auc(target, scores, documents)
    after = within_document_auc(target, scores + np.array(added)[documents], documents)
    assert after == before or (np.isnan(after) and np.isnan(before))


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 2)), min_size=1, max_size=20), st.integers(0, 99)
)
def test_a_shuffle_deals_each_documents_rows_to_its_own_sentences(
    rows: list[tuple[bool, bool, int]], seed: int
) -> None:
    target, documents = np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])
    shuffled = shuffled_within_documents(target, documents, np.random.default_rng(seed))
    for document in set(documents.tolist()):
        own = documents == document
        assert Counter(map(tuple, shuffled[own].tolist())) == Counter(map(tuple, target[own].tolist()))


def knowing(size: int = 300) -> Outcome:
    """A model that knows everything, on documents of ten sentences; a label of every second document alone, too."""
    rng = np.random.default_rng(1)
    documents = np.arange(size) // 10
    target = np.column_stack([rng.random(size) < 0.4, documents % 2 == 0])
    return Outcome(("a", "b"), tuple(f"d{number}" for number in documents), target, target * 1.0, target)


def test_a_model_that_knows_is_right_on_true_labels_and_lost_on_shuffled_ones() -> None:
    told = knowing()
    assert mean_auc(told, told.target) == 1
    shuffled = shuffled_aucs(told, 20, seed=0)
    assert len(shuffled) == 20
    assert 0.47 < np.mean(shuffled) < 0.53
    assert shuffled == shuffled_aucs(told, 20, seed=0) != shuffled_aucs(told, 20, seed=1)


def gold(doc_id: str, text: str) -> GoldSentence:
    return GoldSentence(Sentence(doc_id, 0, 0, "body", 0, len(text), text), "body", frozenset(), (), ())


def counted(number: int, words: int) -> GoldSentence:
    """A sentence of so many words, which no other shares."""
    return gold(f"held-{number}", " ".join(f"word{number}x{place}" for place in range(words)) + ".")


def test_planted_leaks_are_found() -> None:
    test = [counted(number, 12) for number in range(6)]
    assert planted_leaks_found([gold("learned", "Nothing like it stands here.")], test, 5, 0.8, seed=0) == 5


def test_only_sentences_that_are_long_enough_are_planted() -> None:
    test = [counted(0, 12), counted(1, 11)]
    assert planted_leaks_found([], test, 5, 0.8, seed=0) == 1


def test_an_audit_that_sees_exact_copies_alone_finds_none() -> None:
    assert planted_leaks_found([], [counted(number, 12) for number in range(6)], 5, 1.0, seed=0) == 0
