"""Studies and checks beside the pipeline, on a few invented sentences, through the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.__main__ import main
from pipeline.core.records import GoldSentence, Sentence, text_hash
from pipeline.core.tables import PART, SENTENCES, write_table
from pipeline.labelling.gold import gold_row
from pipeline.stages.texture import REWRITER
from tests.stages.dvcfile import ROOT
from tests.stages.project import PARAMS

SCHEME = str(ROOT / "labels" / "scheme.yaml")

MAPPING = {
    "name": "letters",
    "citation": "Nobody (2020)",
    "source": "http://example.org",
    "licence": "none",
    "reader": "table",
    "split": {"kind": "parts", "parts": {"train": "dev", "test": "final"}},
    "readable": {"parts": ["train"]},
    "targets": [{"target": "letters:demand -> prescription", "column": "kind", "positive": ["demand"]}],
    "classes": {"column": "kind", "values": ["demand", "news"]},
    "table": {"file": "letters.jsonl", "text": "text", "document": "id", "split": "set"},
}
TARGET = "letters:demand->prescription"
Row = tuple[str, str, str, str]
"""Document, part, text, kind."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command runs, with params.yaml; no git repository lies around it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("COLUMNS", "300")
    (tmp_path / "params.yaml").write_text(yaml.safe_dump(PARAMS, sort_keys=False))
    return tmp_path


