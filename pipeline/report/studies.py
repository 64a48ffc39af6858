"""What takes long and is run apart, as tables for docs/results.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.report.markdown import Metrics, figure, interval, spread, table

GAIN = "gain by votes"
REGIMES = ("rules only", "votes only", "gold only", "gold and votes", GAIN)
"""In the order in which they are told; the last is the difference of the two before it."""
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
    """What an unknown genre, topic or batch costs: over all sentences, at most, and where the score is lowest."""
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


@study("regimes")
def regimes_block(found: Mapping[str, Any]) -> str:
    """What was learned from what, by works with gold labels, and whether votes on the other works helped."""
    names = {"macro_f1": "macro-F1", "average_precision": "mean average precision"}
    return "\n\n".join(_regimes(title, found[key], found["orders"]) for key, title in names.items())


def _regimes(title: str, told: Mapping[str, Any], orders: int) -> str:
    works = sorted({size for points in told.values() for size in points}, key=int)
    rows = (
        [regime, *(spread(told[regime][size]) if size in told[regime] else "" for size in works)] for regime in REGIMES
    )
    lead = f"{title[0].upper()}{title[1:]}, mean and range over {orders} orders. {_verdict(title, told[GAIN])}"
    return f"{lead}\n\n{table(['', *(f'{int(size):,} works with gold' for size in works)], rows)}"


def _verdict(title: str, gain: Mapping[str, Mapping[str, float]]) -> str:
    """Where votes raised or lowered a figure in every order, and where in some only."""
    tests: dict[str, Callable[[Mapping[str, float]], bool]] = {
        f"raise the {title} in every order": lambda one: one["lowest"] > 0,
        f"lower the {title} in every order": lambda one: one["highest"] < 0,
        f"move the {title} up in some orders and down in others": lambda one: one["lowest"] <= 0 <= one["highest"],
    }
    told = {words: [size for size in sorted(gain, key=int) if holds(gain[size])] for words, holds in tests.items()}
    parts = [f"{words} where {' or '.join(sizes)} works have gold labels" for words, sizes in told.items() if sizes]
    return f"Votes on the other works {'; they '.join(parts)}."


STUDIES: dict[str, Callable[[Metrics], str]] = {
    "coverage": coverage_block,
    "leave-out": leave_out_block,
    "learning-curve": learning_curve_block,
    "regimes": regimes_block,
}
