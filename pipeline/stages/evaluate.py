"""A model and the held-out part in; its scores, the data of its plots, and what it said of every sentence, out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.core.files import write_csv, write_json
from pipeline.core.params import Params, load_params
from pipeline.core.records import VOICES
from pipeline.core.tables import OUTCOMES, PART, read_table, write_table
from pipeline.evaluation.abstention import abstention, coverage_risk_rows
from pipeline.evaluation.bootstrap import document_weights
from pipeline.evaluation.curves import confusion_rows, f1_rows, precision_recall_rows, reliability_rows
from pipeline.evaluation.evaluate import Outcome, evaluate
from pipeline.evaluation.outcomes import outcome_rows, said
from pipeline.evaluation.spans import span_scores
from pipeline.evaluation.voices import voice_scores
from pipeline.learning.annotator import Annotator
from pipeline.learning.examples import part_examples
from pipeline.learning.store import load_model

Rows = list[dict[str, Any]]


def run(*, model: Path, record: Path, test: Path, params: Path, metrics: Path, plots: Path, outcomes: Path) -> None:
    """Score a model on labelled sentences it has not seen.

    Args:
        model: the model file.
        record: its record.
        test: table of the held-out part.
        params: params.yaml.
        metrics: the scores.
        plots: folder for the plot data: precision_recall.csv, f1.csv, confusion.csv, reliability.csv,
            coverage_risk.csv.
        outcomes: table of probabilities, decisions, wordings and voices.
    """
    settings = load_params(params)
    stored, digest = load_model(model, record)
    rows = read_table(test, PART)
    examples = part_examples(rows, stored.labels)
    chances = stored.model.predict_proba(examples.sentences)
    documents = tuple(sentence.doc_id for sentence in examples.sentences)
    given = chances >= stored.model.thresholds_
    outcome = Outcome(stored.labels, documents, examples.target, chances, given)
    told = list(outcome_rows(Annotator(stored, digest).decide(examples.sentences, chances), outcome))
    scores = {
        **evaluate(outcome, settings.evaluate, settings.bootstrap),
        **_by_voice(told, rows, settings),
        "abstention": abstention(outcome, settings.annotate.confidence, settings.bootstrap),
    }
    write_json(metrics, {"model": stored.name, "model_sha256": digest, **scores})
    write_table(outcomes, told, OUTCOMES)
    write_csv(plots / "precision_recall.csv", ["label", "recall", "precision"], precision_recall_rows(outcome))
    write_csv(plots / "f1.csv", ["label", "f1", "low", "high"], f1_rows(scores))
    write_csv(plots / "confusion.csv", ["gold", "model"], confusion_rows(outcome))
    reliability = reliability_rows(outcome, settings.evaluate.bins)
    write_csv(plots / "reliability.csv", ["probability", "share", "sentences"], reliability)
    write_csv(plots / "coverage_risk.csv", ["coverage", "risk"], coverage_risk_rows(outcome))


def _by_voice(told: Rows, gold: Rows, settings: Params) -> dict[str, Any]:
    """Loaded wordings, all and by voice, and labels by voice."""
    documents = [row["doc_id"] for row in gold]
    weights = document_weights(documents, settings.bootstrap)
    spans: dict[str, Any] = {}
    for name, voices in (("all", VOICES), *((voice, (voice,)) for voice in VOICES)):
        found, right = (
            [[(span["start"], span["end"]) for span in row["spans"] if span["voice"] in voices] for row in side]
            for side in (told, gold)
        )
        figures = span_scores(found, right, weights, settings.bootstrap)
        spans[name] = {
            "support": sum(map(len, right)),
            **{figure: value.as_row() for figure, value in figures.items()},
        }
    sides = [[said(row) for row in side] for side in (told, gold)]
    by_voice = voice_scores(sides[0], sides[1], documents, weights, settings.evaluate, settings.bootstrap)
    return {"loaded_spans": spans.pop("all"), "loaded_spans_by_voice": spans, "labels_by_voice": by_voice}
