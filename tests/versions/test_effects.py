"""Shares, tests and the noise floor by label; hits against annotators' lists; what is written out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.core.errors import InputError
from pipeline.core.records import Sentence
from pipeline.labelling.versions import Change, Link
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.versions.alignment import Match
from pipeline.versions.changes import FoundChange, Side
from pipeline.versions.comparison import ComparedMatch, Comparison
from pipeline.versions.effects import Flips, effects, flips, noise_rows, read_measured, share_of
from pipeline.versions.records import change_hits, comparison_record, listed_hits, wording
from pipeline.versions.scoring import Hits, hits

LABELS = ("report", "assertion", "loaded_language")


def said(doc_id: str, number: int, labels: str, text: str = "") -> AnnotatedSentence:
    """A sentence with the labels whose first letters are given; a furniture line for ``-``."""
    known = tuple(label for label in LABELS if label[0] in labels)
    kind = "furniture" if labels == "-" else "body"
    sentence = Sentence(doc_id, number, 0, kind, 100 * number, 100 * number + 9, text or f"{doc_id} {number}")  # type: ignore[arg-type]
    return AnnotatedSentence(sentence, known, None if labels == "-" else dict.fromkeys(LABELS, 0.5))


def compared(
    pairs: Sequence[tuple[str, str]], changes: Sequence[Sequence[FoundChange]] = (), version: str = "b"
) -> Comparison:
    """Sentences linked one to one, given by their labels."""
    source = tuple(said("a", number, before) for number, (before, _) in enumerate(pairs))
    after = tuple(said(version, number, labels) for number, (_, labels) in enumerate(pairs))
    own = [*changes, *[()] * (len(pairs) - len(changes))]
    matches = tuple(
        ComparedMatch(Match((n,), (n,)), Side((source[n],)), Side((after[n],)), (), tuple(own[n]))
        for n in range(len(pairs))
    )
    return Comparison(source, after, matches)


def gold(number: int, kind: str, label: str | None = None) -> Change:
    return Change("first", Link("a", "b", (100 * number,), (100 * number,)), kind, label, "")


def test_a_share_counts_headings_and_body_only() -> None:
    share = share_of([said("a", 0, "r"), said("a", 1, "a"), said("a", 2, "-")], "report")
    assert (share.count, share.of, share.share) == (1, 2, 0.5)
    assert [share.low, share.high] == pytest.approx([0.0945, 0.9055], abs=1e-4)
    assert share_of([said("a", 2, "-")], "report").share is None


def test_an_effect_counts_pairs_that_gain_and_lose_a_label() -> None:
    found = effects(compared([("r", "a")] * 6 + [("r", "r"), ("-", "a")]), LABELS, {"report": Flips(50, 3, 2)})
    report = found["report"]
    assert (report.pairs, report.gained, report.lost) == (7, 0, 6)
    assert report.p == pytest.approx(2 / 2**6, abs=1e-4)
    assert report.p_holm == pytest.approx(3 * 2 / 2**6, abs=1e-4)
    assert report.expected_flips == pytest.approx(0.7)
    assert found["assertion"].gained == 6
    assert found["assertion"].expected_flips is None
    assert found["loaded_language"].p == 1


def test_the_noise_floor_leaves_out_what_annotators_saw_change() -> None:
    comparison = compared([("r", "a"), ("r", "a"), ("rl", "r"), ("rl", "r")])
    listed = [gold(0, "label_removed", "report"), gold(2, "loaded_removed")]
    found = flips([comparison], listed, LABELS)
    assert found["report"] == Flips(3, 0, 1)
    assert found["assertion"] == Flips(4, 2, 0)
    assert found["loaded_language"] == Flips(3, 0, 1)
    assert noise_rows(found)["report"] == {"pairs": 3, "gained": 0, "lost": 1, "rate": 0.3333}


def test_sentences_left_as_they_were_are_no_rewordings() -> None:
    same = compared([("r", "a")], version="a")
    assert flips([same], [], LABELS)["report"] == Flips(0, 0, 0)
    assert noise_rows(flips([same], [], LABELS))["report"]["rate"] is None


def test_hits_count_what_occurs_twice_twice() -> None:
    assert hits(["x", "x", "y"], ["x", "x", "x"]) == Hits(2, 3, 3)
    figures = hits(["x", "x", "y"], ["x", "x", "x"]).figures()
    assert (figures["precision"], figures["recall"], figures["f1"]) == (0.6667, 0.6667, 0.6667)
    assert hits([], []).figures()["f1"] is None


CHANGES = [
    [FoundChange("loaded_softened", charge=(0.9, 0.5)), FoundChange("reporting_verb", charge=(0.0, 0.5))],
    [FoundChange("label_added", "report"), FoundChange("source_named")],
]


def test_changes_are_compared_by_sentences_and_kind() -> None:
    theirs = [gold(0, "loaded_removed"), gold(0, "reporting_verb"), gold(1, "label_added", "assertion")]
    found = change_hits(compared([("r", "r")] * 2, CHANGES), theirs)
    assert found["all"] == Hits(1, 4, 3)
    assert found["reporting_verb"] == Hits(1, 1, 1)
    assert found["label_added"] == Hits(0, 1, 1)
    assert found["all, loaded in two groups"] == Hits(2, 4, 3)


def test_the_lists_of_the_families_know_fewer_kinds() -> None:
    theirs = [gold(0, "loaded_replaced"), gold(0, "loaded_added"), gold(1, "label_added", "report")]
    found = listed_hits(compared([("r", "r")] * 2, CHANGES), theirs)
    assert found["all"] == Hits(3, 3, 3)
    assert "source_named" not in found
    kinder = [[FoundChange("reporting_verb", charge=(0.5, 0.0))]]
    assert listed_hits(compared([("r", "r")], kinder), [gold(0, "loaded_removed")])["all"] == Hits(1, 1, 1)


def test_a_wording_is_told_from_its_first_word_to_its_last() -> None:
    side = Side((said("a", 0, "r", "vile old men"), said("a", 1, "r", "and boats")))
    assert wording(side, [(0, 5, 8), (0, 9, 12), (1, 0, 3)]) == "old men and"
    assert wording(side, []) == ""


def test_a_record_has_every_sentence_and_change() -> None:
    comparison = compared([("r", "r"), ("a", "a")], CHANGES)
    record = json.loads(json.dumps(comparison_record(comparison, effects(comparison, LABELS, {}))))
    assert [row["source"][0]["text"] for row in record["matches"]] == ["a 0", "a 1"]
    assert record["changes"]["label_added:report"] == 1
    assert record["matches"][0]["changes"][0]["charge"] == [0.9, 0.5]
    assert record["labels"]["report"]["before"]["count"] == 1


def test_what_was_measured_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "versions.json"
    found = hits(["x"], ["x", "y"]).figures()
    content = {"noise_floor": noise_rows({"report": Flips(10, 1, 2)}), "changes": {"test": {"kinds": {"all": found}}}}
    path.write_text(json.dumps(content), encoding="utf-8")
    measured = read_measured(path)
    assert measured.noise == {"report": Flips(10, 1, 2)}
    assert (measured.precision, measured.recall, measured.listed) == (1.0, 0.5, 2)


@pytest.mark.parametrize("content", ["{}", "[]", '{"noise_floor": {"report": 1}}'])
def test_a_file_that_measures_nothing_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "versions.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="does not tell how well versions are compared") as error:
        read_measured(path)
    assert "\n" not in str(error.value)
