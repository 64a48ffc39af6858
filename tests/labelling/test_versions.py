"""Versions of one article are aligned completely, and every row that is not right is told with file and place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.errors import InputError, PipelineError
from pipeline.core.files import read_jsonl, read_yaml
from pipeline.core.records import Document, Sentence, text_hash
from pipeline.labelling.gold import Key, by_key
from pipeline.labelling.versions import (
    CHANGES,
    Change,
    Family,
    Link,
    found_by_both,
    read_alignment,
    read_changes,
    read_families,
    settled,
)
from pipeline.reading import read_document, split_lines, split_sentences

REPOSITORY = Path(__file__).parents[2]
VERSIONS = REPOSITORY / "labels" / "versions"


def sentence(doc_id: str, start: int, text: str) -> Sentence:
    return Sentence(doc_id, 0, 0, "body", start, start + len(text), text)


SHUT = sentence("pier", 0, "The pier shut.")
WEPT = sentence("pier", 20, "Divers wept.")
ROSE = sentence("pier", 40, "Prices rose.")
SHUT_AND_WEPT = sentence("pier.v2", 0, "The pier shut and divers wept.")
ADDED = sentence("pier.v2", 40, "Who knew?")
SENTENCES = by_key([SHUT, WEPT, ROSE, SHUT_AND_WEPT, ADDED])


def anchors(side: Sequence[Sentence]) -> list[list[Any]]:
    return [[one.start, text_hash(one.text)] for one in side]


def link(source: Sequence[Sentence], version: Sequence[Sentence], **more: object) -> dict[str, Any]:
    return {"a": "pier", "b": "pier.v2", "a_sentences": anchors(source), "b_sentences": anchors(version), **more}


def change(kind: str, **more: object) -> dict[str, Any]:
    said = {"annotator": "ada", "kind": kind, "what": "shut > slammed", **more}
    return link([SHUT, WEPT], [SHUT_AND_WEPT], **said)


def write(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


MERGED, LOST, NEW = link([SHUT, WEPT], [SHUT_AND_WEPT]), link([ROSE], []), link([], [ADDED])


def told(error: pytest.ExceptionInfo[InputError]) -> str:
    """The message, which must be one line."""
    assert "\n" not in str(error.value)
    return str(error.value)


def test_families_have_a_work_a_part_and_what_was_done(tmp_path: Path) -> None:
    versions = [{"doc_id": "pier.v2", "kind": "merged and split"}, {"doc_id": "pier.v3", "kind": "shortened"}]
    path = write(tmp_path / "families.jsonl", [{"work": "pier", "part": "test", "versions": versions}])
    assert read_families(path) == [Family("pier", "test", {"pier.v2": "merged and split", "pier.v3": "shortened"})]


@pytest.mark.parametrize(
    "row",
    [
        {"work": "pier", "versions": []},
        {"work": "pier", "part": "test", "versions": [{"doc_id": "pier.v2"}]},
        {"work": "pier", "part": "test", "versions": ["pier.v2"]},
        {"work": "pier", "part": "test", "versions": None},
    ],
)
def test_what_is_no_family_is_told(tmp_path: Path, row: dict[str, Any]) -> None:
    path = write(tmp_path / "families.jsonl", [{"work": "quay", "part": "tune", "versions": []}, row])
    with pytest.raises(InputError) as error:
        read_families(path)
    assert told(error).startswith(f"{path}:2: is not a family of versions (")


def test_a_complete_alignment_is_read_in_file_order(tmp_path: Path) -> None:
    assert read_alignment(write(tmp_path / "alignment.jsonl", [MERGED, NEW, LOST]), SENTENCES) == [
        Link("pier", "pier.v2", (0, 20), (0,)),
        Link("pier", "pier.v2", (), (40,)),
        Link("pier", "pier.v2", (40,), ()),
    ]


def test_two_versions_share_the_sentences_of_their_source(tmp_path: Path) -> None:
    again = sentence("pier.v3", 0, "The pier shut, divers wept, prices rose.")
    third = {**link([SHUT, WEPT, ROSE], [again]), "b": "pier.v3"}
    path = write(tmp_path / "alignment.jsonl", [MERGED, NEW, LOST, third])
    found = read_alignment(path, {**SENTENCES, **by_key([again])})
    assert found[3] == Link("pier", "pier.v3", (0, 20, 40), (0,))


@pytest.mark.parametrize(
    ("source", "version", "shape"),
    [
        (1, 1, "one to one"),
        (2, 1, "merged"),
        (3, 1, "merged"),
        (1, 2, "split"),
        (1, 4, "split"),
        (2, 2, "many to many"),
        (2, 3, "many to many"),
        (1, 0, "lost"),
        (3, 0, "lost"),
        (0, 1, "added"),
        (0, 3, "added"),
    ],
)
def test_shape_of_a_link(source: int, version: int, shape: str) -> None:
    assert Link("pier", "pier.v2", tuple(range(source)), tuple(range(version))).shape == shape


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([MERGED, NEW], "leaves out pier at 40"),
        ([MERGED, LOST], "leaves out pier.v2 at 40"),
        ([NEW, LOST], "leaves out pier at 0"),
        ([MERGED, NEW, LOST, LOST], "has pier at 40 in 2 links of one pair"),
        ([MERGED, NEW, LOST, NEW, NEW], "has pier.v2 at 40 in 3 links of one pair"),
    ],
)
def test_an_alignment_that_is_not_complete_is_told(tmp_path: Path, rows: list[dict[str, Any]], problem: str) -> None:
    path = write(tmp_path / "alignment.jsonl", rows)
    with pytest.raises(InputError) as error:
        read_alignment(path, SENTENCES)
    assert told(error) == f"{path}: {problem}"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({**NEW, "b_sentences": [[41, text_hash(ADDED.text)]]}, "names a sentence that does not exist: pier.v2 at 41"),
        ({**NEW, "b_sentences": [[40, "0" * 12]]}, "names a sentence that does not exist: pier.v2 at 40"),
        ({**LOST, "a": "quay"}, "names a sentence that does not exist: quay at 40"),
        ({key: value for key, value in LOST.items() if key != "b_sentences"}, "lacks the key 'b_sentences'"),
        (link([], []), "links no sentence"),
    ],
)
def test_a_link_that_is_not_right_is_told_with_its_line(tmp_path: Path, row: dict[str, Any], problem: str) -> None:
    path = write(tmp_path / "alignment.jsonl", [MERGED, row])
    with pytest.raises(InputError) as error:
        read_alignment(path, SENTENCES)
    assert told(error) == f"{path}:2: {problem}"


def test_changes_keep_annotator_kind_and_label_apart(tmp_path: Path) -> None:
    rows = [change("loaded_replaced"), change("label_added:testimony", annotator="bob")]
    where = Link("pier", "pier.v2", (0, 20), (0,))
    assert read_changes(write(tmp_path / "changes.jsonl", rows), SENTENCES) == [
        Change("ada", where, "loaded_replaced", None, "shut > slammed"),
        Change("bob", where, "label_added", "testimony", "shut > slammed"),
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (change("reworded"), f"kind of change 'reworded' is none of {', '.join(CHANGES)}"),
        (change("reworded:report"), f"kind of change 'reworded' is none of {', '.join(CHANGES)}"),
        (
            {**change("sentence_lost"), "a_sentences": [[7, "0" * 12]]},
            "names a sentence that does not exist: pier at 7",
        ),
        ({key: value for key, value in change("label_added").items() if key != "what"}, "lacks the key 'what'"),
        (link([SHUT], [], annotator="ada", what=""), "lacks the key 'kind'"),
    ],
)
def test_a_change_that_is_not_right_is_told_with_its_line(tmp_path: Path, row: dict[str, Any], problem: str) -> None:
    path = write(tmp_path / "changes.jsonl", [change("loaded_added"), row])
    with pytest.raises(InputError) as error:
        read_changes(path, SENTENCES)
    assert told(error) == f"{path}:2: {problem}"


def found(annotator: str, kind: str, what: str = "", label: str | None = None, start: int = 0) -> Change:
    return Change(annotator, Link("pier", "pier.v2", (start,), (start,)), kind, label, what)


def test_what_both_found_is_counted_by_place_and_kind_whatever_the_wording() -> None:
    changes = [
        found("first", "loaded_added", "a > b"),
        found("first", "loaded_added", "c > d"),
        found("first", "label_added", label="report"),
        found("second", "loaded_added", "c > D"),
        found("second", "label_added", label="testimony"),
    ]
    assert found_by_both(changes) == pytest.approx(2 * 1 / (3 + 2))


def test_a_change_found_twice_by_both_counts_twice() -> None:
    changes = [found(who, "loaded_added") for who in ("first", "first", "second", "second", "second")]
    assert found_by_both(changes) == pytest.approx(2 * 2 / (2 + 3))


def test_the_same_change_at_another_sentence_is_another() -> None:
    assert found_by_both([found("first", "sentence_lost"), found("second", "sentence_lost", start=20)]) == 0


@pytest.mark.parametrize("annotators", [(), ("first",), ("first", "third")])
def test_without_two_annotators_there_is_no_figure(annotators: Sequence[str]) -> None:
    assert found_by_both([found(who, "loaded_added") for who in annotators]) is None


def test_a_third_annotator_and_the_adjudicator_do_not_count() -> None:
    changes = [found(who, "loaded_added") for who in ("first", "second")]
    others = [found("third", "sentence_lost"), found("adjudicated", "loaded_removed")]
    assert found_by_both([*changes, *others]) == 1


def test_settled_is_what_both_found_and_what_was_decided() -> None:
    agreed = [found(who, "loaded_added", f"- > {who}") for who in ("first", "second")]
    differing = [found("first", "loaded_removed", start=20), found("second", "loaded_replaced", start=20)]
    decided = found("adjudicated", "loaded_replaced", start=20)
    assert settled([*agreed, *differing, decided]) == [agreed[0], decided]


def test_an_adjudicator_may_find_no_change() -> None:
    differing = [found("first", "loaded_removed"), found("adjudicated", "none")]
    assert settled(
        [*differing, found("second", "sentence_lost", start=20), found("first", "sentence_lost", start=20)]
    ) == [found("first", "sentence_lost", start=20)]


def test_a_version_that_one_annotator_saw_has_no_settled_change() -> None:
    assert settled([found("first", "loaded_removed")]) == []


def test_a_difference_that_nobody_decided_is_open() -> None:
    changes = [found("first", "loaded_added"), found("second", "loaded_added"), found("second", "loaded_added")]
    with pytest.raises(PipelineError, match=r"^changes between pier and pier.v2 at \(0,\) are open$"):
        settled(changes)


@pytest.fixture(scope="module")
def families() -> list[Family]:
    return read_families(VERSIONS / "families.jsonl")


@pytest.fixture(scope="module")
def corpus(families: list[Family]) -> dict[Key, Sentence]:
    """The sentences of every source and version, read from the documents."""
    sentences: list[Sentence] = []
    for doc_id in (name for family in families for name in (family.work, *family.versions)):
        document = read_document(REPOSITORY / "seeds" / "corpus" / f"{doc_id}.txt")
        assert isinstance(document, Document), doc_id
        sentences += split_sentences(document, split_lines(document))
    return by_key(sentences)


def test_every_version_of_the_corpus_is_aligned_completely(families: list[Family], corpus: dict[Key, Sentence]) -> None:
    links = read_alignment(VERSIONS / "alignment.jsonl", corpus)
    pairs = {(family.work, version) for family in families for version in family.versions}
    assert {(link.source, link.version) for link in links} == pairs


def test_every_change_in_the_corpus_is_at_a_link_of_the_alignment(corpus: dict[Key, Sentence]) -> None:
    links = set(read_alignment(VERSIONS / "alignment.jsonl", corpus))
    changes = read_changes(VERSIONS / "changes.jsonl", corpus)
    assert [change for change in changes if change.link not in links] == []
    assert {change.annotator for change in changes} == {"first", "second", "adjudicated"}
    assert [one for one in changes if (one.label is not None) != one.kind.startswith("label_")] == []
    assert settled(changes)


def test_a_family_has_two_to_four_versions_with_its_source(families: list[Family]) -> None:
    assert {family.work: 1 + len(family.versions) for family in families if len(family.versions) not in {1, 2, 3}} == {}
    assert max(Counter(doc for family in families for doc in (family.work, *family.versions)).values()) == 1


def test_a_family_lies_where_the_split_puts_its_work(families: list[Family]) -> None:
    held_out = set(read_yaml(REPOSITORY / "labels" / "split.yaml")["test"])
    assert {family.work: family.part for family in families} == {
        family.work: "test" if family.work in held_out else "tune" for family in families
    }


def test_the_manifest_knows_every_version_as_one_of_its_work(families: list[Family]) -> None:
    work_of = {row["doc_id"]: row["work"] for _, row in read_jsonl(REPOSITORY / "seeds" / "manifest.jsonl")}
    listed = {version: family.work for family in families for version in family.versions}
    assert {doc_id: work for doc_id, work in work_of.items() if doc_id != work} == listed
