"""The page of the model: what was measured on the project's own corpus, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from pipeline.core.records import VOICES
from pipeline.core.scheme import Scheme
from pipeline.report.figures import Metrics, Rows
from pipeline.report.plots import Panel, Points, panels
from pipeline.report.tables import Cell, Interval, Table, table


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that has not been measured, and what would measure it."""

    what: str
    made: str


Part = Table | Markup | Missing


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under a heading of its own."""

    id: str
    title: str
    lead: str
    parts: tuple[Part, ...]


def scores(metrics: Metrics, scheme: Scheme) -> Section:
    """Every score of every label with its interval; scores by voice; the wordings."""
    found = metrics.released
    lead = (
        "Works are held out whole; intervals are 95%, drawn over documents. A label with too few held-out sentences or "
        "documents is left out of macro-F1."
    )
    section = partial(Section, "scores", "Scores on held-out works", lead)
    if not found:
        return section((Missing("The model", "the stage evaluate"),))
    parts = (_label_scores(found, scheme), _voice_scores(found, scheme), _wording_scores(found))
    return section(parts)


_SCORES = {
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "average_precision": "average precision",
    "auc": "ROC AUC",
    "mcc": "MCC",
    "brier": "Brier",
    "calibration_error": "calibration error",
}


def _label_scores(found: Mapping[str, Any], scheme: Scheme) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (label.name, own["support"], *(Interval.of(own[score]) for score in _SCORES))
        for label, own in _of_labels(found["labels"], scheme)
    ]
    head = ("label", "sentences", *_SCORES.values())
    return table("model-scores", "Every label on held-out works (95% intervals)", head, rows)


def _voice_scores(found: Mapping[str, Any], scheme: Scheme) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (f"{label.name}, {voice}", *(Interval.of(own[voice][score]) for score in ("precision", "recall", "f1")))
        for label, own in _of_labels(found["labels_by_voice"], scheme)
        for voice in VOICES
        if voice in own and own[voice]["enough"]
    ]
    caption = "Label and voice both right; voices with too few held-out sentences are left out"
    return table("model-voices", caption, ("label, voice", "precision", "recall", "F1"), rows)


def _wording_scores(found: Mapping[str, Any]) -> Table:
    kinds = {"in any voice": found["loaded_spans"], **found["loaded_spans_by_voice"]}
    names = ("precision", "recall", "f1", "exact_recall")
    rows: list[tuple[Cell, ...]] = [
        (voice, *(Interval.of(own.get(name)) for name in names)) for voice, own in kinds.items()
    ]
    head = ("voice", "precision", "recall", "F1", "recall, exactly the same words")
    return table("model-wordings", "Loaded wordings, by the characters marked", head, rows)


def curves(metrics: Metrics, scheme: Scheme) -> Section:
    """Precision against recall, reliability, and what abstention buys."""
    lead = (
        "How precision falls as recall rises, label by label; whether a probability can be taken at its word; and how "
        "much less the model errs on the sentences that it is surer of."
    )
    return Section("curves", "Curves", lead, (*_curves(metrics.plots, scheme), *_abstention(metrics.released)))


def _curves(plots: Mapping[str, Rows], scheme: Scheme) -> Iterator[Part]:
    if "precision_recall" not in plots or "reliability" not in plots:
        yield Missing("Curves", "the stage evaluate draws them")
        return
    falling = [
        Panel(label.name, points, label.id, across="recall", up="precision")
        for label in scheme.labels
        if (points := _points(plots["precision_recall"], "recall", "precision", label.id))
    ]
    yield panels("Precision against recall", falling)
    reliable = _points(plots["reliability"], "probability", "share")
    risk = _points(plots.get("coverage_risk", []), "coverage", "risk")
    over_all = [
        Panel("All labels: share that is right", reliable, "report", True, True, across="probability", up="share"),
        Panel("Share of wrong labels, surest kept", risk, "report", across="coverage", up="risk"),
    ]
    yield panels("Reliability and risk", over_all)
    yield _file("reliability", "Share of labels that are right by probability", plots["reliability"])


def _abstention(found: Mapping[str, Any]) -> Iterator[Part]:
    if "abstention" in found:
        names = {
            "uncertain": "sentences that are uncertain, share",
            "micro_f1_all": "micro-F1, all sentences",
            "micro_f1_certain": "micro-F1, without the uncertain ones",
        }
        rows = [(told, Interval.of(found["abstention"].get(name))) for name, told in names.items()]
        yield table("abstention", "What leaving out uncertain sentences buys", ("what", "figure"), rows)


def confusion(metrics: Metrics, scheme: Scheme) -> Section:
    """Which labels the model gives to sentences that carry another."""
    lead = (
        "Each held-out sentence counts once for each pair of a label of the annotators and a label of the model; a "
        "label that both gave pairs with itself alone."
    )
    pairs = metrics.plots.get("confusion")
    section = partial(Section, "confusion", "Label by label", lead)
    if not pairs:
        return section((Missing("Confusion", "the stage evaluate counts it"),))
    counts = Counter((row["gold"], row["model"]) for row in pairs)
    ids = [*scheme.ids, "(none)"]
    names = {label.id: label.name for label in scheme.labels}
    rows: list[tuple[Cell, ...]] = [(names.get(gold, "none"), *(counts[gold, model] for model in ids)) for gold in ids]
    codes = {label.id: label.code for label in scheme.labels}
    head = ("annotators ↓ model →", *(codes.get(model, "none") for model in ids))
    return section((table("confusion", "Pairs of labels", head, rows),))


def agreement(metrics: Metrics, scheme: Scheme) -> Section:
    """How consistent the annotators are, and each against gold."""
    found = metrics.get("agreement")
    lead = (
        "The annotators are language models. Their agreement says how well defined the labels are to such annotators; "
        "it is not agreement with people."
    )
    section = partial(Section, "agreement", "Annotators", lead)
    if not found:
        return section((Missing("Agreement", "the stage agree measures it"),))
    who = sorted(found["annotators"])
    rows = [
        (label.name, Interval.of(alpha), *(found["annotators"][name][label.id]["f1"] for name in who))
        for label, alpha in _of_labels(found["alpha"], scheme)
    ]
    head = ("label", "Krippendorff’s alpha (95%)", *(f"{name} pass, F1" for name in who))
    caption = f"{found['sentences']:,} sentences of {found['documents']} documents that two annotators have seen"
    return section((table("agreement", caption, head, rows),))


def rules(metrics: Metrics, _: Scheme) -> Section:
    """What each rule is worth on the training part."""
    lead = (
        "The rules vote for or against a label; precision and recall are those of each by itself, on the training part."
    )
    section = partial(Section, "rules", "Rules", lead)
    if not metrics.rules:
        return section((Missing("What a rule is worth", "the stage label measures it"),))
    return section((_file("rules", "Rules on the training part", metrics.rules),))


def _file(name: str, caption: str, rows: Rows) -> Table:
    return table(name, caption, tuple(head.replace("_", " ") for head in rows[0]), [_cells(row) for row in rows])


def _cells(row: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(map(_cell, row.values()))


def _cell(text: str) -> Cell:
    """A figure of a CSV file; what is no figure stays text."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text or None


def _points(rows: Rows, across: str, up: str, label: str = "") -> Points:
    """The points of a curve; rows of other labels are passed over."""
    return [
        (float(row[across]), float(row[up]))
        for row in rows
        if row.get("label", "") == label and row[across] and row[up]
    ]


def _of_labels(found: Mapping[str, Any], scheme: Scheme) -> Iterator[tuple[Any, Any]]:
    """The labels that `found` has something about, in the scheme's order, each with it."""
    return ((label, found[label.id]) for label in scheme.labels if label.id in found)


SECTIONS: tuple[Callable[[Metrics, Scheme], Section], ...] = (scores, curves, confusion, agreement, rules)
