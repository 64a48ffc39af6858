"""What takes long and is run apart, as tables for docs/results.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.report.markdown import Metrics, figure, interval, spread, table

NOT_YET = "Not measured yet: `make study` does."


def study(name: str) -> Callable[[Callable[[Mapping[str, Any]], str]], Callable[[Metrics], str]]:
    """A block made from the figures of one study, or a line that says that there are none yet."""

    def made(block: Callable[[Mapping[str, Any]], str]) -> Callable[[Metrics], str]:
        return lambda metrics: block(metrics.studies[name]) if name in metrics.studies else NOT_YET

    return made


@study("coverage")
def coverage_block(found: Mapping[str, Any]) -> str:
    """How often simulated intervals cover the truth, by prevalence."""
    lead = (
        f"Simulated test parts of {found['documents']} documents and {found['sentences']:,} sentences, correlation "
        f"{figure(found['correlation'])} inside a document, intervals at {100 * found['level']:g} %."
    )
    rows = (
        [
            f"{100 * float(prevalence):g} %",
            *(figure(told[name]["covered"]) for name in ("precision", "recall", "f1")),
            figure(told["f1"]["width"]),
        ]
        for prevalence, told in found["prevalence"].items()
    )
    head = ["sentences that carry the label", "precision covered", "recall covered", "F1 covered", "F1, mean width"]
    return f"{lead}\n\n{table(head, rows)}"


@study("leave_out")
def leave_out_block(found: Mapping[str, Any]) -> str:
    """What an unknown genre, topic or batch costs: over all sentences, where it costs most, and where least is right."""
    head = [
        *("left out", "documents", "sentences", "micro-F1, own work left out", "micro-F1, all of its kind left out"),
        "gap (95 %)",
    ]
    return table(head, (row for name, told in found.items() for row in _leave_out_rows(name, told)))


def _leave_out_rows(name: str, told: Mapping[str, Any]) -> Iterator[list[object]]:
    known = {value: one for value, one in told.items() if value != "all" and one["enough"]}
    sound = {value: one for value, one in known.items() if one["gap"]["value"] is not None}
    yield [f"each {name} in turn, {len(told) - 1} in all", *_leave_out_cells(told["all"])]
    if not sound:
        yield [f"each {name} by itself", "too few", *[""] * 4]
        return
    for title, key in (("widest gap", "gap"), ("lowest score", "left_out")):
        worst = min(sound, key=lambda value: sound[value][key]["value"])
        yield [f"{title} of {len(sound)} with enough documents: {worst}", *_leave_out_cells(sound[worst])]


def _leave_out_cells(one: Mapping[str, Any]) -> list[object]:
    counts = (f"{one[key]:,}" for key in ("documents", "sentences"))
    return [*counts, *(interval(one[key]) for key in ("in_distribution", "left_out", "gap"))]


@study("learning_curve")
def learning_curve_block(found: Mapping[str, Any]) -> str:
    """Average precision of every label after so many works, mean over orders and range."""
    sizes = sorted(next(iter(found.values())), key=int)
    rows = ([label, *(spread(points[size]) for size in sizes)] for label, points in found.items())
    return table(["label", *(f"{int(size):,} works" for size in sizes)], rows)


STUDIES: dict[str, Callable[[Metrics], str]] = {
    "coverage": coverage_block,
    "leave-out": leave_out_block,
    "learning-curve": learning_curve_block,
}
