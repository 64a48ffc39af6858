"""One stretch at a time is exchanged, and the model asked what that does to every label."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import Sentence
from pipeline.learning.store import SentenceModel, StoredModel
from pipeline.versions.exchange import Passage, Reworded, exchanged, passage, with_effects
from pipeline.versions.stretches import Word, stretches

WEIGHTS = {"vile": 2.0, "soon": 1.0, "old": -0.5}


@dataclass
class Adding:
    """A model whose one logit is the sum of the weights of its words."""

    def predict_proba(self, sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
        logits = [sum(WEIGHTS.get(word.strip(".,"), 0.0) for word in one.text.split()) for one in sentences]
        return np.array([[1 / (1 + math.exp(-logit))] for logit in logits])


STORED = StoredModel("adding", ("prediction",), (), "1", 0.5, cast(SentenceModel, Adding()))


def plain(*texts: str) -> Passage:
    """Sentences of words and full stops in a row."""
    sentences, said = [], []
    for number, text in enumerate(texts):
        sentences.append(Sentence("pier", number, 0, "body", 0, len(text), text))
        own, at = [], 0
        for form in text.replace(".", " ").split():
            at = text.index(form, at)
            own.append(Word(number, at, at + len(form), form, 0.0))
            at += len(form)
        said.append(own)
    return passage(sentences, said)


def effects(source: Passage, version: Passage) -> list[float]:
    link = Reworded(source, version, tuple(stretches(source.words, version.words)))
    [found] = with_effects([link], STORED)
    return [stretch.effects["prediction"] for stretch in found]


def test_words_of_later_sentences_are_found_in_the_whole() -> None:
    both = plain("Boats left.", "Men wept.")
    assert both.text == "Boats left. Men wept."
    assert [both.text[start:end] for start, end in both.bounds] == ["Boats", "left", "Men", "wept"]


@pytest.mark.parametrize(
    ("first", "count", "wording", "text"),
    [
        (1, 1, "sank", "Boats sank. Men wept."),
        (0, 2, "", ". Men wept."),
        (1, 0, "never", "Boats never left. Men wept."),
        (4, 0, "too", "Boats left. Men wept. too"),
        (1, 2, "with men who", "Boats with men who wept."),
    ],
)
def test_words_are_exchanged_and_nothing_else(first: int, count: int, wording: str, text: str) -> None:
    assert exchanged(plain("Boats left.", "Men wept."), first, count, wording) == text


def test_the_effect_of_a_stretch_is_its_own() -> None:
    assert effects(plain("the vile men left"), plain("the old men left soon")) == [-2.5, 1.0]


def test_an_effect_does_not_hang_on_the_certainty_of_the_model() -> None:
    certain = plain("vile vile vile men")
    assert effects(certain, plain("vile vile vile men soon")) == [1.0]


def test_what_is_the_same_or_stands_alone_has_no_effects() -> None:
    same = plain("Boats left.")
    assert with_effects([Reworded(same, same, ()), Reworded(same, plain(), ())], STORED) == [(), ()]


FORMS = st.lists(st.sampled_from(["vile", "soon", "old", "men"]), min_size=1, max_size=4)


@given(FORMS, FORMS)
def test_effects_of_a_linear_model_add_up(source: list[str], version: list[str]) -> None:
    difference = sum(WEIGHTS.get(form, 0.0) for form in version) - sum(WEIGHTS.get(form, 0.0) for form in source)
    own = effects(plain(" ".join(source)), plain(" ".join(version)))
    assert sum(own) == pytest.approx(difference, abs=1e-3)
