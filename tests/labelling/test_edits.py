"""Edited sentences stand by themselves, and belong to the side of their document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import Sentence, Span, text_hash
from pipeline.core.scheme import load_scheme
from pipeline.labelling.edits import original_of, read_edits
from pipeline.labelling.gold import by_key

LABELS = Path(__file__).parents[2] / "labels"
SCHEME = load_scheme(LABELS / "scheme.yaml")
ORIGINAL = Sentence("ferry", 3, 1, "body", 40, 57, "It may well sink.")
OTHER = Sentence("ferry", 4, 1, "body", 58, 66, "It sank.")


def row(**changes: object) -> dict[str, Any]:
    edit: dict[str, Any] = {
        "doc_id": "ferry",
        "start": 40,
        "hash": text_hash(ORIGINAL.text),
        "edit": "add prediction",
        "text": "It will shamefully sink.",
        "annotator": "one",
        "labels": ["prediction", "loaded_language"],
        "spans": [[8, 18, "author"]],
        "voices": [["prediction", "author"]],
    }
    return edit | changes


def read(folder: Path, *rows: dict[str, Any]) -> list[Any]:
    path = folder / "edits.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return list(read_edits(path, by_key([ORIGINAL, OTHER]), SCHEME))


def test_an_edit_is_a_document_of_its_own_with_its_own_labels(tmp_path: Path) -> None:
    first, second = read(tmp_path, row(), row(labels=[], spans=[], voices=[]))
    assert (first.sentence.doc_id, second.sentence.doc_id) == ("ferry#edit-1", "ferry#edit-2")
    assert original_of(first.sentence.doc_id) == original_of("ferry") == "ferry"
    assert (first.sentence.text, first.sentence.start, first.sentence.end) == ("It will shamefully sink.", 0, 24)
    assert first.labels == {"prediction", "loaded_language"}
    assert first.spans == (Span(8, 18, "author"),)
    assert first.voices == (("prediction", "author"),)
    assert second.labels == set()


def test_edits_of_the_other_side_are_passed_over_and_keep_the_numbers_of_the_rest(tmp_path: Path) -> None:
    (kept,) = read(tmp_path, row(doc_id="library", hash="0" * 12), row())
    assert kept.sentence.doc_id == "ferry#edit-2"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"start": 41}, "edits a sentence that is not there: ferry at 41"),
        ({"start": 58}, "edits a sentence that is not there: ferry at 58"),  # another sentence's hash
        ({"hash": "0" * 12}, "edits a sentence that is not there: ferry at 40"),
        ({"labels": ["predicton"]}, "label 'predicton' is not in scheme 1"),
        ({"spans": [[8, 25, "author"]]}, "has no such span: 8:25 author"),
        ({"spans": [[8, 8, "author"]]}, "has no such span: 8:8 author"),
        ({"spans": [[8, 18, "writer"]]}, "has no such span: 8:18 writer"),
        ({"spans": [[8, 18]]}, "is not an edit (ValueError("),
        ({"spans": None}, "is not an edit (TypeError("),
    ],
)
def test_a_broken_edit_is_told_with_file_and_line(tmp_path: Path, changes: dict[str, object], told: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, row(), row(**changes))
    assert str(caught.value).startswith(f"{tmp_path / 'edits.jsonl'}:2: {told}")


@pytest.mark.parametrize("key", ["doc_id", "start", "hash", "text", "labels", "spans", "voices"])
def test_an_edit_that_lacks_a_key_is_told(tmp_path: Path, key: str) -> None:
    lacking = {name: value for name, value in row().items() if name != key}
    with pytest.raises(InputError, match=rf":1: is not an edit \(KeyError\('{key}'\)\)"):
        read(tmp_path, lacking)
