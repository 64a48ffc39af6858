"""Annotated sentences as rows of a table: the columns every output of the project has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from datasets import Features, List, Value

from pipeline.core.records import Document, Sentence
from pipeline.core.tables import NUMBER, SENTENCES, TEXT, WHOLE
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.learning.features import LOADED
from pipeline.reading import split_lines, split_sentences


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence to label, with the stretch of text it was folded from."""

    sentence: Sentence
    source: str
    unchanged: bool = False
    """Whether the output's `text` is `source` as it is, not the folded sentence."""


CUE = {"feature": TEXT, "addend": NUMBER}
SPAN = {"start": WHOLE, "end": WHOLE, "doc_start": WHOLE, "doc_end": WHOLE, "voice": TEXT, "score": NUMBER}


def columns(labels: Sequence[str], voiced: Sequence[str], explain: bool) -> Features:
    """The columns of annotated sentences. Captions and furniture have no labels, and null for scores."""
    cues = {"cues": {label: List(CUE) for label in labels}} if explain else {}
    return Features(
        {
            **SENTENCES,
            "labels": List(TEXT),
            "scores": dict.fromkeys(labels, NUMBER),
            "uncertain": Value("bool"),
            "spans": List(SPAN),
            "voices": {label: TEXT for label in voiced if label != LOADED},
            **cues,
            "scheme_version": TEXT,
            "model_sha256": TEXT,
        }
    )


def folded_offsets(text: str) -> list[int]:
    """Where each character of the folded text stands in `text`; one more entry for its end.

    Example:
        >>> folded_offsets(" a  b")
        [1, 2, 4, 5]
    """
    offsets: list[int] = []
    space: int | None = None
    for index, character in enumerate(text):
        if character.isspace():
            space = index if space is None else space
            continue
        if space is not None and offsets:
            offsets.append(space)
        space = None
        offsets.append(index)
    return [*offsets, offsets[-1] + 1 if offsets else 0]


def labelled_documents(documents: Sequence[Document]) -> Iterator[Labelled]:
    """The sentences of documents, each with the stretch it stands in."""
    for document in documents:
        for sentence in split_sentences(document, split_lines(document)):
            yield Labelled(sentence, document.text[sentence.start : sentence.end])


def row_of(
    annotated: AnnotatedSentence, given: Labelled, voiced: Sequence[str], scheme_version: str, sha256: str
) -> dict[str, Any]:
    """One output row; spans are given by offsets into its `text` and into the document."""
    sentence = annotated.sentence
    offsets = folded_offsets(given.source)
    spans = []
    for span in annotated.spans:
        start, end = offsets[span.start], offsets[span.end - 1] + 1
        place = (start, end) if given.unchanged else (span.start, span.end)
        in_document = (sentence.start + start, sentence.start + end)
        spans.append(dict(zip(SPAN, (*place, *in_document, span.voice, span.score), strict=True)))
    voices = dict(annotated.voices)
    row = {
        **{name: getattr(sentence, name) for name in SENTENCES},
        "text": given.source if given.unchanged else sentence.text,
        "labels": list(annotated.labels),
        "scores": annotated.scores,
        "uncertain": annotated.uncertain,
        "spans": spans,
        "voices": {label: voices.get(label) for label in voiced if label != LOADED},
    }
    if annotated.cues is not None:
        row["cues"] = {label: [asdict(cue) for cue in cues] for label, cues in annotated.cues.items()}
    return row | {"scheme_version": scheme_version, "model_sha256": sha256}
