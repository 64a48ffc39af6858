"""Leaks planted on purpose are found, and clean data gives nothing."""

from __future__ import annotations

import pytest

from pipeline.core.records import GoldSentence, Sentence
from pipeline.evaluation.audit import (
    contrast_in_training,
    duplicates,
    label_conflicts,
    shared_runs,
    shared_works,
    words,
)

ELEVEN = "two grey barges left the lower lock with coal and salt"
"""Eleven words, so nine word 3-grams."""


def gold(text: str, doc_id: str = "d", labels: frozenset[str] = frozenset(), position: int = 0) -> GoldSentence:
    return GoldSentence(Sentence(doc_id, position, 0, "body", 0, len(text), text), "body", labels, (), ())


def likeness(one: str, other: str, near: float = 0.8) -> list[tuple[str, str]]:
    found = list(duplicates([gold(one, "learned", position=3)], [gold(other, "held", position=5)], near))
    assert all(finding.where == ("learned:3", "held:5") for finding in found)
    return [(finding.rule, finding.value) for finding in found]


def test_an_exact_duplicate_whatever_its_case_and_marks() -> None:
    assert likeness(ELEVEN, f"“{ELEVEN.capitalize()}!”") == [("duplicate", "1.00")]


def test_a_near_duplicate_at_the_bound() -> None:
    assert likeness(ELEVEN, ELEVEN.replace("salt", "tar")) == [("near duplicate", "0.80")]  # 8 / 10


def test_a_near_duplicate_just_above_the_bound() -> None:
    longer = f"then {ELEVEN}"
    assert likeness(longer, longer.replace("salt", "tar")) == [("near duplicate", "0.82")]  # 9 / 11


def test_what_is_just_below_the_bound_is_none() -> None:
    shorter = ELEVEN.removeprefix("two ")
    assert likeness(shorter, shorter.replace("salt", "tar")) == []  # 7 / 9
    assert likeness(shorter, shorter.replace("salt", "tar"), near=7 / 9) == [("near duplicate", "0.78")]


def test_a_sentence_of_four_words_is_no_evidence() -> None:
    assert likeness("He said so again.", "He said so again.") == []
    assert likeness("He said so again yesterday.", "He said so again yesterday.") == [("duplicate", "1.00")]


def test_a_shared_work() -> None:
    found = list(shared_works({"a1": "a", "b1": "b"}, {"a2": "a", "c1": "c"}))
    assert [(finding.rule, finding.where, finding.value) for finding in found] == [("shared work", ("a1", "a2"), "a")]


def test_a_contrast_pair_in_training_text() -> None:
    train = [gold("The ferry didn’t sail on Monday."), gold("The ferry sailed.", "e")]
    found = list(contrast_in_training(["The ferry didn't sail, on Monday!", "Nothing like it."], train))
    assert [(finding.rule, finding.where) for finding in found] == [("contrast pair in training", ("d:0",))]


def test_a_label_conflict() -> None:
    one, other = gold(ELEVEN, "d", frozenset({"report"})), gold(f"{ELEVEN}.", "e", frozenset({"assertion"}))
    found = list(label_conflicts([one, other]))
    assert [(finding.rule, finding.where, finding.value) for finding in found] == [
        ("label conflict", ("d:0", "e:0"), ELEVEN)
    ]


def test_equal_labels_and_short_formulas_do_not_conflict() -> None:
    report, none = frozenset({"report"}), frozenset[str]()
    assert list(label_conflicts([gold(ELEVEN, "d", report), gold(ELEVEN, "e", report)])) == []
    assert (
        list(label_conflicts([gold("Then what happened?", "d", report), gold("Then what happened?", "e", none)])) == []
    )


@pytest.mark.parametrize(("shared", "found"), [(8, 1), (7, 0)])
def test_a_shared_run_counts_from_8_words(shared: int, found: int) -> None:
    foreign = "Beyond " + " ".join(ELEVEN.split()[:shared]) + ", nobody waits."
    own = {"clean.md": "Nothing to see.", "copied.md": f"We read: {ELEVEN}."}
    runs = list(shared_runs(own, [foreign], 8))
    assert [(run.where, run.value) for run in runs] == [
        (("copied.md",), " ".join(ELEVEN.split()[:8])),
    ] * found


def test_a_text_is_named_once_however_many_runs_it_shares() -> None:
    assert len(list(shared_runs({"copied.md": ELEVEN}, [ELEVEN], 8))) == 1


def test_clean_data_gives_nothing() -> None:
    train = [gold(ELEVEN, "d", frozenset({"report"})), gold("Nobody at the mill expected a long strike.", "d")]
    test = [gold("Three red kites flew over the quarry at noon.", "e", frozenset({"report"}))]
    assert list(duplicates(train, test, 0.8)) == []
    assert list(shared_works({"d": "d"}, {"e": "e"})) == []
    assert list(contrast_in_training(["A kite fell on the mill."], train)) == []
    assert list(label_conflicts([*train, *test])) == []


def test_words_straighten_apostrophes_and_keep_them() -> None:
    assert words("Don’t “shout”, it's 5 o'clock!") == ("don't", "shout", "it's", "5", "o'clock")
