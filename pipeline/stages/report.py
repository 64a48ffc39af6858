"""Labelled sentences and figures in; a page per document, an index and pages about the model out, for a browser."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipeline.core.files import write_text
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.learning.split import read_manifest
from pipeline.report import checks, model
from pipeline.report.documents import Known, read_pages, read_rejects
from pipeline.report.errors import SHOWN, read_errors
from pipeline.report.figures import headline, read_metrics
from pipeline.report.index import index_page
from pipeline.report.marks import read_cues, read_gold
from pipeline.report.predicted import read_predicted
from pipeline.report.site import render
from pipeline.report.tables import Table


def run(
    *,
    read: list[Path],
    predicted: Path,
    cues: Path,
    manifest: Path,
    gold: Path,
    errors: Path,
    scheme: Path,
    figures: Path,
    params: Path,
    out: Path,
) -> None:
    """Write the report.

    Args:
        read: folders that the read stage wrote.
        predicted: the folder that the predict stage wrote.
        cues: what moved the model to its labels, from the same stage.
        manifest: what is known of the corpus's documents; a document it does not know is one's own.
        gold: table of what annotators decided.
        errors: wrong decisions on training sentences by models that had not seen their work.
        scheme: labels/scheme.yaml.
        figures: folder of metrics files; what has not been measured is said to be missing.
        params: params.yaml.
        out: folder for index.html, model.html, errors.html, documents/ and tables/.
    """
    load_params(params)
    labels = load_scheme(scheme)
    sentences = list(read_predicted(predicted / "sentences.parquet", labels))
    metrics = read_metrics(figures)
    known = Known(read_manifest(manifest), read_gold(gold), read_cues(cues), metrics.parts)
    pages = read_pages(read, sentences, known, labels)
    figured, rejects = headline(metrics), read_rejects(read)
    shown = partial(render, scheme=labels, model=", ".join(sorted({sentence.model for sentence in sentences})))
    for page in pages:
        write_text(out / "documents" / page.file, shown("document.html", root="../", page=page))
    index = index_page(pages, rejects, figured, metrics, labels)
    sections = [section(metrics, labels) for section in (*model.SECTIONS, *checks.SECTIONS)]
    slips = read_errors(errors, pages, labels)
    write_text(out / "index.html", shown("index.html", root="", **index.given))
    write_text(out / "model.html", shown("model.html", root="", sections=sections))
    write_text(out / "errors.html", shown("errors.html", root="", slips=slips, shown=SHOWN))
    parts = [part for section in sections for part in section.parts]
    for table in (*index.tables, *(part for part in parts if isinstance(part, Table))):
        for name, content in table.files.items():
            write_text(out / "tables" / name, content)
