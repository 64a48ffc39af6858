"""What changed in rhetoric between linked sentences, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.core.params import VersionsParams
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.learning.features import LOADED
from pipeline.versions.lexicon import Lexicon
from pipeline.versions.sources import source_change
from pipeline.versions.stretches import Stretch, Word, charge_of

Place = tuple[int, int, int]
"""The number of a sentence in its document, and where in its text a wording begins and ends."""


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A change of rhetoric in one match."""

    kind: str
    """One of `CHANGES` in pipeline/labelling/versions.py."""
    label: str | None = None
    """The label added or removed, or whose voice changed."""
    source: tuple[Place, ...] = ()
    """The wording that changed; empty for a whole sentence."""
    version: tuple[Place, ...] = ()
    charge: tuple[float, float] | None = None
    """The charge of the wording before and after."""
    probability: tuple[float, float] | None = None
    """The calibrated probability of the label before and after."""


@dataclass(frozen=True, slots=True)
class Side:
    """What the model says of the sentences on one side of a match; captions and furniture have no probabilities."""

    sentences: tuple[AnnotatedSentence, ...]

    @property
    def text(self) -> str:
        """The sentences in a row."""
        return " ".join(item.sentence.text for item in self.sentences)

    @property
    def labels(self) -> frozenset[str]:
        """The labels that any of them has."""
        return frozenset(label for item in self.sentences for label in item.labels)

    def probability(self, label: str) -> float:
        """The highest probability of `label` among the sentences, 0 without any."""
        return max((item.scores[label] for item in self.sentences if item.scores is not None), default=0.0)

    @property
    def counted(self) -> bool:
        """Whether any of them is labelled at all."""
        return any(item.scores is not None for item in self.sentences)


def changes_between(
    source: Side, version: Side, differing: Sequence[Stretch], lexicon: Lexicon, params: VersionsParams
) -> Iterator[FoundChange]:
    """The changes in one match; a lost or an added sentence is a change of its own and nothing else.

    Captions and furniture carry neither loaded wordings nor labels.
    """
    if not source.sentences or not version.sentences:
        yield FoundChange("sentence_lost" if source.sentences else "sentence_added")
        return
    if source.counted and version.counted:
        for stretch in differing:
            yield from _wording_change(stretch, lexicon, params)
        yield from _label_changes(source, version, params.margin)
        yield from _voice_changes(source, version)
    named = source_change(source.text, version.text, lexicon)
    if named is not None:
        yield FoundChange(named)


def _wording_change(stretch: Stretch, lexicon: Lexicon, params: VersionsParams) -> Iterator[FoundChange]:
    verb = _verb_change(stretch, lexicon)
    whole: list[tuple[Sequence[Word], Sequence[Word]]] = [(stretch.source, stretch.version)]
    for old, new in whole if verb else _wordings(stretch, params):
        before, after = charge_of(old), charge_of(new)
        kind = verb or _charge_change(before, after, params)
        if kind is not None:
            charge = round(before, 4), round(after, 4)
            yield FoundChange(kind, source=_places(old), version=_places(new), charge=charge)


def _wordings(stretch: Stretch, params: VersionsParams) -> list[tuple[Sequence[Word], Sequence[Word]]]:
    """A long stretch may hold several loaded wordings: those of its more charged side, each beside the other side."""
    if stretch.source_charge > stretch.version_charge:
        return [(own, stretch.version) for own in _clusters(stretch.source, params)]
    return [(stretch.source, own) for own in _clusters(stretch.version, params)]


def _clusters(words: Sequence[Word], params: VersionsParams) -> list[Sequence[Word]]:
    """The words cut before each charged word that follows the last one at a distance; all of them if there is none."""
    hits = [number for number, word in enumerate(words) if word.charge >= params.charged]
    cuts = [second for first, second in pairwise(hits) if second - first > params.next]
    return [words[start:end] for start, end in pairwise([0, *cuts, len(words)])]


def _places(words: Sequence[Word]) -> tuple[Place, ...]:
    return tuple((word.position, word.start, word.end) for word in words)


def _verb_change(stretch: Stretch, lexicon: Lexicon) -> str | None:
    """`reporting_verb` when a neutral verb of saying stands for a convicting one, or the other way round."""
    before, after = ({word.form for word in side} for side in (stretch.source, stretch.version))
    convicted = bool(before & lexicon.neutral) and bool(after & lexicon.convicting)
    acquitted = bool(before & lexicon.convicting) and bool(after & lexicon.neutral)
    return "reporting_verb" if convicted != acquitted else None


def _charge_change(before: float, after: float, params: VersionsParams) -> str | None:
    """What happened to a wording of so much charge: nothing unless one side is charged."""
    was, is_now = before >= params.charged, after >= params.charged
    if was and is_now:
        return _shift(after - before, params.shifted)
    if was or is_now:
        return "loaded_added" if is_now else "loaded_removed"
    return None


def _shift(difference: float, least: float) -> str:
    if abs(difference) < least:
        return "loaded_replaced"
    return "loaded_sharpened" if difference > 0 else "loaded_softened"


def _label_changes(source: Side, version: Side, margin: float) -> Iterator[FoundChange]:
    """Labels gained and lost beyond doubt; what happened to loaded language is told wording by wording."""
    for label in sorted((source.labels ^ version.labels) - {LOADED}):
        before, after = source.probability(label), version.probability(label)
        if abs(after - before) >= margin:
            kind = "label_added" if label in version.labels else "label_removed"
            yield FoundChange(kind, label, probability=(before, after))


def _voice_changes(source: Side, version: Side) -> Iterator[FoundChange]:
    """Predictions and prescriptions that stand in quotation marks on one side alone.

    Whether a voice is the author's or attributed hangs on single words, too lightly to be told of a change.
    """
    before, after = (
        {label: voice for item in side.sentences for label, voice in item.voices} for side in (source, version)
    )
    for label in sorted(before.keys() & after.keys()):
        if (before[label] == "quoted") != (after[label] == "quoted"):
            yield FoundChange("voice_changed", label)