def refused(words: Sequence[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`words` end with exit code 1 and the one line `told` on stderr."""
    assert main(words) == 1
    assert capsys.readouterr().err == f"error: {told}\n"


def write_rows(name: str, rows: Iterable[dict[str, Any]]) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def write_json(name: str, value: object) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(json.dumps(value), encoding="utf-8")


def read_rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]


def read_json(name: str) -> Any:
    return json.loads(Path(name).read_text(encoding="utf-8"))


def write_corpus(rows: Sequence[Row], corpora: str = "corpora") -> None:
    """The corpus `letters` and its mapping."""
    Path("mappings").mkdir(exist_ok=True)
    Path("mappings/letters.yaml").write_text(yaml.safe_dump(MAPPING, sort_keys=False))
    keys = ("id", "set", "text", "kind")
    write_rows(f"{corpora}/letters/letters.jsonl", [dict(zip(keys, row, strict=True)) for row in rows])


def sentence(doc_id: str, start: int, text: str) -> Sentence:
    return Sentence(doc_id, 0, 0, "body", start, start + len(text), text)


def write_part(name: str, texts: Sequence[tuple[str, str]], labels: frozenset[str] = frozenset()) -> None:
    """A table of one side of the split, from pairs of document (also the work) and text; "must" is a prescription."""
    rows = []
    for doc_id, text in texts:
        own = labels | ({"prescription"} if "must" in text else set())
        rows.append({**gold_row(GoldSentence(sentence(doc_id, 0, text), "body", own, (), ()), 1), "work": doc_id})
    write_table(Path(name), rows, PART)


# people

LETTERS: list[Row] = [
    ("d1", "dev", "Ban it now.", "demand"),
    ("d1", "dev", "It opened.", "news"),
    ("d2", "dev", "Ban it now.", "demand"),
    ("d2", "dev", "It closed.", "news"),
    ("d3", "final", "It rained.", "news"),
]
PEOPLE = f"--answers answers --blind blind.jsonl --corpora corpora --mappings mappings --scheme {SCHEME}"
CHOICES = [
    *({"round": "as written", "pair": n, "reader": "one", "right": True} for n in range(2)),
    *({"round": "rewritten", "pair": n, "reader": "one", "right": n > 0} for n in range(4)),
]
PEOPLE_WORDS = ["people", *PEOPLE.split(), "--out", "people.json"]


def answer(document: str, position: int, text: str, *labels: str) -> dict[str, Any]:
    anchor = {"document": text_hash(document), "position": position, "hash": text_hash(text)}
    return {**anchor, "labels": list(labels)}


def test_people_compares_only_what_both_labelled() -> None:
    write_corpus(LETTERS)
    answers = [
        answer("d1", 0, "Ban it now.", "prescription", "assertion"),
        answer("d1", 1, "It opened.", "report"),
        answer("d2", 0, "Ban it now.", "assertion"),  # the same words elsewhere, seen otherwise
        answer("d2", 1, "It closed."),
        answer("d9", 0, "Nobody wrote this.", "prescription"),
    ]
    write_rows("answers/letters.jsonl", answers)
    write_rows("blind.jsonl", CHOICES)
    assert main(PEOPLE_WORDS) == 0
    found = read_json("people.json")
    # agreed on 3 of 4, by chance on 1/2 * 1/4 + 1/2 * 3/4; half the carriers found, no false alarm
    assert found["targets"] == {TARGET: {"sentences": 4, "positives": 2, "kappa": 0.5, "auc": 0.75}}
    # Wilson, z = 1.96: (.75 + z2 / 8 -+ z * sqrt(.1875 / 4 + z2 / 64)) / (1 + z2 / 4), z2 = 3.8415
    assert found["blind"]["rewritten"] == {"choices": 4, "value": 0.75, "low": 0.3006, "high": 0.9544}
    # and with two of two: 1 / (1 + z2 / 2)
    assert found["blind"]["as written"] == {"choices": 2, "value": 1, "low": 0.3424, "high": 1}


@pytest.mark.parametrize("rows", [[], [answer("d9", 0, "Nobody wrote this.", "prescription")]])
def test_people_tells_a_file_without_answers(rows: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(LETTERS)
    write_rows("answers/letters.jsonl", rows)
    refused(PEOPLE_WORDS, f"answers/letters.jsonl: has no answer for a sentence of target {TARGET}", capsys)
    assert not Path("people.json").exists()


def test_people_tells_an_unknown_label_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(LETTERS)
    write_rows("answers/letters.jsonl", [answer("d1", 1, "It opened."), answer("d1", 0, "Ban it now.", "demand")])
    assert main(PEOPLE_WORDS) == 1
    told = capsys.readouterr().err
    assert told.startswith("error: answers/letters.jsonl:2: label 'demand' is not in scheme 1")
    assert len(told.splitlines()) == 1


def test_people_tells_an_answer_that_lacks_a_key(capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(LETTERS)
    write_rows("answers/letters.jsonl", [{"hash": text_hash("Ban it now."), "labels": []}])
    refused(PEOPLE_WORDS, "answers/letters.jsonl:1: lacks the key 'document'", capsys)


def test_people_tells_a_blind_choice_that_nobody_made(capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(LETTERS)
    write_rows("answers/letters.jsonl", [answer("d1", 0, "Ban it now."), answer("d1", 1, "It opened.")])
    write_rows("blind.jsonl", [])
    refused(PEOPLE_WORDS, "blind.jsonl: has no choice", capsys)


@pytest.mark.parametrize("key", ["round", "right"])
def test_people_tells_a_choice_that_lacks_a_key(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(LETTERS)
    write_rows("answers/letters.jsonl", [answer("d1", 0, "Ban it now."), answer("d1", 1, "It opened.")])
    write_rows("blind.jsonl", [CHOICES[0], {name: value for name, value in CHOICES[1].items() if name != key}])
    refused(PEOPLE_WORDS, f"blind.jsonl:2: lacks the key '{key}'", capsys)


# texture

TEXTURE = (
    "--parts train.parquet --parts test.parquet --annotations first.jsonl --corpora corpora --mappings mappings "
    f"--scheme {SCHEME}"
)


def test_texture_measures_ours_and_what_may_be_read_of_theirs() -> None:
    ours = [(f"pier-{n}", text) for n in range(6) for text in (f"Perhaps we should not, and so we go{n}.", "Who knew?")]
    write_part("train.parquet", ours[:8])
    write_part("test.parquet", ours[8:])
    theirs: list[Row] = [(f"d{n}", "dev", f"Quarry{n} shut.", ("demand", "news")[n % 2]) for n in range(5)]
    write_corpus([*theirs, ("d9", "final", "Perhaps we should not.", "news")])
    write_rows("first.jsonl", [{"doc_id": f"pier-{n}", "annotator": REWRITER if n < 2 else "first"} for n in range(6)])
    assert main(["texture", *TEXTURE.split(), "--out", "texture.json"]) == 0
    found = read_json("texture.json")
    assert list(found) == ["letters", "ours"]
    assert "told_apart_auc" not in found["ours"]
    assert found["ours"]["rewritten"] == 2
    assert set(found["letters"]["told_apart_auc"]) == {"all", "as_written", "rewritten"}
    assert all(auc > 0.9 for auc in found["letters"]["told_apart_auc"].values())
    assert (found["ours"]["documents"], found["ours"]["sentences"]) == (6, 12)
    assert (found["letters"]["documents"], found["letters"]["sentences"]) == (5, 5)
    assert found["ours"]["distinct_words"] == {}
    assert found["ours"]["repeated_four_grams"] == round(4 / (4 + 6), 4)  # all but the last of five in each
    assert (found["ours"]["alike_openings"], found["letters"]["alike_openings"]) == (1, 1)
    assert found["ours"]["sentence_length"]["0.5"] == (2 + 8) / 2
    assert found["letters"]["sentence_length"] == dict.fromkeys(("0.05", "0.25", "0.5", "0.75", "0.95"), 2)
    assert found["letters"]["nearest_neighbour"]["mean"] > 0
    assert set(found["ours"]["nearest_neighbour"]) == {"mean", "highest"}


def test_texture_has_no_figure_for_rewritten_works_where_there_are_none() -> None:
    write_part("train.parquet", [(f"pier-{n}", f"Pier {n} shut.") for n in range(5)])
    write_part("test.parquet", [("quay", "Who knew?")])
    write_rows("first.jsonl", [{"doc_id": "quay", "annotator": "first"}])
    theirs: list[Row] = [(f"d{n}", "dev", f"Quarry{n} shut.", ("demand", "news")[n % 2]) for n in range(5)]
    write_corpus([*theirs, ("d9", "final", "Perhaps we should not.", "news")])
    assert main(["texture", *TEXTURE.split(), "--out", "texture.json"]) == 0
    told = read_json("texture.json")["letters"]["told_apart_auc"]
    assert told["rewritten"] is None
    assert told["all"] == told["as_written"]


# transfer-curve

CURVE = f"--parts train.parquet --parts test.parquet --corpora corpora --mappings mappings --scheme {SCHEME}"
CURVE_FILES = "--rules rules.yaml --params params.yaml --out curve.json"
CURVE_WORDS = ["transfer-curve", *CURVE.split(), *CURVE_FILES.split()]


@pytest.fixture
def works() -> None:
    """Six works of two sentences, in two parts, and a corpus that says what they teach."""
    texts = [(f"w{n}", text) for n in range(6) for text in (f"You must mend pier {n}.", f"Pier {n} shut.")]
    write_part("train.parquet", texts[:8])
    write_part("test.parquet", texts[8:])
    read: Row = ("d1", "dev", "You must go.", "news")
    write_corpus([read, ("d2", "final", "They must go.", "demand"), ("d3", "final", "It shut.", "news")])
    Path("rules.yaml").write_text(yaml.safe_dump([]))


@pytest.mark.usefixtures("works")
def test_the_curve_has_every_size_that_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.stages.transfer_curve.SIZES", (3, 12, 13))
    assert main([*CURVE_WORDS, "--model", "tfidf", "--orders", "2"]) == 0
    all_right = {"mean": 1, "lowest": 1, "highest": 1}
    assert read_json("curve.json") == {TARGET: {"3": all_right, "12": all_right}}


@pytest.mark.usefixtures("works")
def test_the_curve_has_mean_and_range_over_the_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: Iterator[float] = iter((0.8, 0.5, 0.6))
    monkeypatch.setattr("pipeline.stages.transfer_curve.SIZES", (4,))
    monkeypatch.setattr("pipeline.stages.transfer_curve.curve_point", lambda *_: {TARGET: next(measured)})
    assert main([*CURVE_WORDS, "--model", "tfidf"]) == 0
    assert read_json("curve.json") == {TARGET: {"4": {"mean": 0.6333, "lowest": 0.5, "highest": 0.8}}}


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("rules", "params.yaml:models.rules: must be a linear model"),
        ("forest", "params.yaml:models: has no model 'forest' (majority, rules, tfidf, main)"),
    ],
)
def test_the_curve_is_of_a_linear_model(model: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    refused([*CURVE_WORDS, "--model", model], told, capsys)


# versions

SHUT, WEPT = sentence("pier", 0, "The pier shut."), sentence("pier", 20, "Divers wept.")
BOTH, HALF = sentence("pier.v2", 0, "The pier shut and divers wept."), sentence("pier.v3", 0, "The pier shut.")
VERSIONS = "versions --sentences sentences.parquet --versions versions --params params.yaml --metrics versions.json"


def linked(source: Sequence[Sentence], to: Sequence[Sentence], version: str, **more: object) -> dict[str, Any]:
    a, b = ([[one.start, text_hash(one.text)] for one in side] for side in (source, to))
    return {"a": "pier", "b": version, "a_sentences": a, "b_sentences": b, **more}


@pytest.fixture
def family() -> list[dict[str, Any]]:
    """A source in two versions, of which a second annotator saw one; the rows of their alignment."""
    write_table(Path("sentences.parquet"), map(asdict, (SHUT, WEPT, BOTH, HALF)), SENTENCES)
    made = [{"doc_id": "pier.v2", "kind": "merged and split"}, {"doc_id": "pier.v3", "kind": "shortened"}]
    write_rows("versions/families.jsonl", [{"work": "pier", "part": "test", "versions": made}])
    merged, lost = linked([SHUT, WEPT], [BOTH], "pier.v2"), linked([WEPT], [], "pier.v3")
    changes = [
        {**merged, "annotator": "first", "kind": "loaded_added", "what": "- > wept"},
        {**merged, "annotator": "first", "kind": "label_added:report", "what": ""},
        {**merged, "annotator": "second", "kind": "loaded_added", "what": "shut > wept"},
        {**merged, "annotator": "adjudicated", "kind": "loaded_added", "what": "- > wept"},
        {**lost, "annotator": "first", "kind": "sentence_lost", "what": ""},
    ]
    write_rows("versions/changes.jsonl", changes)
    rows = [merged, linked([SHUT], [HALF], "pier.v3"), lost]
    write_rows("versions/alignment.jsonl", rows)
    return rows


@pytest.mark.usefixtures("family")
def test_versions_counts_families_links_and_changes() -> None:
    assert main(VERSIONS.split()) == 0
    assert read_json("versions.json") == {
        "families": {"test": 1},
        "versions": {"merged and split": 1, "shortened": 1},
        "links": {"lost": 1, "merged": 1, "one to one": 1},
        "changes": {
            "first: label_added": 1,
            "first: loaded_added": 1,
            "first: sentence_lost": 1,
            "second: loaded_added": 1,
        },
        "versions_with_changes": 2,
        "found_by_both_f1": round(2 * 1 / (2 + 1), 4),
        "settled": {"loaded_added": 1},
    }


@pytest.mark.usefixtures("family")
def test_versions_tells_a_difference_that_nobody_decided(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row for row in read_rows("versions/changes.jsonl") if row["annotator"] != "adjudicated"]
    write_rows("versions/changes.jsonl", rows)
    refused(VERSIONS.split(), "changes between pier and pier.v2 at (0, 20) are open", capsys)
    assert not Path("versions.json").exists()


@pytest.mark.usefixtures("family")
def test_versions_with_one_annotator_have_no_agreement() -> None:
    write_rows("versions/changes.jsonl", read_rows("versions/changes.jsonl")[:2])
    assert main(VERSIONS.split()) == 0
    assert read_json("versions.json")["found_by_both_f1"] is None


def test_versions_tells_an_alignment_that_is_not_complete(
    family: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows("versions/alignment.jsonl", family[:2])
    refused(VERSIONS.split(), "versions/alignment.jsonl: leaves out pier at 20", capsys)
    assert not Path("versions.json").exists()


@pytest.mark.usefixtures("family")
def test_versions_tells_a_sentence_that_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(Path("sentences.parquet"), map(asdict, (SHUT, WEPT, HALF)), SENTENCES)
    told = "versions/alignment.jsonl:1: names a sentence that does not exist: pier.v2 at 0"
    refused(VERSIONS.split(), told, capsys)


# verify


def git(*words: str) -> None:
    who = ["-c", "user.name=ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


def figures(**changes: object) -> dict[str, object]:
    return {"f1": 0.5, "sentences": 3, "model_sha256": "abc", "auc": {"value": 0.25, "low": None}, **changes}


@pytest.fixture
def committed() -> None:
    write_json("metrics/models/main.json", figures())
    git("init", "--quiet")
    git("add", "metrics")
    git("commit", "--quiet", "--message", "Figures")


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    "changes",
    [{}, {"f1": 0.5004}, {"f1": 0.4996}, {"model_sha256": "def"}, {"auc": {"value": 0.2504, "low": None}}],
)
def test_verify_accepts_what_agrees_to_three_decimals(
    changes: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    write_json("metrics/models/main.json", figures(**changes))
    assert main(["verify", "--metrics", "metrics"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"f1": 0.501}, ["f1 is 0.501, committed as 0.5"]),
        ({"f1": None}, ["f1 is None, committed as 0.5"]),
        ({"sentences": 4}, ["sentences is 4, committed as 3"]),
        (
            {"auc": {"value": 0.3, "low": 0.1}},
            ["auc.low is 0.1, committed as None", "auc.value is 0.3, committed as 0.25"],
        ),
        ({"new": 1}, ["new is 1, committed as None"]),
    ],
)
def test_verify_names_every_figure_that_differs(
    changes: dict[str, object], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write_json("metrics/models/main.json", figures(**changes))
    assert main(["verify", "--metrics", "metrics"]) == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [f"metrics/models/main.json: {line}" for line in told]
    assert captured.err == f"error: metrics: {len(told)} figures differ from the committed ones\n"


@pytest.mark.usefixtures("committed")
def test_verify_tells_a_file_that_is_not_committed(capsys: pytest.CaptureFixture[str]) -> None:
    write_json("metrics/new.json", {"f1": 0.5})
    told = "metrics/new.json: is not committed, so there is nothing to compare it with"
    refused(["verify", "--metrics", "metrics"], told, capsys)


# doctor


def states(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The table that was printed, by its first column."""
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    return {cells[0]: cells[-1].strip() for cells in lines if cells}


def test_doctor_finds_this_checkout_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--folder", str(ROOT)]) == 0
    found = states(capsys)
    assert found["numpy"] == version("numpy")
    assert found[str(ROOT / "params.yaml")] == "there"


def test_doctor_tells_what_a_checkout_lacks_and_what_is_not_made(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 1
    captured = capsys.readouterr()
    assert captured.err == f"error: {folder}: 4 of what is needed is missing or of the wrong version\n"
    assert "dvc.yaml" in captured.out
    assert captured.out.count("missing: is this a checkout of the project?") == 4
    assert captured.out.count("not made yet: `make repro` makes it") == 4


@pytest.mark.parametrize(
    ("found", "told"), [("0.0.1", "0.0.1: needs <3,>=2"), (None, "missing: needs <3,>=2")], ids=["old", "missing"]
)
def test_doctor_tells_a_package_that_does_not_fit(
    found: str | None, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pretend(name: str) -> str:
        if name == "numpy" and found is None:
            raise PackageNotFoundError(name)
        return found if name == "numpy" and found else version(name)

    monkeypatch.setattr("pipeline.stages.doctor.version", pretend)
    assert main(["doctor", "--folder", str(ROOT)]) == 1
    captured = capsys.readouterr()
    assert any(line.split(maxsplit=1)[1].strip() == told for line in captured.out.splitlines() if "numpy" in line)
    assert captured.err == f"error: {ROOT}: 1 of what is needed is missing or of the wrong version\n"


def test_doctor_tells_that_the_project_is_not_installed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.stages.doctor.DISTRIBUTION", "no-such-project-at-all")
    assert main(["doctor", "--folder", str(ROOT)]) == 1
    assert states(capsys)["no-such-project-at-all"] == "missing: needs to be installed"


# reanchor

REANCHOR = "reanchor --gold gold.jsonl --sentences sentences.parquet --lost lost.jsonl"


def test_reanchor_moves_each_row_to_the_nearest_sentence_of_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    now = [sentence("pier", 10, "No."), sentence("pier", 50, "No."), sentence("quay", 0, "Gone now.")]
    write_table(Path("sentences.parquet"), map(asdict, now), SENTENCES)
    no, gone = text_hash("No."), text_hash("Gone.")
    rows = [
        {"doc_id": "pier", "start": 45, "hash": no, "labels": ["report"]},
        {"doc_id": "pier", "start": 46, "hash": no, "labels": []},
        {"doc_id": "pier", "start": 47, "hash": no, "labels": ["assertion"]},
        {"doc_id": "quay", "start": 0, "hash": gone, "labels": []},
        {"doc_id": "quay", "start": 0, "hash": text_hash("Gone  now."), "labels": []},
    ]
    write_rows("gold.jsonl", rows)
    assert main(REANCHOR.split()) == 0
    assert read_rows("gold.jsonl") == [{**rows[0], "start": 50}, {**rows[1], "start": 10}, rows[4]]
    assert read_rows("lost.jsonl") == [rows[2], rows[3]]
    assert capsys.readouterr().out == "gold.jsonl: 3 rows kept, 2 lost\n"


# audit-shared

NINE = "two grey barges left the lower lock with coal"
AUDIT_SHARED = f"--repository checkout --shared shared --mappings mappings --scheme {SCHEME} --params params.yaml"


@pytest.fixture
def checkout(folder: Path) -> Path:
    """A git checkout with a page, beside texts that may not be redistributed."""
    write_corpus(
        [("d1", "dev", f"Then {NINE}.", "news"), ("d2", "final", "We must mend the sluice now.", "demand")],
        "shared/corpora",
    )
    (folder / "shared" / "seeds").mkdir()
    (folder / "shared" / "seeds" / "article.txt").write_text("Nine red kites\nflew over our old quarry at noon.\n")
    path = folder / "checkout"
    (path / "docs").mkdir(parents=True)
    (path / "docs" / "page.md").write_text("Nothing to see.\n")
    (path / ".gitignore").write_text("made/\n")
    git("init", "--quiet", "checkout")
    git("-C", "checkout", "add", ".")
    return path


@pytest.mark.parametrize(
    ("text", "run"),
    [
        (f"“{NINE.upper()}”", "two grey barges left the lower lock with"),
        ("There nine red kites flew over our old quarry.", "nine red kites flew over our old quarry"),
    ],
    ids=["corpus", "article"],
)
def test_a_shared_run_of_8_words_is_told(
    checkout: Path, text: str, run: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "docs" / "page.md").write_text(f"# Page\n\n{text}\n")
    assert main(["audit-shared", *AUDIT_SHARED.split()]) == 1
    captured = capsys.readouterr()
    assert captured.out == f"docs/page.md: {run}\n"
    assert captured.err == "error: checkout: 1 files share a run of 8 words with shared\n"


def test_a_page_that_git_does_not_know_yet_is_looked_at(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "new.md").write_text(NINE)
    assert main(["audit-shared", *AUDIT_SHARED.split()]) == 1
    assert capsys.readouterr().out.startswith("new.md: two grey")


def test_without_a_shared_run_nothing_is_told(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seven = " ".join(NINE.split()[:7])
    (checkout / "docs" / "page.md").write_text(f"They say {seven}, unlike coal.\n")
    (checkout / "made").mkdir()
    (checkout / "made" / "page.md").write_text(NINE)  # ignored by git
    assert main(["audit-shared", *AUDIT_SHARED.split()]) == 0
    assert capsys.readouterr().out == ""


def test_what_is_no_checkout_is_told(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout.parent / "plain").mkdir()
    words = AUDIT_SHARED.replace("--repository checkout", "--repository plain").split()
    assert main(["audit-shared", *words]) == 1
    told = capsys.readouterr().err
    assert told.startswith("error: plain: is no git checkout: ")
    assert len(told.splitlines()) == 1
