"""Words and marks of many sentences at once, each distinct one looked at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
"""A word, with its apostrophes and hyphens."""
TOKEN = re.compile(rf"{WORD.pattern}|[^\w\s]")
"""A word or a mark."""

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of n sentences laid end to end."""

    types: tuple[str, ...]
    """The distinct ones as they are written, in order of their first occurrence."""
    ids: Ids
    """The number of each token's type, shape (n_tokens,)."""
    bounds: Ids
    """Shape (n + 1,): sentence i owns the tokens bounds[i]:bounds[i + 1]."""

    @property
    def rows(self) -> Ids:
        """The sentence of each token, shape (n_tokens,)."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    @property
    def forms(self) -> tuple[str, ...]:
        """The type of every token."""
        return tuple(self.types[number] for number in self.ids.tolist())

    @property
    def lowered(self) -> Tokens:
        """The same tokens in lower case, curly apostrophes straightened."""
        forms = [lower(form) for form in self.types]
        types, numbers = numbered(forms)
        return Tokens(types, numbers[self.ids], self.bounds)

    def of(self, sentences: Ids) -> Tokens:
        """The tokens of the sentences with these numbers; types that do not occur in them are left out."""
        lengths = self.bounds[sentences + 1] - self.bounds[sentences]
        bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        picked = np.repeat(self.bounds[sentences] - bounds[:-1], lengths) + np.arange(bounds[-1])
        ids = self.ids[picked]
        return Tokens(self.types, ids, bounds).only(np.bincount(ids, minlength=len(self.types)) > 0)

    def pieces(self, size: int) -> Iterator[Tokens]:
        """The same sentences, `size` at a time, one piece at least; every piece has all types."""
        for first in range(0, max(len(self.bounds) - 1, 1), size):
            bounds = self.bounds[first : first + size + 1]
            yield Tokens(self.types, self.ids[bounds[0] : bounds[-1]], bounds - bounds[0])

    def only(self, kept: npt.NDArray[np.bool_]) -> Tokens:
        """The tokens of the types that are `kept`, shape (n_types,)."""
        staying = kept[self.ids]
        number = np.cumsum(kept) - 1
        bounds = np.concatenate([[0], np.cumsum(staying)])[self.bounds].astype(np.int64)
        types = tuple(form for form, keep in zip(self.types, kept, strict=True) if keep)
        return Tokens(types, number[self.ids[staying]], bounds)


def tokenise(texts: Sequence[str]) -> Tokens:
    """The tokens of `texts`, in order."""
    found = [TOKEN.findall(text) for text in texts]
    types, ids = numbered(list(chain.from_iterable(found)))
    bounds = np.concatenate([[0], np.cumsum([len(own) for own in found], dtype=np.int64)]).astype(np.int64)
    return Tokens(types, ids, bounds)


def numbered(values: Sequence[str]) -> tuple[tuple[str, ...], Ids]:
    """The distinct values in order of their first occurrence, and the number of each value."""
    types = tuple(dict.fromkeys(values))
    index = {value: number for number, value in enumerate(types)}
    return types, np.fromiter(map(index.__getitem__, values), dtype=np.int64, count=len(values))


def lower(form: str) -> str:
    """The form in lower case, curly apostrophes straightened."""
    return form.lower().replace("’", "'")
