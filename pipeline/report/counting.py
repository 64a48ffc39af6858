"""How often each label occurs in a text: raw counts and shares, uncorrected for the model's errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.core.scheme import Label, Scheme
from pipeline.report.predicted import PredictedSentence


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many of a text's labelled sentences carry a label."""

    label: Label
    count: int
    own: int | None
    """How many carry it in the author's own voice (among other voices, perhaps); None for a label without voice."""
    sentences: int
    """How many headings and body sentences there are: what a share is a share of."""

    @property
    def share(self) -> float | None:
        """`count` as a share of the sentences, 0 to 1; None where there is none."""
        return self.count / self.sentences if self.sentences else None

    @property
    def own_share(self) -> float | None:
        """`own` as a share of the sentences, 0 to 1; None where there is none, or no voice."""
        return None if self.own is None or not self.sentences else self.own / self.sentences


def label_counts(sentences: Iterable[PredictedSentence], scheme: Scheme) -> dict[str, LabelCount]:
    """Each label's count, by id, in the scheme's order. Captions and furniture are not counted."""
    counted = [sentence for sentence in sentences if sentence.counted]
    return {
        label.id: LabelCount(
            label,
            sum(label.id in sentence.labels for sentence in counted),
            sum("author" in sentence.voices_of(label.id) for sentence in counted) if label.has_voice else None,
            len(counted),
        )
        for label in scheme.labels
    }
