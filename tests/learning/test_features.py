"""Sentences as rows of a matrix."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from sklearn.base import clone

from pipeline.learning import surface
from pipeline.learning.features import SentenceFeatures, out_of_fold_logits, wording_features
from pipeline.learning.folds import grouped_folds
from pipeline.learning.wordings import WordingModel, marked, words_of

from .examples import FULL, RULES, examples, sentence

Blocks = tuple[bool, ...]
NAMES = ("pattern", "characters", "wording", "surface", "rule")
BLOCKS: list[Blocks] = list(product([False, True], repeat=len(NAMES)))
ALL: Blocks = (True,) * len(NAMES)


def features(blocks: Blocks = ALL) -> SentenceFeatures:
    """Unfitted, with those of the blocks called `NAMES` that are asked for, and words."""
    classes, characters, wording, looks, rules = blocks
    learned = {"patterns": FULL.patterns if classes else None, "characters": FULL.characters if characters else None}
    settings = FULL.model_copy(update={**learned, "wording": wording, "surface": looks, "rules": rules})
    return SentenceFeatures(settings, RULES if rules else None)


@pytest.mark.parametrize("blocks", BLOCKS)
def test_every_column_has_a_name_whichever_blocks_there_are(blocks: Blocks) -> None:
    given = examples()
    fitted = features(blocks)
    learned = fitted.fit_transform(given.sentences, given.spans, given.groups)
    names = fitted.get_feature_names_out()
    assert learned.shape == (60, len(names))
    assert fitted.transform([sentence("Nobody knows."), sentence("")]).shape == (2, len(names))
    assert fitted.transform([]).shape == (0, len(names))
    assert len(set(names)) == len(names)
    asked = [name for name, block in zip(NAMES, blocks, strict=True) if block]
    assert list(dict.fromkeys(name.partition(":")[0] for name in names)) == ["word", *asked]


def test_columns_hold_what_they_are_named_after() -> None:
    given = examples()
    fitted = features()
    fitted.fit_transform(given.sentences, given.spans, given.groups)
    names = list(fitted.get_feature_names_out())
    row = fitted.transform([sentence("Will it close on Monday?")]).toarray()[0]
    assert row[names.index("rule:weekday")] == row[names.index("rule:will")] == 1.0
    assert row[names.index("surface:length")] == 4 / 40
    assert row[names.index("surface:heading")] == 0.0
    assert row[names.index("word:monday")] > 0
    assert row[names.index("word:crews")] == 0
    assert row[names.index("pattern:on monday")] > 0
    assert row[names.index("pattern:^-s")] == 0  # as in "Crews repaired"
    assert row[names.index("characters:mo")] > 0
    assert row[names.index("characters:ew")] == 0


def test_training_rows_differ_from_later_ones_in_the_wording_alone() -> None:
    given = examples()
    fitted = features()
    learned = fitted.fit_transform(given.sentences, given.spans, given.groups)
    later = fitted.transform(given.sentences)
    differing = np.flatnonzero(np.abs(learned - later).max(axis=0).toarray().ravel() > 1e-12)
    names = fitted.get_feature_names_out()
    assert {name.partition(":")[0] for name in names[differing]} == {"wording"}


def test_words_are_scored_by_a_model_that_has_not_seen_their_work() -> None:
    given = examples()
    words = words_of([one.text for one in given.sentences])
    hit = marked(words, given.spans)
    own = np.repeat([group == "ferry" for group in given.groups], np.diff(words.tokens.bounds))
    as_marked, all_marked = (
        out_of_fold_logits(WordingModel(), words.tokens, marks, grouped_folds(given.groups, 3, 0))
        for marks in (hit, hit | own)
    )
    assert as_marked[own].tolist() == all_marked[own].tolist()
    assert as_marked[~own].tolist() != all_marked[~own].tolist()


def test_what_word_logits_say_of_a_sentence_is_worked_out_by_hand() -> None:
    logits = np.log(np.array([0.2 / 0.8, 0.6 / 0.4, 0.5 / 0.5, 0.9 / 0.1]))
    rows = wording_features(words_of(["one two three", "", "four"]).tokens, logits).toarray()
    assert rows[0] == pytest.approx([0.6, 0.5, np.log(1 + 0.2 + 0.6 + 0.5)])
    assert rows[1].tolist() == [0, 0, 0]
    assert rows[2] == pytest.approx([0.9, 0.0, np.log(1 + 0.9)])


def test_features_can_be_cloned() -> None:
    copy = clone(features())
    assert copy.params == FULL
    assert copy.rules.names == RULES.names
    assert not hasattr(copy, "words_")


def looks(text: str, name: str) -> float:
    return float(surface.surface_features([sentence(text)])[0, surface.NAMES.index(name)])


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("capitals", "USA to go.", 1.0),  # 5 * 3 / 10
        ("capitals", "It is so, no", 5 / 12),
        ("capitals", "Ödön is so, É", 10 / 13),
        ("quoted share", "ab “cd”", 4 / 7),
        ("quoted wholly", "“It rained.”", 1.0),
        ("quotation within", "“It rained.”", 0.0),
        ("starts with a quotation mark", "“It rained.”", 1.0),
        ("starts with a quotation mark", "", 0.0),
        ("length", "one two three four five", 4 / 40),
        ("length", "so " * 100, 1.5),
    ],
)
def test_properties_are_measured(name: str, text: str, value: float) -> None:
    assert looks(text, name) == pytest.approx(value)


def test_properties_of_nothing_have_their_columns() -> None:
    assert surface.surface_features([]).shape == (0, len(surface.NAMES))
