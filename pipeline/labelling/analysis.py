"""What each rule is worth: how often it votes, with whom, against whom, and how often rightly.

The terms are those of Ratner et al. 2017, "Snorkel: Rapid Training Data Creation with Weak Supervision",
doi:10.14778/3157794.3157797, with rules compared only with rules on the same label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.labelling.rules import Rule, RuleSet

Votes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule's row of the rule table; shares lie in 0 to 1."""

    name: str
    label: str
    vote: int
    """+1 for the label, -1 against it."""
    n_matched: int
    """How many sentences it votes on."""
    coverage: float
    """The share of sentences it votes on."""
    overlap: float
    """The share of sentences on which it and another rule on its label vote."""
    conflict: float
    """The share of sentences on which another rule on its label votes the other way."""
    precision: float | None
    """The share of matched sentences that carry the label (do not carry it, for a rule against); None without gold
    or without a match."""
    recall: float | None
    """The share of sentences that carry the label (do not carry it, for a rule against) that it matches; None without
    gold or when there is no such sentence."""


def rule_table(rules: RuleSet, votes: Votes, gold: Flags | None = None, ids: Sequence[str] = ()) -> list[RuleRow]:
    """One row a rule, in order.

    Args:
        rules: the rules, R of them.
        votes: what they say, shape (n, R), -1, 0 or +1.
        gold: which sentence carries which label, shape (n, L), or None.
        ids: the labels of the columns of `gold`.
    """
    rows = []
    for column, rule in enumerate(rules.rules):
        others = [other for other, label in enumerate(rules.labels) if label == rule.label and other != column]
        right = None if gold is None else gold[:, ids.index(rule.label)] == (rule.vote > 0)
        rows.append(_row(rule, votes[:, column], votes[:, others], right))
    return rows


def _row(rule: Rule, own: Votes, rest: Votes, right: Flags | None) -> RuleRow:
    """The row of a rule by its votes, shape (n,), and those of the other rules on its label, shape (n, others)."""
    matched = own != 0
    return RuleRow(
        name=rule.name,
        label=rule.label,
        vote=rule.vote,
        n_matched=int(matched.sum()),
        coverage=_share(matched) or 0.0,
        overlap=_share(matched & (rest != 0).any(axis=1)) or 0.0,
        conflict=_share(matched & (rest == -own[:, None]).any(axis=1)) or 0.0,
        precision=None if right is None else _share(right[matched]),
        recall=None if right is None else _share(matched[right]),
    )


def _share(flags: Flags) -> float | None:
    """The share of true ones; None of nothing."""
    return float(flags.mean()) if len(flags) else None
