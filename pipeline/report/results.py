"""What the pipeline measures beside its scores, as tables for docs/results.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.report.markdown import RELEASED, Metrics, figure, interval, table

COMPARED = ("tfidf", RELEASED)
"""Models that are told side by side."""
PLAIN = "tfidf"
LEAST_P = 0.001
"""A smaller p-value is told as being below it."""


def differences_block(metrics: Metrics) -> str:
    """Macro-F1 of every model and annotation pass, and how far the released model is ahead."""
    found = metrics.measures["differences"]
    rows = (
        [name, interval(macro), interval(found["ahead_of"][name]["macro_f1"]) if name in found["ahead_of"] else ""]
        for name, macro in found["macro_f1"].items()
    )
    return table(["", "macro-F1 (95 %)", f"{RELEASED} ahead by (95 %)"], rows)


def difference_labels_block(metrics: Metrics) -> str:
    """How far the released model is ahead of plain TF-IDF, label by label."""
    labels = metrics.measures["differences"]["ahead_of"][PLAIN]["labels"]
    rows = ([label, interval(one["f1"]), _p_value(one["mcnemar_p_holm"])] for label, one in labels.items())
    return table(["label", "difference of F1 (95 %)", "McNemar's p, corrected"], rows)


def _p_value(value: float) -> str:
    return figure(value) if value >= LEAST_P else f"< {figure(LEAST_P)}"


def voices_block(metrics: Metrics) -> str:
    """Labels that carry a voice, and loaded wordings, voice by voice."""
    ours = metrics.models[RELEASED]
    labels = (
        [f"{label}, {voice}", *_voice_cells(one)]
        for label, voices in ours["labels_by_voice"].items()
        for voice, one in voices.items()
    )
    wordings = (
        [f"wordings, {voice}", *_voice_cells({"enough": True, **one})]
        for voice, one in ours["loaded_spans_by_voice"].items()
    )
    return table(["label and voice", "held out", "precision", "recall", "F1 (95 %)"], [*labels, *wordings])


def _voice_cells(one: Mapping[str, Any]) -> list[object]:
    if not one["enough"]:
        return [one["support"], "too few", "", ""]
    return [one["support"], figure(one["precision"]["value"]), figure(one["recall"]["value"]), interval(one["f1"])]


def slices_block(metrics: Metrics) -> str:
    """The worst and the best slice of every property."""
    head = ["property", "slices with enough documents", "worst", "micro-F1 (95 %)", "best", "micro-F1 (95 %)"]
    rows = []
    for name, told in metrics.measures["slices"].items():
        ranked = _ranked(told["slices"])
        ends = [cell for end in ranked[:1] + ranked[-1:] for cell in (end, interval(_micro(told, end)))]
        rows.append([name, len(ranked), *(ends or [""] * 4)])
    return table(head, rows)


def genres_block(metrics: Metrics) -> str:
    """Every genre, the worst first."""
    told = metrics.measures["slices"]["genre"]
    rows = (
        [name, told["slices"][name]["documents"], told["slices"][name]["sentences"], interval(_micro(told, name))]
        for name in _ranked(told["slices"])
    )
    return table(["genre", "documents", "sentences", "micro-F1 (95 %)"], rows)


def _micro(told: Mapping[str, Any], name: str) -> Mapping[str, float | None]:
    figures: Mapping[str, float | None] = told["slices"][name]["micro_f1"]
    return figures


def _ranked(slices: Mapping[str, Any]) -> list[str]:
    """The slices with enough documents and a figure, the worst first."""
    sound = {name: one["micro_f1"]["value"] for name, one in slices.items() if one["enough"]}
    return sorted((name for name, value in sound.items() if value is not None), key=lambda name: sound[name])


def abstention_block(metrics: Metrics) -> str:
    """How many sentences models are uncertain of, and what leaving them to people gains."""
    rows = (
        [name, *(interval(metrics.models[name]["abstention"][key]) for key in keys)]
        for keys in [("uncertain", "micro_f1_all", "micro_f1_certain")]
        for name in COMPARED
    )
    return table(["model", "uncertain", "micro-F1, all sentences", "micro-F1, the others"], rows)


def calibration_block(metrics: Metrics) -> str:
    """How far probabilities are off, label by label."""
    rows = (
        [label, interval(one["calibration_error"]), figure(one["brier"]["value"])]
        for label, one in metrics.models[RELEASED]["labels"].items()
    )
    return table(["label", "calibration error (95 %)", "Brier score"], rows)


def rates_block(metrics: Metrics) -> str:
    """How the released model errs on training works that it has not seen."""
    rows = (
        [
            label,
            interval(one["true_positive_rate"]),
            interval(one["false_positive_rate"]),
            "yes" if one["estimable"] else "no",
        ]
        for label, one in metrics.measures["shares"]["rates"].items()
    )
    return table(["label", "true positive rate", "false positive rate", "share estimable"], rows)


def mixes_block(metrics: Metrics) -> str:
    """How far raw and adjusted shares are off in mixes of genres, and how often their intervals cover the truth."""
    rows = (
        [label, *(figure(one[name][key]) for name in ("raw", "adjusted") for key in ("mean_error", "covered"))]
        for label, one in metrics.measures["shares"]["mixes"].items()
    )
    head = ["label", "raw share, mean error", "interval covers", "adjusted share, mean error", "interval covers"]
    return table(head, rows)


def by_hand_block(metrics: Metrics) -> str:
    """What a sample labelled by hand buys: the mean width of the interval, and how often it covers."""
    found = metrics.measures["shares"]["by_hand"]
    sizes = [row["sentences"] for row in next(iter(found.values()))]
    rows = (
        [label, *(f"{figure(row['width'])} ({figure(row['covered'])})" for row in told)]
        for label, told in found.items()
    )
    return table(["label", *(f"{size:,} by hand" for size in sizes)], rows)


def contrast_block(metrics: Metrics) -> str:
    """Minimal pairs right on both sides, by label and model."""
    models = metrics.measures["contrast"]["models"]
    labels = models[RELEASED]["labels"]
    rows: list[list[object]] = [
        [label, one["pairs"], *(interval(models[name]["labels"][label]["both_right"]) for name in COMPARED)]
        for label, one in labels.items()
    ]
    total = [metrics.measures["contrast"]["pairs"], *(interval(models[name]["both_right"]) for name in COMPARED)]
    return table(["label", "pairs", *COMPARED], [*rows, ["**all**", *total]])


def invariance_block(metrics: Metrics) -> str:
    """How often a decision flips when the names of groups are exchanged, by label and by sort of group."""
    models = metrics.measures["invariance"]["models"]
    rows = (
        [
            name,
            one["sentences"],
            *(interval(models[model][part][name]["flip_rate"]) for model in COMPARED),
            interval(one["mean_change"]),
        ]
        for part in ("labels", "sorts")
        for name, one in models[RELEASED][part].items()
    )
    head = ["", "sentences", *(f"{name}, flips" for name in COMPARED), f"{RELEASED}, mean change of probability"]
    return table(head, rows)


def controls_block(metrics: Metrics) -> str:
    """What came out of the controls, in a sentence each."""
    found = metrics.measures["controls"]
    shuffled, leaks = found["shuffled_labels_auc"], found["leaks"]
    return (
        "Inside documents the model ranks sentences for the true labels with a mean ROC AUC of "
        f"{figure(found['true_labels_auc'])}; for labels shuffled inside each document with {figure(shuffled['mean'])} "
        f"(from {figure(shuffled['lowest'])} to {figure(shuffled['highest'])} over {shuffled['shuffles']} shuffles). "
        f"Of {leaks['planted']} held-out sentences planted in the training part the audit finds {leaks['found']}."
    )


def gates_block(metrics: Metrics) -> str:
    """Every gate with its figure, bound and answer."""
    rows = (
        [name, interval(gate), " and ".join(_bounds(gate)), gate["answer"]]
        for name, gate in metrics.measures["gates"]["gates"].items()
    )
    return table(["gate", "figure", "bound", "answer"], rows)


def _bounds(gate: Mapping[str, Any]) -> Iterator[str]:
    for key, words in (("least", "at least"), ("most", "at most")):
        if gate[key] is not None:
            yield f"{words} {figure(gate[key])}"


RESULTS: dict[str, Callable[[Metrics], str]] = {
    "differences": differences_block,
    "difference-labels": difference_labels_block,
    "voices": voices_block,
    "slices": slices_block,
    "genres": genres_block,
    "abstention": abstention_block,
    "calibration": calibration_block,
    "rates": rates_block,
    "mixes": mixes_block,
    "by-hand": by_hand_block,
    "contrast": contrast_block,
    "invariance": invariance_block,
    "controls": controls_block,
    "gates": gates_block,
}
