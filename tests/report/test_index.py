"""The index and the site as a whole."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.core.errors import InputError

from .parsed import Element, parse
from .project import MODEL, SCHEME, Project, Said

LOADED = "loaded_language"


@pytest.fixture
def filled(project: Project) -> Project:
    project.corpus = {
        "wire-01": [Said("Rain.", ["report"]), Said("Photo: Rain.", kind="caption", paragraph=1)],
        "oped-01": [
            Said("Fools!", [LOADED], [("Fools", "author")]),
            Said("“Fools!”", [LOADED], [("Fools", "quoted")]),
            Said("No."),
        ],
        "wire-02": [Said("Snow.", ["report"])],
    }
    project.manifest = {
        "wire-01": {"title": "Rain", "genre": "wire"},
        "wire-02": {"title": "And snow", "genre": "wire"},
        "oped-01": {"title": "Fools", "genre": "oped"},
    }
    project.local = {"my own <note>": [Said("Mine.")]}
    project.rejects = [{"source": "seeds/local/a<b>.pdf", "reason": "is not one of .html, .md, .txt"}]
    return project


def shown(section: Element) -> list[list[str]]:
    return [
        [row.all("a")[0].text, *(cell.text for cell in row.all("td", "number"))]
        for row in section.all("tbody")[0].all("tr")
    ]


def test_own_documents_first_then_genres(filled: Project) -> None:
    sections = parse(filled.index()).all("section", "group")
    assert [section.all("h3")[0].text for section in sections] == ["Your own documents 1", "Oped 1", "Wire 2"]
    assert [shown(section) for section in sections] == [
        [["Mine.", "1", "0%", "0%"]],
        [["Fools", "3", "67%", "33%"]],  # 2 / 3; 1 / 3
        [["And snow", "1", "0%", "0%"], ["Rain", "1", "0%", "0%"]],
    ]


def test_no_section_for_own_documents_when_there_are_none(filled: Project) -> None:
    filled.local = {}
    sections = parse(filled.index()).all("section", "group")
    assert [section.all("h3")[0].text for section in sections] == ["Oped 1", "Wire 2"]


def test_every_link_leads_somewhere(filled: Project) -> None:
    filled.write()
    out = filled.run()
    for path in sorted(out.rglob("*.html")):
        page = parse(path.read_text(encoding="utf-8"))
        ids = {element.attributes.get("id") for element in page.all()}
        for link in page.all("a"):
            target = link.attributes["href"] or ""
            file, _, place = target.partition("#")
            assert place in ids if target.startswith("#") else (path.parent / file).is_file(), target
    assert len(list((out / "documents").iterdir())) == 4


def test_what_was_left_out_and_why(filled: Project) -> None:
    html = filled.index()
    assert "seeds/local/a&lt;b&gt;.pdf" in html
    text = parse(html).text
    assert "is not one of .html, .md, .txt" in text
    assert "1 sentence of captions and page furniture is shown on the pages and not counted." in text
    filled.rejects = []
    assert "No file was left out." in parse(filled.index()).text


def table(page: Element, caption: str) -> dict[str, list[str]]:
    """The rows of the table whose caption begins so, by what is in their first column."""
    (found,) = [
        own for own in page.all("table") if own.all("caption") and own.all("caption")[0].text.startswith(caption)
    ]
    return {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in found.all("tbody")[0].all("tr")}


def test_headline_figures(filled: Project) -> None:
    page = parse(filled.index())
    scores = table(page, "F1 of every label")
    assert scores["Report"] == ["10", ".715", "–", ".934"]
    assert scores["Testimony"] == ["10", ".800", "–", "–"]
    assert scores["Statistic"] == ["–", "–", "–", "–"]
    assert scores["macro-F1"] == ["–", ".642", "–", "–"]
    assert "consistency between model annotators, not agreement with people" in page.text
    assert "5 held-out sentences of 2 works" in page.text
    assert MODEL in page.text


def estimate(value: float | None, low: float | None = None, high: float | None = None) -> dict[str, float | None]:
    return {"value": value, "low": low, "high": high}


def test_shares_adjusted_where_that_can_be_told(filled: Project) -> None:
    known = {"true": 0.3, "raw": estimate(0.52, 0.4, 0.6), "adjusted": estimate(0.25, 0.1, 0.4), "estimable": True}
    unknown = known | {"adjusted": estimate(None), "estimable": False}
    held_out = dict.fromkeys(SCHEME.ids, known) | {"common_ground": unknown}
    topics = {"rivers": dict.fromkeys(SCHEME.ids, known)}
    filled.figures["shares"] = {"held_out": held_out, "genres": {}, "topics": topics, "mixes": {}, "by_hand": {}}
    off = {kind: {"mean_error": 0.1, "covered": 0.9} for kind in ("raw", "adjusted")}
    by_hand = [{"sentences": 50, "width": 0.2, "covered": 0.9}]
    for label in SCHEME.ids:
        filled.figures["shares"]["mixes"][label] = off
        filled.figures["shares"]["by_hand"][label] = by_hand
    shares = table(parse(filled.index()), "Share of each label by genre")["all held-out documents"]
    assert shares[SCHEME.ids.index("report")] == "25%annotators 30%"
    assert shares[SCHEME.ids.index("common_ground")] == "52%annotators 30%"
    told = (
        "raw shares are 0.220 off on average, and 0% of their intervals contain the annotators’ share; adjusted shares "
    )
    assert f"Here {told}are 0.050 off on average, and 100% of their intervals contain" in parse(filled.index()).text
    by_topic = table(parse(filled.index()), "Share of each label by topic")["rivers"]
    assert by_topic[SCHEME.ids.index("report")] == "25%annotators 30%"
    written = (filled.folder / "reports/tables/shares-by-genre.csv").read_text(encoding="utf-8").splitlines()
    assert written[1] == "all held-out documents,report,0.25,0.1,0.4,0.52,0.4,0.6,0.3"
    assert "all held-out documents,common_ground,,,,0.52,0.4,0.6,0.3" in written


def test_gates_with_what_failed_first(filled: Project) -> None:
    bounds = {"value": 0.5, "low": 0.4, "high": 0.6, "least": 0.3, "most": None}
    filled.figures["gates"] = {
        "gates": {"b": {**bounds, "answer": "pass"}, "a": {**bounds, "least": 0.7, "answer": "fail"}}
    }
    found = table(parse(filled.index()), "Bounds that the figures")
    assert list(found.items()) == [
        ("a", ["✗ fail", ".500 (.400–.600)", "at least .70"]),
        ("b", ["✓ pass", ".500 (.400–.600)", "at least .30"]),
    ]


def test_what_has_not_been_measured_is_said_to_be_missing(filled: Project) -> None:
    filled.figures = {}
    index = parse(filled.index())
    assert [line.text.partition(" has not")[0] for line in index.all("p", "missing")] == [
        "How much each genre carries of each label",
        "Whether the figures keep their bounds",
    ]
    model = parse((filled.folder / "reports/model.html").read_text(encoding="utf-8"))
    missing = [section.all("h2")[0].text for section in model.all("section") if section.all("p", "missing")]
    assert missing == [section.all("h2")[0].text for section in model.all("section")]


def test_nothing_from_elsewhere(filled: Project) -> None:
    filled.write()
    for path in filled.run().rglob("*.*"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|url\(|@import|<link|\bsrc=|\bstyle=|\son\w+=", html), path


def test_one_script_and_one_style_sheet_with_their_hashes(filled: Project) -> None:
    filled.write()
    for path in filled.run().rglob("*.html"):
        page = parse(path.read_text(encoding="utf-8"))
        (policy,) = [meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes]
        for name in ("style", "script"):
            (inline,) = page.all(name)
            digest = base64.b64encode(hashlib.sha256(inline.text.encode("utf-8")).digest()).decode("ascii")
            assert f"{name}-src 'sha256-{digest}'" in str(policy)
        assert "default-src 'none'" in str(policy)
        assert "unsafe" not in str(policy)


def test_well_formed_with_headings_in_order(filled: Project) -> None:
    filled.write()
    for path in filled.run().rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert html.startswith("<!DOCTYPE html>\n")
        page = parse(html)
        assert page.all("html")[0].attributes["lang"] == "en"
        levels = [int(element.name[1]) for element in page.all() if re.fullmatch("h[1-6]", element.name)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_equal_input_equal_bytes(filled: Project) -> None:
    filled.write()
    first, second = filled.run("first"), filled.run("second")
    files = sorted(path.relative_to(first) for path in first.rglob("*.html"))
    assert files == sorted(path.relative_to(second) for path in second.rglob("*.html"))
    assert len(files) == 7
    for name in files:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_heading_before_the_title_is_no_title(project: Project) -> None:
    project.corpus = {"a": [Said("Kicker", kind="heading"), Said("Title", kind="heading", paragraph=1)]}
    project.manifest = {"a": {"title": "Title"}}
    page = parse(project.page("a"))
    assert [(element.name, element.all(cls="words")[:1] == []) for element in page.all("h1")] == [("h1", True)]
    assert len(page.all("article")[0].all("h2")) == 2


def test_labels_of_other_sentences_are_refused(filled: Project, tmp_path: Path) -> None:
    filled.write()
    predicted = (tmp_path / "predicted" / "sentences.parquet").read_bytes()
    filled.corpus["wire-01"][0].text = "Hail."
    filled.write()
    (tmp_path / "predicted" / "sentences.parquet").write_bytes(predicted)
    with pytest.raises(InputError, match="'wire-01' are not those that were labelled; run the stage predict"):
        filled.run()


def test_one_id_in_two_folders_is_refused(filled: Project) -> None:
    filled.local = {"wire-01": [Said("Mine.")]}
    filled.write()
    with pytest.raises(InputError, match=r"has the document id 'wire-01' of seeds/corpus/wire-01.txt"):
        filled.run()


def test_a_label_with_too_few_sentences_has_no_figure(filled: Project) -> None:
    index = filled.index()
    assert "0.72" in index
    assert "0.90" not in index
