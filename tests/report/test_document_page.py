"""A document's page: the text as it is read, its labels, its loaded wordings, its counts."""

from __future__ import annotations

import re

import pytest

from pipeline.core.records import Voice

from .parsed import Element, parse
from .project import Project, Said

LOADED = "loaded_language"


def words(page: Element) -> list[str]:
    return [element.text for element in page.all(cls="words")]


def rows(page: Element) -> dict[str, list[str]]:
    """The counts as shown: label -> sentences, raw share, annotators' share; ``own LABEL`` for the row below."""
    found: dict[str, list[str]] = {}
    (counts,) = page.all("section", "counts")
    for row in counts.all("tbody")[0].all("tr"):
        name = re.sub(r"^[A-Z](?=[A-Z])", "", row.all("th")[0].text.strip())
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
    assert html.count("<script") == 1
    assert "<img" not in html
    assert words(page) == [evil]
    assert page.all("mark", "author")[0].text == "</span>"


def details(page: Element, position: int) -> Element:
    """What is told of a sentence when it is pointed at."""
    (found,) = [own for own in page.all("div", "details") if own.attributes["id"] == f"d{position}"]
    return found


def cells(element: Element) -> list[list[str]]:
    return [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in element.all("tr")]


def test_a_sentence_is_marked_by_letters_and_the_colour_of_its_likeliest_function(project: Project) -> None:
    project.local = {
        "own": [
            Said(
                "They will, he said, ruin us.",
                ["testimony", "prediction", LOADED],
                [("ruin us", "quoted")],
                voices={"prediction": "attributed"},
                scores={"testimony": 0.5, "prediction": 0.7, LOADED: 0.9},
                uncertain=True,
            ),
            Said("Fools!", [LOADED], [("Fools", "author")]),
            Said("Rain."),
        ]
    }
    page = parse(project.page("own"))
    first, second, third = page.all("article")[0].all(cls="sentence")
    assert [chip.text for chip in first.all(cls="chip")] == ["T", "P", "L", "?"]
    assert first.all("span", "hidden")[0].text == (
        "Testimony; Prediction (attributed); Loaded language (quoted); uncertain; sentence 1"
    )
    assert "is-prediction" in first.classes
    assert {"has-testimony", "has-prediction", f"has-{LOADED}", "uncertain"} <= set(first.classes)
    assert not any(name.startswith("is-") for name in second.classes)  # loaded language is no function
    assert [chip.text for chip in third.all(cls="chip")] == ["·"]
    assert third.all("span", "hidden")[0].text == "No label; sentence 3"
    assert [[part.text for part in cell.all("b")] for cell in page.all("a", "cell")] == [["T", "P", "L"], ["L"], ["·"]]
    assert [cell.attributes["href"] for cell in page.all("a", "cell")] == ["#s0", "#s1", "#s2"]


def test_details_of_a_sentence(project: Project) -> None:
    project.local = {
        "own": [
            Said(
                "It will rain.",
                ["prediction"],
                voices={"prediction": "author"},
                scores={"prediction": 0.912, "report": 0.3, "assertion": 0.44},
                cues={"prediction": {"rule:prediction_will": 2.54, "word:rain": -0.31, "(intercept)": -1.0}},
            )
        ]
    }
    page = parse(project.page("own"))
    (button,) = page.all("button", "chips")
    found = details(page, 0)
    assert button.attributes["popovertarget"] == found.attributes["id"]
    assert "popover" in found.attributes
    assert cells(found)[1:] == [["PPrediction author", "0.91", "yes"]]
    assert (
        found.all("p", "others")[0].text
        == "Not given: Assertion 0.44, Report 0.30, Anecdote 0.12; the others at most 0.12."
    )
    assert found.all("p", "cues")[0].text == "Prediction moved by rule “prediction will” +2.5, word “rain” −0.3"


