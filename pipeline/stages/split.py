"""Gold labels in; a training part and a held-out part, which share no work, out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_bytes, sha256_bytes, write_json
from pipeline.core.params import load_params
from pipeline.core.records import LABELLED_KINDS
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import GOLD, PART, read_table, write_table
from pipeline.labelling.gold import gold_of
from pipeline.learning.split import check_both_sides, counts, read_held_out, read_manifest


def run(
    *,
    gold: Path,
    documents: Path,
    manifest: Path,
    split: Path,
    scheme: Path,
    params: Path,
    train: Path,
    test: Path,
    metrics: Path,
) -> None:
    """Divide the labelled sentences (headings and body) by work.

    Args:
        gold: the gold table.
        documents: folder of the corpus documents, whose files are checked against the manifest.
        manifest: seeds/manifest.jsonl.
        split: labels/split.yaml.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        train: table of the training part.
        test: table of the held-out part.
        metrics: counts of both parts, and every document with its part and hash.
    """
    load_params(params)
    labels = load_scheme(scheme).ids
    entries = read_manifest(manifest)
    works = {doc_id: entry.work for doc_id, entry in entries.items()}
    held_out = read_held_out(split, works.values())
    rows = [row for row in read_table(gold, GOLD) if row["gold_kind"] in LABELLED_KINDS]
    for doc_id in sorted({row["doc_id"] for row in rows} - set(entries)):
        raise InputError(manifest, f"lacks document {doc_id!r}, which has gold labels")
    parts = {
        path: [{**row, "work": works[row["doc_id"]]} for row in rows if (works[row["doc_id"]] in held_out) == tested]
        for path, tested in ((train, False), (test, True))
    }
    sides = {path.stem: [gold_of(row) for row in own] for path, own in parts.items()}
    check_both_sides(sides[train.stem], sides[test.stem], labels, split)
    listed = [
        {"doc_id": entry.doc_id, "work": entry.work, "part": "test" if entry.work in held_out else "train"}
        | {"sha256": _checked_hash(manifest, documents / f"{entry.doc_id}.txt", entry.sha256)}
        for entry in entries.values()
    ]
    for path, own in parts.items():
        write_table(path, own, PART)
    sizes = {name: counts(side, labels, works) for name, side in sides.items()}
    write_json(metrics, {"parts": sizes, "documents": listed})


def _checked_hash(manifest: Path, path: Path, recorded: str) -> str:
    found = sha256_bytes(read_bytes(path))
    if found != recorded:
        raise InputError(manifest, f"records SHA-256 {recorded} for {path.name}, which is {found}")
    return found
