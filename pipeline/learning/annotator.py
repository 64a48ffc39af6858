"""Text in, labels and spans out, from one saved object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.special import expit

from pipeline.core.collector import collector_off
from pipeline.core.errors import ModelError
from pipeline.core.records import LABELLED_KINDS, Document, Sentence, Voice
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.context import documents_of
from pipeline.learning.cues import Cue
from pipeline.learning.features import LOADED
from pipeline.learning.quotations import Range, quoted_ranges
from pipeline.learning.store import StoredModel, load_model
from pipeline.learning.tokens import Tokens
from pipeline.learning.voice import label_voice, voice_at
from pipeline.learning.wordings import wordings, words_of
from pipeline.reading import split_lines, split_sentences

Floats = npt.NDArray[np.float64]

Told = tuple[Any, ...]
"""What is said of a sentence: the fields of an `AnnotatedSentence` after the first."""

SCORE_DECIMALS = 4
PIECES = 2
"""For each process, since pieces never take equally long."""

NEARLY = 0.5
"""In a loaded sentence, words at least so likely as its likeliest are marked.

By cross-validation on the training part this scores as high as any threshold on the chance itself, and marks fewer
words that are not loaded.
"""


@dataclass(frozen=True, slots=True)
class LoadedSpan:
    """A wording the model finds loaded, by offsets into its sentence's `text`."""

    start: int
    end: int
    voice: Voice
    score: float
    """The highest chance of being marked among its words, 0 to 1."""


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """What the model says of one sentence. Captions and furniture carry nothing."""

    sentence: Sentence
    labels: tuple[str, ...] = ()
    scores: dict[str, float] | None = None
    """The calibrated probability of every label."""
    uncertain: bool = False
    spans: tuple[LoadedSpan, ...] = ()
    voices: tuple[tuple[str, Voice], ...] = ()
    """The voice of each prediction and prescription."""
    cues: dict[str, tuple[Cue, ...]] | None = None
    """For each label given, the addends of its logit, the largest first; they sum to it. None when not asked for."""


