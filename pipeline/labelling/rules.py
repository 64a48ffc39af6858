"""Labelling functions as data: each rule looks for one cue and votes for or against one label, or abstains.

The vocabulary is that of Ratner et al. 2017, "Snorkel: Rapid Training Data Creation with Weak Supervision",
doi:10.14778/3157794.3157797.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.errors import InputError
from pipeline.core.files import read_yaml
from pipeline.core.scheme import Scheme
from pipeline.labelling.triggers import word_starts

VOTES = {"for": 1, "against": -1}
"""What a matching rule says, as it is written in the rules file and as a number; 0 is abstention."""

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_TOKEN = re.compile(r"\w+|[^\w\s]")
_REMEMBERED = 200_000
_KEYS = frozenset({"name", "label", "vote", "pattern", "why", "match", "reject"})


def straighten(text: str) -> str:
    """`text` with curly quotation marks and apostrophes as straight ones; its length stays.

    Example:
        >>> straighten("It’s “late”")
        'It\\'s "late"'
    """
    return text.translate(_STRAIGHT)


@dataclass(frozen=True, slots=True)
class Rule:
    """One labelling function."""

    name: str
    label: str
    vote: int
    """+1 for the label, -1 against it."""
    pattern: re.Pattern[str]
    """Searched in the folded and straightened text of a sentence."""
    why: str
    match: tuple[str, ...]
    """Sentences it must match."""
    reject: tuple[str, ...]
    """Sentences it must not match."""

    def matches(self, text: str) -> bool:
        """Whether the cue is in `text`, curly quotes or not."""
        return self.pattern.search(straighten(text)) is not None


class RuleSet:
    """Rules in file order; every array with a rule axis R has this order.

    A sentence is searched only for the rules of which one of its words can be the start (see `triggers`), which
    changes how long it takes and nothing else.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._searches = [rule.pattern.search for rule in self.rules]
        self._always, self._starts = _index(self.rules)
        self._seen: dict[str, int] = {}

    def __len__(self) -> int:
        """How many rules there are."""
        return len(self.rules)

    def __reduce__(self) -> tuple[type[RuleSet], tuple[tuple[Rule, ...]]]:
        """Kept as its rules alone, so that equal rule sets pickle to equal bytes."""
        return RuleSet, (self.rules,)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the rules."""
        return tuple(rule.name for rule in self.rules)

    @property
    def labels(self) -> tuple[str, ...]:
        """The label each rule votes on."""
        return tuple(rule.label for rule in self.rules)

    def matches(self, texts: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Which rule's cue is in which sentence, shape (n, R)."""
        found = np.zeros((len(texts), len(self.rules)), dtype=np.bool_)
        for row, text in enumerate(texts):
            hits = self._matching(straighten(text))
            if hits:
                found[row, hits] = True
        return found

    def votes(self, texts: Sequence[str]) -> npt.NDArray[np.int8]:
        """What each rule says about each sentence, shape (n, R): +1 for its label, -1 against it, 0 abstains."""
        signs = np.array([rule.vote for rule in self.rules], dtype=np.int8)
        return self.matches(texts).astype(np.int8) * signs

    def _matching(self, text: str) -> list[int]:
        """The numbers of the rules that match a straightened text, ascending."""
        searches = self._searches
        return [number for number in _bits(self._candidates(text)) if searches[number](text)]

    def _candidates(self, text: str) -> int:
        """The rules that may match, one bit a rule."""
        seen = self._seen
        rules = self._always
        for word in set(_TOKEN.findall(text.lower())):
            started = seen.get(word)
            rules |= self._started_by(word) if started is None else started
        return rules

    def _started_by(self, word: str) -> int:
        """The rules with a start that `word` begins with, one bit a rule; remembered."""
        starts = self._starts
        rules = 0
        for length in range(1, len(word) + 1):
            rules |= starts.get(word[:length], 0)
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[word] = rules
        return rules


def load_rules(path: Path, scheme: Scheme) -> RuleSet:
    """The rules in a YAML file, in its order, each tried on its own sentences.

    Raises:
        InputError: a key is missing or unknown, a label is not in `scheme`, a name stands twice, a pattern does not
            compile, a sentence of `match` is not matched or one of `reject` is; the message names rule and sentence.
    """
    entries = read_yaml(path)
    if not isinstance(entries, list):
        raise InputError(path, f"is not a list of rules but {type(entries).__name__}")
    rules: list[Rule] = []
    names: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        rule = _rule(path, number, entry, scheme)
        if rule.name in names:
            raise InputError(path, "the name stands twice", place=rule.name)
        names.add(rule.name)
        rules.append(rule)
    return RuleSet(rules)


def _rule(path: Path, number: int, entry: Any, scheme: Scheme) -> Rule:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise InputError(path, f"is not a rule with a name: {str(entry)[:60]}", place=f"rule {number}")
    name: str = entry["name"]
    if set(entry) != _KEYS:
        raise InputError(path, f"needs the keys {sorted(_KEYS)}, got {sorted(map(str, entry))}", place=name)
    scheme.check([entry["label"]], path, name)
    if entry["vote"] not in VOTES:
        raise InputError(path, f"vote must be 'for' or 'against', got {entry['vote']!r}", place=name)
    rule = Rule(
        name=name,
        label=entry["label"],
        vote=VOTES[entry["vote"]],
        pattern=_pattern(path, name, entry["pattern"]),
        why=str(entry["why"]).strip(),
        match=_sentences(path, name, "match", entry["match"]),
        reject=_sentences(path, name, "reject", entry["reject"]),
    )
    _try_out(path, rule)
    return rule


def _pattern(path: Path, name: str, pattern: object) -> re.Pattern[str]:
    try:
        return re.compile(str(pattern))
    except re.error as error:
        raise InputError(path, f"pattern does not compile: {error}", place=name) from error


def _sentences(path: Path, name: str, key: str, sentences: object) -> tuple[str, ...]:
    if not isinstance(sentences, list) or not sentences or not all(isinstance(one, str) for one in sentences):
        raise InputError(path, f"{key} must be a list of sentences, got {str(sentences)[:60]!r}", place=name)
    return tuple(sentences)


def _try_out(path: Path, rule: Rule) -> None:
    for sentence in rule.match:
        if not rule.matches(sentence):
            raise InputError(path, f"does not match {sentence!r}, which it must", place=rule.name)
    for sentence in rule.reject:
        if rule.matches(sentence):
            raise InputError(path, f"matches {sentence!r}, which it must not", place=rule.name)


def _index(rules: Sequence[Rule]) -> tuple[int, dict[str, int]]:
    """The rules that any sentence may match, and those that need a word with a given start; one bit a rule."""
    always = 0
    starts: dict[str, int] = {}
    for number, rule in enumerate(rules):
        needed = word_starts(rule.pattern.pattern)
        if needed is None:
            always |= 1 << number
            continue
        for start in needed:
            starts[start] = starts.get(start, 0) | 1 << number
    return always, starts


def _bits(mask: int) -> list[int]:
    """The positions of the bits that are set, ascending."""
    positions = []
    while mask:
        lowest = mask & -mask
        positions.append(lowest.bit_length() - 1)
        mask ^= lowest
    return positions
