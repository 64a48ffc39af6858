"""Labels of versions, as their sources and the lists of changes tell them."""

from __future__ import annotations

from pipeline.core.records import Kind, Sentence
from pipeline.labelling.versions import Change, Link
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.learning.features import LOADED
from pipeline.versions.carried import Carried, carried, carried_scores
from pipeline.versions.comparison import Comparison

SCORES = {"report": 0.5}


def told(doc_id: str, start: int, *labels: str, kind: Kind = "body") -> AnnotatedSentence:
    sentence = Sentence(doc_id, start, 0, kind, start, start + 5, "Boats")
    return AnnotatedSentence(sentence, labels, SCORES if kind == "body" else None)


def link(before: tuple[int, ...], after: tuple[int, ...]) -> Link:
    return Link("a", "b", before, after)


def change(where: Link, kind: str, label: str | None = None) -> Change:
    return Change("settled", where, kind, label, "")


GOLD = {("a", start): frozenset({"report", LOADED}) for start in (0, 10, 20, 30)}
COMPARED = Comparison(
    tuple(told("a", start, "report") for start in (0, 10, 20, 30, 40)),
    (told("b", 0, "report"), told("b", 10, "testimony"), told("b", 20), told("b", 30, kind="caption"), told("b", 40)),
    (),
)


def test_a_list_of_changes_turns_the_labels_of_the_source_into_those_of_the_version() -> None:
    one = link((10,), (10,))
    changes = [change(one, "label_removed", "report"), change(one, "label_added", "testimony")]
    (found,) = carried(COMPARED, [one], changes, GOLD)
    assert found == Carried(
        frozenset({"report", LOADED}), frozenset({"testimony", LOADED}), frozenset({"report"}), frozenset({"testimony"})
    )


def test_loaded_language_does_not_count_where_a_wording_changed() -> None:
    one = link((0,), (0,))
    (found,) = carried(COMPARED, [one], [change(one, "loaded_softened")], GOLD)
    assert found == Carried(*[frozenset({"report"})] * 4)


def test_only_labelled_sentences_linked_one_to_one_count() -> None:
    links = [link((0, 10), (0,)), link((20,), ()), link((), (20,)), link((30,), (30,)), link((40,), (40,))]
    assert list(carried(COMPARED, links, [], GOLD)) == []


def test_scores_by_hand() -> None:
    right, wrong = frozenset({"report"}), frozenset({"testimony"})
    pairs = [Carried(right, wrong, right, right), Carried(right, right, right, right)]
    assert carried_scores(pairs, ["report", "testimony"]) == {"pairs": 2, "source": 1.0, "version": 0.5}
    assert carried_scores([], ["report"]) == {"pairs": 0, "source": None, "version": None}
