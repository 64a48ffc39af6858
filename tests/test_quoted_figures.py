"""What README and docs quote is what the metrics files say; public figures were measured with the released models."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.core.errors import CheckFailed
from pipeline.core.params import load_params
from pipeline.learning.split import read_manifest
from pipeline.report.blocks import (
    agreement_block,
    corpus_block,
    curve_block,
    fill,
    people_block,
    scores_block,
    targets_block,
    texture_block,
    transfer_block,
    versions_block,
)
from pipeline.report.chart import curve_chart, f1_chart
from pipeline.report.markdown import Metrics, table
from pipeline.stages import document

REPOSITORY = Path(__file__).parents[1]
METRICS = REPOSITORY / "metrics"
CURVE = REPOSITORY / "docs" / "figures" / "transfer-curve.svg"
TARGETS = REPOSITORY / "benchmarks" / "transfer_targets.json"
CHART = REPOSITORY / "docs" / "figures" / "f1.svg"


PAGES = [
    *("README.md", "docs/corpus.md", "docs/results.md", "docs/checklist.md", "docs/model-info.md", "docs/speed.md"),
    *("docs/versions.md", "models/README.md"),
]


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
        "loaded_spans": {"precision": figures(0.3), "recall": figures(0.2), "f1": figures(0.24, 0.2, 0.3)},
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
        agreement={
            "spans": {"f1": 0.9},
            "alpha": {"report": figures(0.9, 0.8, 1.0), "anecdote": figures(None)},
        },
        split={"parts": {"train": part, "test": part}},
        public={"corpus": {"targets": {"corpus:theirs->report": target}}},
        corpus={"frozen": {"targets": {"corpus:theirs->report": figures(0.8, 0.7, 0.9)}}},
        targets={"corpus:theirs->report": 0.76},
    )


def corpus_metrics(agreement: dict[str, Any] | None = None, **corpus: dict[str, Any]) -> Metrics:
    """Metrics that hold nothing but what was found out about the corpus."""
    return Metrics(models={}, agreement=agreement or {}, split={}, public={}, corpus=corpus, targets={})


@pytest.mark.parametrize("page", PAGES)
def test_pages_quote_the_metrics(page: str) -> None:
    document.run(
        [REPOSITORY / page],
        metrics=METRICS,
        targets=TARGETS,
        chart=CHART,
        curve=CURVE,
        models=REPOSITORY / "models",
        speed=REPOSITORY / "benchmarks" / "speed.json",
        check=True,
    )


def test_public_figures_are_those_of_the_released_models() -> None:
    released = {path.stem: json.loads(path.read_text())["model_sha256"] for path in (METRICS / "models").glob("*.json")}
    public = sorted((METRICS / "public").glob("*.json"))
    assert [path.stem for path in public] == ["babe", "cdcp", "newsdiscourse", "webis16"]
    for path in public:
        measured = json.loads(path.read_text())["models_sha256"]
        assert measured == {name: released[name] for name in measured}


def test_our_learners_were_trained_there_with_the_settings_of_today() -> None:
    settings = load_params(REPOSITORY / "params.yaml").models
    trained = sorted((METRICS / "public" / "table1").glob("*.json"))
    assert [path.stem for path in trained] == ["babe", "cdcp", "newsdiscourse", "webis16"]
    for path in trained:
        measured, untrained = json.loads(path.read_text()), json.loads((METRICS / "public" / path.name).read_text())
        assert measured["corpus_sha256"] == untrained["corpus_sha256"]
        assert measured["settings"] == {name: settings[name].model_dump(mode="json") for name in ("main", "tfidf")}


def test_the_articles_were_compared_with_the_released_model() -> None:
    released = json.loads((METRICS / "models" / "main.json").read_text())["model_sha256"]
    assert json.loads((METRICS / "corpus" / "articles.json").read_text())["model_sha256"] == released


def test_the_data_statement_counts_what_the_manifest_has() -> None:
    entries = read_manifest(REPOSITORY / "seeds" / "manifest.jsonl").values()
    works = {entry.work: entry for entry in entries if entry.version == "original"}
    in_genre = Counter(entry.genre for entry in works.values())
    least, further = min(in_genre.values()), in_genre["public comment"] - min(in_genre.values())
    assert set(in_genre.values()) == {least, least + further}
    topics = {entry.topic for entry in works.values()}
    versions = {entry.work for entry in entries if entry.version != "original"}
    told = " ".join((REPOSITORY / "seeds" / "README.md").read_text(encoding="utf-8").split())
    assert (
        f"{len(in_genre)} genres and {len(topics) - further} topics, {least} works a genre; {further} further" in told
    )
    assert f"which makes {len(topics)} topics in all" in told
    assert f"the first {len(works) - further} got wrong" in told
    assert f"{len(versions)} works exist in one to three further versions" in told


def test_a_changed_figure_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text((REPOSITORY / "README.md").read_text())
    chart, curve = tmp_path / "f1.svg", tmp_path / "curve.svg"
    for check in (False, True):
        document.run([page], metrics=METRICS, targets=TARGETS, chart=chart, curve=curve, check=check)
    page.write_text(page.read_text().replace("| report | ", "| report | 1", 1))
    with pytest.raises(CheckFailed, match=r"README\.md: its figures"):
        document.run([page], metrics=METRICS, targets=TARGETS, chart=chart, curve=curve, check=True)


def test_an_unknown_block_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- generated: nothing -->\n<!-- end -->\n")
    inputs = ["--metrics", str(METRICS), "--targets", str(TARGETS)]
    outputs = ["--chart", str(tmp_path / "chart.svg"), "--curve", str(tmp_path / "curve.svg")]
    arguments = ["document", str(page), *inputs, *outputs]
    assert main(arguments) == 1
    assert "has a generated block 'nothing'" in capsys.readouterr().err


def test_a_figure_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "metrics"
    shutil.copytree(METRICS, folder)
    (folder / "gates.json").write_text("{}")
    page = tmp_path / "page.md"
    page.write_text("<!-- generated: gates -->\n<!-- end -->\n")
    inputs = ["--metrics", str(folder), "--targets", str(TARGETS)]
    outputs = ["--chart", str(tmp_path / "chart.svg"), "--curve", str(tmp_path / "curve.svg")]
    assert main(["document", str(page), *inputs, *outputs]) == 1
    assert capsys.readouterr().err == f"error: {folder}: lacks the figure 'gates' that {page} quotes\n"


def test_table_is_markdown() -> None:
    assert table(["a", "b"], [["x", 1]]) == "| a | b |\n| --- | ---: |\n| x | 1 |"


def test_corpus_block_adds_both_parts(metrics: Metrics) -> None:
    assert corpus_block(metrics).startswith("6 works with 2,400 labelled sentences, of which 3 works (1,200 sentences)")
    assert "| anecdote | 2 | 2 |" in corpus_block(metrics)


def test_scores_block_has_floors_ceiling_and_too_few(metrics: Metrics) -> None:
    block = scores_block(metrics)
    assert "| report | 7 | .500 | - | .600 (.500-.700) | .900 | .000 | .400 | .500 | .900 (.800-1.000) |" in block
    assert "| anecdote (too few) |" in block
    assert "Too few held-out positives to be counted in macro-F1: anecdote.\n" in block
    assert "by the characters marked: precision .300, recall .200, F1 .240 (.200-.300); the annotators reach" in block


def test_transfer_block_names_the_best_baseline(metrics: Metrics) -> None:
    assert "| corpus:theirs -> report | 50 | .700 | .750 (.700-.800) | .100 | .650 |" in transfer_block(metrics)


def test_agreement_block_has_alpha_and_how_each_pass_does_against_gold() -> None:
    passes = {who: {"report": {"f1": f1}, "anecdote": {"f1": None}} for who, f1 in (("first", 0.95), ("second", 0.9))}
    found = {
        "sentences": 1234,
        "documents": 5,
        "spans": {"f1": 0.75},
        "kind_agreement": 1.0,
        "alpha": {"report": figures(0.8, 0.7, 0.9), "anecdote": figures(None)},
        "annotators": passes,
    }
    block = agreement_block(corpus_metrics(agreement=found))
    assert block.splitlines() == [
        "1,234 sentences of 5 documents have two passes. On loaded wordings the passes overlap with a character F1 of "
        ".750; on the kind of a line they agree in 1.000 of cases.",
        "",
        "| label | alpha (95 %) | first pass, F1 | second pass, F1 |",
        "| --- | ---: | ---: | ---: |",
        "| report | .800 (.700-.900) | .950 | .900 |",
        "| anecdote | - | - | - |",
    ]


def test_people_block_has_a_row_a_target_and_negative_kappa() -> None:
    row = {"sentences": 200, "positives": 58, "kappa": -0.02, "auc": 0.493}
    block = people_block(corpus_metrics(people={"targets": {"letters:wish->prediction": row}}))
    assert block.splitlines() == [
        "| their label -> ours | sentences | positives | Cohen's kappa | AUC |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| letters:wish -> prediction | 200 | 58 | -.020 | .493 |",
    ]


def texture_of(documents: int, distinct: dict[str, int], **more: object) -> dict[str, Any]:
    return {
        "documents": documents,
        "sentences": 1500,
        "distinct_words": distinct,
        "repeated_four_grams": 0.0123,
        "alike_openings": 0.05,
        "nearest_neighbour": {"mean": 0.1, "highest": 0.9},
        "sentence_length": {"0.05": 4.0, "0.25": 9.0, "0.5": 19.5, "0.75": 30.0, "0.95": 48.0},
        **more,
    }


def test_texture_block_has_a_column_a_corpus_and_sizes_in_order() -> None:
    ours = texture_of(2000, {"1000": 480, "10000": 2900, "5000": 1746}, rewritten=88)
    found = {
        "letters": texture_of(30, {"1000": 500}, told_apart_auc={"all": 0.9, "as_written": 0.92, "rewritten": None}),
        "ours": ours,
    }
    blind = {
        "as written": {"choices": 100, "value": 0.85, "low": 0.767, "high": 0.907},
        "rewritten": {"choices": 40, "value": 0.5, "low": 0.35, "high": 0.65},
    }
    assert texture_block(corpus_metrics(texture=found, people={"blind": blind})).splitlines() == [
        "|  | letters | ours |",
        "| --- | ---: | ---: |",
        "| documents | 30 | 2,000 |",
        "| sentences | 1,500 | 1,500 |",
        "| distinct words among the first 1,000 | 500 | 480 |",
        "| distinct words among the first 5,000 | - | 1,746 |",
        "| distinct words among the first 10,000 | - | 2,900 |",
        "| 4-grams in more than one document | .012 | .012 |",
        "| sentences with one of the ten commonest openings | .050 | .050 |",
        "| likeness to the nearest document, mean | .100 | .100 |",
        "| words in a sentence, 5 % - median - 95 % | 4 - 19.5 - 48 | 4 - 19.5 - 48 |",
        "| told from ours by function words, AUC | .900 | - |",
        "| told from ours as written by function words, AUC | .920 | - |",
        "| told from ours rewritten by function words, AUC | - | - |",
        "",
        "88 of our documents are rewritten. Share of blind choices between two excerpts in which readers who had not "
        "written told ours from published (.5 is guessing), by state of our texts: as written: .850 (.767-.907) of "
        "100, rewritten: .500 (.350-.650) of 40.",
    ]


def test_curve_block_goes_by_size() -> None:
    points = {
        size: {"mean": mean, "lowest": mean - 0.1, "highest": 1.0}
        for size, mean in (("1000", 0.7), ("4000", 0.75), ("500", 0.6))
    }
    assert curve_block(corpus_metrics(curve={"letters:wish->prediction": points})).splitlines() == [
        "| their label -> ours | 500 | 1,000 | 4,000 |",
        "| --- | ---: | ---: | ---: |",
        "| letters:wish -> prediction | .600 (.500-1.000) | .700 (.600-1.000) | .750 (.650-1.000) |",
    ]


@pytest.mark.parametrize(("both", "told"), [(0.9651, ".965"), (None, "-")])
def test_versions_block_counts_works_versions_and_links(both: float | None, told: str) -> None:
    found = {
        "families": {"test": 2, "tune": 3},
        "versions": {"shortened": 4, "toned down": 3},
        "links": {"lost": 9, "one to one": 40},
        "versions_with_changes": 6,
        "found_by_both_f1": both,
    }
    assert versions_block(corpus_metrics(versions=found)).splitlines() == [
        "5 works (2 of them for testing) exist in 7 further versions, aligned with their source sentence by sentence. "
        "For 6 versions there are lists of what changed; where two annotators made one, they found the same change at "
        f"the same place with F1 {told}.",
        "",
        "|  | count |",
        "| --- | ---: |",
        "| shortened | 4 |",
        "| toned down | 3 |",
        "| links: lost | 9 |",
        "| links: one to one | 40 |",
    ]


def test_targets_block_says_what_holds(metrics: Metrics) -> None:
    block = targets_block(metrics)
    assert block.startswith("0 of 1 hold for the released model, 1 for the first one.")
    assert "| corpus:theirs -> report | .760 | .750 (.700-.800) | no | .800 (.700-.900) | yes |" in block


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


def test_curve_chart_has_a_panel_a_target_with_an_aim() -> None:
    point = {"mean": 0.7, "lowest": 0.6, "highest": 0.8}
    points = {"c:a->report": {"1000": point, "500": point}, "c:b->report": {"500": point}}
    chart = curve_chart(points, {"c:a->report": 0.9})
    assert chart.count("<polyline") == 1
    assert "c:a" in chart
    assert ">500<" in chart
    assert ">1,000<" in chart
