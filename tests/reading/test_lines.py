"""Lines: unwrapping, kinds, and that nothing is lost."""

from __future__ import annotations

import pytest

from pipeline.core.records import Document, fold
from pipeline.reading import split_lines

LONG = "The council met for nine hours on the fourth day of the strike and then went home without a vote."


def kinds_of(text: str, source: str = "a.txt") -> list[tuple[str, str]]:
    document = Document("a", source, text)
    return [(line.kind, fold(text[line.start : line.end])) for line in split_lines(document)]


def bodies(text: str) -> list[str]:
    return [words for _, words in kinds_of(text)]


WRAPPED = """\
 The town of Veld has had three mayors in a year, and each of them
promised the bridge. The first one left before the money
came. The second
 stayed for a month and a day, which was long enough to sell the
ferry.

The third has not been seen since the spring. His office says that
he is ill. Nobody believes it. \n
 \n"""


def test_hard_wrapped_text_with_blank_lines_and_stray_spaces() -> None:
    first, second = bodies(WRAPPED)
    assert first == (
        "The town of Veld has had three mayors in a year, and each of them promised the bridge. The first one left "
        "before the money came. The second stayed for a month and a day, which was long enough to sell the ferry."
    )
    assert second == "The third has not been seen since the spring. His office says that he is ill. Nobody believes it."


def test_hard_wrapped_text_without_blank_lines() -> None:
    text = (
        "The town of Veld has had three mayors in a year, and each of them\n"
        "promised the bridge. The first one left before the money had come\n"
        "to the bank.\n"
        "The third has not been seen since the spring. His office says that\n"
        "he is ill. Nobody believes it, and nobody asks any more, since the\n"
        "ferry is gone.\n"
    )
    assert [words[:9] for words in bodies(text)] == ["The town ", "The third"]


def test_a_line_per_paragraph_is_not_unwrapped() -> None:
    assert bodies(f"{LONG}\n{LONG}\n\n{LONG}\n") == [LONG, LONG, LONG]


def test_short_lines_are_not_taken_for_wrapped_prose() -> None:
    assert bodies("milk,\nbread,\ntea.\n") == ["milk,", "bread,", "tea."]


def test_offsets_count_characters_of_the_stored_text() -> None:
    text = "\n  Déjà vu.\n\n\tTwo\u00a0lines. \n"
    spans = [(line.paragraph, line.start, line.end) for line in split_lines(Document("a", "a.txt", text))]
    assert spans == [(0, 3, 11), (1, 14, 24)]


def test_a_wrapped_link_is_one_line_of_furniture() -> None:
    text = WRAPPED.replace(
        "\n\nThe third",
        "\n\nRelated article: ‘We Will Not Go’: Why the Ferrymen of Veld Have\nStayed by the River\n\nThe third",
    )
    assert kinds_of(text)[1] == (
        "furniture",
        "Related article: ‘We Will Not Go’: Why the Ferrymen of Veld Have Stayed by the River",
    )
    assert [kind for kind, _ in kinds_of(text)] == ["body", "furniture", "body"]


