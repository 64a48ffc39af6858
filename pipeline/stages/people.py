"""What model annotators said of sentences that people labelled in; how far the two agree out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binomtest
from sklearn.metrics import cohen_kappa_score

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl, write_json
from pipeline.core.records import text_hash
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.evaluation.corpora import Corpus, load_corpus
from pipeline.evaluation.scores import roc_auc

Anchor = tuple[str, int, str]


def run(*, answers: Path, blind: Path, corpora: Path, mappings: Path, scheme: Path, out: Path) -> None:
    """Compare model annotators with people, target by target.

    Args:
        answers: folder with one .jsonl a corpus: a sentence, by hash of its document's id, position and hash of its
            text, and the labels the annotator gave it.
        blind: a line for each answer in the blind choice: the round (which state of our texts was shown), pair, reader,
            and whether the reader was right.
        corpora: folder of public corpora.
        mappings: folder of their mapping files.
        scheme: labels/scheme.yaml.
        out: Cohen's kappa and ROC AUC of every target, with how many sentences they rest on; how often readers told
            our excerpts from published ones, by round.
    """
    labels = load_scheme(scheme)
    figures: dict[str, Any] = {}
    for path in sorted(answers.glob("*.jsonl")):
        corpus = load_corpus(mappings / f"{path.stem}.yaml", corpora / path.stem, labels)
        figures |= _agreement(corpus, _answers(path, labels), path)
    rounds = {name: _blind_choice(right) for name, right in _choices(blind).items()}
    write_json(out, {"targets": figures, "blind": rounds})


def _answers(path: Path, scheme: Scheme) -> dict[Anchor, frozenset[str]]:
    given: dict[Anchor, frozenset[str]] = {}
    for number, row in read_jsonl(path):
        try:
            anchor, labels = (row["document"], row["position"], row["hash"]), row["labels"]
        except KeyError as error:
            raise InputError(path, f"lacks the key {error}", place=number) from error
        given[anchor] = scheme.check(labels, path, number)
    return given


def _agreement(corpus: Corpus, given: dict[Anchor, frozenset[str]], path: Path) -> dict[str, Any]:
    agreement: dict[str, Any] = {}
    for target in corpus.targets:
        sentences, carries = corpus.target_values(target)
        rows = [
            (holds, given[key])
            for s, holds in zip(sentences, carries, strict=True)
            if (key := (text_hash(s.doc_id), s.position, text_hash(s.text))) in given
        ]
        if not rows:
            raise InputError(path, f"has no answer for a sentence of target {target.id}")
        people = np.array([holds for holds, _ in rows], dtype=bool)
        model = np.array([target.label in labels for _, labels in rows], dtype=bool)
        agreement[target.id] = {
            "sentences": len(rows),
            "positives": int(people.sum()),
            "kappa": round(float(cohen_kappa_score(people, model)), 4),
            "auc": round(float(roc_auc(people, model.astype(np.float64), np.ones((1, len(rows))))[0]), 4),
        }
    return agreement


def _choices(path: Path) -> dict[str, list[bool]]:
    """Whether each choice was right, by round, rounds in file order."""
    rounds: dict[str, list[bool]] = {}
    for number, row in read_jsonl(path):
        try:
            rounds.setdefault(row["round"], []).append(bool(row["right"]))
        except KeyError as error:
            raise InputError(path, f"lacks the key {error}", place=number) from error
    if not rounds:
        raise InputError(path, "has no choice")
    return rounds


def _blind_choice(right: list[bool]) -> dict[str, float | int]:
    """The share of choices that were right, .5 by guessing, with Wilson's interval."""
    interval = binomtest(sum(right), len(right)).proportion_ci(method="wilson")
    share = sum(right) / len(right)
    return {
        "choices": len(right),
        "value": round(share, 4),
        "low": round(interval.low, 4),
        "high": round(interval.high, 4),
    }
