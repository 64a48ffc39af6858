"""The rule table, counted by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest

from pipeline.labelling.analysis import rule_table
from pipeline.labelling.rules import Rule, RuleSet


def rule(name: str, label: str, vote: int) -> Rule:
    return Rule(name, label, vote, re.compile(name), "", (), ())


RULES = RuleSet(
    [
        rule("will", "prediction", 1),
        rule("may", "prediction", 1),
        rule("was", "prediction", -1),
        rule("must", "duty", 1),
    ]
)
VOTES = np.array(
    [
        [1, 0, 0, 1],
        [1, 1, 0, 0],
        [1, 0, -1, 0],
        [0, 0, -1, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 0],
    ],
    dtype=np.int8,
)
GOLD = np.array([[1, 0], [1, 0], [0, 0], [1, 0], [1, 1], [1, 1]], dtype=np.bool_)


def test_rule_table_counted_by_hand() -> None:
    will, may, was, must = rule_table(RULES, VOTES, GOLD, ("prediction", "duty"))
    assert (will.n_matched, will.coverage, will.overlap, will.conflict) == (4, 4 / 6, 2 / 6, 1 / 6)
    assert (will.precision, will.recall) == (3 / 4, 3 / 5)
    assert (may.n_matched, may.coverage, may.overlap, may.conflict) == (1, 1 / 6, 1 / 6, 0 / 6)
    assert (may.precision, may.recall) == (1 / 1, 1 / 5)
    assert (was.n_matched, was.coverage, was.overlap, was.conflict) == (2, 2 / 6, 1 / 6, 1 / 6)
    assert (was.precision, was.recall) == (1 / 2, 1 / 1)
    assert (must.overlap, must.precision, must.recall) == (0, 0 / 1, 0 / 2)


def test_without_gold_there_is_no_precision() -> None:
    assert {(row.precision, row.recall) for row in rule_table(RULES, VOTES)} == {(None, None)}


@pytest.mark.parametrize("n", [0, 3])
def test_a_rule_that_never_votes(n: int) -> None:
    rows = rule_table(RULES, np.zeros((n, 4), dtype=np.int8), np.zeros((n, 2), dtype=np.bool_), ("prediction", "duty"))
    assert [(row.n_matched, row.coverage, row.precision) for row in rows] == [(0, 0.0, None)] * 4
