"""Tables of figures: as text, as CSV, as LaTeX."""

from __future__ import annotations

import csv

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.tables import Interval, as_csv, as_latex, latex_escaped, shown, table

SCORES = table(
    "scores",
    "F1, 95 %",
    ("label", "n", "F1"),
    [("a_b, or c", 1200, Interval(0.5, 0.25, 0.75)), ("R&D", None, Interval(None))],
)


def test_cells_as_text() -> None:
    cells = [None, "x", 1200, 0.5, 1.0, -0.125, Interval(0.5, 0.25, 0.75), Interval(0.5), Interval(None)]
    assert [shown(cell) for cell in cells] == [
        *("–", "x", "1,200", ".500", "1.000", "−.125", ".500 (.250–.750)", ".500", "–"),
    ]


def test_csv_has_a_column_for_each_bound() -> None:
    assert as_csv(SCORES) == 'label,n,F1,F1 low,F1 high\n"a_b, or c",1200,0.5,0.25,0.75\nR&D,,,,\n'


def test_latex() -> None:
    assert as_latex(SCORES).splitlines() == [
        "% F1, 95 %",
        r"% needs \usepackage{booktabs}",
        r"\begin{tabular}{lrr}",
        r"\toprule",
        r"label & n & F1 \\",
        r"\midrule",
        r"a\_b, or c & 1,200 & .500 (.250--.750) \\",
        r"R\&D & -- & -- \\",
        r"\bottomrule",
        r"\end{tabular}",
    ]


@given(st.text())
def test_no_name_is_a_command_of_latex(text: str) -> None:
    plain = latex_escaped(text)
    for command in (
        r"\textbackslash{}",
        r"\textasciitilde{}",
        r"\textasciicircum{}",
        r"\textless{}",
        r"\textgreater{}",
    ):
        plain = plain.replace(command, "")
    for command in (r"$-$", r"$\rightarrow$", r"$\times$", *(f"\\{character}" for character in "&%$#_{}")):
        plain = plain.replace(command, "")
    assert not set(plain) & set("\\&%$#_{}~^\n")


@given(st.lists(st.tuples(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))), st.integers())))
def test_csv_gives_back_what_was_written(rows: list[tuple[str, int]]) -> None:
    written = as_csv(table("t", "", ("name", "n"), rows))
    assert [tuple(row) for row in csv.reader(written.splitlines())][1:] == [(name, str(n)) for name, n in rows]
