"""Every rule keeps its own promises, and the quick way of matching finds what plain search finds."""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.core.scheme import load_scheme
from pipeline.labelling.rules import Rule, RuleSet, load_rules, straighten

LABELS = Path(__file__).parents[2] / "labels"
SCHEME = load_scheme(LABELS / "scheme.yaml")
RULES = load_rules(LABELS / "rules.yaml", SCHEME)
EXAMPLES = sorted({sentence for rule in RULES.rules for sentence in (*rule.match, *rule.reject)})

sentences = st.lists(
    st.one_of(
        st.sampled_from(EXAMPLES),
        st.lists(st.sampled_from(" ".join(EXAMPLES).split()), max_size=12).map(" ".join),
        st.text(alphabet='abst IKſıéK’"“”%4.,?! ', max_size=30),
    ),
    max_size=5,
)


@pytest.mark.parametrize("rule", RULES.rules, ids=RULES.names)
def test_rule_finds_what_it_must_and_nothing_it_must_not(rule: Rule) -> None:
    column = RULES.names.index(rule.name)
    assert RULES.matches(rule.match)[:, column].all()
    assert not RULES.matches(rule.reject)[:, column].any()


@pytest.mark.parametrize("rule", RULES.rules, ids=RULES.names)
def test_rule_has_a_reason_and_enough_examples(rule: Rule) -> None:
    assert rule.why.endswith(".")
    assert len(rule.match) >= 2
    assert len(rule.reject) >= 2


@pytest.mark.parametrize("label", SCHEME.ids)
def test_every_label_has_rules_for_and_against(label: str) -> None:
    votes = Counter(rule.vote for rule in RULES.rules if rule.label == label)
    assert votes[1] >= 3
    assert votes[-1] >= 2


@given(sentences)
def test_passing_sentences_over_changes_nothing(texts: list[str]) -> None:
    plain = [[rule.pattern.search(straighten(text)) is not None for rule in RULES.rules] for text in texts]
    assert RULES.matches(texts).tolist() == plain


@given(sentences, st.randoms())
def test_sentences_are_judged_one_by_one(texts: list[str], random: Any) -> None:
    order = list(range(len(texts)))
    random.shuffle(order)
    shuffled = RULES.votes([texts[row] for row in order])
    assert (shuffled == RULES.votes(texts)[order]).all()


def test_votes_have_the_sign_of_their_rule() -> None:
    votes = RULES.votes(EXAMPLES)
    assert votes.dtype == np.int8
    signs = np.array([rule.vote for rule in RULES.rules])
    assert (votes == RULES.matches(EXAMPLES) * signs).all()
    assert set(votes.ravel().tolist()) == {-1, 0, 1}


def test_no_sentence_gives_no_row() -> None:
    assert RULES.votes([]).shape == (0, len(RULES))


def test_curly_quotes_count_as_straight_ones() -> None:
    straight = 'The "experts" don\'t know.'
    curly = "The “experts” don’t know."
    assert (RULES.votes([straight]) == RULES.votes([curly])).all()


def test_a_used_rule_set_pickles_like_a_fresh_one() -> None:
    fresh = pickle.dumps(load_rules(LABELS / "rules.yaml", SCHEME))
    RULES.votes(EXAMPLES)
    assert pickle.dumps(RULES) == fresh
    kept: RuleSet = pickle.loads(fresh)
    assert kept.names == RULES.names
    assert (kept.votes(EXAMPLES) == RULES.votes(EXAMPLES)).all()


def entry(**changes: object) -> dict[str, object]:
    rule: dict[str, object] = {
        "name": "must",
        "label": "prescription",
        "vote": "for",
        "pattern": r"\bmust\b",
        "why": "A modal.",
        "match": ["It must go."],
        "reject": ["Mustard is hot."],
    }
    return rule | changes


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([entry(label="perscription")], "must: label 'perscription' is not in scheme"),
        ([entry(vote="maybe")], "must: vote must be 'for' or 'against', got 'maybe'"),
        ([entry(), entry()], "must: the name stands twice"),
        ([entry(pattern="(must")], "must: pattern does not compile"),
        ([entry(match=["It should go."])], "must: does not match 'It should go.', which it must"),
        ([entry(reject=["They must."])], "must: matches 'They must.', which it must not"),
        ([entry(match=[])], "must: match must be a list of sentences"),
        ([entry(weight=2)], "must: needs the keys"),
        (["must"], "rule 1: is not a rule with a name"),
        ({"must": entry()}, "is not a list of rules but dict"),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, entries: object, told: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump(entries), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_rules(path, SCHEME)
    assert str(path) in str(error.value)
    assert told in str(error.value)
