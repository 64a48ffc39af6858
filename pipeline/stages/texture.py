"""The corpus and public corpora in; how varied and how journalistic the corpus is, in figures, out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from pipeline.core.files import read_jsonl, write_json
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import PART, read_table
from pipeline.evaluation import texture
from pipeline.evaluation.corpora import load_corpus

SAMPLE = 3_000
"""Sentences of each side are told apart, drawn at random."""
REWRITER = "first-rewritten"
"""Who annotated the changed sentences of works that were rewritten after they had been annotated."""


def run(*, parts: list[Path], annotations: Path, corpora: Path, mappings: Path, scheme: Path, out: Path) -> None:
    """Measure the texture of the corpus, beside that of each public corpus.

    Args:
        parts: tables of both parts of the split.
        annotations: labels/gold/first.jsonl, whose annotators tell which documents were rewritten.
        corpora: folder of public corpora.
        mappings: folder of their mapping files.
        scheme: labels/scheme.yaml.
        out: the figures.
    """
    rows = [row for path in parts for row in read_table(path, PART)]
    ours: dict[str, list[str]] = {}
    for row in rows:
        ours.setdefault(row["doc_id"], []).append(row["text"])
    rewritten = {row["doc_id"] for _, row in read_jsonl(annotations) if row["annotator"] == REWRITER}
    states = {
        "all": ours,
        "as_written": {name: texts for name, texts in ours.items() if name not in rewritten},
        "rewritten": {name: texts for name, texts in ours.items() if name in rewritten},
    }
    figures: dict[str, Any] = {"ours": _figures(ours) | {"rewritten": len(states["rewritten"])}}
    for mapping in sorted(mappings.glob("*.yaml")):
        theirs: dict[str, list[str]] = {}
        for sentence in load_corpus(mapping, corpora / mapping.stem, load_scheme(scheme)).sentences:
            if sentence.readable:
                theirs.setdefault(sentence.doc_id, []).append(sentence.text)
        told_apart = {state: _told_apart(own, theirs) if own else None for state, own in states.items()}
        figures[mapping.stem] = _figures(theirs) | {"told_apart_auc": told_apart}
    write_json(out, figures)


def _figures(documents: dict[str, list[str]]) -> dict[str, Any]:
    texts = [text for sentences in documents.values() for text in sentences]
    nearest = texture.nearest_neighbours([" ".join(sentences) for sentences in documents.values()])
    return {
        "documents": len(documents),
        "sentences": len(texts),
        "distinct_words": texture.type_token_curve(texts),
        "repeated_four_grams": round(texture.repeated_four_grams(documents), 4),
        "alike_openings": round(texture.alike_openings(texts), 4),
        "nearest_neighbour": {"mean": round(float(nearest.mean()), 4), "highest": round(float(nearest.max()), 4)},
        "sentence_length": texture.length_quantiles(texts),
    }


def _told_apart(ours: dict[str, list[str]], theirs: dict[str, list[str]]) -> float:
    rng = np.random.default_rng(0)
    sides = []
    for documents in (ours, theirs):
        pairs = [(name, text) for name, sentences in documents.items() for text in sentences]
        kept = np.sort(rng.permutation(len(pairs))[:SAMPLE])
        sides.append([pairs[number] for number in kept])
    groups = [f"ours:{name}" for name, _ in sides[0]] + [f"theirs:{name}" for name, _ in sides[1]]
    return round(texture.telling_apart([text for _, text in sides[0]], [text for _, text in sides[1]], groups), 4)
