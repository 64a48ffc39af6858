"""What the released model said of both parts in; its error rates, and whether they give true shares, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.files import write_json
from pipeline.core.params import Params, load_params
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import CHANCES
from pipeline.evaluation.bootstrap import DECIMALS, estimate
from pipeline.evaluation.evaluate import Outcome
from pipeline.evaluation.outcomes import read_judged, together
from pipeline.evaluation.shares import ErrorRates, checked, corrected_by_sample, rates_of, share
from pipeline.learning.split import ManifestEntry, read_manifest

Rows = npt.NDArray[np.int64]


def run(
    *,
    train: Path,
    out_of_fold: Path,
    test: Path,
    outcome: Path,
    manifest: Path,
    scheme: Path,
    params: Path,
    metrics: Path,
) -> None:
    """Measure how the model errs on the training part, and see how well that mends its counts on the held-out part.

    Args:
        train: table of the training part.
        out_of_fold: what the model says of it without having seen a sentence's work.
        test: table of the held-out part.
        outcome: what the model says of that.
        manifest: seeds/manifest.jsonl.
        scheme: labels/scheme.yaml.
        params: params.yaml.
        metrics: rates; true, raw and adjusted shares of the held-out part, of its genres, of topics in both parts, and
            of mixes of genres; what a sample labelled by hand buys.
    """
    settings = load_params(params)
    labels = load_scheme(scheme)
    _, known = read_judged(train, out_of_fold, labels.ids, CHANCES)
    _, ours = read_judged(test, outcome, labels.ids)
    facts = read_manifest(manifest)
    genres = np.array([facts[document].genre for document in ours.documents])
    rates = list(rates_of(known, settings.bootstrap).values())
    everything = np.arange(len(ours.documents))
    mixes = list(_mixes(genres, settings))
    write_json(
        metrics,
        {
            "rates": {label: _rates_row(rate, settings) for label, rate in zip(labels.ids, rates, strict=True)},
            "held_out": _by_label(ours, everything, rates, settings),
            "genres": {
                str(genre): _by_label(ours, np.flatnonzero(genres == genre), rates, settings)
                for genre in np.unique(genres)
            },
            "topics": _by_topic(known, together(known, ours), facts, settings),
            "mixes": _errors([_by_label(ours, mix, rates, settings) for mix in mixes], labels.ids),
            "by_hand": {
                label: [_by_hand(ours, column, size, settings) for size in settings.shares.samples]
                for column, label in enumerate(labels.ids)
            },
        },
    )


def _rates_row(rates: ErrorRates, settings: Params) -> dict[str, Any]:
    return {
        "true_positive_rate": estimate(rates.true_positive_rate, settings.bootstrap).as_row(),
        "false_positive_rate": estimate(rates.false_positive_rate, settings.bootstrap).as_row(),
        "estimable": rates.estimable(settings.shares, settings.bootstrap),
    }


def _by_label(outcome: Outcome, rows: Rows, rates: Sequence[ErrorRates], settings: Params) -> dict[str, Any]:
    documents = [outcome.documents[row] for row in rows]
    return {
        label: checked(
            float(outcome.target[rows, column].mean()),
            share(outcome.given[rows, column], documents, rates[column], settings.shares, settings.bootstrap),
        )
        for column, label in enumerate(outcome.labels)
    }


def _by_topic(known: Outcome, both: Outcome, facts: Mapping[str, ManifestEntry], settings: Params) -> dict[str, Any]:
    """Topics cross genres and have few works each, so both parts count: the training part as judged out of fold.

    How the model errs is told for each topic by the training sentences of the others.
    """
    topics, learned = (np.array([facts[name].topic for name in own.documents]) for own in (both, known))
    counts = Counter(facts[document].topic for document in set(both.documents))
    enough = [topic for topic, count in sorted(counts.items()) if count >= settings.shares.documents]
    others = (rates_of(_rows(known, learned != topic), settings.bootstrap) for topic in enough)
    return {
        topic: _by_label(both, np.flatnonzero(topics == topic), list(rates.values()), settings)
        for topic, rates in zip(enough, others, strict=True)
    }


def _rows(outcome: Outcome, kept: npt.NDArray[np.bool_]) -> Outcome:
    documents = tuple(compress(outcome.documents, kept))
    return Outcome(outcome.labels, documents, outcome.target[kept], outcome.chances[kept], outcome.given[kept])


def _mixes(genres: npt.NDArray[np.str_], settings: Params) -> Iterator[Rows]:
    """The sentences of random halves of the genres: collections unlike the one that the rates come from."""
    rng = np.random.default_rng(settings.bootstrap.seed)
    names = np.unique(genres)
    for _ in range(settings.shares.mixes):
        yield np.flatnonzero(np.isin(genres, rng.permutation(names)[: max(len(names) // 2, 1)]))


def _errors(mixes: Sequence[dict[str, Any]], labels: Sequence[str]) -> dict[str, Any]:
    """Over the mixes: how far the raw and the adjusted share were off, and how often their intervals covered."""
    result: dict[str, Any] = {}
    for label in labels:
        told = [mix[label] for mix in mixes]
        row: dict[str, Any] = {"mixes": len(told)}
        for name in ("raw", "adjusted"):
            off = [abs(one[name]["value"] - one["true"]) for one in told if one[name]["value"] is not None]
            covered = [one["covered"][name] for one in told if one["covered"][name] is not None]
            row[name] = {
                "mean_error": round(float(np.mean(off)), 4) if off else None,
                "covered": round(float(np.mean(covered)), 4) if covered else None,
            }
        result[label] = row
    return result


def _by_hand(outcome: Outcome, column: int, size: int, settings: Params) -> dict[str, Any]:
    """Samples of `size` held-out sentences labelled by hand: mean width of the interval and how often it covered."""
    rng = np.random.default_rng(settings.bootstrap.seed)
    target, given = outcome.target[:, column], outcome.given[:, column]
    size, true = min(size, len(target)), round(float(target.mean()), DECIMALS)
    told = []
    for _ in range(settings.shares.draws):
        rows = rng.permutation(len(target))[:size]
        told.append(corrected_by_sample(given, rows, target[rows], settings.bootstrap.level))
    widths = [(one.high or 0.0) - (one.low or 0.0) for one in told]
    covered = [(one.low or 0.0) <= true <= (one.high or 0.0) for one in told]
    return {
        "sentences": size,
        "width": round(float(np.mean(widths)), 4),
        "covered": round(float(np.mean(covered)), 4),
    }
