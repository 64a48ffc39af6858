"""What was made quick says what the plain way says."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.records import Sentence
from pipeline.labelling.rules import _STRAIGHT, _plain, straighten
from pipeline.learning import quotations, surface, voice
from pipeline.learning.tokens import numbered, tokenise
from pipeline.learning.wordings import only_words, words_of

WORDS = (
    *("said", "Said", "essay", "so-called", "called", "ſaid", "according to", "in the eyes of", "reportedly,", "é"),
    *("“", "”", '"', "«", "»", "12", ".", "ferry", "it’s", "anti-tax", "—", "İ", "ß", "NATO", "\u00a0", "_x"),
)
texts = st.one_of(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), st.text(max_size=20))


@given(texts)
def test_a_text_without_a_possible_attribution_has_none(text: str) -> None:
    if voice._ATTRIBUTION.search(text) is not None:
        assert voice._POSSIBLE.Match(text) is not None


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2), texts), max_size=20))
def test_sentences_without_a_mark_are_passed_over_and_nothing_else_changes(rows: list[tuple[str, int, str]]) -> None:
    sentences = [Sentence(doc_id, 0, paragraph, "body", 0, len(text), text) for doc_id, paragraph, text in rows]
    assert quotations.quoted_ranges(sentences) == plainly_quoted(sentences)


def plainly_quoted(sentences: list[Sentence]) -> list[list[quotations.Range]]:
    """The quoted ranges by scanning every sentence."""
    ranges = []
    for _, document in groupby(sentences, key=lambda one: one.doc_id):
        closer, paragraph, open_for = None, None, 0
        for one in document:
            if one.paragraph != paragraph or open_for > quotations.LONGEST:
                closer, paragraph = None, one.paragraph
            found, closer = quotations._scan(one.text, closer)
            open_for = open_for + 1 if closer else 0
            ranges.append(found)
    return ranges


@given(st.lists(texts, max_size=5))
def test_words_found_by_themselves_are_those_among_the_tokens(sentences: list[str]) -> None:
    words, tokens = words_of(sentences), only_words(tokenise(sentences))
    assert words.tokens.forms == tokens.forms
    assert words.tokens.bounds.tolist() == tokens.bounds.tolist()
    places = zip(words.tokens.rows.tolist(), words.starts.tolist(), words.ends.tolist(), strict=True)
    written = [sentences[row][start:end].lower().replace("’", "'") for row, start, end in places]
    assert written == list(tokens.forms)


@given(texts)
def test_a_text_is_straightened_character_by_character(text: str) -> None:
    plain = "".join(_STRAIGHT.get(one, one if one.isascii() else _plain(one)) for one in text)
    assert straighten(text) == plain
    assert len(plain) == len(text)


@given(texts)
def test_capitals_are_counted_alike_with_and_without_other_letters(text: str) -> None:
    assert surface._capitals(text) == sum(map(str.isupper, text))


@given(st.lists(st.sampled_from("abcd")))
def test_values_are_numbered_in_order_of_their_first_occurrence(values: list[str]) -> None:
    types, ids = numbered(values)
    assert [types[number] for number in ids] == values
    assert list(types) == sorted(set(values), key=values.index)
