"""Aligned versions of articles in; how many there are, and what happened between them, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.records import Sentence
from pipeline.core.tables import SENTENCES, read_table
from pipeline.labelling.gold import by_key
from pipeline.labelling.versions import PASSES, found_by_both, read_alignment, read_changes, read_families, settled


def run(*, sentences: Path, versions: Path, params: Path, metrics: Path) -> None:
    """Check the annotated versions against the documents, and count.

    Args:
        sentences: the sentences of the corpus.
        versions: folder with families.jsonl, alignment.jsonl and changes.jsonl.
        params: params.yaml.
        metrics: families, versions by kind, links by shape, changes by kind, and how far two annotators found the
            same changes.
    """
    load_params(params)
    known = by_key(Sentence(**row) for row in read_table(sentences, SENTENCES))
    families = read_families(versions / "families.jsonl")
    links = read_alignment(versions / "alignment.jsonl", known)
    changes = read_changes(versions / "changes.jsonl", known)
    twice = {change.link.version for change in changes if change.annotator == "second"}
    both = found_by_both([change for change in changes if change.link.version in twice])
    write_json(
        metrics,
        {
            "families": _counts(family.part for family in families),
            "versions": _counts(kind for family in families for kind in family.versions.values()),
            "links": _counts(link.shape for link in links),
            "changes": _counts(
                f"{change.annotator}: {change.kind}" for change in changes if change.annotator in PASSES
            ),
            "versions_with_changes": len({change.link.version for change in changes}),
            "found_by_both_f1": None if both is None else round(both, 4),
            "settled": _counts(change.kind for change in settled(changes)),
        },
    )


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
