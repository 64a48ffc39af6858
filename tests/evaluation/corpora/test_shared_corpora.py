"""The published corpora themselves: what was read is what was published. RHETORIC_SHARED says where they lie."""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipeline.core.scheme import load_scheme
from pipeline.evaluation.corpora import Classes, Corpus, corpora_tables, describe, load_corpus

REPOSITORY = Path(__file__).parents[3]
NAMES = ("babe", "webis16", "newsdiscourse", "cdcp")

pytestmark = pytest.mark.shared


@cache
def shared(name: str) -> Corpus:
    data = Path(os.environ["RHETORIC_SHARED"]) / "corpora" / name
    scheme = load_scheme(REPOSITORY / "labels" / "scheme.yaml")
    return load_corpus(REPOSITORY / "labels" / "mappings" / f"{name}.yaml", data, scheme)


def documents(corpus: Corpus) -> dict[str, int]:
    return dict(Counter(part for part, _ in {(s.part, s.doc_id) for s in corpus.sentences}))


def classes(corpus: Corpus) -> dict[str, int]:
    column = own(corpus).column
    return dict(Counter(str(s.values[column]) for s in corpus.sentences))


def own(corpus: Corpus) -> Classes:
    assert corpus.classes is not None
    return corpus.classes


def test_babe() -> None:
    corpus = shared("babe")
    assert len(corpus.sentences) == 3673
    assert classes(corpus) == {"Biased": 1810, "Non-biased": 1863}
    assert len({s.group for s in corpus.sentences}) == 11


def test_webis16() -> None:
    corpus = shared("webis16")
    assert documents(corpus) == {"train": 180, "validation": 60, "test": 60}
    portals = Counter(portal for _, portal in {(s.doc_id, s.group) for s in corpus.sentences})
    assert portals == {"aljazeera": 100, "foxnews": 100, "guardian": 100}
    assert set(classes(corpus)) == set(own(corpus).values)


def test_newsdiscourse() -> None:
    corpus = shared("newsdiscourse")
    assert documents(corpus) == {"train": 502, "validation": 100, "test": 200}
    assert len(corpus.sentences) == 18151
    assert set(classes(corpus)) == set(own(corpus).values)
    assert {s.group for s in corpus.sentences} == {"nyt", "reuters", "xinhua"}


def test_cdcp() -> None:
    corpus = shared("cdcp")
    assert documents(corpus) == {"train": 581, "test": 150}
    assert classes(corpus) == {"policy": 815, "value": 2182, "fact": 786, "testimony": 1117, "reference": 32}


@pytest.mark.parametrize("name", NAMES)
def test_positions_rise_within_a_document(name: str) -> None:
    places = [(s.doc_id, s.position) for s in shared(name).sentences]
    assert len(set(places)) == len(places)
    assert all(s.text for s in shared(name).sentences)


def test_there_are_sixteen_targets() -> None:
    assert sum(len(shared(name).targets) for name in NAMES) == 16


def test_the_numbers_of_the_docs_are_these() -> None:
    text = (REPOSITORY / "docs" / "corpora.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- generated: corpora -->\n(.*?)\n<!-- end: corpora -->", text, re.DOTALL)
    assert block is not None
    assert block.group(1) == corpora_tables(describe(shared(name)) for name in NAMES)
