"""A small invented corpus of twelve works with three labels, and models fitted on it once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pipeline.core.params import LinearModel, Ngrams
from pipeline.core.records import GoldSentence, Kind, Sentence, Span
from pipeline.labelling.rules import Rule, RuleSet
from pipeline.learning.annotator import Annotator
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.examples import Examples, examples_of
from pipeline.learning.store import StoredModel

REPOSITORY = Path(__file__).parents[2]
LABELS = ("report", "prediction", "loaded_language")
CONFIDENCE = 0.7
VOICED = ("prediction", "loaded_language")
PLACES = (
    *("harbour", "ferry", "library", "bakery", "orchard", "tunnel"),
    *("museum", "quarry", "stadium", "garden", "theatre", "brewery"),
)

_SAID: tuple[tuple[str, set[str], tuple[str, ...]], ...] = (
    ("Crews repaired and reopened the {} on Monday.", {"report"}, ()),
    ("The council will sell the {} next spring.", {"prediction"}, ()),
    ("Only a vile crook could love the {}.", {"loaded_language"}, ("vile crook",)),
    ("The {} closed for repairs in March, and it will open late.", {"report", "prediction"}, ()),
    ("A disgraceful plan for the {} will ruin us!", {"prediction", "loaded_language"}, ("disgraceful", "ruin")),
)

FULL = LinearModel(
    kind="linear",
    words=Ngrams(min_n=1, max_n=2, min_df=2),
    patterns=Ngrams(min_n=1, max_n=2, min_df=3),
    characters=Ngrams(min_n=2, max_n=3, min_df=3),
    surface=True,
    rules=True,
    wording=True,
    edits=True,
    context=0.01,
    C=1.0,
    class_weight="balanced",
    folds=3,
    seed=0,
)
_NOTHING_ELSE = dict.fromkeys(("surface", "rules", "wording", "edits"), False)
WORDS_ALONE = FULL.model_copy(update={**_NOTHING_ELSE, "patterns": None, "characters": None, "context": None})
EVERY_WORD = WORDS_ALONE.model_copy(update={"words": Ngrams(min_n=1, max_n=1, min_df=1), "C": 10.0, "folds": 2})
"""For problems so small that each word counts."""


def rule(name: str, label: str, pattern: str) -> Rule:
    return Rule(name, label, 1, re.compile(pattern), "It is a cue.", (), ())


RULES = RuleSet([rule("weekday", "report", r"\bMonday\b"), rule("will", "prediction", r"(?i)\bwill\b")])


def sentence(text: str, doc_id: str = "text", paragraph: int = 0, kind: Kind = "body") -> Sentence:
    return Sentence(doc_id, 0, paragraph, kind, 0, len(text), text)


def gold() -> list[GoldSentence]:
    """Sixty sentences, five a work; each work begins with another of the five."""
    found = []
    for number, place in enumerate(PLACES):
        first = number % len(_SAID)
        for position, (said, labels, loaded) in enumerate(_SAID[first:] + _SAID[:first]):
            text = said.format(place)
            spans = tuple(Span(text.index(word), text.index(word) + len(word), "author") for word in loaded)
            anchor = Sentence(place, position, position, "body", 100 * position, 100 * position + len(text), text)
            found.append(GoldSentence(anchor, "body", frozenset(labels), spans, ()))
    return found


def examples() -> Examples:
    return examples_of(gold(), LABELS, {place: place for place in PLACES})


def fresh(jobs: int = 1) -> LinearClassifier:
    """A model that nobody else has."""
    return LinearClassifier(FULL, RULES).fit(examples(), jobs=jobs)


@cache
def fitted() -> LinearClassifier:
    """The model that tests share; it is not to be changed."""
    return fresh()


def stored(model: LinearClassifier | None = None) -> StoredModel:
    return StoredModel("small", LABELS, VOICED, "1", CONFIDENCE, model or fitted())


def annotator(model: LinearClassifier | None = None) -> Annotator:
    return Annotator(stored(model), "0" * 64)


def printed_by(code: str, environments: Sequence[dict[str, str]]) -> list[str]:
    """What `code` prints in a process of its own for each environment."""
    path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for environment in environments
    ]
    ended = [(process, *process.communicate()) for process in started]
    for process, _, complaint in ended:
        assert process.returncode == 0, complaint
    return [output for _, output, _ in ended]
