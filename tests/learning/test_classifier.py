"""The sentence model: nothing is judged by what has seen its work."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.base import clone

from pipeline.core.errors import PipelineError
from pipeline.core.params import LabelParams
from pipeline.core.records import Span
from pipeline.learning.baselines import MajorityClassifier, RulesClassifier
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.context import in_context
from pipeline.learning.examples import Examples, examples_of
from pipeline.learning.store import pickled

from .examples import FULL, LABELS, PLACES, RULES, WORDS_ALONE, examples, fitted, fresh, gold, sentence

FERRY = np.array([place == "ferry" for place in examples().groups])
PLANTED = " zyzzyva"


def planted(given: Examples) -> Examples:
    """`given` with one token at the end of every sentence of one work, all of which predict."""
    sentences = [
        replace(one, text=one.text + PLANTED) if own else one for one, own in zip(given.sentences, FERRY, strict=True)
    ]
    target = given.target.copy()
    target[FERRY] = [label == "prediction" for label in LABELS]
    return Examples(tuple(sentences), target, given.spans, given.groups)


def first_looks(model: LinearClassifier, given: Examples) -> npt.NDArray[np.float64]:
    """What the heads of each fold say of it, before a second look and calibration."""
    logits = np.full(given.target.shape, np.nan)
    for fold in model.folds_:
        logits[fold.held_out] = fold.heads.decision_function(given.of(fold.held_out).sentences)
    return logits


def out_of_fold_logits(model: LinearClassifier, given: Examples) -> npt.NDArray[np.float64]:
    """The same after the second look, before calibration."""
    logits = first_looks(model, given)
    features = in_context(logits, given.sentences)
    for fold in model.folds_:
        if fold.context is not None:
            logits[fold.held_out] = fold.context.decision_function(features[fold.held_out])
    return logits


def test_gold_becomes_examples_in_order() -> None:
    given = examples()
    assert given.target.shape == (60, 3)
    assert given.target.sum(axis=0).tolist() == [24, 36, 24]
    assert given.groups[4:6] == ("harbour", "ferry")
    assert given.of(np.array([5, 0])).sentences == (gold()[5].sentence, gold()[0].sentence)
    assert examples_of([], LABELS, {}).target.shape == (0, 3)


def test_out_of_fold_logits_know_nothing_of_a_token_of_their_own_work() -> None:
    given = planted(examples())
    model = LinearClassifier(WORDS_ALONE).fit(given, jobs=1)
    names = list(model.heads_.features_.get_feature_names_out())
    weight = model.heads_.weights_[names.index("word:zyzzyva")]
    assert weight[LABELS.index("prediction")] > 0
    plain = Examples(examples().sentences, given.target, given.spans, given.groups)
    without = LinearClassifier(WORDS_ALONE).fit(plain, jobs=1)
    unseen = out_of_fold_logits(model, given)[FERRY]
    assert unseen.tolist() == out_of_fold_logits(without, plain)[FERRY].tolist()
    seen = model.decision_function(given.sentences)[FERRY]
    assert (seen[:, 1] > unseen[:, 1]).all()


def test_out_of_fold_logits_know_nothing_of_the_labels_and_spans_of_their_own_work() -> None:
    given = examples()
    target = given.target.copy()
    target[FERRY] = ~target[FERRY]
    spans = tuple((Span(0, 9, "author"),) if own else one for one, own in zip(given.spans, FERRY, strict=True))
    turned = LinearClassifier(FULL, RULES).fit(Examples(given.sentences, target, spans, given.groups), jobs=1)
    now, before = (first_looks(model, given) for model in (turned, fitted()))
    assert now[FERRY].tolist() == before[FERRY].tolist()
    assert now[~FERRY].tolist() != before[~FERRY].tolist()


def test_out_of_fold_probabilities_are_the_calibrated_logits_of_heads_that_had_not_seen_the_work() -> None:
    given, model = examples(), fitted()
    logits = out_of_fold_logits(model, given)
    for column, sigmoid in enumerate(model.sigmoids_):
        assert model.out_of_fold_[:, column].tolist() == sigmoid(logits[:, column]).tolist()
    for fold in model.folds_:
        rest = np.setdiff1d(np.arange(60), fold.held_out)
        assert not {given.groups[row] for row in fold.held_out} & {given.groups[row] for row in rest}


def disputed() -> Examples:
    """The examples with three sentences labelled otherwise than their like in other works."""
    given = examples()
    target = given.target.copy()
    target[[0, 7, 33]] = ~target[[0, 7, 33]]
    return Examples(given.sentences, target, given.spans, given.groups)


def test_the_errors_out_of_fold_are_exactly_the_wrong_decisions() -> None:
    given = disputed()
    model = LinearClassifier(FULL, RULES).fit(given, jobs=1)
    errors = list(model.out_of_fold_errors(given, LABELS))
    wrong = (model.out_of_fold_ >= model.thresholds_) != given.target
    assert {(error.row, error.column) for error in errors} == set(
        zip(*map(np.ndarray.tolist, np.nonzero(wrong)), strict=True)
    )
    assert len(errors) == wrong.sum()
    assert {0, 7, 33} <= {error.row for error in errors}


def test_the_cues_of_an_error_are_those_of_the_heads_that_made_it() -> None:
    given = disputed()
    model = LinearClassifier(FULL, RULES).fit(given, jobs=1)
    logits = out_of_fold_logits(model, given)
    for error in model.out_of_fold_errors(given, LABELS):
        assert sum(cue.addend for cue in error.cues) == pytest.approx(logits[error.row, error.column], abs=1e-9)


def test_a_model_that_is_right_everywhere_has_no_errors() -> None:
    given = examples()
    model = LinearClassifier(FULL, RULES).fit(given, jobs=1)
    model.thresholds_ = np.full(3, 0.5)
    model.out_of_fold_ = given.target.astype(np.float64)
    assert list(model.out_of_fold_errors(given, LABELS)) == []


def test_one_job_and_two_give_equal_bytes() -> None:
    assert pickled(fresh(jobs=2)) == pickled(fresh(jobs=1))


def test_what_is_plain_to_see_is_learned() -> None:
    given = examples()
    assert (fitted().predict(given.sentences) == given.target).mean() > 0.95
    new = [sentence("Crews reopened the castle on Monday."), sentence("The mayor will sell the castle next spring.")]
    assert fitted().predict(new)[:, :2].tolist() == [[True, False], [False, True]]


def test_probabilities_lie_between_0_and_1_whatever_the_text() -> None:
    texts = ["", "?", "x" * 5000, "Ödön zyzzyva", "vile crook " * 200, "“ „ «", "\u200b\ud7ff"]
    chances = fitted().predict_proba([sentence(text) for text in texts])
    assert chances.shape == (len(texts), 3)
    assert ((chances >= 0) & (chances <= 1)).all()


def test_no_sentence_gives_no_row() -> None:
    assert fitted().predict_proba([]).shape == (0, 3)
    assert fitted().predict([]).shape == (0, 3)


def test_labels_that_training_lacks_or_always_has_are_given_never_or_always() -> None:
    given = examples()
    target = np.column_stack([given.target, np.zeros(60, dtype=bool), np.ones(60, dtype=bool)])
    model = LinearClassifier(WORDS_ALONE).fit(Examples(given.sentences, target, given.spans, given.groups), jobs=1)
    given_labels = model.predict([*given.sentences, sentence("Nobody knows.")])
    assert not given_labels[:, 3].any()
    assert given_labels[:, 4].all()


def test_a_label_of_one_work_alone_can_be_learned() -> None:
    given = examples()
    target = np.column_stack([given.target, FERRY])
    model = LinearClassifier(WORDS_ALONE).fit(Examples(given.sentences, target, given.spans, given.groups), jobs=1)
    assert np.isfinite(model.predict_proba(given.sentences)).all()


def test_fewer_works_than_folds_is_told() -> None:
    given = examples()
    two = given.of(np.flatnonzero([place in PLACES[:2] for place in given.groups]))
    with pytest.raises(PipelineError, match="3 folds needs as many works; there are 2"):
        LinearClassifier(FULL, RULES).fit(two, jobs=1)


def test_a_classifier_can_be_cloned_and_tells_its_params() -> None:
    model = fitted()
    assert model.get_params() == {"params": FULL, "rules": RULES}
    copy = clone(model)
    assert copy.params == FULL
    assert copy.rules.names == RULES.names
    assert not hasattr(copy, "heads_")


def test_the_majority_gives_every_sentence_the_labels_of_more_than_half() -> None:
    model = MajorityClassifier().fit(examples())
    chances = model.predict_proba([sentence("Anything.")] * 2)
    assert chances.tolist() == [[24 / 60, 36 / 60, 24 / 60]] * 2
    assert (chances >= model.thresholds_).tolist() == [[False, True, False]] * 2


def test_the_rules_alone_give_labels_without_gold() -> None:
    given = examples()
    unlabelled = Examples(given.sentences, np.zeros_like(given.target), given.spans, given.groups)
    params = LabelParams(combine="majority", abstention="against", iterations=10)
    model = RulesClassifier(RULES, LABELS, params).fit(unlabelled)
    chances = model.predict_proba([sentence("It will close."), sentence("It closed on Monday.")])
    assert (chances >= model.thresholds_).tolist() == [[False, True, False], [True, False, False]]
