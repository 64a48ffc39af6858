"""Whole documents are drawn, and an interval says only what the resamples say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.params import Bootstrap
from pipeline.evaluation.bootstrap import Estimate, document_weights, estimate


def bootstrap(resamples: int = 20, seed: int = 0, level: float = 0.95) -> Bootstrap:
    return Bootstrap(resamples=resamples, seed=seed, level=level)


DOCUMENTS = st.lists(st.sampled_from("abcde"), min_size=1, max_size=20)


@settings(deadline=None)
@given(DOCUMENTS)
def test_as_many_documents_are_drawn_as_there_are(documents: list[str]) -> None:
    weights = document_weights(documents, bootstrap())
    firsts = [documents.index(document) for document in dict.fromkeys(documents)]
    assert weights.shape == (21, len(documents))
    assert set(weights[:, firsts].sum(axis=1)) == {len(firsts)}


@settings(deadline=None)
@given(DOCUMENTS)
def test_the_sentences_of_a_document_share_a_weight(documents: list[str]) -> None:
    weights = document_weights(documents, bootstrap())
    for column, document in enumerate(documents):
        assert (weights[:, column] == weights[:, documents.index(document)]).all()


def test_row_0_is_the_sample_itself() -> None:
    assert document_weights(["a", "a", "b"], bootstrap())[0].tolist() == [1, 1, 1]


def test_weights_are_whole_numbers() -> None:
    weights = document_weights(list("abcdef"), bootstrap())
    assert (weights == weights.round()).all()
    assert weights.max() > 1


def test_one_seed_gives_one_draw() -> None:
    first, again, other = (document_weights(list("abcdef"), bootstrap(seed=seed)) for seed in (3, 3, 4))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_a_document_weighs_the_same_wherever_its_sentences_stand() -> None:
    together, mixed = (document_weights(list(order), bootstrap()) for order in ("aabb", "abab"))
    assert (together[:, [0, 2]] == mixed[:, [0, 1]]).all()


def test_no_sentence_has_no_weight() -> None:
    assert document_weights([], bootstrap()).shape == (21, 0)


def test_the_value_is_that_of_the_sample_and_the_interval_that_of_the_resamples() -> None:
    values = np.array([9.0, *range(101)])
    assert estimate(values, bootstrap(101, level=0.9)) == Estimate(9.0, 5.0, 95.0)


def test_a_wider_level_gives_a_wider_interval() -> None:
    values = np.array([50.0, *range(101)])
    assert estimate(values, bootstrap(101, level=0.5)) == Estimate(50.0, 25.0, 75.0)
    assert estimate(values, bootstrap(101, level=1.0)) == Estimate(50.0, 0.0, 100.0)


def test_figures_have_four_decimals() -> None:
    assert estimate(np.array([1 / 3, 2 / 3, 2 / 3]), bootstrap(2)) == Estimate(0.3333, 0.6667, 0.6667)


def test_what_is_undefined_in_the_sample_has_no_figure() -> None:
    assert estimate(np.array([np.nan, 0.5, 0.5]), bootstrap(2)) == Estimate(None, None, None)


@pytest.mark.parametrize(("undefined", "low"), [(1, 0.5), (2, 0.5), (3, None), (4, None)])
def test_more_than_half_undefined_has_no_interval(undefined: int, low: float | None) -> None:
    values = np.array([0.5, *[np.nan] * undefined, *[0.5] * (4 - undefined)])
    assert estimate(values, bootstrap(4)) == Estimate(0.5, low, low)


def test_as_it_is_written() -> None:
    assert Estimate(0.5, None, None).as_row() == {"value": 0.5, "low": None, "high": None}
