"""A label counts only in its voice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipeline.core.params import Bootstrap, EvaluateParams
from pipeline.core.tables import GOLD, OUTCOMES
from pipeline.evaluation.outcomes import said
from pipeline.evaluation.voices import Said, voice_scores

AUTHOR: Said = ("prediction", "author")
QUOTED: Said = ("prediction", "quoted")
LOADED: Said = ("loaded_language", "author")

GOLD_SAID = [{AUTHOR}, {AUTHOR}, {QUOTED}, {QUOTED, LOADED}, set[Said]()]
FOUND_SAID = [{AUTHOR}, {QUOTED}, {QUOTED}, {LOADED}, {AUTHOR}]
"""Author: one right, one missed, one false alarm. Quoted: one right, one missed, one false alarm."""


def scores(positives: int = 1, documents: int = 1) -> dict[str, dict[str, Any]]:
    params = EvaluateParams(too_few_positives=positives, too_few_documents=documents, bins=2)
    bootstrap = Bootstrap(resamples=4, seed=0, level=0.95)
    names = ["x", "x", "y", "z", "z"]
    return voice_scores(FOUND_SAID, GOLD_SAID, names, np.ones((5, 5)), params, bootstrap)


def test_every_label_has_every_voice() -> None:
    found = scores()
    assert set(found) == {"prediction", "loaded_language"}
    assert all(list(voices) == ["author", "attributed", "quoted"] for voices in found.values())


@pytest.mark.parametrize("voice", ["author", "quoted"])
def test_the_right_label_in_the_wrong_voice_is_wrong_twice(voice: str) -> None:
    figures = scores()["prediction"][voice]
    assert [figures[name]["value"] for name in ("precision", "recall", "f1")] == [1 / 2, 1 / 2, 2 / 4]
    assert (figures["support"], figures["support_documents"]) == (2, {"author": 1, "quoted": 2}[voice])


def test_a_voice_that_does_not_occur_has_no_figure() -> None:
    figures = scores()["prediction"]["attributed"]
    assert [figures[name]["value"] for name in ("precision", "recall", "f1")] == [None] * 3
    assert (figures["support"], figures["enough"]) == (0, False)


def test_too_few_is_said_by_sentences_and_documents() -> None:
    assert [scores(2, 2)["prediction"][voice]["enough"] for voice in ("author", "quoted")] == [False, True]
    assert scores(3, 1)["prediction"]["quoted"]["enough"] is False


def test_what_a_row_says_are_its_voices_and_its_wordings() -> None:
    assert {"spans", "voices"} <= set(GOLD) & set(OUTCOMES)
    spans = [{"start": 0, "end": 3, "voice": "author"}, {"start": 5, "end": 9, "voice": "author"}]
    row = {"spans": spans, "voices": [{"label": "prediction", "voice": "quoted"}]}
    assert said(row) == {LOADED, QUOTED}
    assert said({"spans": [], "voices": []}) == set()
