"""Corpora that others labelled: what is scored was not read, and baselines learn from the others alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import numpy.typing as npt
import pytest

from pipeline.core.params import (
    AlignParams,
    AnnotateParams,
    AuditParams,
    Bootstrap,
    ControlParams,
    EvaluateParams,
    LabelParams,
    Params,
    SharesParams,
    VersionsParams,
)
from pipeline.core.records import Sentence
from pipeline.evaluation.corpora import Classes, Corpus, CorpusSentence, Parts, Target
from pipeline.evaluation.transfer import baseline_scores, curve_point, first_works, fit_on, transfer_scores, unread
from pipeline.learning.heads import LinearHeads
from pipeline.learning.store import StoredModel
from tests.learning.examples import EVERY_WORD

PARAMS = Params(
    bootstrap=Bootstrap(resamples=10, seed=0, level=0.95),
    label=LabelParams(combine="majority", abstention="missing", iterations=1),
    audit=AuditParams(near_duplicate=0.8, shared_run=8),
    models={"plain": EVERY_WORD},
    evaluate=EvaluateParams(too_few_positives=1, too_few_documents=1, bins=10),
    shares=SharesParams(least_gap=0.2, mixes=1, samples=(2,), draws=1, documents=3),
    controls=ControlParams(shuffles=1, planted=1),
    gates={},
    annotate=AnnotateParams(confidence=0.5),
    versions=VersionsParams(
        align=AlignParams(carried=0.1, moved=0.1, grouped=0.1),
        lexicon_charge=0.5,
        charged=0.5,
        next=1,
        shifted=0.5,
        margin=0.5,
    ),
)


def corpus(
    name: str, texts: Sequence[tuple[str, str]], readable: int = 0, labels: Sequence[str] = ("claim",)
) -> Corpus:
    """Sentences as (text, yes | no | ""), each a document of its own; the first `readable` of them may be read."""
    sentences = [
        CorpusSentence(f"{name}-{i}", 0, text, None, "train", i < readable, {"claims": value})
        for i, (text, value) in enumerate(texts)
    ]
    targets = tuple(Target(f"{name}:yes->{label}", "claims", frozenset({"yes"}), None, label) for label in labels)
    parts = Parts(kind="parts", parts={"train": ["train"]})
    return Corpus(name, "", sentences, targets, Classes("claims", ("yes", "no")), parts, "", {}, Counter())


def telling(word: str, silent: str) -> list[tuple[str, str]]:
    """Sentences in which `word` says yes and `silent` says no."""
    return [(f"{said} {other}", value) for said, value in ((word, "yes"), (silent, "no")) for other in ("a", "b", "c")]


@dataclass
class Shouting:
    """Gives a label to what is written in capitals, and remembers what it was shown."""

    thresholds_: npt.NDArray[np.float64] = field(default_factory=lambda: np.array([0.5, 0.5]))
    out_of_fold_: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    shown: list[str] = field(default_factory=list)

    def predict_proba(self, sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
        self.shown += [sentence.text for sentence in sentences]
        chances = np.array([float(sentence.text.isupper()) for sentence in sentences])
        return np.column_stack([1 - chances, chances])


TARGET = corpus("own", [("READ", "no"), ("quiet", "no"), ("LOUD", "yes"), ("unsaid", ""), ("low", "no")], readable=1)


def test_what_may_be_read_or_is_not_labelled_is_not_scored() -> None:
    sentences, carries = unread(TARGET, TARGET.targets[0])
    assert [sentence.text for sentence in sentences] == ["quiet", "LOUD", "low"]
    assert carries.tolist() == [False, True, False]


def test_a_model_is_scored_by_the_column_of_its_label_on_what_was_not_read() -> None:
    model = Shouting()
    scores = transfer_scores(StoredModel("m", ("other", "claim"), (), "1", 0.5, model), TARGET, PARAMS)
    assert model.shown == ["quiet", "LOUD", "low"]
    assert list(scores) == ["own:yes->claim"]
    found = scores["own:yes->claim"]
    assert (found["label"], found["sentences"], found["documents"], found["positives"]) == ("claim", 3, 3, 1)
    values = {name: found[name]["value"] for name in ("auc", "average_precision", "f1", "calibration_error")}
    assert values == {"auc": 1, "average_precision": 1, "f1": 1, "calibration_error": 0}


def test_a_corpus_that_was_read_whole_has_no_figures() -> None:
    read = corpus("own", [("LOUD", "yes"), ("low", "no")], readable=2)
    found = transfer_scores(StoredModel("m", ("other", "claim"), (), "1", 0.5, Shouting()), read, PARAMS)
    assert found["own:yes->claim"]["auc"] == {"value": None, "low": None, "high": None}


def aucs(target: Corpus, *others: Corpus) -> dict[str, float]:
    scores = baseline_scores(target, others, EVERY_WORD, PARAMS)[target.targets[0].id]
    return {name: figures["auc"]["value"] for name, figures in scores.items()}


def test_a_baseline_learns_what_the_other_corpus_teaches_even_when_it_is_wrong_here() -> None:
    target = corpus("own", telling("blimey", "perhaps"))
    assert aucs(target, corpus("one", telling("blimey", "perhaps"))) == {"one:yes->claim": 1}
    assert aucs(target, corpus("one", telling("perhaps", "blimey"))) == {"one:yes->claim": 0}


def test_a_word_that_only_the_scored_corpus_has_teaches_nothing() -> None:
    target = corpus("own", telling("zounds", "perchance"))
    assert aucs(target, corpus("one", telling("blimey", "perhaps"))) == {"one:yes->claim": 0.5}


def test_a_source_is_used_whole_whether_it_was_read_or_not() -> None:
    source = corpus("one", telling("blimey", "perhaps"), readable=3)
    assert aucs(corpus("own", telling("blimey", "perhaps")), source) == {"one:yes->claim": 1}


def test_two_sources_are_pooled_too() -> None:
    target = corpus("own", telling("blimey", "perhaps"))
    found = aucs(target, corpus("one", telling("blimey", "meh")), corpus("two", telling("gosh", "perhaps")))
    assert list(found) == ["one:yes->claim", "two:yes->claim", "pooled"]
    assert found["pooled"] == 1


def test_two_targets_of_one_corpus_are_not_pooled() -> None:
    other = corpus("one", telling("blimey", "perhaps"), labels=("claim", "claim"))
    assert "pooled" not in aucs(corpus("own", telling("blimey", "perhaps")), other)


def test_a_source_for_another_label_is_left_aside() -> None:
    other = corpus("one", telling("blimey", "perhaps"), labels=("joke",))
    assert aucs(corpus("own", telling("blimey", "perhaps")), other) == {}


def test_the_learner_is_fitted_on_every_sentence_of_its_sources() -> None:
    sources = [corpus(name, telling(word, "perhaps")) for name, word in (("one", "blimey"), ("two", "gosh"))]
    heads = fit_on([(source, source.targets[0]) for source in sources], EVERY_WORD)
    names = {name.removeprefix("word:") for name in heads.features_.get_feature_names_out()}
    assert names == {"a", "b", "c", "blimey", "gosh", "perhaps"}


@pytest.mark.parametrize("name", ["auc", "average_precision"])
def test_every_figure_of_a_baseline_has_its_interval(name: str) -> None:
    source = corpus("one", telling("blimey", "perhaps"))
    scores = baseline_scores(corpus("own", telling("blimey", "perhaps")), [source], EVERY_WORD, PARAMS)
    assert scores["own:yes->claim"]["one:yes->claim"][name] == {"value": 1, "low": 1, "high": 1}


WORKS = ["pier", "quay", "pier", "mill", "mill", "mill"]
"""The work of each of six rows: two of one, one of another, three of a third."""


@pytest.mark.parametrize("order", range(6))
@pytest.mark.parametrize("size", range(1, 7))
def test_the_first_works_are_whole_and_no_more_than_needed(size: int, order: int) -> None:
    rows = first_works(WORKS, size, np.random.default_rng(order)).tolist()
    assert rows == sorted(set(rows))
    assert len(rows) >= size
    taken = {WORKS[row] for row in rows}
    assert rows == [row for row, work in enumerate(WORKS) if work in taken]
    assert any(len(rows) - WORKS.count(work) < size for work in taken)


def test_works_come_in_the_order_that_the_seed_gives() -> None:
    order = [str(name) for name in np.random.default_rng(3).permutation(["mill", "pier", "quay"])]
    for number in (1, 2, 3):
        size = sum(WORKS.count(work) for work in order[:number])
        rows = first_works(WORKS, size, np.random.default_rng(3)).tolist()
        assert {WORKS[row] for row in rows} == set(order[:number])


def test_more_rows_than_there_are_takes_all_and_none_takes_none() -> None:
    assert first_works(WORKS, 99, np.random.default_rng(0)).tolist() == [0, 1, 2, 3, 4, 5]
    assert first_works(WORKS, 0, np.random.default_rng(0)).tolist() == []


def learned(word: str, silent: str) -> LinearHeads:
    source = corpus("one", telling(word, silent))
    return fit_on([(source, source.targets[0])], EVERY_WORD)


def test_a_point_of_the_curve_ranks_every_corpus_by_what_was_learned() -> None:
    right, wrong = corpus("own", telling("blimey", "perhaps")), corpus("other", telling("perhaps", "blimey"))
    found = curve_point(learned("blimey", "perhaps"), [right, wrong], ["claim"])
    assert found == {"own:yes->claim": 1, "other:yes->claim": 0}


def test_a_point_leaves_out_what_may_be_read_or_is_not_labelled() -> None:
    texts = [("perhaps", "yes"), ("", ""), ("blimey", "yes"), ("perhaps", "no"), ("perhaps", "yes")]
    found = curve_point(learned("blimey", "perhaps"), [corpus("own", texts, readable=1)], ["claim"])
    assert found == {"own:yes->claim": 0.75}  # one above the no, one level with it


@dataclass
class Lettered:
    """The first label is in small letters, the second in capitals."""

    def decision_function(self, sentences: Sequence[Sentence]) -> npt.NDArray[np.float64]:
        capital = np.array([float(sentence.text.isupper()) for sentence in sentences])
        return np.column_stack([-capital, capital])


@pytest.mark.parametrize(("labels", "auc"), [(("joke", "claim"), 1), (("claim", "joke"), 0)])
def test_a_point_takes_the_column_of_its_label(labels: Sequence[str], auc: float) -> None:
    heads = cast(LinearHeads, Lettered())
    assert curve_point(heads, [corpus("own", [("LOUD", "yes"), ("low", "no")])], labels) == {"own:yes->claim": auc}
