"""Two versions of a text side by side: aligned, labelled, and what changed in each match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.params import VersionsParams
from pipeline.core.records import LABELLED_KINDS, Sentence
from pipeline.labelling.versions import Link
from pipeline.learning.annotator import AnnotatedSentence, Annotator
from pipeline.versions.alignment import Match, align
from pipeline.versions.changes import FoundChange, Side, changes_between
from pipeline.versions.lexicon import Lexicon
from pipeline.versions.stretches import Stretch, Word, stretches, words_with_charge


@dataclass(frozen=True, slots=True)
class ComparedMatch:
    """A match with what the model says of both sides, and what differs."""

    match: Match
    source: Side
    version: Side
    stretches: tuple[Stretch, ...]
    """Where the wording differs; empty for lost and added sentences."""
    changes: tuple[FoundChange, ...]

    @property
    def one_to_one(self) -> bool:
        """Whether one labelled sentence stands against one labelled sentence."""
        sides = self.source.sentences, self.version.sentences
        return all(len(side) == 1 and side[0].sentence.kind in LABELLED_KINDS for side in sides)

    @property
    def link(self) -> Link:
        """The match by start offsets; the document of an empty side has no name."""
        starts = [tuple(item.sentence.start for item in side.sentences) for side in (self.source, self.version)]
        names = [next((item.sentence.doc_id for item in side.sentences), "") for side in (self.source, self.version)]
        return Link(names[0], names[1], starts[0], starts[1])


@dataclass(frozen=True, slots=True)
class Comparison:
    """A version and its source."""

    source: tuple[AnnotatedSentence, ...]
    version: tuple[AnnotatedSentence, ...]
    matches: tuple[ComparedMatch, ...]
    """In the order of the version; every sentence of both texts stands in one."""

    @property
    def changes(self) -> Iterator[tuple[ComparedMatch, FoundChange]]:
        """All changes in that order, each with its match."""
        return ((matched, change) for matched in self.matches for change in matched.changes)


def compare_sentences(
    source: Sequence[Sentence],
    version: Sequence[Sentence],
    annotator: Annotator,
    lexicon: Lexicon,
    params: VersionsParams,
) -> Comparison:
    """Compare two documents, given by all their sentences in order."""
    sides = [tuple(annotator.annotate_sentences(side)) for side in (source, version)]
    words = [words_with_charge(side, annotator.stored, lexicon, params.lexicon_charge) for side in (source, version)]
    matches = align([one.text for one in source], [one.text for one in version], params.align)
    return Comparison(sides[0], sides[1], tuple(_compared(match, sides, words, lexicon, params) for match in matches))


def _compared(
    match: Match,
    sides: Sequence[Sequence[AnnotatedSentence]],
    words: Sequence[Sequence[Sequence[Word]]],
    lexicon: Lexicon,
    params: VersionsParams,
) -> ComparedMatch:
    source, version = (
        Side(tuple(side[number] for number in own))
        for side, own in zip(sides, (match.source, match.version), strict=True)
    )
    said = [
        [word for number in own for word in side[number]]
        for side, own in zip(words, (match.source, match.version), strict=True)
    ]
    differing = tuple(stretches(*said)) if match.source and match.version else ()
    changes = tuple(changes_between(source, version, differing, lexicon, params))
    return ComparedMatch(match, source, version, differing, changes)
