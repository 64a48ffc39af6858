"""Our learners trained on a corpus of others: what is trained on is not scored, and each is told what its row says."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from pipeline.core.errors import PipelineError
from pipeline.core.params import Bootstrap, EvaluateParams, Params
from pipeline.evaluation.corpora import Classes, Corpus, CorpusSentence, Folds, Parts, Target
from pipeline.evaluation.corpora.marks import places, spans_in
from pipeline.evaluation.trained import (
    Learners,
    Task,
    Way,
    class_task,
    cross_validation,
    evaluated,
    official_split,
    target_task,
    trained_scores,
    ways,
)
from pipeline.labelling.rules import RuleSet
from pipeline.learning.heads import LinearHeads
from pipeline.learning.stacking import StackedHeads
from tests.learning.examples import EVERY_WORD

LEARNERS = Learners(EVERY_WORD, EVERY_WORD, RuleSet([]), jobs=1)
PARAMS = Params.model_construct(
    bootstrap=Bootstrap(resamples=10, seed=0, level=0.95),
    evaluate=EvaluateParams(too_few_positives=2, too_few_documents=2, bins=10),
)
"""What these scores need of params.yaml."""
TELLING = {"news": "opened", "claim": "clearly", "joke": "funny"}


def sentence(number: int, kind: str, part: str = "all", group: str | None = None) -> CorpusSentence:
    text = f"it {TELLING[kind]} here"
    return CorpusSentence(f"d{number}", 0, text, group, part, False, {"kind": kind, "sure": str(number % 2)})


def corpus(sentences: list[CorpusSentence], split: Parts | Folds | None, classes: bool = True) -> Corpus:
    own = Classes("kind", ("news", "claim", "joke"), ("sure",)) if classes else None
    targets = (Target("own:claim->assertion", "kind", frozenset({"claim"}), None, "assertion", frozenset({"joke"})),)
    return Corpus("own", "", sentences, targets, own, split, "", {}, Counter())


def divided() -> Corpus:
    """Thirty training sentences and six test sentences, two of a kind."""
    kinds = list(TELLING)
    train = [sentence(i, kinds[i % 3], "train" if i < 20 else "validation") for i in range(30)]
    test = [sentence(100 + i, kinds[i % 3], "test") for i in range(6)]
    return corpus(train + test, Parts(kind="parts", parts={"train": ["a"], "validation": ["b"], "test": ["c"]}))


def test_the_official_split_trains_on_all_but_the_test_part() -> None:
    ((rest, held_out),) = official_split(class_task(divided()))["split"]
    assert rest.tolist() == list(range(30))
    assert held_out.tolist() == list(range(30, 36))


@pytest.mark.parametrize("part", ["test", "train"])
def test_a_split_needs_two_sides(part: str) -> None:
    with pytest.raises(PipelineError, match="needs a part named 'test' and another"):
        official_split(class_task(corpus([sentence(i, "news", part) for i in range(3)], None)))


def grouped() -> Task:
    kinds = list(TELLING)
    return class_task(corpus([sentence(i, kinds[i % 3], group=f"g{i // 6}") for i in range(30)], None))


def test_folds_by_group_keep_groups_whole_and_score_each_sentence_once() -> None:
    task = grouped()
    protocol = cross_validation(task, Folds(kind="folds", folds=5, seed=42), published=False)
    assert list(protocol) == ["by group"]
    assert sorted(np.concatenate([held for _, held in protocol["by group"]])) == list(range(30))
    for rest, held in protocol["by group"]:
        assert {task.sentences[row].group for row in rest} & {task.sentences[row].group for row in held} == set()


def test_published_folds_are_stratified_too() -> None:
    protocol = cross_validation(grouped(), Folds(kind="folds", folds=5, seed=42), published=True)
    assert list(protocol) == ["stratified", "by group"]
    for _, held in protocol["stratified"]:
        assert np.bincount(grouped().truth[held]).tolist() == [2, 2, 2]


def test_of_fewer_groups_than_folds_each_is_a_fold_and_one_is_refused() -> None:
    protocol = cross_validation(grouped(), Folds(kind="folds", folds=9, seed=42), published=False)
    assert len(protocol["by group"]) == 5
    alone = class_task(corpus([sentence(i, "news", group="g") for i in range(3)], None))
    with pytest.raises(PipelineError, match="folds by group need two groups or documents; there is 1"):
        cross_validation(alone, Folds(kind="folds", folds=9, seed=42), published=False)


def test_every_learner_finds_what_a_word_tells_and_lists_its_supervision() -> None:
    rows = evaluated(divided(), "split", LEARNERS, PARAMS)["classes"]
    assert [(row["learner"], row["supervision"]) for row in rows] == [
        ("tfidf", "text"),
        ("main", "text"),
        ("stacked", "text"),
        ("stacked", "text + sure"),
    ]
    for row in rows:
        assert (row["protocol"], row["sentences"], row["documents"]) == ("split", 6, 6)
        assert row["macro_f1"] == {"value": 1, "low": row["macro_f1"]["low"], "high": 1}
        assert row["accuracy"]["value"] == 1
        assert {name: own["support"] for name, own in row["classes"].items()} == dict.fromkeys(TELLING, 2)


def test_a_class_of_too_few_sentences_is_left_out_of_the_second_mean() -> None:
    kinds = ["news", "claim"] * 10 + ["joke"]
    train = [sentence(i, kind, "train") for i, kind in enumerate(kinds)]
    wrong = CorpusSentence("t0", 0, "it opened here", None, "test", False, {"kind": "joke", "sure": "1"})
    test = [sentence(100 + i, kind, "test") for i, kind in enumerate(["news", "claim"] * 2)]
    row = evaluated(corpus([*train, *test, wrong], None), "split", LEARNERS, PARAMS)["classes"][0]
    # news: two right, one too many, so 4 / 5; claim: 1; joke: 0
    assert row["macro_f1"]["value"] == pytest.approx(1.8 / 3, abs=1e-4)
    assert row["enough"] == ["news", "claim"]
    assert row["macro_f1_of_enough"]["value"] == pytest.approx(0.9, abs=1e-4)
    assert row["weighted_f1"]["value"] == pytest.approx((2 * 0.8 + 2 * 1.0) / 5, abs=1e-4)


def test_without_classes_every_target_is_a_task_over_what_it_speaks_of() -> None:
    own = corpus(list(divided().sentences), divided().split, classes=False)
    told = evaluated(own, "split", LEARNERS, PARAMS)
    assert list(told) == ["own:claim->assertion"]
    assert told["own:claim->assertion"][0]["sentences"] == 4  # jokes are on neither side
    task = target_task(own, own.targets[0])
    assert task.classes == ("not assertion", "assertion")
    assert task.truth[:4].tolist() == [0, 1, 0, 1]


def test_a_fold_is_judged_by_what_has_not_seen_it() -> None:
    """Each group has a word of its own for each kind, so that nothing can be learned across groups."""
    rows = [
        CorpusSentence(f"d{g}-{i}", 0, f"{kind}{g}", f"g{g}", "all", False, {"kind": kind})
        for g in range(4)
        for i, kind in enumerate(["news", "claim"] * 3)
    ]
    own = Corpus("own", "", rows, (), Classes("kind", ("news", "claim")), None, "", {}, Counter())
    task = class_task(own)
    protocol = cross_validation(task, Folds(kind="folds", folds=4, seed=1), published=True)
    found = {(row["protocol"], row["learner"]): row for row in trained_scores(task, protocol, LEARNERS, PARAMS)}
    assert found["by group", "tfidf"]["accuracy"]["value"] == 0.5
    assert found["stratified", "tfidf"]["accuracy"]["value"] == 1


def test_marked_words_are_told_only_where_the_row_says_so() -> None:
    marked = [
        CorpusSentence("a", 0, "A vile, Vile plan.", None, "all", False, {"kind": "claim"}, ("vile",)),
        CorpusSentence("b", 0, "A plan.", None, "all", False, {"kind": "news"}),
    ]
    task = class_task(Corpus("own", "", marked, (), Classes("kind", ("news", "claim")), None, "", {}, Counter()))
    assert [(way.learner, way.supervision(task)) for way in ways(task)] == [
        ("tfidf", "text"),
        ("main", "text"),
        ("stacked", "text"),
        ("main", "text + marked words"),
        ("stacked", "text + marked words"),
    ]
    told, untold = (LEARNERS.unfitted(Way("main", marked=own), task, 9) for own in (True, False))
    assert isinstance(told, LinearHeads)
    assert isinstance(untold, LinearHeads)
    assert (told.params.wording, untold.params.wording) == (True, False)
    assert [(span.start, span.end) for span in spans_in(marked[0])] == [(2, 6), (8, 12)]


@pytest.mark.parametrize(("ordered", "reach"), [(True, 2), (False, 0)])
def test_neighbours_are_looked_at_where_the_corpus_tells_their_order(ordered: bool, reach: int) -> None:
    stack = LEARNERS.unfitted(Way("stacked"), Task((), ("no", "yes"), np.array([]), (), ordered), 9)
    assert isinstance(stack, StackedHeads)
    assert (stack.reach, stack.labels) == (reach, 1)


def test_sentences_are_put_in_reading_order_where_it_is_known() -> None:
    rows = [
        CorpusSentence(document, position, f"{document}{position}", None, "all", False, {"kind": "news"})
        for document, position in (("b", 1), ("a", 0), ("b", 0), ("a", 1))
    ]
    own = Corpus("own", "", rows, (), Classes("kind", ("news",)), None, "", {}, Counter(), ordered=True)
    assert [one.text for one in class_task(own).sentences] == ["b0", "b1", "a0", "a1"]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("vile", "A reviled plan.", [(4, 8)]),
        ("so-called", "So-called aid.", [(0, 9)]),
        ("U.S.", "The U.S. is", [(4, 8)]),
        ("mad", "A plan.", []),
        ("", "A plan.", []),
    ],
)
def test_marked_words_are_found_whole_or_else_inside(words: str, text: str, expected: list[tuple[int, int]]) -> None:
    assert list(places(words, text)) == expected
