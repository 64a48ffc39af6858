"""Two versions of a text and the released model in; which sentence became which and what changed in rhetoric out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.files import read_bytes, sha256_bytes, write_json, write_text
from pipeline.core.params import load_params
from pipeline.core.records import Document, Reject, Sentence
from pipeline.core.scheme import load_scheme
from pipeline.labelling.gold import by_key
from pipeline.labelling.versions import read_alignment, read_changes, settled
from pipeline.learning.annotator import Annotator
from pipeline.reading import check_language, read_document, split_lines, split_sentences
from pipeline.report.comparison import comparison_html
from pipeline.versions.comparison import Comparison, compare_sentences
from pipeline.versions.effects import effects, read_measured
from pipeline.versions.lexicon import load_lexicon
from pipeline.versions.records import change_hits, comparison_record
from pipeline.versions.scoring import link_hits, links_of


def run(
    source: Path,
    version: Path,
    /,
    *,
    out: Path,
    html: Path | None = None,
    gold: Path | None = None,
    agreement: Path | None = None,
    model: Path = Path("models/main.joblib"),
    lexicon: Path = Path("labels/comparison.yaml"),
    scheme: Path = Path("labels/scheme.yaml"),
    measured: Path = Path("metrics/versions.json"),
    params: Path = Path("params.yaml"),
) -> None:
    """Compare a version of a text with its source (.txt, .md, .html).

    Args:
        source: the text as it was.
        version: the text as it became.
        out: the comparison as JSON: shares and tests label by label, changes, and every sentence of both texts.
        html: the same as a page to be read.
        gold: folder with alignment.jsonl and changes.jsonl by annotators, in which a document is named by the SHA-256
            of its file; `out` then says how well the comparison agrees with them.
        agreement: that by itself as JSON, with no word of the texts; needs `gold`.
        model: the model file; its record lies beside it.
        lexicon: labels/comparison.yaml.
        scheme: labels/scheme.yaml.
        measured: what the stage compare-families measured.
        params: params.yaml.
    """
    if agreement is not None and gold is None:
        raise InputError("--agreement", "needs --gold, with which to agree")
    settings, labels, known = load_params(params).versions, load_scheme(scheme), read_measured(measured)
    annotator, words = Annotator.load(model), load_lexicon(lexicon)
    sides = [_sentences(path, by_content=gold is not None) for path in (source, version)]
    comparison = compare_sentences(sides[0], sides[1], annotator, words, settings)
    found = effects(comparison, annotator.stored.labels, known.noise)
    record = {
        "source": f"{source}",
        "version": f"{version}",
        "scheme_version": annotator.stored.scheme_version,
        "model_sha256": annotator.sha256,
        **comparison_record(comparison, found),
    }
    if gold is not None:
        record["gold"] = _agreement(comparison, gold, sides)
    if agreement is not None:
        write_json(agreement, {"model_sha256": annotator.sha256, **record["gold"]})
    write_json(out, record)
    if html is not None:
        names = source.name, version.name
        write_text(html, comparison_html(comparison, found, known, names, labels, annotator.sha256))


def _sentences(path: Path, *, by_content: bool) -> list[Sentence]:
    """The sentences of a document, named by the SHA-256 of its file when `by_content`.

    Raises:
        InputError: the document cannot be read, or holds no sentence.
    """
    document = read_document(path, sha256_bytes(read_bytes(path)) if by_content else None)
    if isinstance(document, Document):
        document = check_language(document) or document
    if isinstance(document, Reject):
        raise InputError(path, document.reason)
    sentences = split_sentences(document, split_lines(document))
    if not sentences:
        raise InputError(path, "holds no sentence")
    return sentences


def _agreement(comparison: Comparison, gold: Path, sides: Sequence[Iterable[Sentence]]) -> dict[str, Any]:
    """Links and changes as annotators settled them, beside ours.

    Raises:
        InputError: there is no alignment of these two documents.
    """
    source, version = (list(side) for side in sides)
    known = by_key([*source, *version])
    links = read_alignment(gold / "alignment.jsonl", known)
    if not links:
        raise InputError(gold / "alignment.jsonl", "links nothing")
    ours = links_of((matched.match for matched in comparison.matches), source, version)
    changes = settled(read_changes(gold / "changes.jsonl", known))
    return {
        "alignment": {group: own.figures() for group, own in link_hits(ours, links).items()},
        "changes": {kind: own.figures() for kind, own in change_hits(comparison, changes).items()},
    }
