"""Every sentence has one match, and what was merged, split, moved, lost or added is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.params import AlignParams, load_params
from pipeline.core.records import Document, Sentence
from pipeline.labelling.gold import by_key
from pipeline.labelling.versions import Family, read_alignment, read_families
from pipeline.reading import read_document, split_lines, split_sentences
from pipeline.versions.alignment import Match, align, in_order
from pipeline.versions.baselines import by_length, by_likest
from pipeline.versions.scoring import added_up, link_hits, links_of

REPOSITORY = Path(__file__).parents[2]
PARAMS = load_params(REPOSITORY / "params.yaml").versions.align

FERRY = "The ferry to Aldersby was closed on Monday after a plank broke."
MAYOR = "Mayor Mira Holt blamed the harbour guild for years of neglect."
COST = "Repairs will cost 31,000 crowns, according to the engineers."
CHILD = "When I was ten, my aunt rowed me across in a storm."
END = "Nobody knows when the boats return."
TEXT = [FERRY, MAYOR, COST, CHILD, END]


def one_to_one(*numbers: int) -> list[Match]:
    return [Match((number,), (number,)) for number in numbers]


def test_the_same_text_is_matched_sentence_by_sentence() -> None:
    assert align(TEXT, TEXT, PARAMS) == one_to_one(0, 1, 2, 3, 4)


def test_a_sentence_spelled_another_way_is_matched() -> None:
    again = "Mayor Myra Holdt has blamed the harbor guild for neglecting it for years."
    assert align(TEXT, [FERRY, again, COST, CHILD, END], PARAMS) == one_to_one(0, 1, 2, 3, 4)


def test_lost_and_added_sentences_stand_where_they_were() -> None:
    new = "Passengers waited on the quay until dark, some with bicycles and dogs, and sang."
    assert align(TEXT, [FERRY, COST, CHILD, END, new], PARAMS) == [
        Match((0,), (0,)),
        Match((1,), ()),
        *[Match((number + 1,), (number,)) for number in (1, 2, 3)],
        Match((), (4,)),
    ]


def test_merged_sentences_are_one_match() -> None:
    merged = "The ferry to Aldersby was closed on Monday after a plank broke, and Mayor Mira Holt blamed the guild."
    assert align(TEXT, [merged, COST, CHILD, END], PARAMS)[0] == Match((0, 1), (0,))


def test_a_split_sentence_is_one_match() -> None:
    halves = ["The ferry to Aldersby was closed on Monday.", "A plank broke."]
    assert align(TEXT, [*halves, *TEXT[1:]], PARAMS)[0] == Match((0,), (0, 1))


def test_a_moved_sentence_is_found_and_said_to_have_moved() -> None:
    assert align(TEXT, [CHILD, FERRY, MAYOR, COST, END], PARAMS) == [
        Match((3,), (0,), moved=True),
        Match((0,), (1,)),
        Match((1,), (2,)),
        Match((2,), (3,)),
        Match((4,), (4,)),
    ]


def test_what_was_split_in_a_moved_paragraph_is_found() -> None:
    halves = ["When I was ten, my aunt rowed me across.", "She rowed me in a storm when I was ten."]
    found = align(TEXT, [*halves, FERRY, MAYOR, COST, END], PARAMS)
    assert found[0] == Match((3,), (0, 1), moved=True)


def test_a_headline_retold_in_other_words_keeps_its_place() -> None:
    assert align(["Boats stay ashore", *TEXT], ["Quay falls silent", *TEXT], PARAMS)[0] == Match((0,), (0,))


def test_what_fills_the_same_place_at_another_length_does_not() -> None:
    long = "Quay falls silent while councillors quarrel over money that nobody has"
    found = align(["Boats stay ashore", *TEXT], [long, *TEXT], PARAMS)
    assert found[:2] == [Match((0,), ()), Match((), (0,))]


@pytest.mark.parametrize(
    ("source", "version", "matches"),
    [
        ([], [], []),
        ([FERRY], [], [Match((0,), ())]),
        ([], [FERRY], [Match((), (0,))]),
        (["…"], ["!"], [Match((0,), (0,))]),
    ],
)
def test_texts_with_next_to_nothing(source: list[str], version: list[str], matches: list[Match]) -> None:
    assert align(source, version, PARAMS) == matches


def test_lost_sentences_follow_the_match_of_the_one_before() -> None:
    matches = [Match((2,), (0,)), Match((0,), (1,)), Match((1,), ()), Match((3,), ())]
    assert in_order(matches) == [Match((2,), (0,)), Match((3,), ()), Match((0,), (1,)), Match((1,), ())]


WORDS = st.sampled_from(
    [
        "ferry",
        "mayor",
        "storm",
        "crown",
        "plank",
        "guild",
        "aunt",
        "boat",
        "quay",
        "dog",
        "the",
        "of",
        "in",
        "a",
        "on",
        "31",
    ]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), max_size=9)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_every_sentence_has_exactly_one_match(source: list[str], version: list[str]) -> None:
    for matches in (align(source, version, PARAMS), by_length(source, version), by_likest(source, version)):
        assert sorted(number for match in matches for number in match.source) == list(range(len(source)))
        assert sorted(number for match in matches for number in match.version) == list(range(len(version)))
        assert all(match.source or match.version for match in matches)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_sentences_of_a_match_follow_each_other(source: list[str], version: list[str]) -> None:
    for match in align(source, version, AlignParams(carried=0.0, moved=0.0, grouped=0.0)):
        for side in (match.source, match.version):
            assert list(side) == list(range(side[0], side[0] + len(side))) if side else True


def test_lengths_alone_find_a_split() -> None:
    source = ["a" * 40, "b" * 120, "c" * 44]
    version = ["x" * 41, "y" * 58, "z" * 60, "w" * 43]
    assert by_length(source, version) == [Match((0,), (0,)), Match((1,), (1, 2)), Match((2,), (3,))]


def test_the_likest_sentence_is_found_wherever_it_stands() -> None:
    assert by_likest(TEXT, [CHILD, FERRY]) == [
        Match((3,), (0,)),
        Match((4,), ()),
        Match((0,), (1,)),
        Match((1,), ()),
        Match((2,), ()),
    ]


@pytest.fixture(scope="module")
def families() -> list[Family]:
    return read_families(REPOSITORY / "labels" / "versions" / "families.jsonl")


@pytest.fixture(scope="module")
def documents(families: list[Family]) -> dict[str, list[Sentence]]:
    found = {}
    for doc_id in (name for family in families for name in (family.work, *family.versions)):
        document = read_document(REPOSITORY / "seeds" / "corpus" / f"{doc_id}.txt")
        assert isinstance(document, Document), doc_id
        found[doc_id] = split_sentences(document, split_lines(document))
    return found


def test_links_of_the_families_are_found(families: list[Family], documents: dict[str, list[Sentence]]) -> None:
    known = by_key(one for own in documents.values() for one in own)
    gold = read_alignment(REPOSITORY / "labels" / "versions" / "alignment.jsonl", known)
    tables = []
    for source, version in ((family.work, version) for family in families for version in family.versions):
        sides = documents[source], documents[version]
        texts = [[one.text for one in side] for side in sides]
        ours = links_of(align(texts[0], texts[1], PARAMS), *sides)
        tables.append(link_hits(ours, [link for link in gold if link.version == version]))
    total = added_up(tables)
    assert (total["one to one"].f1 or 0) > 0.98
    assert (total["merged or split"].f1 or 0) > 0.9
    assert sum(total[group].there for group in total) == len(gold)
