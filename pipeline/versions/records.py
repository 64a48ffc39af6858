"""A comparison as it is written out, and as it is measured against annotators' lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.labelling.versions import Change, Link
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.versions.changes import FoundChange, Place, Side
from pipeline.versions.comparison import ComparedMatch, Comparison
from pipeline.versions.effects import Effect
from pipeline.versions.scoring import Hits, added_up, hits

LOADED_GROUPS = {
    "loaded_removed": "less loaded",
    "loaded_softened": "less loaded",
    "loaded_replaced": "less loaded",
    "loaded_added": "more loaded",
    "loaded_sharpened": "more loaded",
}
"""A coarser view of loaded wordings, beside the headline."""
REPLACED = {"loaded_softened": "loaded_replaced", "loaded_sharpened": "loaded_replaced"}
LISTED = ("loaded_added", "loaded_removed", "loaded_replaced", "label_added", "label_removed")
"""What the lists of the families have, beside lost and added sentences."""

Told = tuple[tuple[int, ...], tuple[int, ...], str, str | None]
"""A change as it is compared: start offsets of its sentences on both sides, kind, label."""


def comparison_record(comparison: Comparison, found: Mapping[str, Effect]) -> dict[str, Any]:
    """The comparison in plain values, keys in reading order."""
    return {
        "labels": {label: asdict(effect) for label, effect in found.items()},
        "changes": dict(sorted(Counter(name_of(change) for _, change in comparison.changes).items())),
        "matches": [_match_record(matched) for matched in comparison.matches],
    }


def name_of(change: FoundChange) -> str:
    """The kind, with the label where there is one.

    Example:
        >>> name_of(FoundChange("label_added", "report"))
        'label_added:report'
    """
    return change.kind if change.label is None else f"{change.kind}:{change.label}"


def wording(side: Side, places: Sequence[Place]) -> str:
    """The text from the first of `places` to the last, sentence by sentence."""
    parts = []
    for item in side.sentences:
        own = [(start, end) for position, start, end in places if position == item.sentence.position]
        if own:
            parts.append(item.sentence.text[own[0][0] : own[-1][1]])
    return " ".join(parts)


def change_hits(comparison: Comparison, gold: Iterable[Change]) -> dict[str, Hits]:
    """Hits by kind and in `all`, of a list in the full vocabulary; `all, loaded in two groups` takes it coarser."""
    ours = [_told(matched, change, change.kind) for matched, change in comparison.changes]
    theirs = [_of_gold(change) for change in gold]
    coarse = "all, loaded in two groups"
    return _by_kind(ours, theirs) | {coarse: hits(map(_grouped, ours), map(_grouped, theirs))}


def listed_hits(comparison: Comparison, gold: Iterable[Change]) -> dict[str, Hits]:
    """The same for the lists of the families, which know fewer kinds.

    Softened and sharpened wordings count as replaced there, a verb of saying that convicts as loaded, and sources and
    voices not at all.
    """
    ours = [
        _told(matched, change, kind)
        for matched, change in comparison.changes
        for kind in [_listed_kind(change)]
        if kind in (*LISTED, "sentence_lost", "sentence_added")
    ]
    return _by_kind(ours, [_of_gold(change) for change in gold])


def _listed_kind(change: FoundChange) -> str:
    if change.kind == "reporting_verb" and change.charge is not None:
        return "loaded_added" if change.charge[1] > change.charge[0] else "loaded_removed"
    return REPLACED.get(change.kind, change.kind)


def _by_kind(ours: Sequence[Told], theirs: Sequence[Told]) -> dict[str, Hits]:
    kinds = sorted({kind for _, _, kind, _ in (*ours, *theirs)})
    own = [
        {kind: hits((one for one in ours if one[2] == kind), (one for one in theirs if one[2] == kind))}
        for kind in kinds
    ]
    return added_up([*own, {"all": hits(ours, theirs)}])


def _grouped(told: Told) -> Told:
    return *told[:2], LOADED_GROUPS.get(told[2], told[2]), told[3]


def _told(matched: ComparedMatch, change: FoundChange, kind: str) -> Told:
    return _place(matched.link, kind, change.label)


def _of_gold(change: Change) -> Told:
    return _place(change.link, change.kind, change.label)


def _place(link: Link, kind: str, label: str | None) -> Told:
    return link.source_starts, link.version_starts, kind, label


def _match_record(matched: ComparedMatch) -> dict[str, Any]:
    return {
        "shape": matched.link.shape,
        "moved": matched.match.moved,
        "source": [_sentence_record(item) for item in matched.source.sentences],
        "version": [_sentence_record(item) for item in matched.version.sentences],
        "changes": [
            {
                "kind": change.kind,
                "label": change.label,
                "before": wording(matched.source, change.source),
                "after": wording(matched.version, change.version),
                "charge": change.charge,
                "probability": change.probability,
            }
            for change in matched.changes
        ],
    }


def _sentence_record(item: AnnotatedSentence) -> dict[str, Any]:
    sentence = item.sentence
    return {
        "position": sentence.position,
        "start": sentence.start,
        "end": sentence.end,
        "kind": sentence.kind,
        "text": sentence.text,
        "labels": list(item.labels),
        "scores": item.scores,
    }
