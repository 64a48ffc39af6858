"""Figures as Markdown tables: what README and docs quote is made here from metrics files, never typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.report.card import CARD
from pipeline.report.facts import FACTS, sizes
from pipeline.report.markdown import RELEASED, Metrics, arrow, figure, interval, spread, table
from pipeline.report.public import PUBLIC
from pipeline.report.results import RESULTS
from pipeline.report.speed import SPEED
from pipeline.report.studies import STUDIES
from pipeline.report.version_tables import VERSIONS

BLOCK = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

FLOORS = {"majority": "majority", "rules": "rules only", "tfidf": "plain TF-IDF"}
STATES = {"all": "", "as_written": " as written", "rewritten": " rewritten"}
"""States of the corpus's documents, and how the texture table names them."""


def fill(text: str, metrics: Metrics) -> str:
    """`text` with every ``<!-- generated: NAME --> ... <!-- end -->`` filled anew; the names are those of `BLOCKS`.

    Raises:
        KeyError: a figure is not there.
    """
    return BLOCK.sub(lambda match: f"{match[1]}{BLOCKS[match[2]](metrics)}\n{match[3]}", text)


def unknown_blocks(text: str) -> list[str]:
    """The names of blocks in `text` that are not in `BLOCKS`."""
    return [match[2] for match in BLOCK.finditer(text) if match[2] not in BLOCKS]


def corpus_block(metrics: Metrics) -> str:
    """How large the corpus is, in one sentence and a table of labels."""
    train, test = (metrics.split["parts"][name] for name in ("train", "test"))
    rows = ([label, train["labels"][label], test["labels"][label]] for label in train["labels"])
    return f"{sizes(metrics)}\n\n{table(['label', 'training', 'held out'], rows)}"


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
        f"\n\nLoaded wordings, by the characters marked: precision {interval(spans['precision'])}, recall "
        f"{interval(spans['recall'])}, F1 {interval(spans['f1'])}; the annotators reach F1 "
        f"{figure(metrics.agreement['spans']['f1'])} with each other."
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
            arrow(target),
            scores["models"][RELEASED]["sentences"],
            figure(scores["models"]["tfidf"]["auc"]["value"]),
            interval(scores["models"][RELEASED]["auc"]),
            figure(scores["models"][RELEASED]["calibration_error"]["value"]),
            _best(scores["baselines"]),
        ]
        for target, scores in metrics.public_targets.items()
    ]
    return table(head, rows)


def agreement_block(metrics: Metrics) -> str:
    """How consistent the annotation passes are, label by label, and how each does against gold."""
    found = metrics.agreement
    lead = (
        f"{found['sentences']:,} sentences of {found['documents']} documents have two passes. On loaded wordings the "
        f"passes overlap with a character F1 of {figure(found['spans']['f1'])}; on the kind of a line they agree in "
        f"{figure(found['kind_agreement'])} of cases."
    )
    rows = (
        [label, interval(alpha), *(figure(found["annotators"][who][label]["f1"]) for who in ("first", "second"))]
        for label, alpha in found["alpha"].items()
    )
    return f"{lead}\n\n{table(['label', 'alpha (95 %)', 'first pass, F1', 'second pass, F1'], rows)}"


def people_block(metrics: Metrics) -> str:
    """How far model annotators agree with people, target by target."""
    rows = (
        [arrow(target), row["sentences"], row["positives"], figure(row["kappa"]), figure(row["auc"])]
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
        ["4-grams in more than one document", *(figure(own["repeated_four_grams"]) for own in found.values())],
        [
            "sentences with one of the ten commonest openings",
            *(figure(own["alike_openings"]) for own in found.values()),
        ],
        [
            "likeness to the nearest document, mean",
            *(figure(own["nearest_neighbour"]["mean"]) for own in found.values()),
        ],
        ["words in a sentence, 5 % - median - 95 %", *map(_lengths, found.values())],
        *_told_apart_rows(found),
    ]
    tail = ", ".join(f"{name}: {interval(choice)} of {choice['choices']}" for name, choice in blind.items())
    lead = (
        f"{found['ours']['rewritten']} of our documents are rewritten. Share of blind choices between two excerpts in "
        "which readers who had not written told ours from published"
    )
    return f"{table(['', *found], rows)}\n\n{lead} (.5 is guessing), by state of our texts: {tail}."


