"""A filled-in review queue in; its answers as adjudicated gold out."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl, write_jsonl
from pipeline.core.records import Sentence
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import SENTENCES, read_table
from pipeline.labelling.gold import by_key
from pipeline.labelling.review import answers_in, with_answers

DECISIONS = "adjudicated.jsonl"


def run(
    queue: Path,
    /,
    *,
    gold: Path,
    annotator: str,
    sentences: Path = Path("data/corpus/sentences.parquet"),
    scheme: Path = Path("labels/scheme.yaml"),
) -> None:
    """Write what a person decided into adjudicated.jsonl, where it stands above every pass at the next `dvc repro`.

    Args:
        queue: what `review-queue` wrote, with `labels` filled in; rows without are left for later.
        gold: folder of gold files; an earlier decision on the same sentence is replaced.
        annotator: the name that stands with each decision.
        sentences: the sentences of the corpus, against which every answer is checked.
        scheme: labels/scheme.yaml.
    """
    known = by_key(Sentence(**row) for row in read_table(sentences, SENTENCES))
    answers, left = answers_in(queue, known, annotator, load_scheme(scheme))
    if not answers:
        raise InputError(queue, f"none of its {left} rows has `labels` filled in")
    path = gold / DECISIONS
    write_jsonl(path, with_answers([row for _, row in read_jsonl(path)], answers))
    Console(stderr=True).print(f"{len(answers)} decisions in {path}, {left} rows left", highlight=False, markup=False)
