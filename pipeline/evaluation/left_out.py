"""What it costs to know nothing of a genre, a topic or a writer: a model that was fitted without them, scored there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed

from pipeline.core.params import Bootstrap, EvaluateParams, LinearModel
from pipeline.core.records import Sentence
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.slices import micro_f1
from pipeline.labelling.rules import RuleSet
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.examples import Examples, with_edits
from pipeline.learning.folds import Ids
from pipeline.learning.heads import LinearHeads

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ALL = "all"


@dataclass(frozen=True)
class Learned:
    """What a model was fitted on, with which settings, and what its folds gave."""

    params: LinearModel
    rules: RuleSet | None
    examples: Examples
    edits: Examples | None
    first_look: Floats
    """First-stage logits of the examples by models that have not seen a sentence's work, shape (n, n_labels)."""

    def without(self, rows: Ids) -> LinearClassifier:
        """The model fitted without these rows, which are whole works, and without their edited sentences.

        Features, heads, second stage, calibration and thresholds are learned from the other works alone. One thing is
        not: the out-of-fold logits that the last three learn from are those of the model itself, whose folds had the
        left-out works in them unless they fell into the same fold. To make them anew would take five fits in place of
        one.
        """
        kept = np.setdiff1d(np.arange(len(self.examples.groups)), rows)
        examples = self.examples.of(kept)
        heads = LinearHeads(self.params, self.rules).fit(with_edits(examples, self.edits))
        return LinearClassifier(self.params, self.rules).fit_second(heads, self.first_look[kept], examples)


@dataclass(frozen=True)
class Kind:
    """A value of a property of documents, and the sentences of documents that have it."""

    name: str
    value: str
    learned: Ids
    """Rows of the training part."""
    scored: Ids
    """Rows of both parts together."""


def kinds(properties: Mapping[str, Sequence[str]], trained: int) -> Iterator[Kind]:
    """Every value of every property that a training sentence has.

    Args:
        properties: for each property the value of each sentence, those of the training part first.
        trained: how many those are.
    """
    for name, values in properties.items():
        told = np.array(values)
        for value in np.unique(told[:trained]):
            yield Kind(name, str(value), np.flatnonzero(told[:trained] == value), np.flatnonzero(told == value))


def decisions_without(learned: Learned, left_out: Sequence[Kind], sentences: Sequence[Sentence]) -> Iterator[Bools]:
    """For each kind the labels that its sentences are given by a model fitted without it, shape (n, n_labels).

    Args:
        learned: what the model was fitted on.
        left_out: the kinds.
        sentences: of both parts.
    """
    told: Iterator[Bools] = Parallel(n_jobs=-1, return_as="generator")(
        delayed(_decided)(learned, kind.learned, [sentences[row] for row in kind.scored]) for kind in left_out
    )
    return told


def gaps(
    left_out: Sequence[Kind],
    outside: Sequence[Bools],
    inside: Bools,
    target: Bools,
    documents: Sequence[str],
    params: EvaluateParams,
    bootstrap: Bootstrap,
) -> dict[str, Any]:
    """Micro-F1 on what was left out, the same by a model that knows its kind, and the difference.

    By property, then by value; `ALL` has the sentences of all values together. A value of too few documents has
    figures without intervals.

    Args:
        left_out: the kinds.
        outside: for each of them what a model said that was fitted without it.
        inside: what a model said that had not seen a sentence's work but others of its kind, shape (n, n_labels).
        target: what is right, shape (n, n_labels).
        documents: of each sentence, n of them.
        params: how few documents are too few.
        bootstrap: how the intervals are made.
    """
    result: dict[str, Any] = {}
    for name in dict.fromkeys(kind.name for kind in left_out):
        own = [(kind, given) for kind, given in zip(left_out, outside, strict=True) if kind.name == name]
        rows, said = np.concatenate([kind.scored for kind, _ in own]), np.vstack([given for _, given in own])
        pairs = [(ALL, rows, said), *((kind.value, kind.scored, given) for kind, given in own)]
        result[name] = {
            value: _gap(target[rows], given, inside[rows], [documents[row] for row in rows], params, bootstrap)
            for value, rows, given in pairs
        }
    return result


def _decided(learned: Learned, rows: Ids, sentences: Sequence[Sentence]) -> Bools:
    return learned.without(rows).predict(sentences)


def _gap(
    target: Bools, outside: Bools, inside: Bools, documents: Sequence[str], params: EvaluateParams, bootstrap: Bootstrap
) -> dict[str, Any]:
    enough = len(set(documents)) >= params.too_few_documents
    weights = document_weights(documents, bootstrap) if enough else np.ones((1, len(documents)))
    within, left_out = (micro_f1(target, given, weights) for given in (inside, outside))
    figures = {"in_distribution": within, "left_out": left_out, "gap": left_out - within}
    return {
        "sentences": len(documents),
        "documents": len(set(documents)),
        "enough": enough,
        **{name: estimate(values, bootstrap).as_row() for name, values in figures.items()},
    }
