"""How well a model that never saw a corpus ranks its sentences, target by target, beside what other corpora teach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap, LinearModel, Params
from pipeline.core.records import Sentence
from pipeline.evaluation import scores as scoring
from pipeline.evaluation.abstention import risks
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.corpora import Corpus, CorpusSentence, Target
from pipeline.evaluation.curves import reliability_rows
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.shares import ErrorRates, checked, share
from pipeline.learning.examples import Examples
from pipeline.learning.heads import LinearHeads
from pipeline.learning.store import StoredModel

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def sentences_of(corpus: Sequence[CorpusSentence]) -> list[Sentence]:
    """The sentences of a corpus as the models take them; a document is one paragraph, for corpora tell no others."""
    return [Sentence(item.doc_id, item.position, 0, "body", 0, len(item.text), item.text) for item in corpus]


def unread(corpus: Corpus, target: Target) -> tuple[list[CorpusSentence], Bools]:
    """The sentences that nobody looked at while the project was made, and whether each carries the target's label."""
    sentences, carries = corpus.target_values(target)
    kept = np.array([not sentence.readable for sentence in sentences], dtype=bool)
    return [sentence for sentence in sentences if not sentence.readable], carries[kept]


def transfer_scores(
    stored: StoredModel, corpus: Corpus, params: Params, rates: Mapping[str, ErrorRates] | None = None
) -> dict[str, Any]:
    """Every target's scores by a model of ours, on the sentences that were not read, by target id.

    With `rates`, the model's error rates on our own sentences, also the true, the raw and the adjusted share of the
    label: how far the rates carry over.
    """
    return {target.id: _target_scores(stored, corpus, target, params, rates) for target in corpus.targets}


def _target_scores(
    stored: StoredModel, corpus: Corpus, target: Target, params: Params, rates: Mapping[str, ErrorRates] | None
) -> dict[str, Any]:
    sentences, carries = unread(corpus, target)
    column = stored.labels.index(target.label)
    chances = stored.model.predict_proba(sentences_of(sentences))[:, column]
    threshold = float(stored.model.thresholds_[column])
    given = chances >= threshold
    documents = [sentence.doc_id for sentence in sentences]
    weights = document_weights(documents, params.bootstrap)
    figures = {
        **_ranking(carries, chances, weights),
        "f1": scoring.confusion(carries, given, weights).f1,
        "brier": scoring.brier(carries, chances, weights),
        "calibration_error": scoring.calibration_error(carries, chances, weights, params.evaluate.bins),
        **risks(carries, chances, threshold, weights),
    }
    outcome = Outcome((target.label,), tuple(documents), carries[:, None], chances[:, None], given[:, None])
    told = {
        "label": target.label,
        "sentences": len(sentences),
        "documents": len(set(documents)),
        "positives": int(carries.sum()),
        **_estimates(figures, params.bootstrap),
        "reliability": list(reliability_rows(outcome, params.evaluate.bins)),
    }
    if rates is None or not sentences:
        return told
    counted = share(given, documents, rates[target.label], params.shares, params.bootstrap)
    return told | {"shares": checked(float(carries.mean()), counted)}


def baseline_scores(corpus: Corpus, others: Sequence[Corpus], learner: LinearModel, params: Params) -> dict[str, Any]:
    """Every target's ranking by plain learners fitted on other human-labelled corpora, by target id and source.

    A source is each other corpus with a target for the same label of ours, and all of them pooled.
    """
    results: dict[str, Any] = {}
    for target in corpus.targets:
        sources = {own.id: (other, own) for other in others for own in other.targets if own.label == target.label}
        fitted = {name: fit_on([source], learner) for name, source in sources.items()}
        if len({other.name for other, _ in sources.values()}) > 1:
            fitted["pooled"] = fit_on(list(sources.values()), learner)
        sentences, carries = unread(corpus, target)
        weights = document_weights([sentence.doc_id for sentence in sentences], params.bootstrap)
        results[target.id] = {
            name: _estimates(
                _ranking(carries, heads.decision_function(sentences_of(sentences))[:, 0], weights), params.bootstrap
            )
            for name, heads in fitted.items()
        }
    return results


def fit_on(sources: Sequence[tuple[Corpus, Target]], learner: LinearModel) -> LinearHeads:
    """The learner fitted on all sentences that the targets speak of, whichever part they are in."""
    pairs = [corpus.target_values(target) for corpus, target in sources]
    sentences = [sentence for found, _ in pairs for sentence in found]
    examples = Examples(
        tuple(sentences_of(sentences)),
        np.concatenate([carries for _, carries in pairs])[:, None],
        ((),) * len(sentences),
        tuple(sentence.doc_id for sentence in sentences),
    )
    return LinearHeads(learner).fit(examples)


def _ranking(carries: Bools, scores: Floats, weights: Floats) -> dict[str, Floats]:
    return {
        "auc": scoring.roc_auc(carries, scores, weights),
        "average_precision": scoring.average_precision(carries, scores, weights),
    }


def _estimates(figures: dict[str, Floats], bootstrap: Bootstrap) -> dict[str, Any]:
    return {name: estimate(values, bootstrap).as_row() for name, values in figures.items()}


def first_works(groups: Sequence[str], size: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """The rows of whole works, drawn in a random order until there are at least `size` rows, ascending."""
    names = np.unique(np.asarray(groups))
    taken: list[int] = []
    for name in rng.permutation(names):
        if len(taken) >= size:
            break
        taken += [row for row, group in enumerate(groups) if group == name]
    return np.array(sorted(taken), dtype=np.int64)


def curve_point(heads: LinearHeads, corpora: Sequence[Corpus], labels: Sequence[str]) -> dict[str, float]:
    """The ROC AUC of every target of `corpora`, by target id, on sentences that were not read."""
    point: dict[str, float] = {}
    for corpus in corpora:
        hidden = [sentence for sentence in corpus.sentences if not sentence.readable]
        logits = heads.decision_function(sentences_of(hidden))
        row_of = {(sentence.doc_id, sentence.position): row for row, sentence in enumerate(hidden)}
        for target in corpus.targets:
            sentences, carries = unread(corpus, target)
            rows = [row_of[sentence.doc_id, sentence.position] for sentence in sentences]
            scores = logits[rows, list(labels).index(target.label)]
            point[target.id] = float(scoring.roc_auc(carries, scores, np.ones((1, len(rows))))[0])
    return point
