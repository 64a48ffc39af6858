"""The training part in; a model out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.core.files import read_bytes, sha256_bytes
from pipeline.core.params import LinearModel, MajorityModel, Model, Params, load_params
from pipeline.core.scheme import Scheme, load_scheme
from pipeline.core.tables import CHANCES, ERRORS, PART, read_table, write_table
from pipeline.labelling.rules import RuleSet, load_rules
from pipeline.learning.baselines import MajorityClassifier, RulesClassifier
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.examples import Examples, edit_examples, part_examples
from pipeline.learning.store import SentenceModel, StoredModel, save_model


def run(
    *,
    model: str,
    train: Path,
    edits: Path,
    rules: Path,
    scheme: Path,
    params: Path,
    out: Path,
    record: Path,
    out_of_fold: Path,
    errors: Path,
) -> None:
    """Fit one model.

    Args:
        model: its name in params.yaml.
        train: table of the training part.
        edits: labels/edits/edits.jsonl.
        rules: labels/rules.yaml.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        out: the model file.
        record: what it was learned from and how, and its SHA-256, without which it is not loaded.
        out_of_fold: what it says of the training sentences when it has not seen their work.
        errors: where that is wrong, and why; empty for a model that learns from no label.
    """
    settings = load_params(params)
    chosen = settings.model(model, params)
    labels = load_scheme(scheme)
    rows = read_table(train, PART)
    examples, further = part_examples(rows, labels.ids), edit_examples(edits, rows, labels)
    fitted = fit(chosen, examples, further, load_rules(rules, labels), labels, settings)
    stored = StoredModel(model, labels.ids, labels.voiced, labels.version, settings.annotate.confidence, fitted)
    facts = {
        "params": chosen.model_dump(mode="json"),
        "sentences": len(examples.sentences),
        "edits": len(further.sentences) if isinstance(chosen, LinearModel) and chosen.edits else 0,
        "works": len(set(examples.groups)),
        "train_sha256": sha256_bytes(read_bytes(train)),
        "thresholds": dict(zip(labels.ids, fitted.thresholds_.tolist(), strict=True)),
    }
    save_model(out, record, stored, facts)
    write_table(out_of_fold, _chances(fitted, examples), CHANCES)
    write_table(errors, _errors(fitted, examples, labels.ids), ERRORS)


def fit(
    chosen: Model, examples: Examples, edits: Examples, rules: RuleSet, scheme: Scheme, params: Params
) -> SentenceModel:
    """The fitted model of the kind that `chosen` asks for."""
    if isinstance(chosen, MajorityModel):
        return MajorityClassifier().fit(examples)
    if isinstance(chosen, LinearModel):
        return LinearClassifier(chosen, rules if chosen.rules else None).fit(examples, edits if chosen.edits else None)
    return RulesClassifier(rules, scheme.ids, params.label).fit(examples)


def _chances(fitted: SentenceModel, examples: Examples) -> Iterator[dict[str, Any]]:
    given = fitted.out_of_fold_ >= fitted.thresholds_
    for sentence, chances, decisions in zip(examples.sentences, fitted.out_of_fold_, given, strict=True):
        anchor = {"doc_id": sentence.doc_id, "start": sentence.start}
        yield anchor | {"chances": chances.tolist(), "given": decisions.tolist()}


def _errors(fitted: SentenceModel, examples: Examples, labels: Sequence[str]) -> Iterator[dict[str, Any]]:
    if not isinstance(fitted, LinearClassifier):
        return
    for error in sorted(fitted.out_of_fold_errors(examples, labels), key=lambda error: (error.row, error.column)):
        sentence = examples.sentences[error.row]
        yield {
            "doc_id": sentence.doc_id,
            "start": sentence.start,
            "label": labels[error.column],
            "gold": bool(examples.target[error.row, error.column]),
            "chance": float(fitted.out_of_fold_[error.row, error.column]),
            "cues": [{"feature": cue.feature, "addend": round(cue.addend, 4)} for cue in error.cues],
        }
