"""Words that matter in a comparison: verbs of saying, charged words, vague names of sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_yaml

_DOUBLED = frozenset("bdgklmnprt")
"""Last consonants that are doubled in some verbs (``grab``, ``grabbed``)."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in every form, lower-cased."""

    neutral: frozenset[str]
    """Verbs of saying that add nothing to what is said."""
    convicting: frozenset[str]
    """Verbs of saying that judge the speaker (``admit``, ``whine``)."""
    charged: frozenset[str]
    """Words with emotional or evaluative charge, convicting verbs among them."""
    vague: frozenset[str]
    """What a source is called that could be anybody."""


def load_lexicon(path: Path) -> Lexicon:
    """The lexicon in a YAML file.

    Raises:
        InputError: a key is missing, or its value is not a text of words.
    """
    content = read_yaml(path)
    try:
        saying, charged, vague = content["saying"], content["charged"], content["vague"]
        neutral, convicting = (forms(saying[name].split()) for name in ("neutral", "convicting"))
        loaded = forms(word for words in charged.values() for word in words.split())
        return Lexicon(neutral, convicting, loaded | convicting, frozenset(vague["sources"].split()))
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(path, f"needs the keys saying, charged and vague with their words ({error})") from error


def forms(words: Iterable[str]) -> frozenset[str]:
    """`words` with every form that a regular English verb, noun or adjective of that spelling may have.

    Example:
        >>> sorted(forms(["deny"]))
        ['denied', 'denies', 'denily', 'deny', 'denying', 'denyly', 'denys']
    """
    return frozenset(form for word in words for form in _forms(word.lower()))


def _forms(word: str) -> set[str]:
    """More than there are: a form that does not exist matches nothing."""
    found = {word, word + "s", word + "ing", word + "ly"}
    if word.endswith("e"):
        return found | {word + "d", word[:-1] + "ing", word[:-1] + "y"}
    if word.endswith("y"):
        return found | {word[:-1] + ending for ending in ("ies", "ied", "ily")}
    doubled = {word + word[-1] + ending for ending in ("ed", "ing")} if word[-1] in _DOUBLED else set()
    return found | {word + "es", word + "ed"} | doubled
