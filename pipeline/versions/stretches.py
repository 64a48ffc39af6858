"""Where the wording of linked sentences differs, and how charged each side is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from pipeline.core.records import Sentence
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.store import StoredModel
from pipeline.learning.wordings import words_of
from pipeline.versions.lexicon import Lexicon

Floats = npt.NDArray[np.float64]

ROOT = 5
"""Words that begin with the same letters, so many, are taken for forms of one word."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    position: int
    """The number of its sentence in the document."""
    start: int
    """Offset in the sentence's text."""
    end: int
    form: str
    """Lower-cased, curly apostrophes straightened."""
    charge: float
    """How likely it is to be loaded, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the source and what stands in their place in the version; one side may be empty.

    A word whose root stands in a changed place of the other side has no charge here.
    """

    source: tuple[Word, ...]
    version: tuple[Word, ...]

    @property
    def source_charge(self) -> float:
        """The highest charge among the words of the source, 0 without any."""
        return charge_of(self.source)

    @property
    def version_charge(self) -> float:
        """The highest charge among the words of the version, 0 without any."""
        return charge_of(self.version)


def charge_of(words: Sequence[Word]) -> float:
    """The highest charge among them, 0 without any."""
    return max((word.charge for word in words), default=0.0)


def words_with_charge(
    sentences: Sequence[Sentence], stored: StoredModel, lexicon: Lexicon, lexicon_charge: float
) -> list[list[Word]]:
    """The words of each sentence.

    A word's charge is the model's chance of its being marked as loaded, where the model has a word-level part, and at
    least `lexicon_charge` for a word in the lexicon.
    """
    words = words_of([sentence.text for sentence in sentences])
    forms, bounds = words.tokens.forms, words.tokens.bounds
    model, charges = stored.model, np.zeros(len(forms))
    if forms and isinstance(model, LinearClassifier) and model.params.wording:
        charges = expit(model.heads_.features_.wording_.decision_function(words.tokens))
    known = np.array([lexicon_charge * (form in lexicon.charged) for form in forms])
    charges = np.maximum(charges, known)
    return [
        [
            Word(sentence.position, int(words.starts[i]), int(words.ends[i]), forms[i], float(charges[i]))
            for i in range(first, last)
        ]
        for sentence, first, last in zip(sentences, bounds[:-1], bounds[1:], strict=True)
    ]


def stretches(source: Sequence[Word], version: Sequence[Word]) -> list[Stretch]:
    """The differences between two sequences of words, in order; none where they are the same."""
    matcher = SequenceMatcher(None, [word.form for word in source], [word.form for word in version], autojunk=False)
    changed = [(source[a:b], version[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    gone, new = ({word.form[:ROOT] for pair in changed for word in pair[side]} for side in (0, 1))
    return [Stretch(_discharged(old, new), _discharged(young, gone)) for old, young in changed]


def _discharged(words: Sequence[Word], elsewhere: set[str]) -> tuple[Word, ...]:
    """The words, without the charge of those whose root is `elsewhere`."""
    return tuple(replace(word, charge=0.0) if word.form[:ROOT] in elsewhere else word for word in words)
