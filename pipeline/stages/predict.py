"""Every document of the project and the released model in; the labelled sentences, the pipeline's product, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.files import write_jsonl, write_text
from pipeline.core.params import load_params
from pipeline.core.records import Document, Sentence
from pipeline.core.tables import CUES, DOCUMENTS, SENTENCES, read_table, write_table
from pipeline.learning.annotator import AnnotatedSentence, Annotator
from pipeline.learning.output import Labelled, columns, row_of

CARD = """---
license: cc-by-4.0
language: en
configs:
- config_name: default
  data_files: sentences.parquet
---
# Labelled sentences

Every sentence of the project's documents (and of one's own in seeds/local) with the labels that model `{name}` gives
it, under label scheme {scheme}; model SHA-256 {sha256}. The same rows stand in sentences.jsonl.
`datasets.load_dataset("labels/predicted")` opens them. These are a model's answers, not annotators': for those see
labels/gold.
"""


def run(*, read: list[Path], model: Path, record: Path, params: Path, out: Path, cues: Path) -> None:
    """Label what the read stage found.

    Args:
        read: folders that the read stage wrote.
        model: the model file.
        record: its record.
        params: params.yaml.
        out: folder for sentences.parquet, sentences.jsonl and a card, which `datasets.load_dataset` opens.
        cues: table of what moved the model to give each label, for the report.
    """
    load_params(params)
    annotator = Annotator.load(model, record)
    stored = annotator.stored
    texts = _texts(read)
    given = [
        Labelled(sentence, texts[sentence.doc_id][sentence.start : sentence.end])
        for folder in read
        for sentence in (Sentence(**row) for row in read_table(folder / "sentences.parquet", SENTENCES))
    ]
    told = annotator.annotate_sentences([labelled.sentence for labelled in given], explain=True)
    rows = [
        row_of(replace(annotated, cues=None), labelled, stored.voiced, stored.scheme_version, annotator.sha256)
        for annotated, labelled in zip(told, given, strict=True)
    ]
    write_table(cues, _cue_rows(told), CUES)
    write_table(out / "sentences.parquet", rows, columns(stored.labels, stored.voiced, explain=False))
    write_jsonl(out / "sentences.jsonl", rows)
    card = CARD.format(name=stored.name, scheme=stored.scheme_version, sha256=annotator.sha256)
    write_text(out / "README.md", card)


def _cue_rows(told: Iterable[AnnotatedSentence]) -> Iterator[dict[str, Any]]:
    """A row for every label given, its addends rounded to 4 decimals."""
    for annotated in told:
        place = {"doc_id": annotated.sentence.doc_id, "position": annotated.sentence.position}
        for label, cues in (annotated.cues or {}).items():
            addends = [{"feature": cue.feature, "addend": round(cue.addend, 4)} for cue in cues]
            yield {**place, "label": label, "cues": addends}


def _texts(read: list[Path]) -> dict[str, str]:
    """The stored text of every document, by its id."""
    texts: dict[str, str] = {}
    for folder in read:
        for document in (Document(**row) for row in read_table(folder / "documents.parquet", DOCUMENTS)):
            if document.doc_id in texts:
                raise InputError(document.source, f"has the id {document.doc_id!r}, which another document has")
            texts[document.doc_id] = document.text
    return texts
