"""Gold labels in; the same labels at the sentences' new places, and a list of those that found none, out."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.files import read_jsonl, write_jsonl
from pipeline.core.records import Sentence
from pipeline.core.tables import SENTENCES, read_table
from pipeline.labelling.gold import reanchored


def run(*, gold: Path, sentences: Path, lost: Path) -> None:
    """Move labels along after sentence boundaries or texts changed.

    A label moves to the sentence of its document that has the same words and lies nearest to where it was.

    Args:
        gold: a file of labels/gold, rewritten in place.
        sentences: the sentences as they are now.
        lost: the rows whose sentence is gone.
    """
    known = [Sentence(**row) for row in read_table(sentences, SENTENCES)]
    kept, gone = reanchored([row for _, row in read_jsonl(gold)], known)
    write_jsonl(lost, gone)
    write_jsonl(gold, kept)
    print(f"{gold}: {len(kept)} rows kept, {len(gone)} lost")
