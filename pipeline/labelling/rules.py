"""Labelling functions as data: each rule looks for one cue and votes for or against one label, or abstains.

The vocabulary is that of Ratner et al. 2017, "Snorkel: Rapid Training Data Creation with Weak Supervision",
doi:10.14778/3157794.3157797.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np
import numpy.typing as npt

from pipeline.core.errors import InputError
from pipeline.core.files import read_yaml
from pipeline.core.scheme import Scheme
from pipeline.labelling.matching import Matcher

VOTES = {"for": 1, "against": -1}
"""What a matching rule says, as it is written in the rules file and as a number; 0 is abstention."""

_STRAIGHT = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_KEYS = frozenset({"name", "label", "vote", "pattern", "why", "match", "reject"})


def straighten(text: str) -> str:
    """`text` as rules see it: straight quotation marks, letters without accents; its length stays.

    A letter that is not of the Latin alphabet becomes an x (X for a capital), a digit of another script a 0: what is a
    word stays a word, and rules need to know of ASCII letters only.

    Example:
        >>> straighten("a “late” café")
        'a "late" cafe'
    """
    if text.isascii():
        return text
    return _NOT_ASCII.sub(lambda match: _plain(match[0]), text)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _STRAIGHT:
        return _STRAIGHT[character]
    if not (character.isalnum() or character == "_"):
        return " " if character.isspace() else character
    if character.isdigit():
        return "0"
    base = normalize("NFKD", character)[0]
    return base if base.isascii() and base.isalpha() else "X" if character.isupper() else "x"


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
    """Rules in file order; every array with a rule axis R has this order."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)

    @cached_property
    def _matcher(self) -> Matcher:
        """Built when first needed, for it takes most of a second and a model file holds several rule sets."""
        samples = [straighten(sentence) for rule in self.rules for sentence in (*rule.match, *rule.reject)]
        return Matcher([rule.pattern for rule in self.rules], samples)

    def __len__(self) -> int:
        """How many rules there are."""
        return len(self.rules)

    def __reduce__(self) -> tuple[type[RuleSet], tuple[tuple[Rule, ...]]]:
        """Kept as its rules alone, so that equal rule sets pickle to equal bytes."""
        return RuleSet, (self.rules,)

    def __deepcopy__(self, memo: dict[int, object]) -> RuleSet:
        """Itself, for it never changes: estimators that hold it are cloned often."""
        return self

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
        return self._matcher.matches([straighten(text) for text in texts])

    def votes(self, texts: Sequence[str]) -> npt.NDArray[np.int8]:
        """What each rule says about each sentence, shape (n, R): +1 for its label, -1 against it, 0 abstains."""
        signs = np.array([rule.vote for rule in self.rules], dtype=np.int8)
        return self.matches(texts).astype(np.int8) * signs


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
