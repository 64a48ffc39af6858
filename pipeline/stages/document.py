"""Metrics files in; README and docs with their figures filled in out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.core.errors import CheckFailed, InputError
from pipeline.core.files import read_json, read_text, write_text
from pipeline.report.blocks import fill, unknown_blocks
from pipeline.report.chart import curve_chart, f1_chart
from pipeline.report.markdown import RELEASED, Metrics


def run(
    pages: list[Path],
    /,
    *,
    metrics: Path,
    targets: Path,
    chart: Path,
    curve: Path,
    models: Path | None = None,
    speed: Path | None = None,
    check: bool = False,
) -> None:
    """Fill the generated blocks of pages, and draw the charts.

    Args:
        pages: Markdown files with blocks ``<!-- generated: NAME -->`` to ``<!-- end -->``.
        metrics: folder of metrics files.
        targets: what was aimed at on public corpora.
        chart: the SVG of every label's F1.
        curve: the SVG of what more of the corpus buys.
        models: folder of model records, for pages that tell what a model was learned from.
        speed: what `make speed` measured, for pages that tell it.
        check: write nothing; fail when a page or a chart is not what the metrics say.
    """
    found = Metrics(
        models=_files(metrics / "models"),
        agreement=read_json(metrics / "agreement.json"),
        split=read_json(metrics / "split.json"),
        public=_files(metrics / "public"),
        corpus=_files(metrics / "corpus"),
        targets=read_json(targets),
        trained=_files(metrics / "public" / "table1"),
        measures=_files(metrics),
        studies=_files(metrics / "studies"),
        records=_files(models) if models else {},
        speed=read_json(speed) if speed else {},
    )
    made = {
        chart: f1_chart(found.models[RELEASED], found.models["tfidf"], found.agreement),
        curve: curve_chart(found.corpus["curve"], found.targets),
    }
    for page in pages:
        text = read_text(page)
        for name in unknown_blocks(text):
            raise InputError(page, f"has a generated block {name!r} that nothing fills")
        try:
            made[page] = fill(text, found)
        except KeyError as error:
            raise InputError(metrics, f"lacks the figure {error} that {page} quotes") from error
    for path, text in made.items():
        if not check:
            write_text(path, text)
        elif not path.exists() or read_text(path) != text:
            raise CheckFailed(f"{path}: its figures are not those of {metrics}; run `make docs`")


def _files(folder: Path) -> dict[str, Any]:
    """The JSON files of a folder by their name; nothing where there is none."""
    return {path.stem: read_json(path) for path in sorted(folder.glob("*.json"))}