def test_a_wrapped_link_without_blank_lines_around_it() -> None:
    text = WRAPPED.replace("ferry.\n\nThe", "ferry.\nRelated article: The Ferrymen\nThe")
    assert [kind for kind, _ in kinds_of(text)] == ["body", "furniture", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Related article: How the Ferry Was Sold",
        "Read more",
        "Read more: Inside the Ferry Deal",
        "Also read | The Ferry Deal Explained",
        "Share this",
        "Share this article on Facebook",
        "Facebook Twitter WhatsApp Email",
        "By Jane Doe",
        "By JANE DOE and John O’Neill, Veld Herald",
        "Veld, June 3, 2021",
        "VELD (Reuters) –",
        "3 June 2021, 10:15 GMT",
        "Published: June 3, 2021",
        "5 min read",
        "We use cookies to improve your experience on our website.",
        "The views expressed in opinion pieces are the author's own.",
        "The opinions in this piece do not necessarily reflect those of the Veld Herald.",
        "Editor's note: an earlier version misspelt a name.",
        "This article was first published in the Veld Herald.",
        "© 2021 Veld Herald. All rights reserved.",
        "Subscribe to our newsletter",
        "ADVERTISEMENT",
        "* * *",
    ],
)
def test_furniture(line: str) -> None:
    assert kinds_of(f"{LONG}\n\n{line}\n\n{LONG}")[1][0] == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "Mayor Anna Lind and Governor Otto Rehm at the ferry pier in Veld, Norland, February 3, 2021.",
        "Photo: Jane Doe / Reuters",
        "From the left: Anna Lind, Otto Rehm and Paul Hobbs take part in the harvest festival, Veld, May 9, 2021.",
        "Pictured: the old pier",
        "Pictured above, the old pier before the flood.",
        "The pier at dawn. (AP Photo/Jane Doe)",
        "A ferry on the river. Jane Doe / AFP",
        "Figure 2: Ferries by year",
    ],
)
def test_captions(line: str) -> None:
    assert kinds_of(f"{LONG}\n\n{line}\n\n{LONG}")[1][0] == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "The fight for the ferry",
        "What now?",
        "“We will not go”",
        "A bridge too late!",
        "1. The money",
        "Nobody’s bridge",
    ],
)
def test_cross_headings(line: str) -> None:
    expected = "body" if line.startswith("1.") else "heading"
    assert kinds_of(f"{LONG}\n\n{line}\n\n{LONG}")[1][0] == expected


@pytest.mark.parametrize(
    "line",
    [
        "Nobody came.",
        "He resigned in Veld, Norland, on February 3, 2021.",
        "The mayor had this to say:",
        "“We will not go.”",
        "- the ferry",
        "and then nothing",
        "By Friday the ferry was gone.",
        "Read more books, she told them, and you will be free.",
        "Share prices fell by a third.",
        "Photographs of the pier hang in the hall.",
        "In May 2021 the pier was closed.",
        "He ate two cookies and left the house.",
        "The views from the pier are fine.",
    ],
)
def test_running_text(line: str) -> None:
    assert kinds_of(f"{LONG}\n\n{line}\n\n{LONG}")[1][0] == "body"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Veld has lost its ferry", "heading"),
        ("“Nobody will miss the boats.” The mayor turns her back on the river. A last attempt", "heading"),
        ("Who sold the ferry?", "heading"),
        (LONG, "body"),
    ],
)
def test_the_first_line(title: str, kind: str) -> None:
    assert kinds_of(f"{title}\n\n{LONG}\n{LONG}")[0] == (kind, title)


def test_a_document_of_one_line_is_text() -> None:
    assert kinds_of("nobody knows what will come") == [("body", "nobody knows what will come")]


def test_a_run_of_short_lines_is_not_a_run_of_headings() -> None:
    verse = "The boats are gone\nThe pier is bare\nThe gulls have left\nThe river stays\n"
    assert {kind for kind, _ in kinds_of(f"{LONG}\n{verse}{LONG}")} == {"body"}


def test_marks_of_markdown() -> None:
    text = (
        "# Veld has lost its ferry.\n\n> Nobody knows why.\n\n- The pier is bare.\n2. The gulls have left.\n\n"
        "![The pier at dawn](img/pier.jpg)\n\nNo buyers\n---------\n\nSee [the report](https://example.org/a.b).\n"
    )
    assert kinds_of(text, "a.md") == [
        ("heading", "Veld has lost its ferry."),
        ("body", "Nobody knows why."),
        ("body", "The pier is bare."),
        ("body", "The gulls have left."),
        ("caption", "The pier at dawn"),
        ("heading", "No buyers"),
        ("furniture", "---------"),
        ("body", "See [the report](https://example.org/a.b)."),
    ]


def test_marks_of_markdown_are_words_of_plain_text() -> None:
    assert bodies("# Not a heading.\n- Not a list.\n") == ["# Not a heading.", "- Not a list."]


def test_front_matter_tables_and_items_of_markdown() -> None:
    text = (
        "---\ntitle: Veld\n---\nThe pier is bare.\n\n| a | b |\n\n- No stop\n\n[1]: https://example.org\n\nThe end.\n"
    )
    kinds = [kind for kind, _ in kinds_of(text, "a.md")]
    assert kinds == ["furniture", "furniture", "furniture", "body", "furniture", "body", "furniture", "body"]
