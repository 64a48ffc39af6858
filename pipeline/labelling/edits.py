"""Sentences of the corpus edited so that a label comes or goes, and nothing else.

They teach what a label hangs on: a model that learned the topic instead is wrong on one of the two (Kaushik, Hovy and
Lipton 2020, arXiv:1909.12434).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl
from pipeline.core.records import VOICES, GoldSentence, Sentence, Span, text_hash
from pipeline.core.scheme import Scheme
from pipeline.labelling.gold import Key


def read_edits(path: Path, originals: Mapping[Key, Sentence], scheme: Scheme) -> list[GoldSentence]:
    """The edits of sentences of the documents that `originals` come from, each as a document of its own.

    Edits of other documents are passed over: they belong to the other side of the split.

    Raises:
        InputError: a row lacks a key, names an unknown label or voice or a sentence that its document does not have, or
            a span outside its text.
    """
    documents = {doc_id for doc_id, _ in originals}
    edits = []
    for number, row in read_jsonl(path):
        try:
            if row["doc_id"] in documents:
                edits.append(_edit(path, number, row, originals, scheme))
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(path, f"is not an edit ({error!r})", place=number) from error
    return edits


def original_of(doc_id: str) -> str:
    """The document that an edit's own document id was made from."""
    return doc_id.partition("#")[0]


def _edit(
    path: Path, number: int, row: Mapping[str, Any], originals: Mapping[Key, Sentence], scheme: Scheme
) -> GoldSentence:
    original = originals.get((row["doc_id"], row["start"]))
    if original is None or text_hash(original.text) != row["hash"]:
        raise InputError(path, f"edits a sentence that is not there: {row['doc_id']} at {row['start']}", place=number)
    text = row["text"]
    spans = tuple(Span(start, end, voice) for start, end, voice in row["spans"])
    for span in spans:
        if not 0 <= span.start < span.end <= len(text) or span.voice not in VOICES:
            raise InputError(path, f"has no such span: {span.start}:{span.end} {span.voice}", place=number)
    sentence = Sentence(f"{row['doc_id']}#edit-{number}", 0, 0, "body", 0, len(text), text)
    voices = tuple((label, voice) for label, voice in row["voices"])
    return GoldSentence(sentence, "body", scheme.check(row["labels"], path, number), spans, voices)
