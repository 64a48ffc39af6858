"""What must not be: the same sentence on both sides of the split, or one sentence with two answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.records import GoldSentence

SHORT = 5
"""Sentences of fewer words are too common to be evidence of copying."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Finding:
    """A place to look at."""

    rule: str
    where: tuple[str, ...]
    """Documents with the position of the sentence, as ``doc:position``."""
    value: str


def words(text: str) -> tuple[str, ...]:
    """The words of `text`, lower-cased, curly apostrophes straightened."""
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


def shared_works(train: Mapping[str, str], test: Mapping[str, str]) -> Iterator[Finding]:
    """Works that have documents in both parts; the arguments give the work of each document."""
    for work in sorted(set(train.values()) & set(test.values())):
        documents = sorted(doc for part in (train, test) for doc, own in part.items() if own == work)
        yield Finding("shared work", tuple(documents), work)


def duplicates(train: Sequence[GoldSentence], test: Sequence[GoldSentence], near: float) -> Iterator[Finding]:
    """Sentences of the test part that stand in the training part too, word for word or nearly.

    Near means a Jaccard similarity of at least `near` between the sets of word 3-grams (Broder 1997).
    """
    by_gram: dict[tuple[str, ...], list[int]] = defaultdict(list)
    seen = [_grams(words(item.sentence.text)) for item in train]
    for number, grams in enumerate(seen):
        for gram in grams:
            by_gram[gram].append(number)
    for item in test:
        grams = _grams(words(item.sentence.text))
        for number in sorted({number for gram in grams for number in by_gram.get(gram, ())}):
            likeness = len(grams & seen[number]) / len(grams | seen[number])
            if likeness >= near:
                rule = "duplicate" if likeness == 1 else "near duplicate"
                yield Finding(rule, (_place(train[number]), _place(item)), f"{likeness:.2f}")


def contrast_in_training(pairs: Iterable[str], train: Sequence[GoldSentence]) -> Iterator[Finding]:
    """Sentences of the contrast set that stand in the training part."""
    contrast = {words(sentence) for sentence in pairs}
    for item in train:
        if words(item.sentence.text) in contrast:
            yield Finding("contrast pair in training", (_place(item),), item.sentence.text)


def label_conflicts(gold: Sequence[GoldSentence]) -> Iterator[Finding]:
    """Sentences of the same words, long enough to be no formula, that carry different labels."""
    by_words: dict[tuple[str, ...], list[GoldSentence]] = defaultdict(list)
    for item in gold:
        by_words[words(item.sentence.text)].append(item)
    for form, same in by_words.items():
        if len(form) >= SHORT and len({item.labels for item in same}) > 1:
            yield Finding("label conflict", tuple(map(_place, same)), " ".join(form))


def shared_runs(own: Mapping[str, str], foreign: Iterable[str], length: int) -> Iterator[Finding]:
    """Texts of `own` (by name) that share a run of `length` words with one of `foreign`, each with its first run."""
    runs = {run for text in foreign for run in _runs(words(text), length)}
    for name, text in own.items():
        for run in _runs(words(text), length):
            if run in runs:
                yield Finding("shared run", (name,), " ".join(run))
                break


def _runs(form: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    return (form[start : start + length] for start in range(len(form) - length + 1))


def _grams(form: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The word 3-grams of a sentence; none for one too short to be evidence."""
    return frozenset(_runs(form, 3)) if len(form) >= SHORT else frozenset()


def _place(item: GoldSentence) -> str:
    return f"{item.sentence.doc_id}:{item.sentence.position}"
