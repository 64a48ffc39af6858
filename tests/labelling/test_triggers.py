"""What a pattern needs is read off it, and never too much."""

from __future__ import annotations

import pytest

from pipeline.labelling.triggers import DIGIT, END, has_starts, starts_that_may_forbid, word_starts


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        (r"\bmust\b", {"must" + END}),
        (r"\bmust", {"must"}),
        (r"must", None),
        (r"(?i)\bMUST\b", {"must" + END}),
        (r"\b(?:must|ought to)\b", {"must" + END, "ought" + END}),
        (r"\bneeds?\b", {"need" + END, "needs" + END}),
        (r"\b(?:in|under) siege\b", {"siege" + END}),
        (r"\b(?:very )?rare\b", {"rare" + END}),
        (r"\d ?%", {"%"}),
        (r"(?: |-)rare\b", {"rare" + END}),
        (r"[^ ]rare\b", None),
        (r"\b(?:a|the)[ -]rare", {"rare"}),
        (r"\d+", {DIGIT}),
        (r"\w+", None),
        (r"\bx*", None),
        (r"^(?=.*\?).*", {"?"}),
        (r"(?<!a)[!?]", {"!", "?"}),
        (r"\bmust\b|y", None),
    ],
)
def test_word_starts(pattern: str, starts: set[str] | None) -> None:
    assert word_starts(pattern) == starts


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        (r"^(?!.*\bmust\b)", {"must" + END}),
        (r"^(?!.*(?:%|\d))", {"%", DIGIT}),
        (r"^(?!.*\bmust\b)a", None),
        (r"^(?!.+\bmust\b)", None),
        (r"(?!.*\bmust\b)", None),
        (r"^(?!must)", None),
    ],
)
def test_starts_that_may_forbid(pattern: str, starts: set[str] | None) -> None:
    assert starts_that_may_forbid(pattern) == starts


def test_a_word_has_its_beginnings_and_itself() -> None:
    assert has_starts("a4") == ["a", "a4", "a4" + END, DIGIT]
