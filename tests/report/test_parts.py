"""File names, and where a sentence is cut."""

from __future__ import annotations

import pytest

from pipeline.core.records import Span
from pipeline.report.names import page_names
from pipeline.report.site import figure, percent, render
from pipeline.report.wordings import Piece, pieces

from .project import SCHEME, Project, Said


def test_a_safe_id_is_the_name() -> None:
    assert page_names(["wire-01", "a.b_c"]) == {"wire-01": "wire-01.html", "a.b_c": "a.b_c.html"}


ODD = [
    "a b",
    "a/b",
    "a?b",
    "../a",
    "é",
    "…",
    "",
    "#",
    "A",
    "a",
    "a-b",
    "a%20b",
    "x" * 300,
    "x" * 301,
    "a-0123abcd",
    "\\",
]


def test_odd_ids_have_safe_names_of_their_own() -> None:
    names = page_names(ODD)
    assert list(names) == ODD
    assert len({name.lower() for name in names.values()}) == len(ODD)
    for name in names.values():
        assert name.isascii()
        assert not set(name) & set(' /\\?#%&<>"')
        assert not name.startswith((".", "-"))
        assert len(name) < 100


def test_a_page_for_every_odd_id(project: Project) -> None:
    ids = [doc_id for doc_id in ODD if doc_id]
    project.local = {doc_id: [Said("Rain.")] for doc_id in ids}
    project.write()
    assert len(list((project.run() / "documents").iterdir())) == len(ids)


@pytest.mark.parametrize(
    ("spans", "cut"),
    [
        ([], [Piece("abcdef")]),
        ([Span(0, 6, "author")], [Piece("abcdef", "author")]),
        ([Span(2, 4, "quoted"), Span(0, 2, "author")], [Piece("ab", "author"), Piece("cd", "quoted"), Piece("ef")]),
        (
            [Span(1, 4, "author"), Span(2, 5, "quoted")],
            [Piece("a"), Piece("bcd", "author"), Piece("e", "quoted"), Piece("f")],
        ),
        ([Span(1, 5, "author"), Span(2, 3, "quoted")], [Piece("a"), Piece("bcde", "author"), Piece("f")]),
    ],
    ids=["none", "whole", "adjacent", "overlapping", "nested"],
)
def test_pieces(spans: list[Span], cut: list[Piece]) -> None:
    assert list(pieces("abcdef", spans)) == cut


def test_figures_as_they_are_written() -> None:
    assert [percent(share) for share in (None, 0.0, 1 / 3, 1.0)] == ["–", "0%", "33%", "100%"]
    assert [figure(value) for value in (None, 0.0, 2 / 3)] == ["–", "0.00", "0.67"]


def test_a_page_that_stands_alone_has_no_script_and_leads_nowhere() -> None:
    html = render("base.html", scheme=SCHEME)
    assert "script-src 'none'; base-uri" in html
    assert "<script" not in html
    assert "<a " not in html
