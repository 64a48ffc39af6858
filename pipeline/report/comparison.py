"""The page of two versions of a text: side by side, what differs and what changed in rhetoric."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.scheme import Scheme
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.report.site import render
from pipeline.versions.changes import FoundChange, Place, Side
from pipeline.versions.comparison import ComparedMatch, Comparison
from pipeline.versions.effects import Effect, Measured
from pipeline.versions.records import name_of, wording
from pipeline.versions.stretches import Word

KINDS = {
    "sentence_lost": "Sentence removed",
    "sentence_added": "Sentence added",
    "loaded_removed": "Loaded wording removed",
    "loaded_softened": "Loaded wording softened",
    "loaded_replaced": "Loaded wording replaced",
    "loaded_sharpened": "Loaded wording sharpened",
    "loaded_added": "Loaded wording added",
    "reporting_verb": "Verb of saying changed",
    "source_anonymised": "Source made anonymous",
    "source_named": "Source named",
    "voice_changed": "Voice changed",
    "label_removed": "Label lost",
    "label_added": "Label gained",
}
"""The kinds of change in the order in which they are told, as a reader reads them."""
SHAPES = {
    "one to one": "one to one",
    "split": "split",
    "merged": "merged",
    "many to many": "several to several",
    "lost": "removed",
    "added": "added",
}
"""The shapes of links in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of rows."""

    id: str
    """Part of the class of its rows."""
    name: str
    count: int
    """Of changes, or of rows where it is no kind of change."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence."""

    text: str
    changed: bool
    """Whether the other version words it otherwise."""
    loaded: bool
    """Whether the model marks it as loaded."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in words."""

    kind: str
    name: str
    before: str
    after: str
    detail: str
    """Charge or probability before and after, or nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A sentence on one side of a row."""

    number: int
    """Its number in its document, from 1."""
    item: AnnotatedSentence
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A match as the page shows it."""

    shape: str
    moved: bool
    source: tuple[Cell, ...]
    version: tuple[Cell, ...]
    lost: frozenset[str]
    """Labels of the source side alone, whether beyond doubt or not; none where a side is empty."""
    gained: frozenset[str]
    changes: tuple[ShownChange, ...]
    filters: tuple[str, ...]
    """The ids of the filters that show it."""


def comparison_html(
    comparison: Comparison,
    found: Mapping[str, Effect],
    measured: Measured,
    names: tuple[str, str],
    scheme: Scheme,
    model: str,
) -> str:
    """The page.

    Args:
        comparison: what was compared.
        found: the effect on each label.
        measured: how far a comparison can be trusted.
        names: what source and version are called.
        scheme: the label scheme.
        model: SHA-256 of the model.
    """
    labels = {label.id: label.name for label in scheme.labels}
    shapes = Counter(matched.link.shape for matched in comparison.matches)
    return render(
        "comparison.html",
        names=names,
        rows=[_row(matched, labels) for matched in comparison.matches],
        filters=filters(comparison, labels),
        kinds=Counter(change.kind for _, change in comparison.changes),
        shapes={name: shapes[shape] for shape, name in SHAPES.items() if shapes[shape]},
        sentences=(len(comparison.source), len(comparison.version)),
        found=found,
        measured=measured,
        scheme=scheme,
        model=model,
    )


def filters(comparison: Comparison, labels: Mapping[str, str]) -> list[Filter]:
    """What rows can be chosen by: any change, moved, and every kind of change there is, in the order of `KINDS`."""
    counts = Counter((change.kind, change.label) for _, change in comparison.changes)
    any_change = Filter("changed", "Any change", sum(bool(matched.changes) for matched in comparison.matches))
    moved = Filter("moved", "Moved", sum(matched.match.moved for matched in comparison.matches))
    order = sorted(counts, key=lambda key: ([*KINDS].index(key[0]), key[1] or ""))
    return [
        any_change,
        *([moved] if moved.count else []),
        *(Filter(_filter_id(*key), _kind_name(*key, labels), counts[key]) for key in order),
    ]


def pieces(text: str, changed: Iterable[Place], loaded: Iterable[Place]) -> Iterator[Piece]:
    """`text` cut where a change or a loaded wording begins and ends; every character once, in order."""
    marks = [[False] * len(text), [False] * len(text)]
    for mark, places in zip(marks, (changed, loaded), strict=True):
        for _, start, end in places:
            mark[start:end] = [True] * (end - start)
    cuts = [i for i in range(1, len(text)) if any(mark[i] != mark[i - 1] for mark in marks)]
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        yield Piece(text[start:end], marks[0][start], marks[1][start])


def _row(matched: ComparedMatch, labels: Mapping[str, str]) -> Row:
    sides = matched.source.sentences, matched.version.sentences
    changes = matched.changes
    both = bool(sides[0] and sides[1])
    before, after = matched.source.labels, matched.version.labels
    ids = [_filter_id(change.kind, change.label) for change in changes]
    return Row(
        matched.link.shape,
        matched.match.moved,
        _cells(sides[0], [stretch.source for stretch in matched.stretches]),
        _cells(sides[1], [stretch.version for stretch in matched.stretches]),
        before - after if both else frozenset(),
        after - before if both else frozenset(),
        tuple(_shown(change, matched.source, matched.version, labels) for change in changes),
        tuple(dict.fromkeys([*ids, *(["changed"] if changes else []), *(["moved"] if matched.match.moved else [])])),
    )


def _cells(side: Sequence[AnnotatedSentence], stretches: Sequence[Sequence[Word]]) -> tuple[Cell, ...]:
    return tuple(_cell(item, [place for words in stretches for place in _joined(item, words)]) for item in side)


def _cell(item: AnnotatedSentence, changed: Sequence[Place]) -> Cell:
    sentence = item.sentence
    loaded = [(sentence.position, span.start, span.end) for span in item.spans]
    return Cell(sentence.position + 1, item, tuple(pieces(sentence.text, changed, loaded)))


def _joined(item: AnnotatedSentence, words: Sequence[Word]) -> Iterator[Place]:
    """The part of a stretch that lies in one sentence, from its first word to its last."""
    own = [word for word in words if word.position == item.sentence.position]
    if own:
        yield own[0].position, own[0].start, own[-1].end


def _shown(change: FoundChange, source: Side, version: Side, labels: Mapping[str, str]) -> ShownChange:
    name = _kind_name(change.kind, change.label, labels)
    return ShownChange(
        change.kind, name, wording(source, change.source), wording(version, change.version), _detail(change)
    )


def _detail(change: FoundChange) -> str:
    for what, values in (("charge", change.charge), ("probability", change.probability)):
        if values is not None:
            return f"{what} {values[0]:.2f} → {values[1]:.2f}"
    return ""


def _filter_id(kind: str, label: str | None) -> str:
    return name_of(FoundChange(kind, label)).replace(":", "-")


def _kind_name(kind: str, label: str | None, labels: Mapping[str, str]) -> str:
    return KINDS[kind] if label is None else f"{KINDS[kind]}: {labels[label]}"