def test_the_annotators_beside_the_model(project: Project) -> None:
    project.local = {
        "own": [
            Said("A sad day, and cold.", ["report", LOADED], [("sad", "author")], gold=["report", "statistic"]),
            Said("Fools!", [LOADED], [("Fools", "author")], gold=[LOADED], gold_loaded=[("Fools!", "author")]),
        ]
    }
    page = parse(project.page("own"))
    first, second = page.all("article")[0].all(cls="sentence")
    assert [(chip.text, chip.classes[-1]) for chip in first.all(cls="chip")] == [
        ("R", "both"),
        ("S", "gold-only"),
        ("L", "model-only"),
    ]
    assert [row[2:] for row in cells(details(page, 0))[1:]] == [["yes", "yes"], ["no", "yes"], ["yes", "no"]]
    assert "Loaded to annotators: “Fools!” (author)." in details(page, 1).text
    assert "differs" in first.classes
    assert "differs" not in second.classes
    assert rows(page)["Statistic"] == ["0", "0%", "50%"]
    assert rows(page)["own Loaded language"] == ["2", "100%", "50%"]


def test_nothing_of_annotators_where_there_are_none(project: Project) -> None:
    project.local = {"own": [Said("Rain.", ["report"])]}
    page = parse(project.page("own"))
    ids = {element.attributes.get("id") for element in page.all("input")}
    assert {"show-report", "show-uncertain"} <= ids
    assert not {"show-differs", "gold"} & ids


@pytest.mark.parametrize(
    ("part", "told"), [("train", "has learned from this document"), ("test", "is held out"), ("", "")]
)
def test_whether_the_model_has_learned_from_it(project: Project, part: str, told: str) -> None:
    project.corpus = {"a": [Said("Rain.", gold=[])]}
    project.figures = {"split": {"documents": [{"doc_id": "a", "part": part}] if part else []}}
    page = parse(project.page("a"))
    assert [told in note.text for note in page.all("p", "note")] == ([True] if part else [])
    (beside,) = [box for box in page.all("input") if box.attributes["id"] == "gold"]
    assert ("checked" in beside.attributes) == (part != "test")  # nobody tunes to what is held out by accident


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
        "Report": ["1", "17%", "–"],  # 1 / 6; caption and furniture not counted
        "Assertion": ["1", "17%", "–"],
        "Anecdote": ["0", "0%", "–"],
        "Testimony": ["1", "17%", "–"],
        "Statistic": ["0", "0%", "–"],
        "Common ground": ["0", "0%", "–"],
        "Prediction": ["2", "33%", "–"],  # 2 / 6
        "own Prediction": ["1", "17%", "–"],
        "Prescription": ["1", "17%", "–"],
        "own Prescription": ["0", "0%", "–"],
        "Rhetorical question": ["0", "0%", "–"],
        "Loaded language": ["3", "50%", "–"],  # 3 / 6
        "own Loaded language": ["2", "33%", "–"],  # the first and the third
    }
    (counts,) = page.all(cls="counted")
    assert counts.text == "6 sentences labelled, 0 of them uncertain; 2 not counted."


def test_captions_and_furniture_are_shown_as_not_counted(project: Project) -> None:
    project.local = {"own": [Said("Rain.", ["report"]), Said("Photo: Rain.", kind="caption", paragraph=1)]}
    page = parse(project.page("own"))
    (line,) = page.all("article")[0].all("p", "passed-over")
    assert line.text == "caption, not counted Photo: Rain."
    assert not line.all(cls="chips")


def test_a_document_of_furniture_has_no_share(project: Project) -> None:
    project.local = {"own": [Said("Share this", kind="furniture")]}
    assert rows(parse(project.page("own")))["Loaded language"] == ["0", "–", "–"]


def test_the_page_says_what_labels_do_not_measure(project: Project) -> None:
    project.local = {"own": [Said("Rain.")]}
    (limits,) = parse(project.page("own")).all("p", "limits")
    for word in ("framing", "selection", "omission", "uncorrected", "raw"):
        assert word in limits.text
