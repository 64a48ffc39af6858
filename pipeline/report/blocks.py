"""Figures as Markdown tables: what README and docs quote is made here from metrics files, never typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BLOCK = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

FLOORS = {"majority": "majority", "rules": "rules only", "tfidf": "plain TF-IDF"}
RELEASED = "main"
STATES = {"all": "", "as_written": " as written", "rewritten": " rewritten"}
"""States of the corpus's documents, and how the texture table names them."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """What the blocks are made of: the content of metrics files."""

    models: Mapping[str, Mapping[str, Any]]
    """Scores by model name."""
    agreement: Mapping[str, Any]
    split: Mapping[str, Any]
    public: Mapping[str, Mapping[str, Any]]
    """Scores on public corpora by corpus."""
    corpus: Mapping[str, Mapping[str, Any]]
    """What was found out about the corpus itself: texture, people, curve."""
    targets: Mapping[str, float]
    """The ROC AUC that was aimed at on a target of a public corpus."""


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
    spans = ours["loaded_spans"]
    tail = (
        f"\n\nLoaded wordings, by the characters marked: precision {_interval(spans['precision'])}, recall "
        f"{_interval(spans['recall'])}, F1 {_interval(spans['f1'])}; the annotators reach F1 "
        f"{_figure(metrics.agreement['spans']['f1'])} with each other."
    )
    return table(head, [*_label_rows(metrics), _macro_row(metrics)]) + _too_few_note(ours) + tail


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


def agreement_block(metrics: Metrics) -> str:
    """How consistent the annotation passes are, label by label, and how each does against gold."""
    found = metrics.agreement
    lead = (
        f"{found['sentences']:,} sentences of {found['documents']} documents have two passes. On loaded wordings the "
        f"passes overlap with a character F1 of {_figure(found['spans']['f1'])}; on the kind of a line they agree in "
        f"{_figure(found['kind_agreement'])} of cases."
    )
    rows = (
        [label, _interval(alpha), *(_figure(found["annotators"][who][label]["f1"]) for who in ("first", "second"))]
        for label, alpha in found["alpha"].items()
    )
    return f"{lead}\n\n{table(['label', 'alpha (95 %)', 'first pass, F1', 'second pass, F1'], rows)}"


def people_block(metrics: Metrics) -> str:
    """How far model annotators agree with people, target by target."""
    rows = (
        [target.replace("->", " -> "), row["sentences"], row["positives"], _figure(row["kappa"]), _figure(row["auc"])]
        for target, row in metrics.corpus["people"]["targets"].items()
    )
    return table(["their label -> ours", "sentences", "positives", "Cohen's kappa", "AUC"], rows)


def texture_block(metrics: Metrics) -> str:
    """How varied the corpus is, beside public corpora."""
    found = metrics.corpus["texture"]
    blind = metrics.corpus["people"]["blind"]
    rows: list[list[object]] = [
        ["documents", *(f"{own['documents']:,}" for own in found.values())],
        ["sentences", *(f"{own['sentences']:,}" for own in found.values())],
        *_word_rows(found),
        ["4-grams in more than one document", *(_figure(own["repeated_four_grams"]) for own in found.values())],
        [
            "sentences with one of the ten commonest openings",
            *(_figure(own["alike_openings"]) for own in found.values()),
        ],
        [
            "likeness to the nearest document, mean",
            *(_figure(own["nearest_neighbour"]["mean"]) for own in found.values()),
        ],
        ["words in a sentence, 5 % - median - 95 %", *map(_lengths, found.values())],
        *_told_apart_rows(found),
    ]
    tail = ", ".join(f"{name}: {_interval(choice)} of {choice['choices']}" for name, choice in blind.items())
    lead = (
        f"{found['ours']['rewritten']} of our documents are rewritten. Share of blind choices between two excerpts in "
        "which readers who had not written told ours from published"
    )
    return f"{table(['', *found], rows)}\n\n{lead} (.5 is guessing), by state of our texts: {tail}."


def curve_block(metrics: Metrics) -> str:
    """ROC AUC on public corpora after so many sentences of ours, mean over orders and range."""
    found = metrics.corpus["curve"]
    sizes = sorted(next(iter(found.values())), key=int)
    rows = (
        [target.replace("->", " -> "), *(_range(points[size]) for size in sizes)] for target, points in found.items()
    )
    return table(["their label -> ours", *(f"{int(size):,}" for size in sizes)], rows)


def versions_block(metrics: Metrics) -> str:
    """What there is to compare: families of versions, their alignment, and what annotators found changed."""
    found = metrics.corpus["versions"]
    lead = (
        f"{sum(found['families'].values())} works ({found['families'].get('test', 0)} of them for testing) exist in "
        f"{sum(found['versions'].values())} further versions, aligned with their source sentence by sentence. For "
        f"{found['versions_with_changes']} versions there are lists of what changed; where two annotators made one, "
        f"they found the same change at the same place with F1 {_figure(found['found_by_both_f1'])}."
    )
    counts = {**found["versions"], **{f"links: {shape}": count for shape, count in found["links"].items()}}
    return f"{lead}\n\n{table(['', 'count'], counts.items())}"


def targets_block(metrics: Metrics) -> str:
    """What was aimed at on public corpora before the corpus was written, and whether it holds."""
    measured = {
        target: scores["models"][RELEASED]["auc"]
        for corpus in metrics.public.values()
        for target, scores in corpus["targets"].items()
    }
    holds = {target: measured[target]["value"] >= aim for target, aim in metrics.targets.items()}
    rows = (
        [target.replace("->", " -> "), _figure(aim), _interval(measured[target]), "yes" if holds[target] else "no"]
        for target, aim in metrics.targets.items()
    )
    lead = f"{sum(holds.values())} of {len(holds)} hold."
    return f"{lead}\n\n{table(['their label -> ours', 'aim', 'main (95 %)', 'holds'], rows)}"


def _word_rows(found: Mapping[str, Any]) -> Iterator[list[object]]:
    sizes = sorted({size for own in found.values() for size in own["distinct_words"]}, key=int)
    for size in sizes:
        counts = (own["distinct_words"].get(size) for own in found.values())
        cells = ("-" if count is None else f"{count:,}" for count in counts)
        yield [f"distinct words among the first {int(size):,}", *cells]


def _told_apart_rows(found: Mapping[str, Any]) -> Iterator[list[object]]:
    for state, name in STATES.items():
        figures = (own.get("told_apart_auc", {}).get(state) for own in found.values())
        yield [f"told from ours{name} by function words, AUC", *map(_figure, figures)]


def _lengths(own: Mapping[str, Any]) -> str:
    lengths = own["sentence_length"]
    return " - ".join(f"{lengths[quantile]:g}" for quantile in ("0.05", "0.5", "0.95"))


def _range(point: Mapping[str, float]) -> str:
    return f"{_figure(point['mean'])} ({_figure(point['lowest'])}-{_figure(point['highest'])})"


BLOCKS: dict[str, Callable[[Metrics], str]] = {
    "corpus": corpus_block,
    "scores": scores_block,
    "transfer": transfer_block,
    "agreement": agreement_block,
    "people": people_block,
    "texture": texture_block,
    "curve": curve_block,
    "versions": versions_block,
    "targets": targets_block,
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
