"""What the small project is measured by, beside its scores: stages that read what models said."""

from __future__ import annotations

import pytest

from pipeline.core.scheme import load_scheme
from pipeline.core.tables import CHANCES, ERRORS, OUTCOMES, PART, read_table, votes_features, write_table
from tests.stages.dvcfile import ROOT
from tests.stages.project import HELD_OUT, PAIRS, PARAMS, Mini

LABELS = load_scheme(ROOT / "labels" / "scheme.yaml").ids
MODELS = ("majority", "rules", "tfidf", "main")
NOTHING = {"value": None, "low": None, "high": None}
RIGHT = {"value": 1, "low": 1, "high": 1}


@pytest.mark.parametrize("model", MODELS)
def test_train_keeps_what_a_model_says_of_works_it_has_not_seen(built: Mini, model: str) -> None:
    rows = read_table(built.path(f"data/out_of_fold/{model}.parquet"), CHANCES)
    train = read_table(built.path("data/train.parquet"), PART)
    assert [(row["doc_id"], row["start"]) for row in rows] == [(row["doc_id"], row["start"]) for row in train]
    thresholds = [built.json(f"models/{model}.json")["thresholds"][label] for label in LABELS]
    for row in rows:
        assert row["given"] == [chance >= bound for chance, bound in zip(row["chances"], thresholds, strict=True)]


@pytest.mark.parametrize("model", MODELS)
def test_train_lists_the_wrong_decisions_of_a_model_that_learns(built: Mini, model: str) -> None:
    errors = read_table(built.path(f"data/errors/{model}.parquet"), ERRORS)
    labels = {
        (row["doc_id"], row["start"]): row["labels"] for row in read_table(built.path("data/train.parquet"), PART)
    }
    wrong = {
        (row["doc_id"], row["start"], label)
        for row in read_table(built.path(f"data/out_of_fold/{model}.parquet"), CHANCES)
        for label, given in zip(LABELS, row["given"], strict=True)
        if given != (label in labels[row["doc_id"], row["start"]])
    }
    listed = {(row["doc_id"], row["start"], row["label"]) for row in errors}
    assert listed == (wrong if model in ("tfidf", "main") else set())
    assert all(row["gold"] == (row["label"] in labels[row["doc_id"], row["start"]]) for row in errors)
    assert all(row["cues"] for row in errors)


def test_evaluate_keeps_what_the_model_says_of_the_held_out_part(built: Mini) -> None:
    rows = read_table(built.path("data/outcomes/main.parquet"), OUTCOMES)
    assert {row["doc_id"] for row in rows} == set(HELD_OUT)
    loaded = next(row for row in rows if row["given"][LABELS.index("loaded_language")])
    assert [span["voice"] for span in loaded["spans"]] == ["author", "author"]
    will = next(row for row in rows if row["given"][LABELS.index("prediction")])
    assert will["voices"] == [{"label": "prediction", "voice": "author"}]


def test_evaluate_scores_voices_and_wordings_by_voice(built: Mini) -> None:
    found = built.json("metrics/models/main.json")
    assert set(found["labels_by_voice"]) == {"loaded_language", "prediction", "prescription"}
    assert found["labels_by_voice"]["prediction"]["author"]["f1"] == RIGHT
    assert found["labels_by_voice"]["prediction"]["quoted"]["f1"] == NOTHING
    by_voice = found["loaded_spans_by_voice"]
    assert {voice: own["support"] for voice, own in by_voice.items()} == {"author": 6, "attributed": 0, "quoted": 0}
    assert by_voice["author"]["f1"] == found["loaded_spans"]["f1"]


def test_evaluate_says_what_leaving_the_doubtful_out_gains(built: Mini) -> None:
    found = built.json("metrics/models/majority.json")["abstention"]
    assert found["uncertain"] == RIGHT  # nothing is carried by half of the sentences
    assert found["micro_f1_certain"] == NOTHING
    assert built.json("metrics/models/main.json")["abstention"]["micro_f1_all"]["value"] > 0.9


def test_differences_stand_between_floor_and_annotators(built: Mini) -> None:
    found = built.json("metrics/differences.json")
    assert list(found["ahead_of"]) == ["majority", "rules", "tfidf"]
    macro = {name: figure["value"] for name, figure in found["macro_f1"].items()}
    assert {name: macro[name] for name in MODELS} == {
        name: built.json(f"metrics/models/{name}.json")["macro_f1"]["value"] for name in MODELS
    }
    assert macro["annotator, first pass"] == macro["annotator, second pass"] == 1  # they differ in a training work
    assert found["ahead_of"]["majority"]["macro_f1"]["value"] == pytest.approx(macro["main"] - macro["majority"])


def test_differences_test_every_label_with_correction(built: Mini) -> None:
    labels = built.json("metrics/differences.json")["ahead_of"]["majority"]["labels"]
    assert set(labels) == set(LABELS)
    # right on 6 more of 33 sentences and on none less: 2 / 2 ** 6, times 10 labels
    assert labels["assertion"]["mcnemar_p_holm"] == 0.3125
    assert labels["report"]["mcnemar_p_holm"] == 1


