"""Documents in; lines with kind and sentences with offsets out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from pipeline.core.files import write_jsonl
from pipeline.core.params import load_params
from pipeline.core.tables import DOCUMENTS, LINES, SENTENCES, write_table
from pipeline.reading import read_documents, split_lines, split_sentences


def run(*, folder: Path, params: Path, out: Path, empty: bool = False) -> None:
    """Read the documents of a folder.

    Args:
        folder: where .txt, .md and .html documents are looked for, in folders within it too.
        params: params.yaml.
        out: folder for documents.parquet, lines.parquet, sentences.parquet and rejects.jsonl (what was left out, and
            why).
        empty: a folder without documents is no error.
    """
    load_params(params)
    documents, rejects = read_documents([folder], empty)
    lines = [split_lines(document) for document in documents]
    sentences = [split_sentences(*pair) for pair in zip(documents, lines, strict=True)]
    write_table(out / "documents.parquet", map(asdict, documents), DOCUMENTS)
    write_table(out / "lines.parquet", (asdict(line) for own in lines for line in own), LINES)
    write_table(out / "sentences.parquet", (asdict(sentence) for own in sentences for sentence in own), SENTENCES)
    write_jsonl(out / "rejects.jsonl", map(asdict, rejects))
