"""Whether a document lies outside of what the model was measured on."""

from __future__ import annotations

from pipeline.report.domain import measured, notices, unknown_share

TRAINED = ["the cat sat on the mat"] * 3
HELD_OUT = ["the cat sat on the red mat today"] * 12
PARTS = {"a": "train", "b": "test"}
RANGE = measured({"a": TRAINED, "b": HELD_OUT, "mine": ["zebra"]}, PARTS)


def test_the_range_is_that_of_the_held_out_documents() -> None:
    assert RANGE.known == {"the", "cat", "sat", "on", "mat"}
    assert RANGE.longest == 12
    assert RANGE.unknown == 2 / 8  # red, today


def test_unknown_words_are_running_words() -> None:
    known = frozenset({"the", "cat"})
    assert unknown_share(["The cat"] * 24 + ["a dog"], known) == 2 / 50
    assert unknown_share(["The cat"] * 24, known) is None  # too few words


def test_a_document_within_the_range_has_no_notice() -> None:
    assert notices(HELD_OUT, RANGE) == ()


def test_what_is_outside_is_told() -> None:
    strange, long, short = ["el gato se ha ido"] * 12, ["the cat sat on the mat"] * 13, ["the cat"] * 9
    assert [told[:45] for told in notices(strange, RANGE)] == ["100% of its words occur nowhere in what the m"]
    assert [told[:32] for told in notices(long, RANGE)] == ["It has 13 labelled sentences; th"]
    assert [told[:31] for told in notices(short, RANGE)] == ["It has fewer than 10 labelled s"]


def test_nothing_is_told_where_nothing_is_held_out() -> None:
    assert notices(["zebra"] * 100, measured({"a": TRAINED}, {"a": "train"})) == ()
