"""Versions of one article, as annotators aligned them: which sentence became which, and what changed in rhetoric.

Sentences are named as in gold: by start offset and text hash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.core.errors import InputError, PipelineError
from pipeline.core.files import read_jsonl
from pipeline.core.records import Sentence, text_hash
from pipeline.labelling.gold import Key

Starts = tuple[int, ...]

CHANGES = (
    "loaded_added",
    "loaded_removed",
    "loaded_replaced",
    "loaded_softened",
    "loaded_sharpened",
    "label_added",
    "label_removed",
    "reporting_verb",
    "source_anonymised",
    "source_named",
    "voice_changed",
    "sentence_lost",
    "sentence_added",
)
"""The lists of the families know no softened and sharpened (there: replaced), verbs, sources and voices."""
NO_CHANGE = "none"
"""What an adjudicator says of linked sentences where there is none."""
ADJUDICATED = "adjudicated"
PASSES = ("first", "second")


@dataclass(frozen=True, slots=True)
class Family:
    """The versions of one article."""

    work: str
    part: Literal["tune", "test"]
    versions: Mapping[str, str]
    """What was done to make each version, by its document id."""


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences of a version that carry over sentences of its source; one side is empty for what is lost or new."""

    source: str
    version: str
    source_starts: Starts
    version_starts: Starts

    @property
    def shape(self) -> str:
        """`one to one`, `merged`, `split`, `many to many`, `lost` or `added`."""
        sides = min(len(self.source_starts), 2), min(len(self.version_starts), 2)
        return _SHAPES[sides]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of rhetoric that an annotator found between two versions."""

    annotator: str
    link: Link
    kind: str
    """One of `CHANGES`, or `NO_CHANGE`."""
    label: str | None
    """The label added or removed."""
    what: str
    """The wording before and after, as ``old > new``; empty for a whole sentence."""


_SHAPES = {
    (1, 1): "one to one",
    (2, 1): "merged",
    (1, 2): "split",
    (2, 2): "many to many",
    (1, 0): "lost",
    (2, 0): "lost",
    (0, 1): "added",
    (0, 2): "added",
}


def read_families(path: Path) -> list[Family]:
    """The families of versions.

    Raises:
        InputError: a row lacks a key.
    """
    families = []
    for number, row in read_jsonl(path):
        try:
            versions = {version["doc_id"]: version["kind"] for version in row["versions"]}
            families.append(Family(row["work"], row["part"], versions))
        except (KeyError, TypeError) as error:
            raise InputError(path, f"is not a family of versions ({error!r})", place=number) from error
    return families


def read_alignment(path: Path, sentences: Mapping[Key, Sentence]) -> list[Link]:
    """The links between versions, in file order.

    Raises:
        InputError: a row names a sentence that does not exist, or a pair of versions leaves a sentence out or has it
            twice.
    """
    links = [_link(path, number, row, sentences) for number, row in read_jsonl(path)]
    for source, version in dict.fromkeys((link.source, link.version) for link in links):
        own = [link for link in links if (link.source, link.version) == (source, version)]
        _check_complete(path, source, [start for link in own for start in link.source_starts], sentences)
        _check_complete(path, version, [start for link in own for start in link.version_starts], sentences)
    return links


def read_changes(path: Path, sentences: Mapping[Key, Sentence]) -> list[Change]:
    """The changes that annotators found, in file order.

    Raises:
        InputError: a row lacks a key, or names a sentence that does not exist or a kind of change that there is not.
    """
    changes = []
    for number, row in read_jsonl(path):
        link = _link(path, number, row, sentences)
        for key in ("annotator", "kind", "what"):
            if key not in row:
                raise InputError(path, f"lacks the key {key!r}", place=number)
        kind, _, label = str(row["kind"]).partition(":")
        if kind not in (*CHANGES, NO_CHANGE):
            raise InputError(path, f"kind of change {kind!r} is none of {', '.join(CHANGES)}", place=number)
        changes.append(Change(str(row["annotator"]), link, kind, label or None, str(row["what"])))
    return changes


def found_by_both(changes: Iterable[Change]) -> float | None:
    """The F1 between two annotators' changes: same version, sentences and kind, whatever the wording; None without any.

    Counted as many times as each found it (a multiset).
    """
    first, second = (_places(change for change in changes if change.annotator == name) for name in PASSES)
    if not first or not second:
        return None
    return 2 * (first & second).total() / (first.total() + second.total())


def settled(changes: Sequence[Change]) -> list[Change]:
    """The gold list of changes, of the versions that both annotators went through.

    What they agree on; of linked sentences on which they differ, what the adjudicator decided.

    Raises:
        PipelineError: they differ and nobody decided.
    """
    by_link: dict[Link, list[Change]] = {}
    both = {change.link.version for change in changes if change.annotator == PASSES[1]}
    for change in changes:
        if change.link.version in both:
            by_link.setdefault(change.link, []).append(change)
    gold: list[Change] = []
    for link, own in by_link.items():
        of = {name: [change for change in own if change.annotator == name] for name in (*PASSES, ADJUDICATED)}
        if of[ADJUDICATED]:
            gold += [change for change in of[ADJUDICATED] if change.kind != NO_CHANGE]
        elif _places(of[PASSES[0]]) == _places(of[PASSES[1]]):
            gold += of[PASSES[0]]
        else:
            raise PipelineError(f"changes between {link.source} and {link.version} at {link.source_starts} are open")
    return gold


def _places(changes: Iterable[Change]) -> Counter[tuple[Link, str, str | None]]:
    return Counter((change.link, change.kind, change.label) for change in changes)


def _link(path: Path, number: int, row: Mapping[str, Any], sentences: Mapping[Key, Sentence]) -> Link:
    try:
        source, version = str(row["a"]), str(row["b"])
        sides = ((source, row["a_sentences"]), (version, row["b_sentences"]))
    except KeyError as error:
        raise InputError(path, f"lacks the key {error}", place=number) from error
    for doc_id, anchors in sides:
        for start, digest in anchors:
            sentence = sentences.get((doc_id, start))
            if sentence is None or text_hash(sentence.text) != digest:
                raise InputError(path, f"names a sentence that does not exist: {doc_id} at {start}", place=number)
    starts = [tuple(start for start, _ in anchors) for _, anchors in sides]
    if not any(starts):
        raise InputError(path, "links no sentence", place=number)
    return Link(source, version, starts[0], starts[1])


def _check_complete(path: Path, doc_id: str, starts: Sequence[int], sentences: Mapping[Key, Sentence]) -> None:
    expected = {start for own, start in sentences if own == doc_id}
    for start in sorted(expected.symmetric_difference(starts)):
        raise InputError(path, f"leaves out {doc_id} at {start}")
    for start, times in Counter(starts).items():
        if times > 1:
            raise InputError(path, f"has {doc_id} at {start} in {times} links of one pair")
