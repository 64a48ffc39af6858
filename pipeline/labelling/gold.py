"""What annotators decided, read from labels/gold and anchored to the sentences it was decided about.

A row names its sentence by document, start offset and text hash, never by position, so that a change of the sentence
splitter cannot silently move a label to another sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, cast

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl
from pipeline.core.records import KINDS, VOICES, GoldSentence, Kind, Sentence, Span, Voice, text_hash
from pipeline.core.scheme import Scheme

Key = tuple[str, int]
"""Document id and start offset."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What one annotator, or an adjudicator, decided about one sentence."""

    annotator: str
    kind: Kind
    labels: frozenset[str]
    spans: tuple[Span, ...]
    voices: tuple[tuple[str, Voice], ...]

    def agrees_with(self, other: Annotation) -> bool:
        """Whether both decided the same, whoever they are."""
        mine = (self.kind, self.labels, self.spans, self.voices)
        return mine == (other.kind, other.labels, other.spans, other.voices)


def read_annotations(path: Path, sentences: Mapping[Key, Sentence], scheme: Scheme) -> dict[Key, Annotation]:
    """The annotations of one file of labels/gold, by the sentence each belongs to.

    Raises:
        InputError: a row lacks a key, names an unknown label, kind or voice, a sentence that does not exist or stands
            twice, or a span outside its sentence. The message names file and line.
    """
    found: dict[Key, Annotation] = {}
    for number, row in read_jsonl(path):
        try:
            key, annotation = annotation_of(path, number, row, sentences, scheme)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(path, f"is not an annotation ({error!r})", place=number) from error
        if key in found:
            raise InputError(path, f"annotates {key[0]} at {key[1]} a second time", place=number)
        found[key] = annotation
    return found


def resolve(
    first: Mapping[Key, Annotation],
    second: Mapping[Key, Annotation],
    adjudicated: Mapping[Key, Annotation],
    sentences: Mapping[Key, Sentence],
    path: Path,
) -> list[tuple[GoldSentence, int]]:
    """The gold sentences in document order, each with the number of passes behind it.

    A sentence's gold is the adjudicator's word if there is one, else what its annotators agree on.

    Raises:
        InputError: two annotators differ and nobody adjudicated, or a decision is about a sentence that nobody
            annotated; `path` is the file of the decisions.
    """
    for doc_id, start in sorted(adjudicated.keys() - first.keys() - second.keys()):
        raise InputError(path, f"decides on {doc_id} at {start}, which nobody annotated")
    gold: list[tuple[GoldSentence, int]] = []
    for key in sorted(first.keys() | second.keys(), key=lambda key: (key[0], key[1])):
        passes = [annotations[key] for annotations in (first, second) if key in annotations]
        if key not in adjudicated and not passes[0].agrees_with(passes[-1]):
            raise InputError(path, f"lacks a decision on {key[0]} at {key[1]}, where two annotators differ")
        word = adjudicated.get(key, passes[0])
        gold.append((GoldSentence(sentences[key], word.kind, word.labels, word.spans, word.voices), len(passes)))
    return gold


def reanchored(
    rows: Sequence[dict[str, Any]], sentences: Sequence[Sentence]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a gold file at the places their sentences have now, and the rows whose sentence is gone.

    A row goes to the sentence of its document with the same text hash that starts nearest to where it was; each
    sentence takes one row.
    """
    places: dict[tuple[str, str], list[int]] = {}
    for sentence in sentences:
        places.setdefault((sentence.doc_id, text_hash(sentence.text)), []).append(sentence.start)
    kept: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for row in rows:
        starts = places.get((row["doc_id"], row["hash"]), [])
        if starts:
            nearest = min(starts, key=lambda start: abs(start - row["start"]))
            starts.remove(nearest)
            kept.append({**row, "start": nearest})
        else:
            gone.append(row)
    return kept, gone


def by_key(sentences: Iterable[Sentence]) -> dict[Key, Sentence]:
    """The sentences by document id and start offset."""
    return {(sentence.doc_id, sentence.start): sentence for sentence in sentences}


def gold_row(gold: GoldSentence, passes: int) -> dict[str, Any]:
    """A gold sentence as a row of the GOLD table."""
    sentence = gold.sentence
    return {
        **{name: getattr(sentence, name) for name in Sentence.__slots__},
        "gold_kind": gold.kind,
        "labels": sorted(gold.labels),
        "spans": [{"start": span.start, "end": span.end, "voice": span.voice} for span in gold.spans],
        "voices": [{"label": label, "voice": voice} for label, voice in gold.voices],
        "passes": passes,
    }


def gold_of(row: Mapping[str, Any]) -> GoldSentence:
    """A row of the GOLD table as a gold sentence."""
    return GoldSentence(
        Sentence(**{name: row[name] for name in Sentence.__slots__}),
        row["gold_kind"],
        frozenset(row["labels"]),
        tuple(Span(**span) for span in row["spans"]),
        tuple((voice["label"], voice["voice"]) for voice in row["voices"]),
    )


def annotation_of(
    path: Path, number: int, row: Mapping[str, Any], sentences: Mapping[Key, Sentence], scheme: Scheme
) -> tuple[Key, Annotation]:
    """The annotation that a row of a gold file holds, and its sentence; `path` and `number` say where it stood.

    Raises:
        InputError: it names an unknown label, kind, voice or sentence, or a span outside its sentence.
        KeyError, TypeError, ValueError: it lacks a key, or a value has another shape.
    """
    key = (str(row["doc_id"]), int(row["start"]))
    sentence = sentences.get(key)
    if sentence is None or text_hash(sentence.text) != row["hash"]:
        raise InputError(path, f"annotates a sentence that does not exist: {key[0]} at {key[1]}", place=number)
    annotation = Annotation(
        annotator=str(row["annotator"]),
        kind=cast(Kind, _one_of(KINDS, row["kind"], "kind", path, number)),
        labels=scheme.check(row["labels"], path, number),
        spans=tuple(sorted((_span(span, sentence, path, number) for span in row["spans"]), key=astuple)),
        voices=tuple(sorted(_voice(label, voice, scheme, path, number) for label, voice in row["voices"])),
    )
    return key, annotation


def _voice(label: str, voice: object, scheme: Scheme, path: Path, number: int) -> tuple[str, Voice]:
    scheme.check([label], path, number)
    return label, cast(Voice, _one_of(VOICES, voice, "voice", path, number))


def _span(span: Sequence[Any], sentence: Sentence, path: Path, number: int) -> Span:
    start, end, voice = span
    if not 0 <= start < end <= len(sentence.text):
        length = len(sentence.text)
        raise InputError(path, f"span {start}:{end} is outside its sentence of {length} characters", place=number)
    return Span(start, end, cast(Voice, _one_of(VOICES, voice, "voice", path, number)))


def _one_of(known: Sequence[str], value: object, what: str, path: Path, number: int) -> str:
    if value not in known:
        raise InputError(path, f"{what} {value!r} is none of {', '.join(known)}", place=number)
    return str(value)