def curve_block(metrics: Metrics) -> str:
    """ROC AUC on public corpora after so many sentences of ours, mean over orders and range."""
    found = metrics.corpus["curve"]
    sizes = sorted(next(iter(found.values())), key=int)
    rows = ([arrow(target), *(spread(points[size]) for size in sizes)] for target, points in found.items())
    return table(["their label -> ours", *(f"{int(size):,}" for size in sizes)], rows)


def versions_block(metrics: Metrics) -> str:
    """What there is to compare: families of versions, their alignment, and what annotators found changed."""
    found = metrics.corpus["versions"]
    lead = (
        f"{sum(found['families'].values())} works ({found['families'].get('test', 0)} of them for testing) exist in "
        f"{sum(found['versions'].values())} further versions, aligned with their source sentence by sentence. For "
        f"{found['versions_with_changes']} versions there are lists of what changed; where two annotators made one, "
        f"they found the same change at the same place with F1 {figure(found['found_by_both_f1'])}."
    )
    counts = {**found["versions"], **{f"links: {shape}": count for shape, count in found["links"].items()}}
    return f"{lead}\n\n{table(['', 'count'], counts.items())}"


def targets_block(metrics: Metrics) -> str:
    """What was aimed at on public corpora before the corpus was written, and whether it holds."""
    measured = {target: scores["models"][RELEASED]["auc"] for target, scores in metrics.public_targets.items()}
    frozen = metrics.corpus["frozen"]["targets"]
    rows = [
        [arrow(target), figure(aim), *_held(measured[target], aim), *_held(frozen[target], aim)]
        for target, aim in metrics.targets.items()
    ]
    holding, also = (sum(row[column] == "yes" for row in rows) for column in (3, 5))
    lead = f"{holding} of {len(rows)} hold for the released model, {also} for the first one."
    head = ["their label -> ours", "aim", "main (95 %)", "holds", "the first main (95 %)", "holds"]
    return f"{lead}\n\n{table(head, rows)}"


def _held(estimate: Mapping[str, float], aim: float) -> tuple[str, str]:
    return interval(estimate), "yes" if estimate["value"] >= aim else "no"


def _word_rows(found: Mapping[str, Any]) -> Iterator[list[object]]:
    sizes = sorted({size for own in found.values() for size in own["distinct_words"]}, key=int)
    for size in sizes:
        counts = (own["distinct_words"].get(size) for own in found.values())
        cells = ("-" if count is None else f"{count:,}" for count in counts)
        yield [f"distinct words among the first {int(size):,}", *cells]


def _told_apart_rows(found: Mapping[str, Any]) -> Iterator[list[object]]:
    for state, name in STATES.items():
        figures = (own.get("told_apart_auc", {}).get(state) for own in found.values())
        yield [f"told from ours{name} by function words, AUC", *map(figure, figures)]


def _lengths(own: Mapping[str, Any]) -> str:
    lengths = own["sentence_length"]
    return " - ".join(f"{lengths[quantile]:g}" for quantile in ("0.05", "0.5", "0.95"))


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
    **RESULTS,
    **STUDIES,
    **FACTS,
    **CARD,
    **SPEED,
    **VERSIONS,
    **PUBLIC,
}


def _label_rows(metrics: Metrics) -> Iterator[list[object]]:
    for label, scores in metrics.models[RELEASED]["labels"].items():
        floors = [figure(metrics.models[name]["labels"][label]["f1"]["value"]) for name in FLOORS]
        yield [
            label if scores["enough"] else f"{label} (too few)",
            scores["support"],
            figure(scores["precision"]["value"]),
            figure(scores["recall"]["value"]),
            interval(scores["f1"]),
            figure(scores["auc"]["value"]),
            *floors,
            interval(metrics.agreement["alpha"][label]),
        ]


def _macro_row(metrics: Metrics) -> list[object]:
    floors = [interval(metrics.models[name]["macro_f1"]) for name in FLOORS]
    return ["**macro-F1**", "", "", "", interval(metrics.models[RELEASED]["macro_f1"]), "", *floors, ""]


def _too_few_note(scores: Mapping[str, Any]) -> str:
    few = [label for label, figures in scores["labels"].items() if not figures["enough"]]
    return f"\n\nToo few held-out positives to be counted in macro-F1: {', '.join(few)}." if few else ""


def _best(baselines: Mapping[str, Any]) -> str:
    found = {name: scores["auc"]["value"] for name, scores in baselines.items() if scores["auc"]["value"] is not None}
    return "-" if not found else figure(max(found.values()))
