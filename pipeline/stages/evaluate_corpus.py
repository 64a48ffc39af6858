"""A public corpus and a model that never saw it in; how well the model ranks its sentences out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.evaluation.corpora import load_corpus
from pipeline.evaluation.transfer import transfer_scores
from pipeline.learning.store import load_model


def run(
    *,
    mapping: Path,
    data: Path,
    out: Path,
    mode: Literal["transfer"] = "transfer",
    model: Path = Path("models/main.joblib"),
    scheme: Path = Path("labels/scheme.yaml"),
    params: Path = Path("params.yaml"),
) -> None:
    """Score a model on a corpus that others labelled.

    Args:
        mapping: what its columns and labels mean, see docs/corpora.md.
        data: folder with the corpus as published.
        out: the scores, with the hashes of model and corpus.
        mode: `transfer` scores the model as it is, on the sentences nobody read while the project was made.
        model: the model file.
        scheme: labels/scheme.yaml.
        params: params.yaml.
    """
    settings = load_params(params)
    stored, digest = load_model(model, model.with_suffix(".json"))
    corpus = load_corpus(mapping, data, load_scheme(scheme))
    write_json(
        out,
        {
            "corpus": corpus.name,
            "corpus_sha256": corpus.sha256,
            "mode": mode,
            "model": stored.name,
            "model_sha256": digest,
            "targets": transfer_scores(stored, corpus, settings),
        },
    )
