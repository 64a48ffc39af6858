"""The mapping format on an invented table, and the message of every mistake in it."""

from __future__ import annotations

import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from pipeline.core.errors import InputError
from pipeline.core.scheme import Scheme
from pipeline.evaluation.corpora import Corpus, load_corpus
from pipeline.evaluation.corpora.mapping import as_text

ROWS: list[dict[str, Any]] = [
    {"id": "d1", "n": 3, "paper": "North", "set": "dev", "sentence": "Ban it now.", "kind": "demand", "sure": True},
    {"id": "d1", "n": 4, "paper": "North", "set": "dev", "sentence": "It  opened.", "kind": "news", "sure": True},
    {
        "id": "d2",
        "n": 0,
        "paper": "South",
        "set": "final",
        "sentence": "We should go.",
        "kind": "demand",
        "sure": False,
    },
    {"id": "d2", "n": 1, "paper": "South", "set": "final", "sentence": "Who knows?", "kind": "unclear", "sure": False},
    {"id": "d2", "n": 2, "paper": "South", "set": "final", "sentence": "It closed.", "kind": "news", "sure": None},
    {"id": "d3", "n": 0, "paper": "South", "set": "pilot", "sentence": "Try it.", "kind": "demand", "sure": False},
    {"id": "d4", "n": 0, "paper": "South", "set": "dev", "sentence": " ", "kind": "news", "sure": True},
]

MAPPING: dict[str, Any] = {
    "name": "letters",
    "citation": "Nobody (2020)",
    "source": "http://example.org",
    "licence": "none",
    "reader": "table",
    "split": {"kind": "parts", "parts": {"train": "dev", "test": "final"}},
    "readable": {"parts": ["train"]},
    "targets": [
        {"target": "letters:demand -> prescription", "column": "kind", "positive": ["demand"], "ignore": ["unclear"]},
        {"target": "letters:sure -> assertion", "column": "sure", "positive": ["true"]},
    ],
    "classes": {"column": "kind", "values": ["demand", "news"]},
    "table": {
        "file": "letters.jsonl",
        "text": "sentence",
        "document": "id",
        "position": "n",
        "group": "paper",
        "split": "set",
    },
}


def load(folder: Path, scheme: Scheme, mapping: Any = MAPPING, rows: list[dict[str, Any]] = ROWS) -> Corpus:
    (folder / "map.yaml").write_text(mapping if isinstance(mapping, str) else yaml.safe_dump(mapping, sort_keys=False))
    (folder / "letters.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return load_corpus(folder / "map.yaml", folder, scheme)


def changed(place: str, value: object) -> dict[str, Any]:
    """The mapping with another value at `place`, a path of keys and numbers; None takes the key away."""
    mapping = copy.deepcopy(MAPPING)
    *way, last = [int(key) if key.isdigit() else key for key in place.split(".")]
    inner: Any = mapping
    for key in way:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return mapping


def test_table_rows(tmp_path: Path, scheme: Scheme) -> None:
    corpus = load(tmp_path, scheme)
    assert [(s.doc_id, s.position, s.text, s.group, s.part, s.readable) for s in corpus.sentences] == [
        ("d1", 3, "Ban it now.", "North", "train", True),
        ("d1", 4, "It opened.", "North", "train", True),
        ("d2", 0, "We should go.", "South", "test", False),
        ("d2", 1, "Who knows?", "South", "test", False),
        ("d2", 2, "It closed.", "South", "test", False),
    ]
    assert corpus.sentences[0].values == {"kind": "demand", "sure": "true"}
    assert corpus.left_out == Counter({"row of no part of the split": 1, "row without text": 1})


def test_ignored_and_empty_values_are_on_no_side(tmp_path: Path, scheme: Scheme) -> None:
    corpus = load(tmp_path, scheme)
    demand, sure = (corpus.target_values(target) for target in corpus.targets)
    assert ([s.text for s in demand[0]], demand[1].tolist()) == (
        ["Ban it now.", "It opened.", "We should go.", "It closed."],
        [True, False, True, False],
    )
    assert ([s.text for s in sure[0]], sure[1].tolist()) == (
        ["Ban it now.", "It opened.", "We should go.", "Who knows?"],
        [True, True, False, False],
    )


def test_named_negatives_leave_the_others_out(tmp_path: Path, scheme: Scheme) -> None:
    entry = {"target": "letters:demand -> prescription", "column": "kind", "positive": ["demand"]}
    corpus = load(tmp_path, scheme, changed("targets.0", entry | {"negative": ["unclear"]}))
    assert corpus.target_values(corpus.targets[0])[1].tolist() == [True, True, False]


def test_rows_can_be_left_out(tmp_path: Path, scheme: Scheme) -> None:
    mapping = changed("leave_out", {"kind": ["unclear"]})
    corpus = load(tmp_path, scheme, mapping)
    assert len(corpus.sentences) == 4
    assert corpus.left_out["kind is 'unclear'"] == 1


def test_csv_and_parquet_say_the_same(tmp_path: Path, scheme: Scheme) -> None:
    expected = load(tmp_path, scheme).sentences
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "letters.parquet")
    cells = [";".join(ROWS[0]), *(";".join(as_text(value) for value in row.values()) for row in ROWS)]
    (tmp_path / "letters.csv").write_text("\n".join(cells) + "\n")
    for file in ("letters.parquet", "letters.csv"):
        mapping = changed("table.file", file)
        mapping["table"]["separator"] = ";"
        assert load(tmp_path, scheme, mapping).sentences == expected


