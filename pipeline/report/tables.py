"""Tables of figures: shown on a page, and written beside it as CSV and LaTeX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the bounds of its interval; None where it rests on too little."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any] | None) -> Interval:
        """From an estimate as the metrics files hold it."""
        return cls(None) if row is None else cls(row["value"], row.get("low"), row.get("high"))


Cell = str | int | float | Interval | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first column names what a row is about, the others are figures."""

    name: str
    """What its files are called, without suffix."""
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def files(self) -> dict[str, str]:
        """The content of its files, by file name."""
        return {f"{self.name}.csv": as_csv(self), f"{self.name}.tex": as_latex(self)}


def table(name: str, caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    """A table from any rows."""
    return Table(name, caption, tuple(head), tuple(map(tuple, rows)))


def figure(value: float | None, digits: int = 3) -> str:
    """A figure without the leading zero; a dash where there is none.

    Example:
        >>> figure(0.5), figure(-0.25), figure(1.0), figure(None)
        ('.500', '−.250', '1.000', '–')
    """
    if value is None:
        return "–"
    shown = f"{abs(value):.{digits}f}".removeprefix("0")
    return f"−{shown}" if value < 0 and shown.strip(".0") else shown


def shown(cell: Cell) -> str:
    """A cell as text: an interval in brackets after its figure."""
    match cell:
        case None:
            return "–"
        case Interval():
            return figure(cell.value) + bounds(cell)
        case float():
            return figure(cell)
        case int():
            return f"{cell:,}"
    return cell


def bounds(interval: Interval) -> str:
    """The bounds in brackets; nothing where there are none."""
    if interval.low is None or interval.high is None:
        return ""
    return f" ({figure(interval.low)}–{figure(interval.high)})"


def as_csv(given: Table) -> str:
    """A line per row; an interval takes three columns: its figure, ``low`` and ``high``."""
    wide = [any(isinstance(row[column], Interval) for row in given.rows) for column in range(len(given.head))]
    head = [
        name
        for title, intervals in zip(given.head, wide, strict=True)
        for name in ([title, f"{title} low", f"{title} high"] if intervals else [title])
    ]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    for row in given.rows:
        writer.writerow(
            [value for cell, many in zip(row, wide, strict=True) for value in (_wide(cell) if many else [cell])]
        )
    return stream.getvalue()


def as_latex(given: Table) -> str:
    """A ``tabular`` with the rules of the package booktabs."""
    lines = [_latex_row(row) for row in given.rows]
    return "\n".join(
        [
            f"% {_one_line(given.caption)}",
            r"% needs \usepackage{booktabs}",
            rf"\begin{{tabular}}{{l{'r' * (len(given.head) - 1)}}}",
            r"\toprule",
            _latex_row(given.head),
            r"\midrule",
            *lines,
            r"\bottomrule",
            r"\end{tabular}",
            "",
        ]
    )


_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "–": "--",
    "−": "$-$",
    "→": r"$\rightarrow$",
    "×": r"$\times$",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}


def latex_escaped(text: str) -> str:
    r"""`text` with what LaTeX would take for a command made plain.

    Example:
        >>> latex_escaped("50 % of a_b")
        '50 \\% of a\\_b'
    """
    return "".join(_SPECIAL.get(character, character) for character in _one_line(text))


def _latex_row(cells: Sequence[Cell]) -> str:
    return " & ".join(latex_escaped(shown(cell)) for cell in cells) + r" \\"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _wide(cell: Cell) -> list[Cell]:
    return [cell.value, cell.low, cell.high] if isinstance(cell, Interval) else [cell, None, None]
