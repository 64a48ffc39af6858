"""Documents or rows of one's own in; a labelled sentence, or a labelled row, a row out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.progress import track

from pipeline.core.errors import InputError
from pipeline.core.files import write_jsonl
from pipeline.core.records import Document, Sentence, fold
from pipeline.core.tables import write_csv_table, write_table
from pipeline.learning.annotator import Annotator
from pipeline.learning.output import Labelled, columns, labelled_documents, row_of
from pipeline.reading import read_documents
from pipeline.reading.rows import ROW_FILES, Row, read_rows

Unit = Literal["document", "sentence"]

OUTPUTS = (".jsonl", ".parquet", ".csv")
BATCH = 5_000
"""Sentences that a process labels between two ticks of the progress bar, more or less: no document is parted."""


def run(
    inputs: list[Path],
    /,
    *,
    out: Path,
    unit: Unit | None = None,
    explain: bool = False,
    model: Path = Path("models/main.joblib"),
    jobs: int = 1,
) -> None:
    """Label documents (.txt, .md, .html, or folders of them) or the rows of .jsonl, .csv or .parquet files.

    Args:
        inputs: the files; what is left out is told on stderr with its reason.
        out: .jsonl, .parquet or .csv; nested columns of a .csv are JSON.
        unit: what a row of a row file holds; `sentence` gives one row out per row in, same order, text unchanged,
            `document` splits each row into sentences. Documents are always split.
        explain: add the column `cues`: what moved each label.
        model: the model file.
        jobs: processes at once, which pays from some ten thousand sentences on.
    """
    if jobs < 1:
        raise InputError("--jobs", f"must be 1 or more, got {jobs}")
    if out.suffix not in OUTPUTS:
        raise InputError(out, f"ends in {out.suffix!r}; an output ends in one of {', '.join(OUTPUTS)}")
    console = Console(stderr=True, emoji=False)
    annotator = Annotator.load(model)
    stored = annotator.stored
    taken: dict[str, str] = {}
    documents = [document for path in inputs for document in _documents(path, unit, console, taken)]
    batches = list(_batches(documents, BATCH * jobs))
    rows: list[dict[str, Any]] = []
    for batch in track(batches, "labelling", console=console, disable=not console.is_terminal, transient=True):
        sentences = [labelled.sentence for labelled in batch]
        for annotated, given in zip(annotator.annotate_sentences(sentences, explain, jobs), batch, strict=True):
            rows.append(row_of(annotated, given, stored.voiced, stored.scheme_version, annotator.sha256))
    features = columns(stored.labels, stored.voiced, explain)
    if out.suffix == ".jsonl":
        write_jsonl(out, rows)
    else:
        (write_csv_table if out.suffix == ".csv" else write_table)(out, rows, features)
    if console.is_terminal:
        console.print(f"{len(rows)} rows in {out}", highlight=False)


def _batches(documents: Iterable[Sequence[Labelled]], size: int) -> Iterator[list[Labelled]]:
    """Documents together until there are `size` sentences."""
    batch: list[Labelled] = []
    for document in documents:
        batch += document
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def _documents(path: Path, unit: Unit | None, console: Console, taken: dict[str, str]) -> Iterator[list[Labelled]]:
    """What there is to label in one input, document by document; `taken` holds the sources of those before, by id."""
    if path.suffix.lower() in ROW_FILES:
        rows = read_rows(path)
        if unit == "document":
            documents = [Document(row.doc_id, f"{path}", row.text) for row in rows]
            yield from ([*labelled_documents([document])] for document in documents)
        else:
            own = groupby(_labelled_rows(rows), key=lambda labelled: labelled.sentence.doc_id)
            yield from (list(document) for _, document in own)
        return
    if unit == "sentence":
        raise InputError(path, f"is a document; --unit sentence is for {', '.join(sorted(ROW_FILES))}")
    documents, rejects = read_documents([path])
    for reject in rejects:
        console.print(f"left out: {reject.source}: {reject.reason}", markup=False, highlight=False, soft_wrap=True)
    if not documents:
        raise InputError(path, "nothing in it can be labelled")
    for document in documents:
        if document.doc_id in taken:
            raise InputError(document.source, f"has the id {document.doc_id!r} of {taken[document.doc_id]}")
        taken[document.doc_id] = document.source
    yield from ([*labelled_documents([document])] for document in documents)


def _labelled_rows(rows: Sequence[Row]) -> list[Labelled]:
    return [
        Labelled(
            Sentence(row.doc_id, row.position, 0, "body", 0, len(row.text), fold(row.text)), row.text, unchanged=True
        )
        for row in rows
    ]