class Annotator:
    """A released model, ready to label texts.

    Example:
        >>> annotator = Annotator.load(Path("models/main.joblib"))  # doctest: +SKIP
        >>> annotator.annotate(["They sent geriatric loyalists."])[0].labels  # doctest: +SKIP
        ('assertion', 'loaded_language')
    """

    def __init__(self, stored: StoredModel, sha256: str, files: tuple[Path, Path] | None = None) -> None:
        self.stored = stored
        self.sha256 = sha256
        self.files = files
        """The model file and its record, by which other processes load it; None where there are none."""

    @classmethod
    def load(cls, path: Path, record: Path | None = None) -> Annotator:
        """The model in `path`, once its SHA-256 is what `record` says; the record lies beside it unless given.

        See `load_model` for what is raised.
        """
        files = path.resolve(), (record or path.with_suffix(".json")).resolve()
        return cls(*load_model(path, record or path.with_suffix(".json")), files)

    def annotate(
        self, items: Sequence[str | Document], explain: bool = False, jobs: int = 1
    ) -> list[AnnotatedSentence]:
        """Label documents (read and split into sentences) or texts that are one sentence each, in order.

        See `annotate_sentences` for `jobs`.
        """
        sentences: list[Sentence] = []
        for number, item in enumerate(items):
            if isinstance(item, Document):
                sentences += split_sentences(item, split_lines(item))
            else:
                sentences.append(Sentence(f"text-{number}", 0, 0, "body", 0, len(item), item))
        return self.annotate_sentences(sentences, explain, jobs)

    def annotate_sentences(
        self, sentences: Sequence[Sentence], explain: bool = False, jobs: int = 1
    ) -> list[AnnotatedSentence]:
        """Label sentences; those of one document follow each other in order.

        Args:
            sentences: of any kind.
            explain: whether to give cues.
            jobs: processes among which documents are dealt out. They load the model from its file when they first meet
                it and stay for the next call; their number changes nothing but the last bits of cues.

        Raises:
            ValueError: `jobs` is over 1 and the model was not loaded from a file.
        """
        if jobs > 1 and sentences:
            told = self._told_by_processes(sentences, explain, jobs)
            return [AnnotatedSentence(sentence, *own) for sentence, own in zip(sentences, told, strict=True)]
        labelled = [sentence for sentence in sentences if sentence.kind in LABELLED_KINDS]
        with collector_off():
            annotated = iter(self.decide(labelled, self.stored.model.predict_proba(labelled), explain))
        nothing: dict[str, tuple[Cue, ...]] | None = {} if explain else None
        return [
            next(annotated) if sentence.kind in LABELLED_KINDS else AnnotatedSentence(sentence, cues=nothing)
            for sentence in sentences
        ]

    def decide(self, sentences: Sequence[Sentence], chances: Floats, explain: bool = False) -> list[AnnotatedSentence]:
        """What follows from the model's probabilities: labels, wordings, voices.

        Args:
            sentences: of any kind; those of one document follow each other in order.
            chances: what the model's `predict_proba` gave for them, shape (n, n_labels).
            explain: whether to give cues.
        """
        decisions = chances >= self.stored.model.thresholds_
        quoted = quoted_ranges(sentences)
        spans = self._spans(sentences, decisions, quoted)
        told = self._cues(sentences, decisions) if explain else [None] * len(sentences)
        uncertain = (chances.max(axis=1, initial=0.0) < self.stored.confidence).tolist()
        scores = chances.round(SCORE_DECIMALS).tolist()
        rows = zip(sentences, scores, decisions.tolist(), uncertain, quoted, spans, told, strict=True)
        return [self._annotated(*row) for row in rows]

    def _told_by_processes(self, sentences: Sequence[Sentence], explain: bool, jobs: int) -> list[Told]:
        if self.files is None:
            raise ValueError("only a model that was loaded from a file is known to other processes")
        pieces = [[_fields(one) for one in piece] for piece in pieces_of(sentences, jobs * PIECES)]
        told = Parallel(n_jobs=jobs)(delayed(_told)(self.files, self.sha256, piece, explain) for piece in pieces)
        return list(chain.from_iterable(told))

    def _annotated(
        self,
        sentence: Sentence,
        scores: Sequence[float],
        decisions: Sequence[bool],
        uncertain: bool,
        quoted: Sequence[Range],
        spans: tuple[LoadedSpan, ...],
        told: dict[str, tuple[Cue, ...]] | None,
    ) -> AnnotatedSentence:
        labels = tuple(compress(self.stored.labels, decisions))
        voiced = [label for label in labels if label in self.stored.voiced and label != LOADED]
        voices = tuple((label, label_voice(label, sentence.text, quoted)) for label in voiced)
        by_label = dict(zip(self.stored.labels, scores, strict=True))
        return AnnotatedSentence(sentence, labels, by_label, uncertain, spans, voices, told)

    def _spans(
        self, sentences: Sequence[Sentence], decisions: npt.NDArray[np.bool_], quoted: Sequence[Sequence[Range]]
    ) -> list[tuple[LoadedSpan, ...]]:
        """The loaded wordings of each sentence given `loaded_language`: its likeliest words."""
        model = self.stored.model
        if not isinstance(model, LinearClassifier) or not model.params.wording or LOADED not in self.stored.labels:
            return [()] * len(sentences)
        rows = np.flatnonzero(decisions[:, self.stored.labels.index(LOADED)]).tolist()
        found: list[tuple[LoadedSpan, ...]] = [()] * len(sentences)
        words = words_of([sentences[row].text for row in rows])
        chances = expit(model.heads_.features_.wording_.decision_function(words.tokens))
        hit = chances >= NEARLY * _highest(chances, words.tokens)[words.tokens.rows]
        for row, own in zip(rows, wordings(words, hit, chances), strict=True):
            found[row] = tuple(
                LoadedSpan(start, end, voice_at(sentences[row].text, start, end, quoted[row]), round(score, 4))
                for start, end, score in own
            )
        return found

    def _cues(
        self, sentences: Sequence[Sentence], decisions: npt.NDArray[np.bool_]
    ) -> Sequence[dict[str, tuple[Cue, ...]] | None]:
        """For each sentence and label given: the largest addends, the sum of the others, and the intercept."""
        model = self.stored.model
        if not isinstance(model, LinearClassifier):
            return [{}] * len(sentences)
        return model.cues(sentences, decisions, self.stored.labels)


def _highest(chances: Floats, words: Tokens) -> Floats:
    """The highest chance among each sentence's words, shape (n_sentences,); 0 where there is none."""
    highest = np.zeros(len(words.bounds) - 1)
    np.maximum.at(highest, words.rows, chances)
    return highest


def pieces_of(sentences: Sequence[Sentence], number: int) -> list[Sequence[Sentence]]:
    """The sentences in at most `number` pieces of similar length that part no document."""
    starts = documents_of(sentences)[0].tolist()
    wanted = [len(sentences) * piece // number for piece in range(number)]
    cuts = sorted({starts[place] for place in np.searchsorted(starts, wanted) if place < len(starts)})
    return [sentences[first:last] for first, last in pairwise([*cuts, len(sentences)])]


def _fields(record: Sentence | AnnotatedSentence) -> tuple[Any, ...]:
    """A record as a plain tuple, which goes from process to process in a quarter of the time."""
    return tuple(getattr(record, name) for name in record.__slots__)


def _told(files: tuple[Path, Path], sha256: str, given: Sequence[tuple[Any, ...]], explain: bool) -> list[Told]:
    """What another process is asked for."""
    annotated = _kept(files, sha256).annotate_sentences([Sentence(*fields) for fields in given], explain)
    return [_fields(one)[1:] for one in annotated]


@lru_cache(maxsize=1)
def _kept(files: tuple[Path, Path], sha256: str) -> Annotator:
    """The model, loaded once in a process.

    Raises:
        ModelError: the file has changed since.
    """
    found = Annotator.load(*files)
    if found.sha256 != sha256:
        raise ModelError(f"{files[0]}: is not the model any more that was loaded from it")
    return found
