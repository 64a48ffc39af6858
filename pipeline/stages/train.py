"""The training part in; a model out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_bytes, sha256_bytes
from pipeline.core.params import LinearModel, MajorityModel, Model, Params, load_params
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.core.tables import PART, read_table
from pipeline.labelling.gold import gold_of
from pipeline.labelling.rules import RuleSet, load_rules
from pipeline.learning.baselines import MajorityClassifier, RulesClassifier
from pipeline.learning.classifier import Examples, LinearClassifier, examples_of
from pipeline.learning.store import SentenceModel, StoredModel, save_model


def run(*, model: str, train: Path, rules: Path, scheme: Path, params: Path, out: Path, record: Path) -> None:
    """Fit one model.

    Args:
        model: its name in params.yaml.
        train: table of the training part.
        rules: labels/rules.yaml.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: the model file.
        record: what it was learned from and how, and its SHA-256, without which it is not loaded.
    """
    settings = load_params(params)
    if model not in settings.models:
        raise InputError(params, f"has no model {model!r} ({', '.join(settings.models)})", place="models")
    labels = load_scheme(scheme)
    rows = read_table(train, PART)
    works = {row["doc_id"]: row["work"] for row in rows}
    examples = examples_of([gold_of(row) for row in rows], labels.ids, works)
    chosen = settings.models[model]
    fitted = fit(chosen, examples, load_rules(rules, labels), labels, settings)
    stored = StoredModel(model, labels.ids, labels.voiced, labels.version, settings.annotate.confidence, fitted)
    facts = {
        "params": chosen.model_dump(mode="json"),
        "sentences": len(examples.sentences),
        "works": len(set(examples.groups)),
        "train_sha256": sha256_bytes(read_bytes(train)),
        "thresholds": dict(zip(labels.ids, fitted.thresholds_.tolist(), strict=True)),
    }
    save_model(out, record, stored, facts)


def fit(chosen: Model, examples: Examples, rules: RuleSet, scheme: Scheme, params: Params) -> SentenceModel:
    """The fitted model of the kind that `chosen` asks for."""
    if isinstance(chosen, MajorityModel):
        return MajorityClassifier().fit(examples)
    if isinstance(chosen, LinearModel):
        return LinearClassifier(chosen, rules if chosen.rules else None).fit(examples)
    return RulesClassifier(rules, scheme.ids, params.label).fit(examples)
