"""Which works are learned from and which are held out, and that the two stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl, read_yaml
from pipeline.core.records import GoldSentence


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What is known of a document of the corpus beside its text."""

    doc_id: str
    work: str
    """Versions of one article share a work."""
    title: str
    genre: str
    outlet: str
    topic: str
    register: str
    language: str
    batch: str
    """Who wrote it: documents of a batch come from one writer."""
    origin: str
    licence: str
    sha256: str
    """Of the file."""
    version: str = "original"
    """What was done to the article to make it, if it is a version of another."""


def read_manifest(path: Path) -> dict[str, ManifestEntry]:
    """The manifest of the corpus, by document id.

    Raises:
        InputError: a key is missing or unknown, or a document id stands twice.
    """
    entries: dict[str, ManifestEntry] = {}
    for number, row in read_jsonl(path):
        try:
            entry = ManifestEntry(**row)
        except TypeError as error:
            raise InputError(path, str(error).partition("() ")[2], place=number) from error
        if entry.doc_id in entries:
            raise InputError(path, f"document {entry.doc_id!r} stands twice", place=number)
        entries[entry.doc_id] = entry
    return entries


def read_held_out(path: Path, works: Iterable[str]) -> frozenset[str]:
    """The works of the test part, from labels/split.yaml.

    Raises:
        InputError: the key `test` is missing, or names a work that the manifest does not have.
    """
    content = read_yaml(path)
    test = content.get("test") if isinstance(content, dict) else None
    if not isinstance(test, list) or not all(isinstance(work, str) for work in test):
        raise InputError(path, "needs the key test, a list of works")
    held_out = frozenset(test)
    for unknown in sorted(held_out - set(works)):
        raise InputError(path, f"work {unknown!r} is not in the manifest", place="test")
    return held_out


def check_both_sides(
    train: Sequence[GoldSentence], test: Sequence[GoldSentence], labels: Sequence[str], path: Path
) -> None:
    """Raise unless every label occurs on both sides of the split.

    Raises:
        InputError: naming the label and the side; `path` is the split file.
    """
    for side, gold in (("training", train), ("test", test)):
        present: set[str] = set().union(*(item.labels for item in gold))
        for label in labels:
            if label not in present:
                raise InputError(path, f"label {label!r} does not occur in the {side} part")


def counts(gold: Sequence[GoldSentence], labels: Sequence[str], works: Mapping[str, str]) -> dict[str, object]:
    """How much there is on one side: works, documents, sentences, and sentences of each label."""
    documents = {item.sentence.doc_id for item in gold}
    return {
        "works": len({works[document] for document in documents}),
        "documents": len(documents),
        "sentences": len(gold),
        "labels": {label: sum(label in item.labels for item in gold) for label in labels},
    }
