"""A queue of sentences for a person to decide on, and the answers as adjudicated gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl
from pipeline.core.records import GoldSentence, Sentence, text_hash
from pipeline.core.scheme import Scheme
from pipeline.labelling.gold import Key, annotation_of

LOADED = "loaded_language"
AUTHOR = "author"
"""Whose voice it is where an answer does not say."""
EMPTY = {"labels": None, "loaded": None, "voices": None}
"""What a person fills in: ids of labels; for loaded wording each wording, alone or as [wording, voice]; and for
predictions and prescriptions the voice by label. What is left null is taken from gold where the label was there."""


def queue_row(gold: GoldSentence) -> dict[str, Any]:
    """A sentence as it is put before a person, with what gold says of it."""
    sentence = gold.sentence
    return {
        "doc_id": sentence.doc_id,
        "start": sentence.start,
        "position": sentence.position,
        "hash": text_hash(sentence.text),
        "kind": gold.kind,
        "text": sentence.text,
        "gold": sorted(gold.labels),
        "gold_spans": [[span.start, span.end, span.voice] for span in gold.spans],
        "gold_voices": [list(voice) for voice in gold.voices],
    }


def answers_in(
    path: Path, sentences: Mapping[Key, Sentence], annotator: str, scheme: Scheme
) -> tuple[list[dict[str, Any]], int]:
    """The answers of a filled-in queue as rows of a gold file, and how many of its rows are not filled in.

    Raises:
        InputError: an answer names an unknown label or voice, a wording that is not in the sentence, or a sentence
            that does not exist or stands twice; the message names file and line.
    """
    rows: dict[Key, dict[str, Any]] = {}
    left = 0
    for number, row in read_jsonl(path):
        if row.get("labels") is None:
            left += 1
            continue
        try:
            answer = _answer(row, annotator, scheme, path, number)
            key, _ = annotation_of(path, number, answer, sentences, scheme)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(path, f"is not an answer ({error!r})", place=number) from error
        if key in rows:
            raise InputError(path, f"decides on {key[0]} at {key[1]} a second time", place=number)
        rows[key] = answer
    return list(rows.values()), left


def with_answers(decided: Iterable[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows of a file of decisions with the answers in the place of earlier ones, new ones at the end."""
    new = {(answer["doc_id"], answer["start"]): answer for answer in answers}
    kept = [new.pop((row["doc_id"], row["start"]), row) for row in decided]
    return [*kept, *new.values()]


def _answer(row: Mapping[str, Any], annotator: str, scheme: Scheme, path: Path, number: int) -> dict[str, Any]:
    if not isinstance(row["labels"], list):
        raise InputError(path, f"labels is not a list of labels: {row['labels']!r}", place=number)
    labels = [label for label in scheme.ids if label in scheme.check(row["labels"], path, number)]
    before = dict(row.get("gold_voices", ()))
    told = row.get("voices") or {}
    voices = [[one, told.get(one, before.get(one, AUTHOR))] for one in labels if one in scheme.voiced and one != LOADED]
    if unused := sorted(set(told) - {one for one, _ in voices}):
        raise InputError(path, f"gives a voice to {unused[0]!r}, which is not among its labels with one", place=number)
    return {
        **{name: row[name] for name in ("doc_id", "start", "hash")},
        "annotator": annotator,
        "kind": row["kind"],
        "labels": labels,
        "spans": _spans(row, path, number) if LOADED in labels else [],
        "voices": voices,
        "reason": str(row.get("reason") or "review"),
    }


def _spans(row: Mapping[str, Any], path: Path, number: int) -> list[list[Any]]:
    if row.get("loaded") is not None:
        return list(_found(row["loaded"], row["text"], path, number))
    if not row.get("gold_spans"):
        raise InputError(path, f"gives {LOADED} and does not say in `loaded` which words", place=number)
    return [list(span) for span in row["gold_spans"]]


def _found(loaded: Sequence[Any], text: str, path: Path, number: int) -> Iterator[list[Any]]:
    for entry in loaded:
        wording, voice = (entry, AUTHOR) if isinstance(entry, str) else entry
        start = text.find(wording)
        if start < 0 or not wording:
            raise InputError(path, f"{wording!r} does not stand in its sentence", place=number)
        yield [start, start + len(wording), voice]
