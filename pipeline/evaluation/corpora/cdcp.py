"""The Cornell eRulemaking Corpus (CDCP) as published: for every comment a text and its propositions by offsets.

Park and Cardie, LREC 2018; the split is that of Niculae, Park and Cardie, ACL 2017.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from pipeline.core.errors import InputError
from pipeline.core.records import fold
from pipeline.evaluation.corpora.folder import DataFolder
from pipeline.evaluation.corpora.mapping import CorpusMapping
from pipeline.evaluation.corpora.records import CorpusSentence

SUFFIX = ".ann.json"


class Proposition(NamedTuple):
    """A stretch of a comment and its type."""

    start: int
    end: int
    label: str


class _Annotation(BaseModel):
    prop_labels: list[str]
    prop_offsets: list[tuple[int, int]]


def read_cdcp(spec: CorpusMapping, folder: DataFolder, left_out: Counter[str]) -> Iterator[CorpusSentence]:
    """The propositions of the comments; a document is a comment, and so is the group.

    Text between propositions is left out; each such stretch is counted.

    Raises:
        InputError: a file is missing or malformed.
    """
    for part, place in spec.places:
        for name in folder.required(f"{place}/*{SUFFIX}"):
            text = folder.text(f"{name.removesuffix(SUFFIX)}.txt")
            propositions = propositions_in(folder.text(name), len(text), folder.path(name))
            left_out["text outside every proposition"] += sum(1 for _ in _outside(text, propositions))
            doc_id = f"{part}/{PurePosixPath(name).name.removesuffix(SUFFIX)}"
            for position, (start, end, label) in enumerate(propositions):
                values = {"label": label}
                yield CorpusSentence(doc_id, position, fold(text[start:end]), doc_id, part, False, values)


def propositions_in(annotation: str, length: int, path: Path) -> list[Proposition]:
    """The propositions of a comment of `length` characters, in order.

    Raises:
        InputError: the annotation is malformed, or an offset lies outside the text.
    """
    try:
        content = _Annotation.model_validate_json(annotation)
    except ValidationError as error:
        raise InputError(path, "is not an annotation with prop_labels and prop_offsets") from error
    labels, offsets = content.prop_labels, content.prop_offsets
    if len(labels) != len(offsets):
        raise InputError(path, f"has {len(labels)} prop_labels and {len(offsets)} prop_offsets")
    for start, end in offsets:
        if not 0 <= start < end <= length:
            raise InputError(path, f"the offsets {start} to {end} do not lie in a text of {length} characters")
    return [Proposition(start, end, label) for (start, end), label in zip(offsets, labels, strict=True)]


def _outside(text: str, propositions: list[Proposition]) -> Iterator[str]:
    """What is written before, between and after the propositions."""
    start, end = Proposition(0, 0, ""), Proposition(len(text), len(text), "")
    for before, after in pairwise([start, *propositions, end]):
        if between := text[before.end : after.start].strip():
            yield between