def test_data_may_be_the_file_itself(tmp_path: Path, scheme: Scheme) -> None:
    expected = load(tmp_path, scheme).sentences
    (tmp_path / "letters.jsonl").rename(tmp_path / "other.jsonl")
    corpus = load_corpus(tmp_path / "map.yaml", tmp_path / "other.jsonl", scheme)
    assert corpus.sentences == expected
    assert list(corpus.files) == ["other.jsonl"]


def test_only_text_is_needed(tmp_path: Path, scheme: Scheme) -> None:
    mapping = changed("table", {"file": "letters.jsonl", "text": "sentence"})
    mapping |= {"split": {"kind": "folds", "folds": 5, "seed": 1}, "readable": {"parts": []}}
    corpus = load(tmp_path, scheme, mapping)
    assert [(s.doc_id, s.position, s.group, s.part) for s in corpus.sentences[:2]] == [
        ("row 1", 0, None, "all"),
        ("row 2", 0, None, "all"),
    ]
    assert not any(s.readable for s in corpus.sentences)


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("reader", "csv", r"map\.yaml:reader: input should be 'babe', 'webis16'.* \(got 'csv'\)"),
        ("name", None, r"map\.yaml:name: is missing$"),
        ("nmae", "x", r"map\.yaml:nmae: is not a key here \(keys: name, citation, source, .*table\)"),
        ("table.txt", "x", r"map\.yaml:table\.txt: is not a key here \(keys: file, text, document, "),
        ("targets.0.colum", "x", r"map\.yaml:targets\.0\.colum: is not a key here \(keys: target, column, "),
        ("split.part", {}, r"map\.yaml:split\.parts\.part: is not a key here \(keys: kind, parts\)"),
        ("targets.0.positive", [{}], r"map\.yaml:targets\.0\.positive\.0: input should be a valid string \(got \{\}\)"),
        ("targets.0.positive", 7, r"map\.yaml:targets\.0\.positive: '7' never occurs in 'kind' \('demand', 'news', "),
        ("targets.0.positive", [], r"map\.yaml:targets\.0: needs either positive \(values\) or at_least \(a number\)"),
        ("targets.0.at_least", 0.5, r"map\.yaml:targets\.0: needs either positive \(values\) or at_least"),
        ("targets.0.target", "demand", r"map\.yaml:targets\.0\.target: string should match pattern .*\(got 'demand'\)"),
        (
            "targets.0.target",
            "post:a -> report",
            r"targets\.0\.target: 'post:a -> report' does not begin with 'letters:'",
        ),
        (
            "targets.0.target",
            "letters:a -> repord",
            r"0\.target: label 'repord' is not in scheme 1 \(report, assertion",
        ),
        ("targets.1.target", "letters:demand->prescription", r"targets\.1\.target: .* stands twice"),
        ("targets.0.ignore", ["demand"], r"map\.yaml:targets\.0: 'demand' is counted 2 times"),
        ("targets.0.column", "knd", r"map\.yaml:targets\.0\.column: there is no column 'knd' \(kind, sure\)"),
        ("targets.0.positive", ["wish"], r"0\.positive: 'wish' never occurs in 'kind' \('demand', 'news', 'unclear'\)"),
        ("targets.0.ignore", ["wish"], r"targets\.0\.ignore: 'wish' never occurs"),
        (
            "targets.0.ignore",
            ["news", "unclear"],
            r"targets\.0: 'letters:demand->prescription' has no negative sentences",
        ),
        ("classes.column", "knd", r"map\.yaml:classes\.column: there is no column 'knd'"),
        ("classes.values", ["demand", "new"], r"map\.yaml:classes\.values: 'new' never occurs in 'kind'"),
        ("leave_out", {"knd": ["x"]}, r"map\.yaml:leave_out: there is no column 'knd'"),
        ("leave_out", {"kind": ["x"]}, r"map\.yaml:leave_out\.kind: 'x' never occurs in 'kind'"),
        ("leave_out", {"kind": ["demand"]}, r"targets\.0: 'letters:demand->prescription' has no positive sentences"),
        ("split.parts.validation", "held", r"map\.yaml:split\.parts\.validation: the part 'validation' has no sent"),
        (
            "readable",
            {"parts": ["dev"]},
            r"map\.yaml: readable\.parts: 'dev' is not a part of the split \(train, test\)",
        ),
        ("readable", {}, r"map\.yaml:readable: needs either parts or even_hash_of"),
        ("readable", {"even_hash_of": "town"}, r"map\.yaml:readable\.even_hash_of: there is no column 'town'"),
        ("table", None, r"map\.yaml: the section table goes with the reader 'table', and only with it"),
        ("table.split", None, r"map\.yaml: table\.split goes with a split of kind parts, and only with it"),
        ("table.text", "txt", r"letters\.jsonl: has no column 'txt' \(id, n, paper, set, sentence, kind, sure\)"),
        ("table.position", "paper", r"letters\.jsonl:row 1: paper is not a whole number: 'North'"),
        ("table.file", "letters.xls", r"letters\.xls: '\.xls' is not a kind of table \(\.jsonl, \.ndjson, \.json, "),
        ("table.file", "gone.csv", r"gone\.csv: cannot be read"),
        ("table.file", "map.parquet", r"map\.parquet: is not a Parquet file"),
    ],
)
def test_a_mistake_is_told_in_one_line(place: str, value: object, message: str, tmp_path: Path, scheme: Scheme) -> None:
    (tmp_path / "map.parquet").write_text("no")
    with pytest.raises(InputError, match=message) as raised:
        load(tmp_path, scheme, changed(place, value))
    assert "\n" not in str(raised.value)


def test_a_published_split_needs_parts(tmp_path: Path, scheme: Scheme) -> None:
    mapping = changed("table", None) | {"reader": "cdcp", "split": {"kind": "folds", "folds": 5, "seed": 1}}
    with pytest.raises(InputError, match="the reader 'cdcp' needs a split of kind parts"):
        load(tmp_path, scheme, mapping)


def test_many_values_are_cut_short(tmp_path: Path, scheme: Scheme) -> None:
    rows = [{**ROWS[0], "kind": f"k{i:02}"} for i in range(20)]
    with pytest.raises(InputError, match=r"never occurs in 'kind' \('k00', .*'k11' and 8 more\)"):
        load(tmp_path, scheme, rows=[*rows, {**ROWS[0], "set": "final", "kind": "k00"}])


def test_an_empty_table(tmp_path: Path, scheme: Scheme) -> None:
    with pytest.raises(InputError, match="has no column 'sentence'"):
        load(tmp_path, scheme, rows=[])
