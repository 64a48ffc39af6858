"""Two published articles, which may not be redistributed, lose no character on their way through the command."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main
from pipeline.core.records import Document, fold
from pipeline.reading import read_document
from tests.stages.project import Mini

pytestmark = pytest.mark.shared


@pytest.fixture
def articles() -> list[Path]:
    return sorted((Path(os.environ["RHETORIC_SHARED"]) / "seeds").glob("*.txt"))


def annotated(articles: list[Path], model: Path, out: Path) -> dict[str, list[dict[str, Any]]]:
    assert main(["annotate", *map(str, articles), "--out", str(out), "--model", str(model)]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return {path.stem: [row for row in rows if row["doc_id"] == path.stem] for path in articles}


def stored_text(path: Path) -> str:
    document = read_document(path)
    assert isinstance(document, Document)
    return document.text


def test_every_character_lies_in_one_sentence_and_offsets_slice_the_text(
    articles: list[Path], built: Mini, tmp_path: Path
) -> None:
    found = annotated(articles, built.path("models/main.joblib"), tmp_path / "out.jsonl")
    assert len(found) == 2
    for path in articles:
        text, rows = stored_text(path), found[path.stem]
        assert [row["position"] for row in rows] == list(range(len(rows)))
        assert [fold(text[row["start"] : row["end"]]) for row in rows] == [row["text"] for row in rows]
        covered = [offset for row in rows for offset in range(row["start"], row["end"])]
        assert [i for i in covered if not text[i].isspace()] == [i for i, c in enumerate(text) if not c.isspace()]
        for row in rows:
            for span in row["spans"]:
                wording = row["text"][span["start"] : span["end"]]
                assert fold(text[span["doc_start"] : span["doc_end"]]) == wording
