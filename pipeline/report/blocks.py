"""Figures as Markdown tables: what README and docs quote is made here from metrics files, never typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BLOCK = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

FLOORS = {"majority": "majority", "rules": "rules only", "tfidf": "plain TF-IDF"}
RELEASED = "main"


@dataclass(frozen=True, slots=True)
class Metrics:
    """What the blocks are made of: the content of metrics files."""

    models: Mapping[str, Mapping[str, Any]]
    """Scores by model name."""
    agreement: Mapping[str, Any]
    split: Mapping[str, Any]
    public: Mapping[str, Mapping[str, Any]]
    """Scores on public corpora by corpus."""


def fill(text: str, metrics: Metrics) -> str:
    """`text` with every ``<!-- generated: NAME --> ... <!-- end -->`` filled anew.

    Raises:
        KeyError: a block has a name that is not in `BLOCKS`.
    """
    return BLOCK.sub(lambda match: f"{match[1]}{BLOCKS[match[2]](metrics)}\n{match[3]}", text)


def corpus_block(metrics: Metrics) -> str:
    """How large the corpus is, in one sentence and a table of labels."""
    parts = metrics.split["parts"]
    train, test = parts["train"], parts["test"]
    both = {name: train[name] + test[name] for name in ("works", "sentences")}
    lead = (
        f"{both['works']:,} works with {both['sentences']:,} labelled sentences, of which {test['works']:,} works "
        f"({test['sentences']:,} sentences) are held out."
    )
    rows = ([label, train["labels"][label], test["labels"][label]] for label in train["labels"])
    return f"{lead}\n\n{table(['label', 'training', 'held out'], rows)}"


def scores_block(metrics: Metrics) -> str:
    """The released model label by label, between what is trivial and how consistent the annotators are."""
    ours = metrics.models[RELEASED]
    head = [
        "label",
        "held-out sentences",
        "precision",
        "recall",
        "F1 (95 %)",
        "AUC",
        *FLOORS.values(),
        "annotators' alpha",
    ]
    return table(head, [*_label_rows(metrics), _macro_row(metrics)]) + _too_few_note(ours)


def transfer_block(metrics: Metrics) -> str:
    """How the models rank sentences of corpora they never saw, beside the best that other corpora teach."""
    head = [
        "their label -> ours",
        "sentences",
        "plain TF-IDF",
        "main (95 %)",
        "calibration error",
        "best from another corpus",
    ]
    rows = [
        [
            target.replace("->", " -> "),
            scores["models"][RELEASED]["sentences"],
            _figure(scores["models"]["tfidf"]["auc"]["value"]),
            _interval(scores["models"][RELEASED]["auc"]),
            _figure(scores["models"][RELEASED]["calibration_error"]["value"]),
            _best(scores["baselines"]),
        ]
        for corpus in metrics.public.values()
        for target, scores in corpus["targets"].items()
    ]
    return table(head, rows)


BLOCKS: dict[str, Callable[[Metrics], str]] = {
    "corpus": corpus_block,
    "scores": scores_block,
    "transfer": transfer_block,
}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _label_rows(metrics: Metrics) -> Iterator[list[object]]:
    for label, scores in metrics.models[RELEASED]["labels"].items():
        floors = [_figure(metrics.models[name]["labels"][label]["f1"]["value"]) for name in FLOORS]
        yield [
            label if scores["enough"] else f"{label} (too few)",
            scores["support"],
            _figure(scores["precision"]["value"]),
            _figure(scores["recall"]["value"]),
            _interval(scores["f1"]),
            _figure(scores["auc"]["value"]),
            *floors,
            _interval(metrics.agreement["alpha"][label]),
        ]


def _macro_row(metrics: Metrics) -> list[object]:
    floors = [_interval(metrics.models[name]["macro_f1"]) for name in FLOORS]
    return ["**macro-F1**", "", "", "", _interval(metrics.models[RELEASED]["macro_f1"]), "", *floors, ""]


def _too_few_note(scores: Mapping[str, Any]) -> str:
    few = [label for label, figures in scores["labels"].items() if not figures["enough"]]
    return f"\n\nToo few held-out positives to be counted in macro-F1: {', '.join(few)}." if few else ""


def _best(baselines: Mapping[str, Any]) -> str:
    found = {name: scores["auc"]["value"] for name, scores in baselines.items() if scores["auc"]["value"] is not None}
    return "-" if not found else _figure(max(found.values()))


def _interval(estimate: Mapping[str, float | None]) -> str:
    if estimate["low"] is None:
        return _figure(estimate["value"])
    return f"{_figure(estimate['value'])} ({_figure(estimate['low'])}-{_figure(estimate['high'])})"


def _figure(value: float | None) -> str:
    """Three decimals without the leading zero."""
    if value is None:
        return "-"
    return f"{value:.3f}".removeprefix("0") if value >= 0 else f"-{-value:.3f}".replace("-0", "-")
