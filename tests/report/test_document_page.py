"""A document's page: the text as it is read, its labels, its loaded wordings, its counts."""

from __future__ import annotations

import pytest

from pipeline.core.records import Voice

from .parsed import Element, parse
from .project import Project, Said

LOADED = "loaded_language"


def words(page: Element) -> list[str]:
    return [element.text for element in page.all(cls="words")]


def rows(page: Element) -> dict[str, list[str]]:
    """The counts as they are shown: label -> sentences, share, and for the row below it under ``own LABEL``."""
    found: dict[str, list[str]] = {}
    for row in page.all("tbody")[0].all("tr"):
        name = row.all("th")[0].text.strip()
        key = f"own {list(found)[-1]}" if "own" in row.classes else name
        found[key] = [cell.text for cell in row.all("td")]
    return found


def test_every_sentence_once_and_in_order(project: Project) -> None:
    said = [
        Said("A town & its library", ["report"], kind="heading"),
        Said("By A. Writer", kind="furniture", paragraph=1),
        Said("It closed.", ["report"], paragraph=2),
        Said("It closed.", ["report"], paragraph=2),
        Said("Why?", paragraph=3, kind="heading"),
        Said("Nobody knows.", paragraph=4),
    ]
    project.local = {"own": said}
    page = parse(project.page("own"))
    assert words(page) == [item.text for item in said]
    article = page.all("article")[0]
    assert [child.name for child in article.children if isinstance(child, Element)] == ["h1", "p", "p", "h2", "p"]
    assert [len(line.all(cls="sentence")) for line in article.all("p")] == [1, 2, 1]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ([Said("By A. Writer", kind="furniture"), Said("The  title", kind="heading", paragraph=1)], "The title"),
        ([Said("No heading here."), Said("Nor here.", paragraph=1)], "No heading here."),
        ([Said("word " * 40)], "word " * 21 + "word …"),
        ([], "own"),
    ],
    ids=["first heading", "first line", "long first line", "no text"],
)
def test_title_of_an_own_document(project: Project, said: list[Said], title: str) -> None:
    project.local = {"own": said}
    page = parse(project.page("own"))
    assert page.all("title")[0].text == title
    assert len(page.all("h1")) == 1


def test_what_the_manifest_knows(project: Project) -> None:
    project.corpus = {"wire-01": [Said("Rain.", ["report"])]}
    project.manifest = {"wire-01": {"title": "Rain & wind", "genre": "wire_report", "outlet": "The <b>Post</b>"}}
    page = parse(project.page("wire-01"))
    assert page.all("title")[0].text == page.all("h1")[0].text == "Rain & wind"
    assert page.all("p", "kicker")[0].text == "Wire report · The <b>Post</b> · Libraries"
    assert "written for a test" in page.all("p", "origin")[0].text


def test_what_a_text_says_is_not_markup(project: Project) -> None:
    evil = "<script>alert('x')</script> & \"</span>\" <img src=x onerror=y> {{ 7 * 7 }}"
    project.local = {"own": [Said(evil, [LOADED], [("</span>", "author")])]}
    html = project.page("own")
    page = parse(html)
    assert "<script" not in html
    assert "<img" not in html
    assert words(page) == [evil]
    assert page.all("mark", "author")[0].text == "</span>"


def test_labels_by_name_with_voice_and_probability(project: Project) -> None:
    project.local = {
        "own": [
            Said(
                "They will, he said, ruin us.",
                ["testimony", "prediction", LOADED],
                [("ruin us", "quoted")],
                voices={"prediction": "attributed"},
                scores={"testimony": 0.912, "prediction": 0.5, LOADED: 0.625, "report": 0.3},
                uncertain=True,
            ),
            Said("Rain.", scores={"report": 0.44}),
        ]
    }
    first, second = parse(project.page("own")).all("article")[0].all(cls="sentence")
    assert [tag.text for tag in first.all(cls="tag")] == [
        "Testimony",
        "Prediction (attributed)",
        "Loaded language (quoted)",
        "uncertain",
    ]
    assert [score.text for score in first.all(cls="score")] == [
        "Testimony 0.91",
        "Prediction 0.50",
        "Loaded language 0.62",
        "next: Report 0.30",
    ]
    assert [tag.text for tag in second.all(cls="tag")] == ["no label"]
    assert [score.text for score in second.all(cls="score")] == ["next: Report 0.44"]
    (tags,) = second.all(cls="tags")
    assert tags.attributes["tabindex"] == "0"
    assert tags.attributes["aria-describedby"] == second.all(cls="scores")[0].attributes["id"]


