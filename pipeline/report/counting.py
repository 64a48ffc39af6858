"""How often each label occurs in a text: raw counts and shares, uncorrected for the model's errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.core.scheme import Label, Scheme
from pipeline.report.marks import PageSentence, gold_voices


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many of a text's labelled sentences carry a label."""

    label: Label
    count: int
    own: int | None
    """How many carry it in the author's own voice (among other voices, perhaps); None for a label without voice."""
    sentences: int
    """How many headings and body sentences there are: what a share is a share of."""

    gold: int | None = None
    """How many carry it by the annotators; None unless they have seen them all."""
    gold_own: int | None = None
    """How many by the annotators in the author's own voice; None as above, or for a label without voice."""

    @property
    def share(self) -> float | None:
        """`count` as a share of the sentences, 0 to 1; None where there is none."""
        return self.count / self.sentences if self.sentences else None

    @property
    def own_share(self) -> float | None:
        """`own` as a share of the sentences, 0 to 1; None where there is none, or no voice."""
        return None if self.own is None or not self.sentences else self.own / self.sentences

    @property
    def gold_share(self) -> float | None:
        """`gold` as a share of the sentences, 0 to 1; None where there is none."""
        return None if self.gold is None or not self.sentences else self.gold / self.sentences

    @property
    def gold_own_share(self) -> float | None:
        """`gold_own` as a share of the sentences, 0 to 1; None where there is none."""
        return None if self.gold_own is None or not self.sentences else self.gold_own / self.sentences


def label_counts(sentences: Iterable[PageSentence], scheme: Scheme) -> dict[str, LabelCount]:
    """Each label's count, by id, in the scheme's order. Captions and furniture are not counted."""
    counted = [item for item in sentences if item.said.counted]
    known = bool(counted) and all(item.gold for item in counted)
    return {label.id: _count(label, counted, known) for label in scheme.labels}


def _count(label: Label, counted: Sequence[PageSentence], known: bool) -> LabelCount:
    own = sum("author" in item.said.voices_of(label.id) for item in counted)
    gold_own = sum("author" in gold_voices(label.id, item.gold) for item in counted)
    return LabelCount(
        label,
        sum(label.id in item.said.labels for item in counted),
        own if label.has_voice else None,
        len(counted),
        sum(bool(item.gold and label.id in item.gold.labels) for item in counted) if known else None,
        gold_own if known and label.has_voice else None,
    )
