"""The page of two versions: everything once, differences marked otherwise than by colour alone, nothing but text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.params import load_params
from pipeline.core.records import Sentence
from pipeline.core.scheme import load_scheme
from pipeline.labelling.versions import CHANGES
from pipeline.learning.annotator import AnnotatedSentence, LoadedSpan
from pipeline.report.comparison import KINDS, comparison_html, pieces
from pipeline.versions.alignment import Match
from pipeline.versions.changes import Side, changes_between
from pipeline.versions.comparison import ComparedMatch, Comparison
from pipeline.versions.effects import Flips, Measured, effects
from pipeline.versions.lexicon import load_lexicon
from pipeline.versions.stretches import Word, stretches

from .parsed import Element, parse

REPOSITORY = Path(__file__).parents[2]
SCHEME = load_scheme(REPOSITORY / "labels" / "scheme.yaml")
PARAMS = load_params(REPOSITORY / "params.yaml").versions
LEXICON = load_lexicon(REPOSITORY / "labels" / "comparison.yaml")
MEASURED = Measured({"report": Flips(10, 1, 0)}, 0.5, 0.25, 40)

Said = tuple[str, tuple[str, ...], str]
"""A sentence's text, labels and loaded word."""
Pair = tuple[Said | None, Said | None, bool]
"""What became what, and whether it moved."""

EVIL = "<script>alert(1)</script> & </del> {{ 7 * 7 }}"
PAIRS: list[Pair] = [
    (("Boats left.", ("report",), ""), ("Boats left.", ("report",), ""), False),
    (
        ("They sent vile men.", ("assertion", "loaded_language"), "vile"),
        ("They sent older men.", ("report",), ""),
        True,
    ),
    ((EVIL, ("report",), ""), None, False),
    (None, ("Who knew?", ("rhetorical_question",), ""), False),
]


def side(doc_id: str, number: int, said: Said | None) -> Side:
    if said is None:
        return Side(())
    text, labels, loaded = said
    start = text.index(loaded)
    spans = (LoadedSpan(start, start + len(loaded), "author", 0.9),) if loaded else ()
    scores = {label: 0.95 if label in labels else 0.05 for label in SCHEME.ids}
    sentence = Sentence(doc_id, number, 0, "body", 100 * number, 100 * number + len(text), text)
    return Side((AnnotatedSentence(sentence, labels, scores, spans=spans),))


def words(own: Side) -> list[Word]:
    item = own.sentences[0]
    loaded = {item.sentence.text[span.start : span.end] for span in item.spans}
    return [
        Word(item.sentence.position, match.start(), match.end(), match.group(), 0.9 * (match.group() in loaded))
        for match in re.finditer(r"\w+", item.sentence.text)
    ]


def comparison(pairs: Sequence[Pair] = PAIRS) -> Comparison:
    matches = []
    for number, (was, became, moved) in enumerate(pairs):
        source, version = side("a", number, was), side("b", number, became)
        differing = tuple(stretches(words(source), words(version))) if was and became else ()
        match = Match((number,) if was else (), (number,) if became else (), moved)
        changes = tuple(changes_between(source, version, differing, LEXICON, PARAMS))
        matches.append(ComparedMatch(match, source, version, differing, changes))
    before = tuple(item for matched in matches for item in matched.source.sentences)
    after = tuple(item for matched in matches for item in matched.version.sentences)
    return Comparison(before, after, tuple(matches))


def html(pairs: Sequence[Pair] = PAIRS, measured: Measured = MEASURED) -> str:
    compared = comparison(pairs)
    found = effects(compared, SCHEME.ids, measured.noise)
    return comparison_html(compared, found, measured, ("old <b>.txt", "new.txt"), SCHEME, "f" * 64)


@pytest.fixture(scope="module")
def page() -> Element:
    return parse(html())


def rows(page: Element) -> list[Element]:
    return page.all("li", "row")


def test_every_sentence_stands_once_on_its_side(page: Element) -> None:
    found = [[element.text for element in row.all(cls="words")] for row in rows(page)]
    assert found == [[said[0] for said in pair[:2] if said] for pair in PAIRS]
    assert [row.all(cls="absent")[0].text for row in rows(page)[2:]] == ["not in the version", "not in the source"]


