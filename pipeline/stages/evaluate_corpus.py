"""A corpus that others labelled in; how well a model that never saw it, or ours trained on it, does there, out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pipeline.core.files import write_json
from pipeline.core.params import Params, load_params
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.core.tables import CHANCES, PART, read_table
from pipeline.evaluation.corpora import Corpus, load_corpus
from pipeline.evaluation.outcomes import read_outcome
from pipeline.evaluation.shares import ErrorRates, rates_of
from pipeline.evaluation.trained import Learners, Mode, evaluated
from pipeline.evaluation.transfer import transfer_scores
from pipeline.labelling.rules import load_rules
from pipeline.learning.store import load_model

PLAIN, FULL = "tfidf", "main"
"""The settings in params.yaml that learners are fitted with here."""


def run(
    *,
    mapping: Path,
    data: Path,
    out: Path,
    mode: Literal["transfer", "cross-validate", "split"] = "transfer",
    model: Path = Path("models/main.joblib"),
    train: Path = Path("data/train.parquet"),
    out_of_fold: Path = Path("data/out_of_fold/main.parquet"),
    rules: Path = Path("labels/rules.yaml"),
    scheme: Path = Path("labels/scheme.yaml"),
    params: Path = Path("params.yaml"),
) -> None:
    """Score a model, or our way of learning, on a corpus that others labelled.

    Args:
        mapping: what its columns and labels mean, see docs/corpora.md.
        data: folder with the corpus as published, or its file.
        out: the scores, with the hashes of model and corpus.
        mode: `transfer` scores the model as it is, on the sentences nobody read while the project was made;
            `cross-validate` and `split` train our learners there, in folds or on all parts but `test`.
        model: the model file, for `transfer`.
        train: table of the training part, and
        out_of_fold: what the model says of it without having seen a sentence's work: with both, shares are adjusted.
        rules: labels/rules.yaml, whose matches are features.
        scheme: labels/scheme.yaml.
        params: params.yaml.
    """
    settings = load_params(params)
    labels = load_scheme(scheme)
    corpus = load_corpus(mapping, data, labels)
    what = {"corpus": corpus.name, "corpus_sha256": corpus.sha256, "left_out": dict(corpus.left_out), "mode": mode}
    if mode == "transfer":
        stored, digest = load_model(model, model.with_suffix(".json"))
        rates = _rates(train, out_of_fold, labels, settings)
        scores = transfer_scores(stored, corpus, settings, rates)
        told = {"model": stored.name, "model_sha256": digest, "targets": scores}
    else:
        told = _trained(corpus, mode, rules, labels, settings, params)
    write_json(out, what | told)


def _trained(corpus: Corpus, mode: Mode, rules: Path, labels: Scheme, settings: Params, params: Path) -> dict[str, Any]:
    plain, full = (settings.linear_model(name, params) for name in (PLAIN, FULL))
    return {"tasks": evaluated(corpus, mode, Learners(plain, full, load_rules(rules, labels)), settings)}


def _rates(train: Path, out_of_fold: Path, labels: Scheme, settings: Params) -> dict[str, ErrorRates] | None:
    """How the model errs on our own sentences; None where the tables are not at hand, as with a model alone."""
    if not (train.exists() and out_of_fold.exists()):
        return None
    known = read_outcome(out_of_fold, read_table(train, PART), labels.ids, CHANCES)
    return rates_of(known, settings.bootstrap)
