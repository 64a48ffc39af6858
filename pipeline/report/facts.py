"""Figures in a sentence each, for pages that answer a list of questions: the checklist and the model info sheet."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from pipeline.report.markdown import RELEASED, Metrics, figure, interval


def sizes(metrics: Metrics) -> str:
    """How large the corpus is, and how much of it is held out."""
    parts = metrics.split["parts"]
    works, sentences = (sum(part[what] for part in parts.values()) for what in ("works", "sentences"))
    test = parts["test"]
    return (
        f"{works:,} works with {sentences:,} labelled sentences, of which {test['works']:,} works "
        f"({test['sentences']:,} sentences) are held out."
    )


def passes(metrics: Metrics) -> str:
    """How much was annotated twice, and how far the passes agree."""
    found = metrics.agreement
    alphas = [alpha["value"] for alpha in found["alpha"].values() if alpha["value"] is not None]
    return (
        f"{found['sentences']:,} sentences of {found['documents']} documents have two passes; Krippendorff's alpha "
        f"lies between {figure(min(alphas))} and {figure(max(alphas))} over {len(alphas)} labels."
    )


def headline(metrics: Metrics) -> str:
    """Macro-F1 on held-out works between floors and annotators."""
    found = metrics.measures["differences"]
    macro = {name: one["value"] for name, one in found["macro_f1"].items()}
    annotators = [value for name, value in macro.items() if name.startswith("annotator")]
    return (
        f"Macro-F1 on held-out works {interval(found['macro_f1'][RELEASED])}: ahead of plain TF-IDF by "
        f"{interval(found['ahead_of']['tfidf']['macro_f1'])}. Rules alone reach {figure(macro['rules'])}, the majority "
        f"{figure(macro['majority'])}, the annotation passes {' and '.join(map(figure, annotators))}."
    )


def audit(metrics: Metrics) -> str:
    """What the audit compared and found, and whether it sees what is planted."""
    found, leaks = metrics.measures["audit"], metrics.measures["controls"]["leaks"]
    counts = found["sentences"]
    return (
        f"{counts['train']:,} training sentences were compared with {counts['test']:,} held-out ones and "
        f"{counts['contrast']:,} of the contrast set: {len(found['findings'])} findings. Of {leaks['planted']} leaks "
        f"planted on purpose, {leaks['found']} were found."
    )


def outside(metrics: Metrics) -> str:
    """What the released model reaches on corpora that people labelled."""
    targets = {name: scores["models"] for name, scores in metrics.public_targets.items()}
    aucs = {name: models[RELEASED]["auc"]["value"] for name, models in targets.items()}
    ahead = sum(aucs[name] > models["tfidf"]["auc"]["value"] for name, models in targets.items())
    held = sum(aucs[name] >= aim for name, aim in metrics.targets.items())
    return (
        f"{len(aucs)} targets of {len(metrics.public)} public corpora: ROC AUC from {figure(min(aucs.values()))} to "
        f"{figure(max(aucs.values()))}, median {figure(median(aucs.values()))}; above our plain TF-IDF on {ahead}. "
        f"Of {len(metrics.targets)} aims set beforehand {held} hold."
    )


FACTS: dict[str, Callable[[Metrics], str]] = {
    "sizes": sizes,
    "passes": passes,
    "headline": headline,
    "audit": audit,
    "outside": outside,
}