def test_loaded_wordings_are_marked_where_they_stand(project: Project) -> None:
    text = "Mad, bad kings and “mad” queens 🤡!"
    loaded: list[tuple[str, Voice]] = [("Mad", "author"), (", bad", "attributed"), ("mad", "quoted"), ("🤡!", "author")]
    project.local = {"own": [Said(text, [LOADED], loaded), Said("Mad.", ["report"], paragraph=1)]}
    page = parse(project.page("own"))
    (first, second) = page.all("article")[0].all(cls="words")
    marked = [child if isinstance(child, str) else (child.text, *child.classes) for child in first.children]
    assert marked == [
        ("Mad", "author"),
        (", bad", "attributed"),
        " kings and “",
        ("mad", "quoted"),
        "” queens ",
        ("🤡!", "author"),
    ]
    assert second.children == ["Mad."]


def test_counts_and_shares(project: Project) -> None:
    project.local = {
        "own": [
            Said("A shameful retreat", ["assertion", LOADED], [("shameful", "author")], kind="heading"),
            Said(
                "Critics call it a scam and he, a stooge.",
                ["testimony", LOADED],
                [("scam", "attributed"), ("stooge", "quoted")],
                paragraph=1,
            ),
            Said("“Vandals,” the vandals said.", [LOADED], [("Vandals", "quoted"), ("vandals", "author")], paragraph=1),
            Said("It will rain.", ["prediction", "report"], voices={"prediction": "author"}, paragraph=1),
            Said("It will snow, he said.", ["prediction"], voices={"prediction": "quoted"}, paragraph=1),
            Said("They must go.", ["prescription"], voices={"prescription": "attributed"}, paragraph=1),
            Said("Some", ["report"], kind="caption", paragraph=2),
            Said("share", ["report"], kind="furniture", paragraph=3),
        ]
    }
    page = parse(project.page("own"))
    assert rows(page) == {
        "All": ["6", ""],
        "Report": ["1", "17%"],  # 1 / 6; caption and furniture not counted
        "Assertion": ["1", "17%"],
        "Anecdote": ["0", "0%"],
        "Testimony": ["1", "17%"],
        "Statistic": ["0", "0%"],
        "Common ground": ["0", "0%"],
        "Prediction": ["2", "33%"],  # 2 / 6
        "own Prediction": ["1", "17%"],
        "Prescription": ["1", "17%"],
        "own Prescription": ["0", "0%"],
        "Rhetorical question": ["0", "0%"],
        "Loaded language": ["3", "50%"],  # 3 / 6
        "own Loaded language": ["2", "33%"],  # the first and the third
    }
    (counts,) = page.all(cls="counted")
    assert counts.text == "6 sentences labelled, 0 of them uncertain; 2 not counted."


def test_captions_and_furniture_are_shown_as_not_counted(project: Project) -> None:
    project.local = {"own": [Said("Rain.", ["report"]), Said("Photo: Rain.", kind="caption", paragraph=1)]}
    page = parse(project.page("own"))
    (line,) = page.all("article")[0].all("p", "passed-over")
    assert line.text == "caption, not counted Photo: Rain."
    assert not line.all(cls="tags")


def test_a_document_of_furniture_has_no_share(project: Project) -> None:
    project.local = {"own": [Said("Share this", kind="furniture")]}
    assert rows(parse(project.page("own")))["Loaded language"] == ["0", "–"]


def test_the_page_says_what_labels_do_not_measure(project: Project) -> None:
    project.local = {"own": [Said("Rain.")]}
    (limits,) = parse(project.page("own")).all("p", "limits")
    for word in ("framing", "selection", "omission", "uncorrected", "raw"):
        assert word in limits.text
