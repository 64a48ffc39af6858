"""The second stage: what it is shown was told out of fold, and a neighbour's word counts where order is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import PipelineError
from pipeline.core.records import Sentence
from pipeline.learning.examples import Examples
from pipeline.learning.stacking import ENDS, StackedHeads, around, likeness

from .examples import LABELS, RULES, WORDS_ALONE, examples, sentence

PLACES = 3 + 2 * ENDS
"""Columns that tell a sentence's place."""


def standing(names: str) -> list[Sentence]:
    """A sentence for each letter, which is its document."""
    return [sentence("It is.", name) for name in names]


def test_a_row_is_seen_with_its_neighbours_the_mean_of_its_document_and_its_place() -> None:
    scores = np.array([[1.0], [3.0], [8.0], [5.0]])
    seen = around(scores, standing("aaab"), 1)
    assert seen.shape == (4, 1 + 2 + 1 + PLACES)
    assert seen[:, 0].tolist() == [1, 3, 8, 5]
    assert seen[:, 1].tolist() == [0, 1, 3, 0]  # the one before
    assert seen[:, 2].tolist() == [3, 8, 0, 0]  # the one after
    assert seen[:, 3].tolist() == [4, 4, 4, 5]  # (1 + 3 + 8) / 3
    assert seen[:, 4].tolist() == [0, 0.5, 1, 0]
    assert seen[:, 7].tolist() == [1, 0, 0, 1]  # the first of its document
    assert seen[:, 7 + ENDS].tolist() == [0, 0, 1, 1]  # the last of it


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(1, 3))
def test_a_document_is_seen_the_same_alone_and_among_others(sizes: list[int], reach: int) -> None:
    names = "".join(letter * size for letter, size in zip("abcdef", sizes, strict=False))
    scores = np.arange(2.0 * len(names)).reshape(-1, 2)
    whole = around(scores, standing(names), reach)
    for name in set(names):
        own = np.array([one == name for one in names])
        assert around(scores[own], standing(name * int(own.sum())), reach).tolist() == whole[own].tolist()


def test_likeness_to_the_first_the_one_before_and_the_one_after() -> None:
    rows = sp.csr_matrix(np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0], [0.6, 0.8]]))
    assert likeness(rows, standing("aaab")).round(9).tolist() == [
        [1, 0, 0.6],
        [0.6, 0.6, 0.8],
        [0, 0.8, 0],
        [1, 0, 0],
    ]


def test_nothing_gives_nothing() -> None:
    model = StackedHeads([WORDS_ALONE], reach=1, folds=3).fit(examples())
    assert model.decision_function([]).shape == (0, len(LABELS))


def test_what_is_plain_to_see_is_learned_by_two_members() -> None:
    told = examples()
    members = [WORDS_ALONE, WORDS_ALONE.model_copy(update={"rules": True, "C": 0.3})]
    logits = StackedHeads(members, RULES, C=1.0, folds=3).fit(told).decision_function(told.sentences)
    assert logits.shape == told.target.shape
    assert ((logits > 0) == told.target).mean() > 0.95


def test_further_labels_inform_and_are_not_given() -> None:
    told = examples()
    model = StackedHeads([WORDS_ALONE], labels=1, folds=3).fit(told)
    assert model.decision_function(told.sentences).shape == (len(told.sentences), 1)
    assert model.weights_.shape == (len(LABELS), 1)  # one column for each label of the first stage


def test_fewer_groups_than_folds_are_refused() -> None:
    with pytest.raises(PipelineError, match="cross-validation in 13 folds"):
        StackedHeads([WORDS_ALONE], folds=13).fit(examples())


def in_turns() -> Examples:
    """Twenty documents in which the label of a sentence is told by the one before it alone."""
    words = ["yes", "no"]
    rng = np.random.default_rng(0)
    sentences, target = [], []
    for number in range(20):
        before: int | None = None
        for position, word in enumerate(rng.integers(0, 2, size=6)):
            sentences.append(replace(sentence(f"{words[word]} it is", f"d{number}"), position=position))
            target.append([before == 0, word == 0])
            before = int(word)
    groups = tuple(one.doc_id for one in sentences)
    return Examples(tuple(sentences), np.array(target), ((),) * len(sentences), groups)


def agreement(reach: int) -> float:
    told = in_turns()
    logits = StackedHeads([WORDS_ALONE], reach=reach, labels=1, C=1.0, folds=3).fit(told)
    given_: npt.NDArray[np.bool_] = logits.decision_function(told.sentences)[:, 0] > 0
    return float((given_ == told.target[:, 0]).mean())


def test_a_neighbours_word_counts_only_within_reach() -> None:
    assert agreement(1) > 0.95
    assert agreement(0) < 0.75


def test_a_label_that_never_or_always_occurs_is_said_so() -> None:
    told = examples()
    target = np.column_stack([told.target[:, 0], np.zeros(len(told.target), bool), np.ones(len(told.target), bool)])
    logits = StackedHeads([WORDS_ALONE], folds=3).fit(Examples(told.sentences, target, told.spans, told.groups))
    found = logits.decision_function(told.sentences)
    assert (found[:, 1] < 0).all()
    assert (found[:, 2] > 0).all()


def test_one_process_and_two_say_the_same() -> None:
    told = examples()
    one, two = (StackedHeads([WORDS_ALONE], folds=3, jobs=jobs).fit(told) for jobs in (1, 2))
    assert one.weights_.tolist() == two.weights_.tolist()


def test_what_is_the_same_everywhere_tells_nothing() -> None:
    """Three documents of seven sentences: the mean of equal logarithms is not quite that logarithm."""
    told = examples()
    rows = np.arange(21)
    sentences = tuple(replace(told.sentences[row], doc_id=f"d{row // 7}") for row in rows)
    alike = Examples(sentences, told.target[rows], told.spans[:21], tuple(one.doc_id for one in sentences))
    logits = StackedHeads([WORDS_ALONE], reach=1, folds=3).fit(alike).decision_function(sentences[:5])
    assert np.abs(logits).max() < 100
