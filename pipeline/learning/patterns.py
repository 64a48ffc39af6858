"""Sentences as runs of word classes, between a mark for the beginning and one for the end."""

from __future__ import annotations

import numpy as np

from pipeline.learning.tokens import Tokens, numbered
from pipeline.learning.word_classes import word_class

BEGINNING, END = "<s>", "</s>"


def patterns(tokens: Tokens) -> Tokens:
    """The classes of tokens as they are written (see `word_class`), each sentence between `BEGINNING` and `END`."""
    inside = [word_class(form, first=False) for form in tokens.types]
    opening = [word_class(form, first=True) for form in tokens.types]
    types, numbers = numbered([BEGINNING, END, *inside, *opening])
    count = len(tokens.types)
    as_inside, as_opening = numbers[2 : 2 + count], numbers[2 + count :]
    ids = as_inside[tokens.ids]
    filled = tokens.bounds[:-1] < tokens.bounds[1:]
    starts = tokens.bounds[:-1][filled]
    ids[starts] = as_opening[tokens.ids[starts]]
    edges = np.sort(np.concatenate([tokens.bounds[:-1], tokens.bounds[1:]]))
    marks = np.tile([0, 1], len(tokens.bounds) - 1)
    bounds = tokens.bounds + 2 * np.arange(len(tokens.bounds))
    return Tokens(types, np.insert(ids, edges, marks), bounds)
