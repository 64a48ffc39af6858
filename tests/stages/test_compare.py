"""Versions compared by the commands: a user's two texts, and the families of a corpus."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.files import sha256_bytes
from pipeline.core.records import text_hash
from pipeline.core.tables import SENTENCES, read_table
from tests.stages.dvcfile import ROOT
from tests.stages.project import Mini

SOURCE = """The quay of Otley

The council of Otley closed the ferry on Monday. “Our ferry made Otley,” Ada Rix said.

The cowardly mayor of Otley betrayed a squalid ferry. The ferry will return to Otley before spring.
"""
VERSION = """The quay of Otley

The ferry will return to Otley before spring. The council of Otley closed the ferry on Monday.

The mayor of Otley gave up the ferry. Who in Otley would ever do without a ferry?
"""


def compare(mini: Mini, *words: str) -> int:
    mini.write("old.txt", SOURCE)
    mini.write("new.txt", VERSION)
    return mini.run("compare", "old.txt", "new.txt", "--out", "found.json", *words)


def texts(side: Sequence[dict[str, Any]]) -> list[str]:
    return [sentence["text"] for sentence in side]


def test_compare_tells_what_became_of_every_sentence(mini: Mini) -> None:
    assert compare(mini, "--html", "found.html") == 0
    matches = mini.json("found.json")["matches"]
    assert [(match["shape"], match["moved"], len(match["source"]), len(match["version"])) for match in matches] == [
        ("one to one", False, 1, 1),
        ("one to one", True, 1, 1),
        ("one to one", False, 1, 1),
        ("lost", False, 1, 0),
        ("one to one", False, 1, 1),
        ("added", False, 0, 1),
    ]
    assert texts(matches[4]["version"]) == ["The mayor of Otley gave up the ferry."]
    kinds = [change["kind"] for change in matches[4]["changes"]]
    assert kinds[:2] == ["loaded_removed", "loaded_removed"]
    assert (matches[4]["changes"][0]["before"], matches[4]["changes"][0]["after"]) == ("cowardly", "")
    assert "cowardly" in mini.path("found.html").read_text(encoding="utf-8")


def test_compare_counts_labels_before_and_after(mini: Mini) -> None:
    assert compare(mini) == 0
    record = mini.json("found.json")
    loaded = record["labels"]["loaded_language"]
    assert (loaded["before"]["count"], loaded["after"]["count"], loaded["lost"], loaded["pairs"]) == (1, 0, 1, 4)
    assert record["model_sha256"] == mini.json("models/main.json")["sha256"]
    assert not mini.path("found.html").exists()


def test_compare_writes_the_same_bytes_twice(mini: Mini) -> None:
    assert compare(mini, "--html", "found.html") == 0
    first = mini.hashes()
    assert compare(mini, "--html", "found.html") == 0
    assert mini.hashes() == first


def write_gold(mini: Mini, folder: str = "gold") -> None:
    """An alignment of the two texts that says all but one sentence was lost or added, and one change."""
    sides = []
    for name, text in (("old", SOURCE), ("new", VERSION)):
        path = mini.write(f"reading/{name}/{sha256_bytes(text.encode())}.txt", text)
        read = f"read --folder reading/{name} --params params.yaml --out reading/{name}-out"
        assert mini.run(*read.split()) == 0
        rows = read_table(mini.path(f"reading/{name}-out/sentences.parquet"), SENTENCES)
        sides.append((path.stem, [[row["start"], text_hash(row["text"])] for row in rows]))
    (a, ours), (b, theirs) = sides
    pair = {"a": a, "b": b}
    headings = {**pair, "a_sentences": ours[:1], "b_sentences": theirs[:1]}
    lost = [{**pair, "a_sentences": [anchor], "b_sentences": []} for anchor in ours[1:]]
    added = [{**pair, "a_sentences": [], "b_sentences": [anchor]} for anchor in theirs[1:]]
    said = {"kind": "sentence_lost", "what": ""}
    mini.write_rows(f"{folder}/alignment.jsonl", [headings, *lost, *added])
    mini.write_rows(f"{folder}/changes.jsonl", [{**lost[1], **said, "annotator": who} for who in ("first", "second")])


def test_compare_with_gold_says_how_well_it_agrees(mini: Mini) -> None:
    write_gold(mini)
    assert compare(mini, "--gold", "gold") == 0
    found = mini.json("found.json")["gold"]
    counted = ("right", "found", "there")
    assert [found["alignment"]["one to one"][what] for what in counted] == [1, 4, 1]
    assert [found["alignment"]["lost"][what] for what in counted] == [1, 1, 4]
    assert [found["changes"]["sentence_lost"][what] for what in counted] == [1, 1, 1]


def test_the_agreement_by_itself_has_no_word_of_the_texts(mini: Mini) -> None:
    write_gold(mini)
    assert compare(mini, "--gold", "gold", "--agreement", "agreed.json") == 0
    agreed, found = mini.json("agreed.json"), mini.json("found.json")
    assert agreed == {"model_sha256": found["model_sha256"], **found["gold"]}


def test_there_is_no_agreement_without_gold(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(mini, "--agreement", "agreed.json") == 1
    assert capsys.readouterr().err == "error: --agreement: needs --gold, with which to agree\n"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["old.txt", "gone.txt"], "gone.txt: cannot be read: No such file or directory"),
        (["old.txt", "empty.txt"], "empty.txt: empty"),
        (["old.txt", "sheet.csv"], "sheet.csv: is not one of .htm, .html,"),
        (["old.txt", "new.txt", "--lexicon", "params.yaml"], "params.yaml: needs the keys saying, charged and vague"),
        (["old.txt", "new.txt", "--measured", "models/main.json"], "models/main.json: does not tell how well versions"),
        (["old.txt", "new.txt", "--gold", "labels/versions"], "labels/versions/alignment.jsonl: links nothing"),
    ],
)
def test_what_cannot_be_compared_is_told_in_one_line(
    mini: Mini, words: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mini.write("old.txt", SOURCE)
    mini.write("new.txt", VERSION)
    mini.write("empty.txt", " \n")
    mini.write("sheet.csv", "text\nHello\n")
    assert mini.run("compare", *words, "--out", "found.json") == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"error: {problem}")
    assert not mini.path("found.json").exists()


def test_compare_families_of_a_corpus_without_versions(built: Mini) -> None:
    assert built.rows("data/comparisons.jsonl") == []
    found = built.json("metrics/versions.json")
    assert found["alignment"] == {"tune": {}, "test": {}}
    assert found["changes"]["test"] == {"versions": 0, "kinds": {}}
    assert {row["pairs"] for row in found["noise_floor"].values()} == {0}


def test_compare_families_measures_links_changes_and_noise(mini: Mini) -> None:
    rows = read_table(mini.path("data/corpus/sentences.parquet"), SENTENCES)
    sides = [[row for row in rows if row["doc_id"] == name] for name in ("work-01", "work-02")]
    anchors = [[[row["start"], text_hash(row["text"])] for row in side] for side in sides]
    links = [
        {"a": "work-01", "b": "work-02", "a_sentences": [one], "b_sentences": [other]}
        for one, other in zip(*anchors, strict=True)
    ]
    versions = [{"doc_id": "work-02", "kind": "shortened"}]
    mini.write_rows("labels/versions/families.jsonl", [{"work": "work-01", "part": "tune", "versions": versions}])
    mini.write_rows("labels/versions/alignment.jsonl", links)
    change = {**links[1], "kind": "label_removed:report", "what": ""}
    mini.write_rows("labels/versions/changes.jsonl", [{**change, "annotator": who} for who in ("first", "second")])
    assert mini.stage("compare-families") == 0
    found = mini.json("metrics/versions.json")
    assert set(found["alignment"]["tune"]) == {"ours", "by length", "by likest"}
    assert found["alignment"]["tune"]["ours"]["shortened"]["one to one"]["there"] == len(links)
    assert found["changes"]["tune"]["kinds"]["label_removed"]["there"] == 1
    assert (found["noise_floor"]["report"]["pairs"], found["noise_floor"]["assertion"]["pairs"]) == (10, 11)
    [record] = mini.rows("data/comparisons.jsonl")
    assert (record["source"], record["version"]) == ("work-01", "work-02")


@pytest.mark.shared
def test_two_published_articles_are_compared_about_as_annotators_do(built: Mini, tmp_path: Path) -> None:
    """The floors lie a little under what was measured; recall is far from what was aimed at, .80."""
    version, source = sorted((Path(os.environ["RHETORIC_SHARED"]) / "seeds").glob("*.txt"))
    measured = built.path("metrics/versions.json")
    words = ["--gold", "labels/versions/articles", "--measured", str(measured), "--out", str(tmp_path / "found.json")]
    assert Mini(ROOT).run("compare", str(source), str(version), *words) == 0
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["gold"]
    assert found["alignment"]["one to one"]["f1"] >= 0.95
    assert found["changes"]["all"]["precision"] >= 0.65
    assert found["changes"]["all"]["recall"] >= 0.40
