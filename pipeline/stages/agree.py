"""Annotation passes in; the gold labels, and how well annotators agree, out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.files import write_json, write_jsonl
from pipeline.core.params import load_params
from pipeline.core.records import Sentence
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import GOLD, SENTENCES, read_table, write_table
from pipeline.labelling.consistency import consistency, disagreements
from pipeline.labelling.gold import by_key, gold_row, read_annotations, resolve


def run(*, sentences: Path, gold: Path, scheme: Path, params: Path, out: Path, metrics: Path, disagreed: Path) -> None:
    """Compare the annotators and settle the gold.

    Args:
        sentences: the sentences that were annotated.
        gold: folder with first.jsonl, second.jsonl (two passes) and adjudicated.jsonl (what a third decided).
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: the gold table.
        metrics: Krippendorff's alpha per label, each annotator against gold, agreement on spans.
        disagreed: every sentence on which the passes differ, with both answers and the decision.
    """
    bootstrap = load_params(params).bootstrap
    labels = load_scheme(scheme)
    known = by_key(Sentence(**row) for row in read_table(sentences, SENTENCES))
    first, second, adjudicated = (
        read_annotations(gold / f"{name}.jsonl", known, labels) for name in ("first", "second", "adjudicated")
    )
    resolved = resolve(first, second, adjudicated, known, gold / "adjudicated.jsonl")
    write_table(out, (gold_row(*item) for item in resolved), GOLD)
    write_json(metrics, consistency(first, second, [item for item, _ in resolved], labels.ids, bootstrap))
    write_jsonl(disagreed, disagreements(first, second, adjudicated))
