"""The page of the model, continued: how it holds up elsewhere, when things are changed, and against controls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from pipeline.core.scheme import Scheme
from pipeline.report.blocks import FLOORS
from pipeline.report.figures import RELEASED, Metrics
from pipeline.report.model import Missing, Part, Section
from pipeline.report.plots import growth
from pipeline.report.tables import Cell, Interval, Table, table


def public(metrics: Metrics, _: Scheme) -> Section:
    """How models rank the sentences of corpora that people labelled, and what more of ours buys there."""
    lead = (
        "The released model has never been trained on these. It ranks their sentences for the label of ours that comes "
        "closest; .5 is guessing. The project’s corpus and rules were written while reading the other parts of them."
    )
    parts: list[Part] = [_transfer(metrics)] if metrics.public else []
    if not parts:
        parts.append(Missing("How the model does there", "`make benchmark CORPORA=DIR` measures it"))
    if metrics.trained:
        parts.append(_trained(metrics))
    curve = metrics.get("corpus/curve")
    if curve:
        parts.append(growth("ROC AUC by number of training sentences", _arrows(curve)))
        parts.append(_curve(curve))
    else:
        parts.append(Missing("What more of the corpus buys there", "`make study CORPORA=DIR` measures it"))
    return Section("public", "Corpora that people labelled", lead, tuple(parts))


def _transfer(metrics: Metrics) -> Table:
    rows = [
        (
            target.replace("->", " → "),
            own["models"][RELEASED]["sentences"],
            own["models"].get("tfidf", {}).get("auc", {}).get("value"),
            *(Interval.of(own["models"][RELEASED][name]) for name in ("auc", "average_precision", "f1")),
            Interval.of(own["models"][RELEASED]["calibration_error"]),
            max((other["auc"]["value"] or 0.0 for other in own["baselines"].values()), default=None),
        )
        for corpus in metrics.public.values()
        for target, own in corpus["targets"].items()
    ]
    head = ("their label → ours", "sentences", "plain TF-IDF, ROC AUC", "ROC AUC", "average precision", "F1")
    tail = ("calibration error", "ROC AUC learned from another such corpus")
    return table("public", "Parts of public corpora that nobody here has read", (*head, *tail), rows)


def _trained(metrics: Metrics) -> Table:
    rows = [
        (corpus, row["protocol"], row["learner"], row["supervision"], Interval.of(row["macro_f1"]), row["sentences"])
        for corpus, own in metrics.trained.items()
        for task in own["tasks"].values()
        for row in task
    ]
    head = ("corpus", "protocol", "learner", "learned from", "macro-F1", "sentences")
    return table("trained", "Our learners trained on these corpora by their published protocols", head, rows)


def _arrows(curve: Mapping[str, Any]) -> dict[str, Any]:
    return {target.replace("->", " → "): points for target, points in curve.items()}


def _curve(curve: Mapping[str, Any]) -> Table:
    sizes = sorted({size for points in curve.values() for size in points}, key=int)
    rows = [
        (target, *(_range(points[size]) if size in points else None for size in sizes))
        for target, points in _arrows(curve).items()
    ]
    head = ("their label → ours", *(f"{int(size):,}" for size in sizes))
    return table("curve", "ROC AUC after so many sentences of ours: mean over random orders, and range", head, rows)


def _range(point: Mapping[str, float]) -> Interval:
    return Interval(point["mean"], point["lowest"], point["highest"])


def differences(metrics: Metrics, scheme: Scheme) -> Section:
    """How far the released model is ahead of the floors, under the same resamples."""
    lead = "F1 of the released model less that of another, under the same resamples of documents; above 0 it is ahead."
    found = metrics.get("differences")
    section = partial(Section, "differences", "Ahead of the floors", lead)
    if not found:
        return section((Missing("The lead", "the stage differences"),))
    ahead = found["ahead_of"]
    rows: list[tuple[Cell, ...]] = [
        (label.name, *(_lead(own, label.id) for own in ahead.values())) for label in scheme.labels
    ]
    rows.append(("macro-F1", *(Interval.of(own["macro_f1"]) for own in ahead.values())))
    head = ("label", *(FLOORS.get(name, name) for name in ahead))
    return section((table("differences", "Difference in F1 (95%)", head, rows),))


def _lead(own: Mapping[str, Any], label: str) -> Interval:
    return Interval.of(own["labels"].get(label, {}).get("f1"))


def slices(metrics: Metrics, _: Scheme) -> Section:
    """Where the model does well and where badly."""
    lead = "Micro-F1 over all labels in parts of the corpus, by models that had not seen the work."
    found = metrics.get("slices")
    parts: Iterator[Part] = (
        table(
            f"slices-{name}",
            f"By {name}; worst: {own['worst']}",
            (name, "documents", "sentences", "micro-F1"),
            [
                (what, row["documents"], row["sentences"], Interval.of(row["micro_f1"] if row["enough"] else None))
                for what, row in own["slices"].items()
                if row["enough"]
            ],
        )
        for name, own in found.items()
    )
    return Section("slices", "Slices", lead, tuple(parts) or (Missing("Slices", "the stage slices measures them"),))


def contrast(metrics: Metrics, scheme: Scheme) -> Section:
    """Pairs that differ in one label only."""
    found = metrics.get("contrast")
    lead = (
        "Pairs of sentences that differ in little but the label, written without sight of the rules and never trained "
        f"on. A pair counts when both sides are right; guessing gets {found.get('chance', 0.25):.0%}."
    )
    section = partial(Section, "contrast", "Contrast pairs", lead)
    if not found:
        return section((Missing("Contrast pairs", "the stage contrast"),))
    models = found["models"]
    rows = [
        (
            label.name,
            models[RELEASED]["labels"][label.id]["pairs"],
            *(Interval.of(own["labels"][label.id]["both_right"]) for own in models.values()),
        )
        for label in scheme.labels
        if label.id in models[RELEASED]["labels"]
    ]
    rows.append(("all", found["pairs"], *(Interval.of(own["both_right"]) for own in models.values())))
    head = ("label", "pairs", *(FLOORS.get(name, name) for name in models))
    return section((table("contrast", "Pairs with both sides right", head, rows),))


def invariance(metrics: Metrics, scheme: Scheme) -> Section:
    """Whether names of groups decide."""
    found = metrics.get("invariance")
    lead = (
        "Names of parties, nations, genders, faiths and institutions are swapped for their counterparts; no label "
        "should change. Flips: share of decisions that do; change: mean absolute change of the probability."
    )
    section = partial(Section, "invariance", "Names of groups", lead)
    if not found:
        return section((Missing("Invariance", "the stage invariance"),))
    own = found["models"][RELEASED]
    parts = tuple(
        table(f"invariance-{name}", caption, (head, "sentences", "flips", "change"), _swapped(rows))
        for name, caption, head, rows in (
            ("sorts", "By what is swapped", "swapped", own["sorts"]),
            ("labels", "By label", "label", {label.name: own["labels"].get(label.id) for label in scheme.labels}),
        )
    )
    return section(parts)


def _swapped(rows: Mapping[str, Any]) -> Iterator[tuple[str, int, Interval, Interval]]:
    return (
        (name, row["sentences"], Interval.of(row["flip_rate"]), Interval.of(row["mean_change"]))
        for name, row in rows.items()
        if row
    )


def shares(metrics: Metrics, scheme: Scheme) -> Section:
    """Whether adjusted shares can be trusted."""
    lead = (
        "Shares of labels in random mixes of genres, counted from the model’s labels (raw) and adjusted for its error "
        "rates: how far they are from the annotators’, and how often their 95% interval covers it. Then, what a sample "
        "labelled by hand would give."
    )
    found = metrics.get("shares")
    section = partial(Section, "shares", "Shares", lead)
    if not found:
        return section((Missing("How far shares are off", "the stage shares measures it"),))
    mixes = [
        (label.name, *(found["mixes"][label.id][kind][name] for kind in ("raw", "adjusted") for name in _ERRORS))
        for label in scheme.labels
    ]
    head = ("label", *(f"{kind}: {told}" for kind in ("raw", "adjusted") for told in _ERRORS.values()))
    by_hand = [
        (label.name, *(value for row in found["by_hand"][label.id] for value in (row["width"], row["covered"])))
        for label in scheme.labels
    ]
    sizes = [row["sentences"] for row in next(iter(found["by_hand"].values()))]
    hand_head = ("label", *(f"{size} sentences: {told}" for size in sizes for told in ("width", "covered")))
    caption = "With so many sentences labelled by hand: mean width of the interval, and how often it covers"
    parts = (
        table("shares-mixes", "Shares of mixes of genres", head, mixes),
        table("shares-by-hand", caption, hand_head, by_hand),
    )
    return section(parts)


_ERRORS = {"mean_error": "mean error", "covered": "covered"}


def controls(metrics: Metrics, _: Scheme) -> Section:
    """What must come out as nothing, and what must be found."""
    lead = "With labels shuffled inside each document there is nothing to learn (.5); planted leaks must be found."
    found = metrics.get("controls")
    section = partial(Section, "controls", "Controls", lead)
    if not found:
        return section((Missing("Controls", "the stage controls runs them"),))
    auc, leaks = found["shuffled_labels_auc"], found["leaks"]
    rows = [
        ("ROC AUC, true labels", found["true_labels_auc"]),
        ("ROC AUC, shuffled labels: mean and range", Interval(auc["mean"], auc["lowest"], auc["highest"])),
        ("leaks planted", leaks["planted"]),
        ("leaks found", leaks["found"]),
    ]
    return section((table("controls", "Controls", ("control", "figure"), rows),))


SECTIONS: tuple[Callable[[Metrics, Scheme], Section], ...] = (
    public,
    differences,
    slices,
    contrast,
    invariance,
    shares,
    controls,
)
