"""How well an alignment, or a list of changes, agrees with what annotators settled on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.records import Sentence
from pipeline.labelling.versions import Link
from pipeline.versions.alignment import Match

GROUPS = {"merged": "merged or split", "split": "merged or split", "many to many": "merged or split"}
"""Shapes of links that are counted together; the others are groups of their own."""


@dataclass(frozen=True, slots=True)
class Hits:
    """How many of what was found are right, of how many found and how many there are."""

    right: int
    found: int
    there: int

    def __add__(self, other: Hits) -> Hits:
        return Hits(self.right + other.right, self.found + other.found, self.there + other.there)

    @property
    def f1(self) -> float | None:
        """Twice the right ones by the found and the existing ones; None without either."""
        total = self.found + self.there
        return 2 * self.right / total if total else None

    def figures(self) -> dict[str, float | int | None]:
        """Counts, precision, recall and F1, as a metrics file has them."""
        return {
            "right": self.right,
            "found": self.found,
            "there": self.there,
            "precision": _rounded(self.right / self.found if self.found else None),
            "recall": _rounded(self.right / self.there if self.there else None),
            "f1": _rounded(self.f1),
        }


def hits(found: Iterable[Hashable], there: Iterable[Hashable]) -> Hits:
    """Both counted as often as they occur."""
    ours, theirs = Counter(found), Counter(there)
    return Hits((ours & theirs).total(), ours.total(), theirs.total())


def link_hits(found: Sequence[Link], there: Sequence[Link]) -> dict[str, Hits]:
    """Hits by group of shape; a link is right when both sides are exactly those of a gold link."""
    groups = sorted({_group(link) for link in (*found, *there)})
    return {
        group: hits((one for one in found if _group(one) == group), (one for one in there if _group(one) == group))
        for group in groups
    }


def added_up(tables: Iterable[Mapping[str, Hits]]) -> dict[str, Hits]:
    """The sums, group by group."""
    total: dict[str, Hits] = {}
    for table in tables:
        for group, own in table.items():
            total[group] = total.get(group, Hits(0, 0, 0)) + own
    return dict(sorted(total.items()))


def links_of(matches: Iterable[Match], source: Sequence[Sentence], version: Sequence[Sentence]) -> list[Link]:
    """Matches by sentence number as links by start offset; neither text is empty."""
    names = source[0].doc_id, version[0].doc_id
    return [
        Link(*names, tuple(source[i].start for i in match.source), tuple(version[j].start for j in match.version))
        for match in matches
    ]


def _group(link: Link) -> str:
    return GROUPS.get(link.shape, link.shape)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
