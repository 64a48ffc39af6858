"""A sentence as its page shows it: what the model said, what annotators said, and what moved the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.core.records import VOICES, GoldSentence, Span, Voice
from pipeline.core.scheme import Label, Scheme
from pipeline.core.tables import CUES, GOLD, read_table
from pipeline.labelling.gold import gold_of
from pipeline.learning.cues import Cue
from pipeline.learning.features import LOADED
from pipeline.report.predicted import PredictedSentence

SHOWN_CUES = 3

Place = tuple[str, int]
"""Document id and the sentence's position, or its start."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label that a sentence has from the model, from annotators, or from both."""

    label: Label
    given: bool
    """Whether the model gives it."""
    gold: bool | None
    """Whether annotators gave it; None where none has seen the sentence."""
    score: float | None
    """The model's calibrated probability."""
    voices: tuple[Voice, ...]
    """In whose voices the model finds it, or else the annotators."""
    cues: tuple[Cue, ...]
    """What moved the model most to give it, the largest addends first."""

    @property
    def state(self) -> str:
        """How model and annotators stand to each other: `plain`, `both`, `model-only` or `gold-only`."""
        if self.gold is None:
            return "plain"
        return "gold-only" if not self.given else "both" if self.gold else "model-only"


@dataclass(frozen=True)
class PageSentence:
    """A sentence of a document's page."""

    said: PredictedSentence
    gold: GoldSentence | None
    marks: tuple[Mark, ...]
    """In the scheme's order."""
    others: tuple[tuple[Label, float], ...]
    """The labels that neither gave, with their probability, the likeliest first."""

    @cached_property
    def main(self) -> str:
        """The id of the likeliest function that the model gives it; empty if it gives none. It colours the sentence."""
        given = [mark for mark in self.marks if mark.given and mark.label.group == "function"]
        return max(given, key=lambda mark: mark.score or 0.0).label.id if given else ""

    @property
    def differs(self) -> bool:
        """Whether the model's labels are not those of the annotators."""
        return any(mark.state in ("gold-only", "model-only") for mark in self.marks)

    @property
    def gold_wordings(self) -> tuple[tuple[str, Voice], ...]:
        """The wordings that annotators marked as loaded."""
        spans: tuple[Span, ...] = self.gold.spans if self.gold else ()
        return tuple((self.said.sentence.text[span.start : span.end], span.voice) for span in spans)


def page_sentence(
    said: PredictedSentence, gold: GoldSentence | None, cues: Mapping[str, tuple[Cue, ...]], scheme: Scheme
) -> PageSentence:
    """Model, annotators and cues put together; `cues` by label id."""
    marks = tuple(
        Mark(
            label,
            label.id in said.labels,
            None if gold is None else label.id in gold.labels,
            said.scores.get(label.id),
            said.voices_of(label.id) or gold_voices(label.id, gold),
            cues.get(label.id, ()),
        )
        for label in scheme.labels
        if label.id in said.labels or (gold and label.id in gold.labels)
    )
    left = [label for label in scheme.labels if label not in {mark.label for mark in marks} and label.id in said.scores]
    others = sorted(((label, said.scores[label.id]) for label in left), key=lambda pair: -pair[1])
    return PageSentence(said, gold, marks, tuple(others))


def read_cues(path: Path) -> dict[Place, dict[str, tuple[Cue, ...]]]:
    """The largest addends of every label given, by document and position, without those that stand for the rest.

    Raises:
        InputError: the table cannot be read, or has other columns.
    """
    found: dict[Place, dict[str, tuple[Cue, ...]]] = {}
    for row in read_table(path, CUES):
        named = [Cue(**cue) for cue in row["cues"] if not cue["feature"].startswith("(")]
        found.setdefault((row["doc_id"], row["position"]), {})[row["label"]] = tuple(named[:SHOWN_CUES])
    return found


def read_gold(path: Path) -> dict[Place, GoldSentence]:
    """What annotators decided, by document and start.

    Raises:
        InputError: the table cannot be read, or has other columns.
    """
    return {(row["doc_id"], row["start"]): gold_of(row) for row in read_table(path, GOLD)}


def gold_voices(label: str, gold: GoldSentence | None) -> tuple[Voice, ...]:
    """In whose voices a sentence carries `label` by the annotators, each once; empty if it does not."""
    if gold is None or label not in gold.labels:
        return ()
    if label == LOADED:
        return tuple(voice for voice in VOICES if any(span.voice == voice for span in gold.spans))
    return tuple(voice for own, voice in gold.voices if own == label)


def cue_name(feature: str) -> str:
    """A feature as a reader understands it.

    Example:
        >>> cue_name("rule:prediction_will"), cue_name("word:they will")
        ('rule “prediction will”', 'word “they will”')
    """
    kind, _, name = feature.partition(":")
    return f"{kind} “{name.replace('_', ' ') if kind == 'rule' else name}”" if name else feature
