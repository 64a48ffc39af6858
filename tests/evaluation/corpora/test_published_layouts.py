"""Each reader on an invented corpus in its layout, through the mapping the project ships; counts were made by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.core.errors import InputError
from pipeline.core.files import sha256_bytes
from pipeline.core.scheme import Scheme
from pipeline.evaluation.corpora import Corpus, describe, load_corpus
from pipeline.evaluation.corpora.babe import marked_words
from pipeline.evaluation.corpora.newsdiscourse import source_of
from pipeline.evaluation.corpora.webis16 import Piece, completed, joined

MAPPINGS = Path(__file__).parents[3] / "labels" / "mappings"


def load(name: str, data: Path, scheme: Scheme) -> Corpus:
    return load_corpus(MAPPINGS / f"{name}.yaml", data, scheme)


def verdicts(corpus: Corpus, target_id: str) -> list[tuple[str, bool]]:
    target = next(target for target in corpus.targets if target.id == target_id)
    sentences, holds = corpus.target_values(target)
    assert holds.shape == (len(sentences),)
    return [(sentence.text, yes) for sentence, yes in zip(sentences, holds.tolist(), strict=True)]


def test_babe_rows(babe: Path, scheme: Scheme) -> None:
    corpus = load("babe", babe, scheme)
    assert [(s.doc_id, s.position, s.group, s.part) for s in corpus.sentences] == [
        ("http://a", 0, "Alpha Post", "all"),
        ("http://a", 1, "Alpha Post", "all"),
        ("row 3", 0, "Delta News", "all"),
        ("http://b", 0, "Delta News", "all"),
    ]
    assert [s.marked for s in corpus.sentences] == [("vile",), (), ("crooks", "So-called"), ()]
    assert corpus.sentences[2].text == 'So-called "aid" from crooks; again.'
    assert corpus.left_out == Counter({"label_bias is 'No agreement'": 1})


def test_babe_targets(babe: Path, scheme: Scheme) -> None:
    corpus = load("babe", babe, scheme)
    vile, passed, aid, rained = (s.text for s in corpus.sentences)
    loaded = [(vile, True), (passed, False), (aid, True), (rained, False)]
    assert verdicts(corpus, "babe:biased->loaded_language") == loaded
    opinion = [(vile, True), (passed, False), (aid, False)]
    assert verdicts(corpus, "babe:expresses writer's opinion->assertion") == opinion
    assert verdicts(corpus, "babe:entirely factual->report") == [(vile, False), (passed, True), (aid, False)]


def test_babe_may_be_read_where_the_outlet_hashes_even(babe: Path, scheme: Scheme) -> None:
    for sentence in load("babe", babe, scheme).sentences:
        assert sentence.group is not None
        even = int(sha256_bytes(sentence.group.encode()), 16) % 2 == 0
        assert sentence.readable is even


@pytest.mark.parametrize("cell", ["vile", "{'vile'}", "[1]", "['vile'", ""])
def test_marked_words_that_are_no_list(cell: str) -> None:
    with pytest.raises(InputError, match=r"^a\.csv:row 3: biased_words is not a list"):
        marked_words(cell, Path("a.csv"), 3)


def test_babe_with_a_column_missing(babe: Path, scheme: Scheme) -> None:
    (babe / "final_labels_SG2.csv").write_text("text;biased_words\nOne.;[]\n")
    with pytest.raises(InputError, match=r"has no column 'news_link' \(text, biased_words\)"):
        load("babe", babe, scheme)


def test_babe_with_a_cell_too_many(babe: Path, scheme: Scheme) -> None:
    (babe / "final_labels_SG2.csv").write_text("text;biased_words\nOne; two.;[]\n")
    with pytest.raises(InputError, match=r"SG2\.csv:2: has 3 cells, not 2 as the header"):
        load("babe", babe, scheme)


def test_webis16_sentences_take_the_type_that_covers_most(webis16: Path, scheme: Scheme) -> None:
    corpus = load("webis16", webis16, scheme)
    assert [(s.doc_id, s.position, s.text, s.values["type"], s.group) for s in corpus.sentences] == [
        ("train/001-bins", 0, "Bins are useful, always.", "assumption", "north"),
        ("train/001-bins", 2, "I saw one, and the mayor praised it for an hour.", "testimony", "north"),
        ("train/002-jars", 0, "I broke a jar.", "anecdote", "south"),
        ("train/002-jars", 1, "Sorry!", "other", "south"),
        ("validation/003-lids", 0, "Nine lids of ten are lost.", "statistics", "south"),
        ("validation/003-lids", 1, "Waste not, want not.", "common-ground", "south"),
        ("test/004-cups", 0, "Cups are worse.", "assumption", "north"),
    ]
    assert corpus.left_out == Counter({"title": 4, "sentence without a unit": 1})
    assert [s.readable for s in corpus.sentences] == [True] * 6 + [False]


def test_webis16_targets(webis16: Path, scheme: Scheme) -> None:
    corpus = load("webis16", webis16, scheme)
    positives = {target.id: int(corpus.target_values(target)[1].sum()) for target in corpus.targets}
    assert positives == {
        "webis16:assumption->assertion": 2,
        "webis16:anecdote->anecdote": 1,
        "webis16:testimony->testimony": 1,
        "webis16:statistics->statistic": 1,
        "webis16:common-ground->common_ground": 1,
    }


def test_webis16_portals_from_folders(webis16: Path, scheme: Scheme) -> None:
    (webis16 / "portal_of_document.tsv").unlink()
    for name, portal in (("001-bins", "east"), ("002-jars", "east"), ("003-lids", "west"), ("004-cups", "west")):
        folder = webis16 / "annotated-txt" / "split-by-portal-final" / portal
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").touch()
    corpus = load("webis16", webis16, scheme)
    assert {s.doc_id: s.group for s in corpus.sentences}["validation/003-lids"] == "west"


def test_webis16_without_a_portal(webis16: Path, scheme: Scheme) -> None:
    (webis16 / "portal_of_document.tsv").write_text("001-bins\tnorth\n")
    with pytest.raises(InputError, match=r"002-jars\.txt: its portal stands neither in portal_of_document\.tsv"):
        load("webis16", webis16, scheme)


def test_webis16_with_an_unknown_piece(webis16: Path, scheme: Scheme) -> None:
    path = webis16 / "annotated-txt/split-for-evaluation-final/test/004-cups.txt"
    path.write_text("0\ttitle\tOn Cups\n1\tclaim\tCups are bad.\n")
    with pytest.raises(InputError, match=r"004-cups\.txt:2: 'claim' is not a label of a piece \(assumption, "):
        load("webis16", webis16, scheme)


def test_continued_pieces_take_the_label_that_follows() -> None:
    labels = ["continued", "no-unit", "continued", "par-sep", "anecdote", "continued"]
    found = completed([Piece(label, "x") for label in labels])
    assert [piece.label for piece in found] == ["no-unit", "no-unit", "anecdote", "par-sep", "anecdote", "no-unit"]


def test_pieces_are_joined_as_written() -> None:
    pieces = [Piece("no-unit", text) for text in ("He said", "(", "once", ")", ",", '"', "...", "no", "!")]
    text, stretches = joined([*pieces, Piece("other", "Bye")])
    assert text == 'He said (once), " ... no! Bye'
    assert [text[s.start : s.end] for s in stretches] == ["Bye"]


def test_newsdiscourse_sentences(newsdiscourse: Path, scheme: Scheme) -> None:
    corpus = load("newsdiscourse", newsdiscourse, scheme)
    assert [(s.doc_id, s.position, s.text, s.values["label"], s.values["speech"]) for s in corpus.sentences] == [
        ("train/Disaster/Reuters_1", 0, "A dam burst.", "Main", "NA"),
        ("train/Disaster/Reuters_1", 1, "The road is shut.", "Main_Consequence", "Speech"),
        ("train/Disaster/Reuters_1", 2, "It had rained.", "Cause_Specific", "NA"),
        ("train/Disaster/Reuters_1", 3, "The dam is old.", "Cause_General", "NA"),
        ("validation/PXinhua_2", 0, "They voted in 1990.", "Distant_Historical", "NA"),
        ("validation/PXinhua_2", 1, "Jo says she once voted twice.", "Distant_Anecdotal", "Speech"),
        ("validation/PXinhua_2", 2, "Slideshow (2 images)", "NA", "NA"),
        ("test/kbp/NYT_ENG_3", 0, "It was a bad idea, Jo said.", "Distant_Evaluation", "Speech"),
        ("test/kbp/NYT_ENG_3", 1, "It may fail.", "Distant_Expectations_Consequences", "NA"),
    ]
    assert corpus.left_out == Counter({"speech annotation that names no sentence": 1})
    documents = {s.doc_id: (s.group, s.values["domain"], s.values["headline"]) for s in corpus.sentences}
    assert documents == {
        "train/Disaster/Reuters_1": ("reuters", "Disaster", "DAM BURSTS"),
        "validation/PXinhua_2": ("xinhua", "", "VOTE NEARS"),
        "test/kbp/NYT_ENG_3": ("nyt", "kbp", ""),
    }


def test_newsdiscourse_targets(newsdiscourse: Path, scheme: Scheme) -> None:
    corpus = load("newsdiscourse", newsdiscourse, scheme)
    assert [int(corpus.target_values(target)[1].sum()) for target in corpus.targets] == [3, 1, 1, 5, 1]
    assert all(len(corpus.target_values(target)[0]) == 9 for target in corpus.targets)


def test_newsdiscourse_file_of_no_known_source() -> None:
    assert source_of("AFP_1.txt") == "other"


def test_newsdiscourse_that_is_no_archive(newsdiscourse: Path, scheme: Scheme) -> None:
    (newsdiscourse / "test.zip").write_text("no")
    with pytest.raises(InputError, match=r"test\.zip: is not a zip archive"):
        load("newsdiscourse", newsdiscourse, scheme)


def test_cdcp_propositions(cdcp: Path, scheme: Scheme) -> None:
    corpus = load("cdcp", cdcp, scheme)
    assert [(s.doc_id, s.position, s.text, s.values["label"], s.readable) for s in corpus.sentences] == [
        ("train/00001", 0, "Calls are bad.", "value", True),
        ("train/00001", 1, "Ban them!", "policy", True),
        ("train/00001", 2, "I got nine.", "testimony", True),
        ("train/00001", 3, "The law says so.", "fact", True),
        ("train/00001", 4, "See URL.", "reference", True),
        ("test/00002", 0, "Calls are fine.", "value", False),
        ("test/00002", 1, "Keep them.", "policy", False),
    ]
    assert all(s.group == s.doc_id for s in corpus.sentences)
    assert corpus.left_out == Counter({"text outside every proposition": 1})
    assert corpus.classes is not None
    assert corpus.classes.values == ("policy", "value", "fact", "testimony", "reference")


@pytest.mark.parametrize(
    ("annotation", "problem"),
    [
        ("[]", "is not an annotation with prop_labels and prop_offsets"),
        ('{"prop_labels": ["value"], "prop_offsets": []}', "has 1 prop_labels and 0 prop_offsets"),
        ('{"prop_labels": ["value"], "prop_offsets": [[3, 99]]}', "the offsets 3 to 99 do not lie in a text of 37"),
    ],
)
def test_cdcp_annotation_that_does_not_fit(cdcp: Path, scheme: Scheme, annotation: str, problem: str) -> None:
    (cdcp / "test" / "00002.ann.json").write_text(annotation)
    with pytest.raises(InputError, match=problem):
        load("cdcp", cdcp, scheme)


@pytest.mark.parametrize("name", ["webis16", "cdcp"])
def test_a_folder_without_the_files(name: str, tmp_path: Path, scheme: Scheme) -> None:
    with pytest.raises(InputError, match=r"has no file|portal"):
        load(name, tmp_path, scheme)


def test_the_hash_covers_names_and_contents(cdcp: Path, scheme: Scheme) -> None:
    before = load("cdcp", cdcp, scheme)
    assert sorted(before.files) == ["test/00002.ann.json", "test/00002.txt", "train/00001.ann.json", "train/00001.txt"]
    lines = "".join(f"{name}\t{sha256_bytes((cdcp / name).read_bytes())}\n" for name in sorted(before.files))
    assert before.sha256 == sha256_bytes(lines.encode())
    (cdcp / "test" / "00002.txt").rename(cdcp / "test" / "00003.txt")
    (cdcp / "test" / "00002.ann.json").rename(cdcp / "test" / "00003.ann.json")
    assert load("cdcp", cdcp, scheme).sha256 != before.sha256


def test_describe_counts_by_part_and_target(cdcp: Path, scheme: Scheme) -> None:
    described = describe(load("cdcp", cdcp, scheme))
    assert described["sections"] == [
        {"part": "train", "readable": True, "sentences": 5, "documents": 1, "groups": 1},
        {"part": "test", "readable": False, "sentences": 2, "documents": 1, "groups": 1},
    ]
    assert described["classes"] == {"policy": 2, "value": 2, "fact": 1, "testimony": 1, "reference": 1}
    rows = [(row["id"], row["part"], row["positive"], row["negative"]) for row in described["targets"]]
    assert rows == [
        ("cdcp:value->assertion", "train", 1, 4),
        ("cdcp:value->assertion", "test", 1, 1),
        ("cdcp:testimony->anecdote", "train", 1, 4),
        ("cdcp:testimony->anecdote", "test", 0, 2),
        ("cdcp:policy->prescription", "train", 1, 4),
        ("cdcp:policy->prescription", "test", 1, 1),
    ]
