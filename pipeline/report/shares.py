"""The corpus at a glance: how much of each label there is, by genre and by topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.core.scheme import Label, Scheme
from pipeline.learning.features import LOADED
from pipeline.report.documents import DocumentPage
from pipeline.report.figures import Metrics
from pipeline.report.plots import Dots, dot_chart
from pipeline.report.tables import Interval, Table, table

WHOLE = "all held-out documents"


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a collection carries a label, 0 to 1."""

    raw: Interval
    """By the model's labels, uncorrected."""
    adjusted: Interval | None
    """Corrected for the model's error rates; None where they do not allow it."""
    gold: float | None
    """By the annotators."""

    @property
    def best(self) -> Interval:
        """The adjusted share, or else the raw one."""
        return self.adjusted or self.raw


@dataclass(frozen=True, slots=True)
class Matrix:
    """Shares of every label (across) in collections (down)."""

    name: str
    labels: tuple[Label, ...]
    rows: tuple[tuple[str, tuple[Share, ...]], ...]

    @property
    def table(self) -> Table:
        """Every figure of it, a row for a collection and a label."""
        rows = [
            (where, label.id, share.adjusted or Interval(None), share.raw, share.gold)
            for where, shares in self.rows
            for label, share in zip(self.labels, shares, strict=True)
        ]
        return table(self.name, "Share of each label", ("collection", "label", "adjusted", "raw", "annotators"), rows)

    @property
    def accuracy(self) -> str:
        """How far raw and adjusted shares are from the annotators', and how many of their intervals contain them."""
        pairs = [(share, share.gold) for _, shares in self.rows for share in shares if share.gold is not None]
        adjusted = [(share.adjusted, gold) for share, gold in pairs if share.adjusted is not None]
        raw = [(share.raw, gold) for share, gold in pairs]
        return "; ".join(
            f"{name} shares are {_off(told):.3f} off on average, and {_covered(told):.0%} of their intervals contain "
            "the annotators’ share"
            for name, told in (("raw", raw), ("adjusted", adjusted))
            if told
        )

    def chart(self, label: Label) -> Markup:
        """The shares of one label: adjusted with interval, raw as a ring, the annotators' as a tick."""
        column = self.labels.index(label)
        rows = [(where, shares[column]) for where, shares in self.rows]
        tops = [value for _, share in rows for value in (share.best.high, share.raw.value, share.gold) if value]
        dots = [
            Dots(where, share.adjusted or Interval(None), share.raw.value, share.gold, label.id)
            for where, share in rows
        ]
        return dot_chart(
            f"Share of {label.name} by collection", dots, min(-(-max(tops, default=1.0) // 0.1) * 0.1, 1.0)
        )


def _off(told: Sequence[tuple[Interval, float]]) -> float:
    return sum(abs((share.value or 0.0) - gold) for share, gold in told) / len(told)


def _covered(told: Sequence[tuple[Interval, float]]) -> float:
    return sum((share.low or 0.0) <= gold <= (share.high or 0.0) for share, gold in told) / len(told)


def genre_matrix(metrics: Metrics, scheme: Scheme) -> Matrix | None:
    """Shares in the held-out part and its genres; None where they have not been measured."""
    found = metrics.get("shares")
    return _matrix("shares-by-genre", {WHOLE: found["held_out"], **found["genres"]}, scheme) if found else None


def topic_matrix(metrics: Metrics, scheme: Scheme) -> Matrix | None:
    """Shares by topic in both parts, none of it judged by a model that had learned from it."""
    found = metrics.get("shares")
    return _matrix("shares-by-topic", found["topics"], scheme) if found else None


def _matrix(name: str, collections: Mapping[str, Mapping[str, Any]], scheme: Scheme) -> Matrix:
    rows = ((where, tuple(_share(own[label]) for label in scheme.ids)) for where, own in collections.items())
    return Matrix(name, scheme.labels, tuple(rows))


def voice_table(pages: Sequence[DocumentPage]) -> Table:
    """Loaded language by genre, and how much of it is in the author's own voice; raw counts beside the annotators'."""
    rows = []
    for genre, own in _gathered(pages, lambda page: page.entry.genre if page.entry else "").items():
        counts = [page.counts[LOADED] for page in own if LOADED in page.counts]
        total = sum(count.sentences for count in counts)
        sums = [sum(getattr(count, name) or 0 for count in counts) for name in ("count", "own", "gold", "gold_own")]
        rows.append((genre, len(own), total, *(value / total if total else None for value in sums)))
    head = ("genre", "documents", "sentences", "loaded, raw", "author’s own, raw")
    caption = (
        "Loaded language by genre, and what of it is in the author’s own voice: the model’s raw shares (uncorrected, "
        "and most of these documents are ones it has learned from) beside the annotators’"
    )
    return table("loaded-by-genre", caption, (*head, "loaded, annotators", "author’s own, annotators"), rows)


def _gathered(pages: Iterable[DocumentPage], key: Callable[[DocumentPage], str]) -> dict[str, list[DocumentPage]]:
    """The documents that annotators have seen as a whole, by what `key` says, in alphabetical order."""
    found: dict[str, list[DocumentPage]] = {}
    for page in pages:
        if page.entry and all(count.gold is not None for count in page.counts.values()):
            found.setdefault(key(page), []).append(page)
    return dict(sorted(found.items()))


def _share(row: Mapping[str, Any]) -> Share:
    adjusted = Interval.of(row["adjusted"]) if row["estimable"] else None
    return Share(Interval.of(row["raw"]), adjusted, row["true"])
