"""The labelled sentences in; a page per document and an index, to be read in a browser, out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.files import write_text
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.learning.split import read_manifest
from pipeline.report.documents import read_pages, read_rejects
from pipeline.report.figures import read_figures
from pipeline.report.predicted import read_predicted
from pipeline.report.site import document_html, index_html


def run(
    *,
    read: list[Path],
    predicted: Path,
    manifest: Path,
    scheme: Path,
    scores: Path,
    agreement: Path,
    split: Path,
    released: str,
    params: Path,
    out: Path,
) -> None:
    """Write the report.

    Args:
        read: folders that the read stage wrote.
        predicted: the folder that the predict stage wrote.
        manifest: what is known of the corpus's documents; a document it does not know is one's own.
        scheme: labels/scheme.yaml.
        scores: folder with one file of scores a model.
        agreement: metrics/agreement.json.
        split: metrics/split.json.
        released: the model whose scores are told label by label.
        params: params.yaml.
        out: folder for index.html and documents/.
    """
    load_params(params)
    labels = load_scheme(scheme)
    sentences = list(read_predicted(predicted / "sentences.parquet", labels))
    pages = read_pages(read, sentences, read_manifest(manifest), labels)
    figures, rejects = read_figures(scores, released, agreement, split), read_rejects(read)
    model = ", ".join(sorted({sentence.model for sentence in sentences}))
    for page in pages:
        write_text(out / "documents" / page.file, document_html(page, labels, model))
    write_text(out / "index.html", index_html(pages, rejects, figures, labels, model))
