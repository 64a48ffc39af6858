"""What README and docs quote is what the metrics files say; public figures were measured with the released models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.core.errors import CheckFailed
from pipeline.report.blocks import Metrics, corpus_block, fill, scores_block, table, transfer_block
from pipeline.report.chart import f1_chart
from pipeline.stages import document

REPOSITORY = Path(__file__).parents[1]
METRICS = REPOSITORY / "metrics"
CHART = REPOSITORY / "docs" / "figures" / "f1.svg"


def figures(value: float | None, low: float | None = None, high: float | None = None) -> dict[str, float | None]:
    return {"value": value, "low": low, "high": high}


def label_scores(f1: float, enough: bool = True) -> dict[str, Any]:
    return {
        "support": 7,
        "enough": enough,
        "precision": figures(0.5),
        "recall": figures(None),
        "f1": figures(f1, f1 - 0.1, f1 + 0.1),
        "auc": figures(0.9),
    }


def model_scores(f1: float) -> dict[str, Any]:
    return {
        "macro_f1": figures(f1),
        "labels": {"report": label_scores(f1), "anecdote": label_scores(0.25, enough=False)},
    }


@pytest.fixture
def metrics() -> Metrics:
    part = {"works": 3, "sentences": 1200, "labels": {"report": 40, "anecdote": 2}}
    target = {
        "models": {
            "main": {"sentences": 50, "auc": figures(0.75, 0.7, 0.8), "calibration_error": figures(0.1)},
            "tfidf": {"auc": figures(0.7)},
        },
        "baselines": {"x": {"auc": figures(0.6)}, "pooled": {"auc": figures(0.65)}},
    }
    return Metrics(
        models={
            "main": model_scores(0.6),
            "majority": model_scores(0.0),
            "rules": model_scores(0.4),
            "tfidf": model_scores(0.5),
        },
        agreement={"alpha": {"report": figures(0.9, 0.8, 1.0), "anecdote": figures(None)}},
        split={"parts": {"train": part, "test": part}},
        public={"corpus": {"targets": {"corpus:theirs->report": target}}},
        corpus={},
    )


@pytest.mark.parametrize("page", ["README.md", "docs/corpus.md"])
def test_pages_quote_the_metrics(page: str) -> None:
    document.run([REPOSITORY / page], metrics=METRICS, chart=CHART, check=True)


def test_public_figures_are_those_of_the_released_models() -> None:
    released = {path.stem: json.loads(path.read_text())["model_sha256"] for path in (METRICS / "models").glob("*.json")}
    public = sorted((METRICS / "public").glob("*.json"))
    assert [path.stem for path in public] == ["babe", "cdcp", "newsdiscourse", "webis16"]
    for path in public:
        measured = json.loads(path.read_text())["models_sha256"]
        assert measured == {name: released[name] for name in measured}


def test_a_changed_figure_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text((REPOSITORY / "README.md").read_text().replace("| report | ", "| report | 1", 1))
    with pytest.raises(CheckFailed, match=r"README\.md: its figures"):
        document.run([page], metrics=METRICS, chart=CHART, check=True)


def test_an_unknown_block_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- generated: nothing -->\n<!-- end -->\n")
    arguments = ["document", str(page), "--metrics", str(METRICS), "--chart", str(tmp_path / "chart.svg")]
    assert main(arguments) == 1
    assert "has a generated block 'nothing'" in capsys.readouterr().err


def test_table_is_markdown() -> None:
    assert table(["a", "b"], [["x", 1]]) == "| a | b |\n| --- | ---: |\n| x | 1 |"


def test_corpus_block_adds_both_parts(metrics: Metrics) -> None:
    assert corpus_block(metrics).startswith("6 works with 2,400 labelled sentences, of which 3 works (1,200 sentences)")
    assert "| anecdote | 2 | 2 |" in corpus_block(metrics)


def test_scores_block_has_floors_ceiling_and_too_few(metrics: Metrics) -> None:
    block = scores_block(metrics)
    assert "| report | 7 | .500 | - | .600 (.500-.700) | .900 | .000 | .400 | .500 | .900 (.800-1.000) |" in block
    assert "| anecdote (too few) |" in block
    assert block.endswith("Too few held-out positives to be counted in macro-F1: anecdote.")


def test_transfer_block_names_the_best_baseline(metrics: Metrics) -> None:
    assert "| corpus:theirs -> report | 50 | .700 | .750 (.700-.800) | .100 | .650 |" in transfer_block(metrics)


def test_fill_changes_the_inside_of_blocks_only(metrics: Metrics) -> None:
    text = "before\n<!-- generated: corpus -->\nold\n<!-- end -->\nafter <!-- end -->\n"
    filled = fill(text, metrics)
    assert "old" not in filled
    assert filled.startswith("before\n<!-- generated: corpus -->\n6 works")
    assert filled.endswith("<!-- end -->\nafter <!-- end -->\n")
    assert fill(filled, metrics) == filled


def test_chart_draws_a_row_a_label(metrics: Metrics) -> None:
    chart = f1_chart(metrics.models["main"], metrics.models["tfidf"], metrics.agreement)
    assert chart.count('class="point"') == 2
    assert chart.count('class="ceiling"') == 1
    assert 'x1="433.0"' in chart  # .5 of the way: 170 + .5 * (720 - 170 - 24)
