"""The headline of the index: scores between ceiling and floor, and whether the gates are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.core.scheme import Scheme
from pipeline.report.blocks import FLOORS
from pipeline.report.figures import RELEASED, Headline, Metrics
from pipeline.report.plots import Dots, dot_chart
from pipeline.report.tables import Interval, Table, figure, table

FLOOR = "tfidf"


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound and whether the figure keeps it."""

    name: str
    answer: str
    """`pass`, `investigate` or `fail`."""
    figure: Interval
    bound: str


def gates(metrics: Metrics) -> list[Gate]:
    """The gates, failed ones first."""
    found = metrics.get("gates").get("gates", {})
    told = [
        Gate(name, gate["answer"], Interval.of(gate), _bound(gate["least"], gate["most"]))
        for name, gate in found.items()
    ]
    return sorted(told, key=lambda gate: ("fail", "investigate", "pass").index(gate.answer))


def gate_table(metrics: Metrics) -> Table:
    """The gates as files."""
    rows = [(gate.name, gate.answer, gate.figure, gate.bound) for gate in gates(metrics)]
    return table("gates", "Bounds that the figures have to keep", ("gate", "answer", "figure", "bound"), rows)


def summary_chart(headline: Headline, metrics: Metrics) -> Markup:
    """Macro-F1 of every model, from the floors to the annotators."""
    differences = metrics.get("differences").get("macro_f1", {})
    names = [name for name in (*FLOORS, RELEASED) if name in headline.macro_f1]
    names += [name for name in headline.macro_f1 if name not in names]
    rows = [Dots(FLOORS.get(name, name), _macro(name, headline, metrics), hue="report") for name in names]
    ceilings = [
        Dots(name, Interval.of(own), hue="report") for name, own in differences.items() if name.startswith("annotator")
    ]
    return dot_chart("Macro-F1 of every model and of the annotators", [*rows, *ceilings])


def label_chart(headline: Headline, metrics: Metrics, scheme: Scheme) -> Markup:
    """F1 of every label between plain TF-IDF and the annotators."""
    rows = [
        Dots(
            label.name,
            _f1(label.id, RELEASED, headline, metrics),
            _f1(label.id, FLOOR, headline, metrics).value,
            headline.alpha.get(label.id),
            label.id,
        )
        for label in scheme.labels
    ]
    return dot_chart("F1 of every label on held-out works", rows)


def score_table(headline: Headline, metrics: Metrics, scheme: Scheme) -> Table:
    """F1 of every label: the released model, the floors, and the annotators' alpha."""
    floors = [name for name in FLOORS if name in metrics.models]
    rows = [
        (
            label.name,
            metrics.released.get("labels", {}).get(label.id, {}).get("support"),
            _f1(label.id, RELEASED, headline, metrics),
            *(_f1(label.id, name, headline, metrics).value for name in floors),
            headline.alpha.get(label.id),
        )
        for label in scheme.labels
    ]
    head = ("label", "held-out sentences", "F1 (95%)", *(FLOORS[name] for name in floors), "annotators’ alpha")
    return table("scores", "F1 of every label on held-out works", head, [*rows, _macro_row(headline, metrics, floors)])


def _macro_row(
    headline: Headline, metrics: Metrics, floors: Sequence[str]
) -> tuple[str | int | float | Interval | None, ...]:
    values = (headline.macro_f1.get(name) for name in floors)
    return ("macro-F1", None, _macro(RELEASED, headline, metrics), *values, None)


def _macro(name: str, headline: Headline, metrics: Metrics) -> Interval:
    own = metrics.models.get(name, {}).get("macro_f1")
    return Interval.of(own) if own else Interval(headline.macro_f1.get(name))


def _f1(label: str, name: str, headline: Headline, metrics: Metrics) -> Interval:
    """F1 with its interval; none where it rests on too little."""
    scores = metrics.models.get(name, {}).get("labels", {}).get(label)
    if scores is None:
        return Interval(headline.f1.get(label) if name == RELEASED else None)
    return Interval.of(scores["f1"]) if scores["enough"] else Interval(None)


def _bound(least: float | None, most: float | None) -> str:
    bounds: Iterator[str] = (
        f"{word} {figure(value, 2)}" for word, value in (("at least", least), ("at most", most)) if value is not None
    )
    return ", ".join(bounds)