def test_differences_tell_a_pass_that_leaves_held_out_sentences_out(
    mini: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in mini.rows("labels/gold/second.jsonl") if row["doc_id"] != "work-07"]
    mini.write_rows("labels/gold/second.jsonl", rows)
    assert mini.stage("differences") == 1
    told = capsys.readouterr().err
    assert told == "error: labels/gold/second.jsonl: does not annotate the held-out sentence ('work-07', 0)\n"


def test_differences_tell_a_released_model_without_outcome(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    mini.path("data/outcomes/main.parquet").unlink()
    assert mini.stage("differences") == 1
    assert "data/outcomes: has nothing of model 'main' (majority, rules, tfidf)" in capsys.readouterr().err


def test_slices_cover_both_parts(built: Mini) -> None:
    found = built.json("metrics/slices.json")
    assert set(found) == {"genre", "topic", "length", "quotation", "kind"}
    for name, told in found.items():
        assert sum(own["sentences"] for own in told["slices"].values()) == 132, name
    assert {name: own["documents"] for name, own in found["genre"]["slices"].items()} == {"comment": 6, "news": 6}
    assert found["kind"]["slices"]["heading"]["micro_f1"] == NOTHING  # no heading carries a label
    assert found["kind"]["worst"] == "body"
    assert found["topic"]["worst"] is None  # a document each


def test_shares_have_rates_truth_and_counts(built: Mini) -> None:
    found = built.json("metrics/shares.json")
    assert found["rates"]["report"]["true_positive_rate"] == RIGHT
    assert found["rates"]["report"]["estimable"] is True
    told = found["held_out"]["report"]
    assert told["true"] == told["raw"]["value"] == told["adjusted"]["value"] == round(3 / 33, 4)
    assert told["covered"] == {"raw": True, "adjusted": True}
    assert set(found["genres"]) == {"news"}
    assert found["mixes"]["report"]["mixes"] == PARAMS["shares"]["mixes"]
    assert found["mixes"]["report"]["adjusted"] == {"mean_error": 0, "covered": 1}
    assert [row["sentences"] for row in found["by_hand"]["report"]] == PARAMS["shares"]["samples"]


def test_contrast_is_scored_for_both_models(built: Mini) -> None:
    found = built.json("metrics/contrast.json")
    assert (found["pairs"], found["chance"], set(found["models"])) == (len(PAIRS), 0.25, {"tfidf", "main"})
    assert found["models"]["main"]["both_right"] == RIGHT
    assert found["models"]["main"]["labels"]["report"] == {"pairs": 0, "both_right": NOTHING}


def test_invariance_swaps_what_is_named_in_both_parts(built: Mini) -> None:
    found = built.json("metrics/invariance.json")
    assert found["sentences"] == 2 * 12  # a mayor and a council in every work
    assert set(found["models"]["main"]["sorts"]) == {"office"}
    assert found["models"]["main"]["sentences"] == 24
    assert found["models"]["main"]["mean_change"]["value"] > 0


def test_controls_find_planted_leaks(built: Mini) -> None:
    found = built.json("metrics/controls.json")
    planted = PARAMS["controls"]["planted"]
    assert found["leaks"] == {"planted": planted, "found": planted, "found_share": 1}
    assert found["true_labels_auc"] == 1
    shuffled = found["shuffled_labels_auc"]
    assert shuffled["lowest"] <= shuffled["mean"] <= shuffled["highest"] < 0.7
    assert shuffled["shuffles"] == PARAMS["controls"]["shuffles"]


def test_gates_that_are_kept_pass(built: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    found = built.json("metrics/gates.json")
    assert found["answers"] == {"pass": 2, "investigate": 0, "fail": 0}
    assert list(found["gates"]) == sorted(PARAMS["gates"])
    assert built.stage("gate") == 0
    assert capsys.readouterr().err == ""


def test_a_failing_gate_fails_at_the_end_and_the_report_is_there(
    mini: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mini.change_params("gates.main ahead of the majority.least", 1.5)
    mini.path("reports/index.html").unlink()
    mini.make("gates", "summarise", "report")
    assert mini.json("metrics/gates.json")["answers"] == {"pass": 1, "investigate": 0, "fail": 1}
    capsys.readouterr()
    assert mini.stage("gate") == 1
    assert capsys.readouterr().err == (
        "error: metrics/gates.json: 1 gates failed: main ahead of the majority is 1.0 (1.0 to 1.0), at least 1.5\n"
    )
    assert mini.path("reports/index.html").is_file()


def test_nothing_waits_for_the_gate_and_it_is_the_last_stage(built: Mini) -> None:
    assert list(built.stages)[-1] == "gate"
    assert built.stages["gate"].outs == ()


def test_a_gate_on_a_figure_that_is_not_there_is_told(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    mini.change_params("gates.leaks.figure", ["leaks", "found_shares"])
    assert mini.stage("gates") == 1
    told = "error: metrics/controls.json:leaks.found_shares: has no figure for gate 'leaks'\n"
    assert capsys.readouterr().err == told


# studies beside the pipeline


def test_coverage_is_simulated_at_the_shape_of_the_held_out_part(mini: Mini) -> None:
    words = "coverage --test data/test.parquet --params params.yaml --out coverage.json --runs 3"
    assert mini.run(*words.split()) == 0
    found = mini.json("coverage.json")
    assert (found["level"], found["documents"], found["sentences"]) == (0.95, 3, 33)
    assert set(found["prevalence"]) == {"0.02", "0.1", "0.35"}
    assert found["prevalence"]["0.35"]["recall"]["runs"] == 3
    assert 0 < found["prevalence"]["0.35"]["f1"]["width"] < 1


KNOWN = "--rules labels/rules.yaml --scheme labels/scheme.yaml --params params.yaml"
LEAVE_OUT = (
    f"leave-out --train data/train.parquet --test data/test.parquet --edits labels/edits/edits.jsonl --model tfidf "
    f"--manifest seeds/manifest.jsonl {KNOWN} --out leave_out.json"
).split()


def test_leaving_out_costs_what_the_works_of_a_kind_alone_teach(mini: Mini) -> None:
    assert mini.run(*LEAVE_OUT) == 0
    found = mini.json("leave_out.json")
    assert {name: set(told) for name, told in found.items() if name != "topic"} == {
        "genre": {"all", "news", "comment"},
        "batch": {"all", "b01", "b02"},
    }
    assert found["genre"]["all"]["sentences"] == 12 * 11
    assert found["topic"]["all"]["sentences"] == 9 * 11  # each work has a topic of its own: no other knows the held out
    assert len(found["topic"]) == 1 + 9
    assert found["batch"]["b01"]["documents"] == 6
    assert found["batch"]["b01"]["sentences"] == 6 * 11
    assert found["batch"]["b01"]["enough"]
    assert not found["topic"]["ferry"]["enough"]
    assert found["topic"]["ferry"]["gap"]["low"] is None
    for told in found.values():
        for own in told.values():
            gap = own["left_out"]["value"] - own["in_distribution"]["value"]
            assert own["gap"]["value"] == pytest.approx(gap, abs=1e-4)


def test_a_corpus_of_one_batch_leaves_nothing_to_learn_from(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{**row, "batch": "b01"} for row in mini.rows("seeds/manifest.jsonl")]
    mini.write_rows("seeds/manifest.jsonl", rows)
    assert mini.run(*LEAVE_OUT) == 1
    assert capsys.readouterr().err == "error: seeds/manifest.jsonl: knows but one batch of the training part\n"


def test_leaving_out_needs_a_linear_model(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    assert mini.run(*(word.replace("tfidf", "rules") for word in LEAVE_OUT)) == 1
    assert capsys.readouterr().err == "error: params.yaml:models.rules: must be a linear model\n"


def test_the_learning_curve_has_every_label_at_every_size(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.stages.learning_curve.SHARES", (0.4, 1.0))
    words = f"learning-curve --train data/train.parquet --test data/test.parquet {KNOWN} --out curve.json"
    assert mini.run(*words.split(), "--model", "tfidf", "--orders", "2") == 0
    found = mini.json("curve.json")
    assert set(found) == set(LABELS)
    assert {size for points in found.values() for size in points} == {"4", "9"}  # of nine works
    for points in found.values():
        assert points["9"]["lowest"] == points["9"]["highest"]  # all works, whatever the order
        assert points["4"]["lowest"] <= points["4"]["mean"] <= points["4"]["highest"]


REGIMES = (
    "regimes --train data/train.parquet --test data/test.parquet --votes data/votes.parquet --model tfidf "
    f"{KNOWN} --out regimes.json"
).split()


def test_regimes_are_measured_with_ever_more_gold(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.evaluation.regimes.SHARES", (0.4, 1.0))
    assert mini.run(*REGIMES, "--orders", "2") == 0
    found = mini.json("regimes.json")
    assert (found["model"], found["orders"]) == ("tfidf", 2)
    for figure in ("macro_f1", "average_precision"):
        assert {name: set(sizes) for name, sizes in found[figure].items()} == {
            "rules only": {"0"},
            "votes only": {"0"},
            "gold only": {"4", "9"},  # of nine works
            "gold and votes": {"4"},
            "gain by votes": {"4"},
        }
    # a rule finds all that carry a label, but for the second of each two assertions: (9 + 2 / 3) / 10
    assert found["macro_f1"]["rules only"]["0"]["mean"] == 0.9667


def test_votes_of_another_corpus_are_told(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    path = mini.path("data/votes.parquet")
    columns = votes_features(LABELS)
    write_table(path, read_table(path, columns)[1:], columns)
    assert mini.run(*REGIMES) == 1
    told = "error: data/votes.parquet: has no votes on the sentence ('work-01', 0)\n"
    assert capsys.readouterr().err == told
