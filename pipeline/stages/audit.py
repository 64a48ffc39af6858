"""Both parts in; the list of leaks, which should be empty, out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.core.errors import CheckFailed, InputError
from pipeline.core.files import read_jsonl, write_json
from pipeline.core.params import load_params
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.audit import Finding, contrast_in_training, duplicates, label_conflicts, shared_works
from pipeline.labelling.gold import gold_of


def run(*, train: Path, test: Path, contrast: Path, params: Path, metrics: Path) -> None:
    """Look for what must not be; fails after writing the list if there is any of it.

    Args:
        train: table of the training part.
        test: table of the held-out part.
        contrast: labels/contrast/pairs.jsonl.
        params: params.yaml.
        metrics: the findings, and how much was looked at.
    """
    settings = load_params(params).audit
    sides: list[list[dict[str, Any]]] = [read_table(path, PART) for path in (train, test)]
    works = [{row["doc_id"]: row["work"] for row in rows} for rows in sides]
    learned, held_out = ([gold_of(row) for row in rows] for rows in sides)
    pairs = _contrast_sentences(contrast)
    findings: list[Finding] = [
        *shared_works(*works),
        *duplicates(learned, held_out, settings.near_duplicate),
        *contrast_in_training(pairs, learned),
        *label_conflicts([*learned, *held_out]),
    ]
    looked_at = {"train": len(learned), "test": len(held_out), "contrast": len(pairs)}
    write_json(metrics, {"sentences": looked_at, "findings": [asdict(finding) for finding in findings]})
    if findings:
        first = findings[0]
        raise CheckFailed(f"{metrics}: {len(findings)} findings, the first: {first.rule} {', '.join(first.where)}")


def _contrast_sentences(path: Path) -> list[str]:
    found: list[str] = []
    for number, row in read_jsonl(path):
        for side in ("with", "without"):
            if not isinstance(row.get(side), str):
                raise InputError(path, f"lacks the sentence {side!r}", place=number)
            found.append(row[side])
    return found
