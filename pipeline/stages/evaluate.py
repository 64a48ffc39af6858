"""A model and the held-out part in; its scores, and the data of its plots, out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.files import write_csv, write_json
from pipeline.core.params import load_params
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.bootstrap import document_weights
from pipeline.evaluation.curves import confusion_rows, f1_rows, precision_recall_rows, reliability_rows
from pipeline.evaluation.evaluate import Outcome, evaluate
from pipeline.evaluation.spans import span_scores
from pipeline.labelling.gold import gold_of
from pipeline.learning.annotator import Annotator
from pipeline.learning.classifier import examples_of
from pipeline.learning.store import load_model


def run(*, model: Path, record: Path, test: Path, params: Path, metrics: Path, plots: Path) -> None:
    """Score a model on labelled sentences it has not seen.

    Args:
        model: the model file.
        record: its record.
        test: table of the held-out part.
        params: params.yaml.
        metrics: the scores.
        plots: folder for the plot data: precision_recall.csv, f1.csv, confusion.csv, reliability.csv.
    """
    settings = load_params(params)
    stored, digest = load_model(model, record)
    rows = read_table(test, PART)
    examples = examples_of([gold_of(row) for row in rows], stored.labels, {r["doc_id"]: r["work"] for r in rows})
    chances = stored.model.predict_proba(examples.sentences)
    outcome = Outcome(
        stored.labels,
        tuple(sentence.doc_id for sentence in examples.sentences),
        examples.target,
        chances,
        chances >= stored.model.thresholds_,
    )
    scores = evaluate(outcome, settings.evaluate, settings.bootstrap)
    marked = Annotator(stored, digest).annotate_sentences(examples.sentences)
    spans = span_scores(
        [[(span.start, span.end) for span in one.spans] for one in marked],
        [[(span.start, span.end) for span in own] for own in examples.spans],
        document_weights(outcome.documents, settings.bootstrap),
        settings.bootstrap,
    )
    spans_row = {name: figure.as_row() for name, figure in spans.items()}
    write_json(metrics, {"model": stored.name, "model_sha256": digest, **scores, "loaded_spans": spans_row})
    write_csv(plots / "precision_recall.csv", ["label", "recall", "precision"], precision_recall_rows(outcome))
    write_csv(plots / "f1.csv", ["label", "f1", "low", "high"], f1_rows(scores))
    write_csv(plots / "confusion.csv", ["gold", "model"], confusion_rows(outcome))
    reliability = reliability_rows(outcome, settings.evaluate.bins)
    write_csv(plots / "reliability.csv", ["probability", "share", "sentences"], reliability)
