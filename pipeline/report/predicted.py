"""The sentences a model has labelled, as the report reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.records import LABELLED_KINDS, VOICES, Sentence, Span, Voice
from pipeline.core.scheme import Scheme
from pipeline.core.tables import SENTENCES, read_table
from pipeline.learning.features import LOADED
from pipeline.learning.output import columns


@dataclass(frozen=True, slots=True)
class PredictedSentence:
    """A sentence and what the model said of it."""

    sentence: Sentence
    labels: tuple[str, ...]
    scores: Mapping[str, float]
    """The calibrated probability of every label; empty for captions and furniture."""
    uncertain: bool
    spans: tuple[Span, ...]
    """The loaded wordings, in order."""
    voices: Mapping[str, Voice]
    """The voice of each label given that has one, loaded language apart: that has its spans'."""
    model: str
    """The SHA-256 of the model's file."""

    @property
    def counted(self) -> bool:
        """Whether the sentence is of a kind that is labelled; captions and furniture are not."""
        return self.sentence.kind in LABELLED_KINDS

    def voices_of(self, label: str) -> tuple[Voice, ...]:
        """In whose voices the sentence carries `label`, each once; empty if it does not, or the model names none."""
        if label not in self.labels:
            return ()
        if label == LOADED:
            return tuple(voice for voice in VOICES if any(span.voice == voice for span in self.spans))
        return (self.voices[label],) if label in self.voices else ()


def read_predicted(path: Path, scheme: Scheme) -> Iterator[PredictedSentence]:
    """The rows of labels/predicted/sentences.parquet, in order.

    Raises:
        InputError: the file is missing, or its columns are not those of `scheme`.
    """
    yield from map(_sentence, read_table(path, columns(scheme.ids, scheme.voiced, explain=False)))


def _sentence(row: Mapping[str, Any]) -> PredictedSentence:
    spans = [Span(span["start"], span["end"], span["voice"]) for span in row["spans"] or []]
    return PredictedSentence(
        Sentence(**{name: row[name] for name in SENTENCES}),
        tuple(row["labels"] or []),
        _given(row["scores"]),
        bool(row["uncertain"]),
        tuple(sorted(spans, key=lambda span: (span.start, span.end))),
        _given(row["voices"]),
        row["model_sha256"],
    )


def _given(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """`values` without those that are null."""
    return {name: value for name, value in (values or {}).items() if value is not None}