def test_what_a_text_says_is_not_markup() -> None:
    content = html()
    assert "<script" not in content
    assert "{{ 7 * 7 }}" in content
    assert parse(content).all("h1")[0].text.startswith("old <b>.txt")


def test_nothing_is_fetched_and_nothing_runs(page: Element) -> None:
    [policy] = [one for one in page.all("meta") if "http-equiv" in one.attributes]
    assert (policy.attributes["content"] or "").startswith("default-src 'none'")
    assert page.all("script") == page.all("link") == page.all("img") == []


def test_wording_that_went_and_came_is_struck_out_and_inserted(page: Element) -> None:
    row = rows(page)[1]
    assert [one.text for one in row.all("del")] == ["vile"]
    assert [one.text for one in row.all("ins")] == ["older"]
    assert [one.text for one in row.all("mark")] == ["vile"]
    assert rows(page)[0].all("del") == rows(page)[0].all("ins") == []


def test_labels_of_one_side_alone_have_a_sign(page: Element) -> None:
    tags = [[tag.text for tag in own.all(cls="tag")] for own in rows(page)[1].all("div", "side")]
    assert tags == [["− Assertion", "− Loaded language"], ["+ Report"]]


def test_changes_are_told_in_words(page: Element) -> None:
    notes = [" ".join(note.text.split()) for note in rows(page)[1].all("ul")[0].all("li")]
    assert notes == [
        "Moved",
        "Loaded wording removed vile → older charge 0.90 → 0.00",
        "Label lost: Assertion probability 0.95 → 0.05",
        "Label gained: Report probability 0.05 → 0.95",
    ]


def test_a_filter_chooses_the_rows_of_its_class(page: Element) -> None:
    inputs = [one.attributes["id"] or "" for one in page.all("input")]
    assert inputs[:4] == ["show-all", "show-changed", "show-moved", "show-sentence_lost"]
    counts = [int(re.findall(r"\((\d+)\)", label.text)[0]) for label in page.all("label")]
    shown = [sum(f"is-{name.removeprefix('show-')}" in row.classes for row in rows(page)) for name in inputs]
    assert counts == [4, *shown[1:]]
    style = page.all("style")[0].text
    assert all(f"body:has(#{name}:checked) .row:not(.is-{name[5:]})" in style for name in inputs[1:])


def test_the_summary_counts_and_says_how_far_to_trust_it(page: Element) -> None:
    text = " ".join(page.all("section")[0].text.split())
    assert "The source has 3 sentences, the version 3. Aligned, that makes 2 one to one, 1 removed, 1 added" in text
    assert "Loaded wordings: 1 removed, 0 softened, 0 replaced, 0 sharpened, 0 added." in text
    assert "with 40 changes that annotators agreed on, 50% of the changes told by this method" in text
    assert "it told 25% of those on it" in text


def test_a_row_of_the_table_has_shares_test_and_noise(page: Element) -> None:
    [report] = [row for row in page.all("tbody")[0].all("tr") if row.all("th")[0].text == "Report"]
    assert [" ".join(cell.text.split()) for cell in report.all("td")] == [
        "2 67% (21%–94%)",
        "2 67% (21%–94%)",
        "0",
        "1",
        "1.000",
        "0.1",
    ]


def test_what_was_not_measured_is_said() -> None:
    assert "has not been measured" in html(measured=Measured({}, None, None, 0))


def test_every_kind_of_change_has_a_name() -> None:
    assert set(KINDS) == set(CHANGES)


Places = list[tuple[int, int, int]]
RANGES = st.lists(st.tuples(st.just(0), st.integers(0, 12), st.integers(0, 12)), max_size=4)


@given(st.text(min_size=1, max_size=12), RANGES, RANGES)
def test_pieces_hold_every_character_once(
    text: str, one: list[tuple[int, int, int]], other: list[tuple[int, int, int]]
) -> None:
    within = [[(n, min(a, b, len(text)), min(max(a, b), len(text))) for n, a, b in own] for own in (one, other)]
    found = list(pieces(text, *within))
    assert "".join(piece.text for piece in found) == text
    changed = [piece.changed for piece in found for _ in piece.text]
    assert changed == [any(a <= i < b for _, a, b in within[0]) for i in range(len(text))]
