"""Many patterns searched together find what each finds alone, however they are grouped."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.labelling.matching import Matcher

PATTERNS = (
    *(r"(?i)\bmust\b", r"(?i)\bwill\b", r"(?i)\b\w+ly\b", r"^But\b", r"(?i)^(?!.*\bmust\b).*\bwill\b", r"\?$"),
    *(
        r"\bwill\b(?! not)",
        r"(?i)\b(?:\w+ ){2}now\b",
        r"(?i)^(?!.*\")(?!.*\bI\b).*\bwe\b",
        r"[^.;]{2,9}now",
        r"(?<!so-)called",
    ),
)
WORDS = ("must", "Will", "will not", "gladly", "But", "I", "we", "now", "so-called", "called", '"', "?", ";", "€")

texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join), max_size=6)


@given(st.lists(st.sampled_from(PATTERNS), unique=True), texts, texts)
def test_patterns_searched_together_find_what_each_finds_alone(
    patterns: list[str], samples: list[str], sentences: list[str]
) -> None:
    compiled = [re.compile(pattern) for pattern in patterns]
    alone = [[pattern.search(sentence) is not None for pattern in compiled] for sentence in sentences]
    found = Matcher(compiled, samples).matches(sentences)
    assert found.shape == (len(sentences), len(patterns))
    assert found.tolist() == alone


def test_patterns_that_are_common_or_repeat_a_class_share_with_few() -> None:
    common = [re.compile(rf"\b{letter}\b") for letter in "klm"]
    rare = [re.compile(rf"\b{letter}{letter}\b") for letter in "defgh"]
    repeating = [re.compile(rf"\b{letter}\w+") for letter in "stuvw"]
    matcher = Matcher([*common, *rare, *repeating], ["k l m", "k l m"])
    groups = [[member.replace(r"\b", "") for member in group] for group, _ in matcher._groups]
    assert groups[:3] == [["k"], ["l"], ["m", "dd", "ee", "ff", "gg", "hh"]]
    assert groups[3:] == [[r"s\w+", r"t\w+", r"u\w+", r"v\w+"], [r"w\w+"]]
