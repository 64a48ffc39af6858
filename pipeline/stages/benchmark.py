"""All public corpora in; how our models do that never saw them, and our learners trained on them, out."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import track

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import CHANCES, PART, read_table
from pipeline.evaluation.corpora import Folds, load_corpus
from pipeline.evaluation.outcomes import read_outcome
from pipeline.evaluation.shares import rates_of
from pipeline.evaluation.trained import Learners, Mode, evaluated
from pipeline.evaluation.transfer import baseline_scores, transfer_scores
from pipeline.labelling.rules import load_rules
from pipeline.learning.store import load_model

OURS = ("tfidf", "main")
"""What the corpus buys (a plain model) and what the model buys (the released one) are told apart."""
LEARNER = "tfidf"
"""The settings that the baselines are fitted with."""
FULL = "main"
"""The settings that are tried out beside it on each corpus itself."""


def run(
    *,
    corpora: Path,
    mappings: Path,
    models: Path,
    train: Path,
    out_of_fold: Path,
    rules: Path,
    scheme: Path,
    params: Path,
    out: Path,
    trained: Path,
) -> None:
    """Score our models, baselines trained on other corpora, and our learners trained there, on every public corpus.

    Args:
        corpora: folder with one folder a corpus, named like its mapping.
        mappings: folder of mapping files.
        models: folder of model files.
        train: table of the training part.
        out_of_fold: folder with what each model says of it without having seen a sentence's work; tells how it errs.
        rules: labels/rules.yaml, whose matches are features of the learners trained there.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: folder for one file a corpus: models that never saw it.
        trained: folder for one file a corpus: our learners trained on it by its published protocol.
    """
    settings = load_params(params)
    learner = settings.linear_model(LEARNER, params)
    labels = load_scheme(scheme)
    stored = {name: load_model(models / f"{name}.joblib", models / f"{name}.json") for name in OURS}
    learned = read_table(train, PART)
    rates = {
        name: rates_of(read_outcome(out_of_fold / f"{name}.parquet", learned, labels.ids, CHANCES), settings.bootstrap)
        for name in OURS
    }
    loaded = [load_corpus(path, corpora / path.stem, labels) for path in sorted(mappings.glob("*.yaml"))]
    console = Console(stderr=True)
    for corpus in track(loaded, "scoring", console=console, disable=not console.is_terminal):
        ours = {name: transfer_scores(model, corpus, settings, rates[name]) for name, (model, _) in stored.items()}
        baselines = baseline_scores(corpus, [other for other in loaded if other is not corpus], learner, settings)
        targets = {
            target.id: {"models": {name: ours[name][target.id] for name in OURS}, "baselines": baselines[target.id]}
            for target in corpus.targets
        }
        write_json(
            out / f"{corpus.name}.json",
            {
                "corpus": corpus.name,
                "corpus_sha256": corpus.sha256,
                "models_sha256": {name: digest for name, (_, digest) in stored.items()},
                "targets": targets,
            },
        )
    learners = Learners(learner, settings.linear_model(FULL, params), load_rules(rules, labels))
    for corpus in track(loaded, "training", console=console, disable=not console.is_terminal):
        mode: Mode = "cross-validate" if isinstance(corpus.split, Folds) else "split"
        write_json(
            trained / f"{corpus.name}.json",
            {
                "corpus": corpus.name,
                "corpus_sha256": corpus.sha256,
                "mode": mode,
                "settings": {name: settings.models[name].model_dump() for name in (LEARNER, FULL)},
                "tasks": evaluated(corpus, mode, learners, settings),
            },
        )
