"""Which works are held out, and every mistake in saying so."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.core.errors import InputError
from pipeline.learning.split import ManifestEntry, check_both_sides, counts, read_held_out, read_manifest

from .examples import LABELS, PLACES, gold

SPLIT = Path("split.yaml")


def entry(doc_id: str, **changes: str) -> dict[str, str]:
    return {field.name: field.name for field in fields(ManifestEntry)} | {"doc_id": doc_id} | changes


def manifest(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "manifest.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def split(folder: Path, content: str) -> Path:
    path = folder / "split.yaml"
    path.write_text(content)
    return path


def test_the_manifest_is_read_by_document(tmp_path: Path) -> None:
    entries = read_manifest(manifest(tmp_path, entry("a-1", work="a"), entry("a-2", work="a")))
    assert {doc_id: found.work for doc_id, found in entries.items()} == {"a-1": "a", "a-2": "a"}


def test_a_key_missing_from_the_manifest_is_named(tmp_path: Path) -> None:
    row = entry("b")
    del row["licence"]
    with pytest.raises(InputError, match=r"manifest\.jsonl:2: missing 1 required positional argument: 'licence'"):
        read_manifest(manifest(tmp_path, entry("a"), row))


def test_a_key_unknown_to_the_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"manifest\.jsonl:1: got an unexpected keyword argument 'license'"):
        read_manifest(manifest(tmp_path, entry("a", license="none")))


def test_a_document_that_stands_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"manifest\.jsonl:3: document 'a' stands twice"):
        read_manifest(manifest(tmp_path, entry("a"), entry("b"), entry("a")))


def test_held_out_works_are_read(tmp_path: Path) -> None:
    path = split(tmp_path, "corpus_version: 1\ntest: [ferry, tunnel]\n")
    assert read_held_out(path, PLACES) == {"ferry", "tunnel"}


def test_a_held_out_work_that_is_not_in_the_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"split\.yaml:test: work 'fery' is not in the manifest"):
        read_held_out(split(tmp_path, "test: [fery, tunnel]\n"), PLACES)


@pytest.mark.parametrize(
    "content", ["", "train: [ferry]\n", "test: ferry\n", "[ferry]\n", "test: [{ferry: 1}]\n", "test: [7]\n"]
)
def test_a_split_without_a_list_of_works_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="needs the key test, a list of works"):
        read_held_out(split(tmp_path, content), PLACES)


def test_a_label_on_both_sides_passes() -> None:
    check_both_sides(gold()[:30], gold()[30:], LABELS, SPLIT)


@pytest.mark.parametrize(("side", "rows"), [("training", slice(0, 1)), ("test", slice(25, 26))])
def test_a_label_that_one_side_lacks_is_named_with_the_side(side: str, rows: slice) -> None:
    train, test = (gold()[rows], gold()) if side == "training" else (gold(), gold()[rows])
    with pytest.raises(InputError) as caught:
        check_both_sides(train, test, LABELS, SPLIT)
    assert str(caught.value) == f"split.yaml: label 'prediction' does not occur in the {side} part"


def test_a_side_without_sentences_lacks_every_label() -> None:
    with pytest.raises(InputError, match="label 'report' does not occur in the test part"):
        check_both_sides(gold(), [], LABELS, SPLIT)


def test_a_side_is_counted_by_works_documents_sentences_and_labels() -> None:
    works = dict.fromkeys(PLACES, "one work") | {"ferry": "another"}
    assert counts(gold()[:15], LABELS, works) == {
        "works": 2,
        "documents": 3,
        "sentences": 15,
        "labels": {"report": 6, "prediction": 9, "loaded_language": 6},
    }
