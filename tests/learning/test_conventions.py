"""Every part that learns keeps scikit-learn's conventions, as far as they speak of what learns from texts.

Of `sklearn.utils.estimator_checks` those run here that ask for no data: of constructor and parameters
(`check_parameters_default_constructible`, `check_no_attributes_set_in_init`,
`check_do_not_raise_errors_in_init_or_set_params`, `check_get_params_invariance`, `check_set_params`), of clones and
repr (`check_estimator_cloneable`, `check_estimator_repr`), of classes and tags (`check_mixin_order`,
`check_estimator_tags_renamed`, `check_valid_tag_types`) and of use before fitting (`check_estimators_unfitted`,
`check_transformers_unfitted`, `check_get_feature_names_out_error`).

The others fit on matrices of numbers that they make themselves and judge what happens to `n_features_in_`, dtypes,
NaN, sparse or one-dimensional X, sample weights, pandas columns, classes or regression targets. Our parts learn from
sentences with labels, spans and works, from tokens, or from logits, so these cannot be given to them. What such checks
want to know otherwise is asked below of texts: `fit` returns the estimator and leaves parameters and input alone
(`check_estimators_fit_returns_self`, `check_dont_overwrite_parameters`, `check_estimators_overwrite_params`,
`check_dict_unchanged`), fitting again gives the same (`check_fit_idempotent`), a fitted part survives a pickle
(`check_estimators_pickle`), and every column has a name (`check_transformer_get_feature_names_out`).
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import NotFittedError
from sklearn.utils import estimator_checks

from pipeline.core.params import LabelParams, Ngrams
from pipeline.learning.baselines import MajorityClassifier, RulesClassifier
from pipeline.learning.characters import CharacterBlock
from pipeline.learning.classifier import LinearClassifier
from pipeline.learning.context import ContextStage, in_context
from pipeline.learning.examples import Examples
from pipeline.learning.features import SentenceFeatures
from pipeline.learning.heads import LinearHeads
from pipeline.learning.ngrams import NgramBlock
from pipeline.learning.stacking import StackedHeads
from pipeline.learning.store import pickled
from pipeline.learning.tokens import Tokens, tokenise
from pipeline.learning.wordings import WordingModel, marked, only_words, words_of
from tests.learning.examples import FULL, LABELS, RULES, WORDS_ALONE, examples, fitted

OWN: Examples = examples()
TEXTS = [sentence.text for sentence in OWN.sentences]
TOKENS: Tokens = tokenise(TEXTS).lowered
WORDS: Tokens = only_words(tokenise(TEXTS))
NGRAMS = Ngrams(min_n=1, max_n=2, min_df=2)


@dataclass(frozen=True)
class Part:
    """Something that learns, what it learns from, and what is asked of it afterwards."""

    unfitted: BaseEstimator
    learned: tuple[Any, ...]
    uses: Mapping[str, tuple[Any, ...]]
    """Arguments by the name of the method."""


SENTENCES = {"decision_function": (OWN.sentences,)}
LOOKED = in_context(fitted().first_look_, OWN.sentences)
PARTS = {
    "LinearClassifier": Part(
        LinearClassifier(FULL, RULES),
        (OWN, None, 1),
        {
            **SENTENCES,
            "predict": (OWN.sentences,),
            "predict_proba": (OWN.sentences,),
            "chances": (fitted().first_look_, OWN.sentences),
            "cues": (OWN.sentences, OWN.target, LABELS),
        },
    ),
    "LinearHeads": Part(LinearHeads(FULL, RULES), (OWN,), SENTENCES),
    "SentenceFeatures": Part(
        SentenceFeatures(FULL, RULES),
        (OWN.sentences, OWN.spans, OWN.groups),
        {"transform": (OWN.sentences,), "get_feature_names_out": (), "scores": ([], np.zeros((1, 1)))},
    ),
    "NgramBlock": Part(NgramBlock(NGRAMS), (TOKENS,), {"transform": (TOKENS,), "get_feature_names_out": ()}),
    "CharacterBlock": Part(
        CharacterBlock(NGRAMS),
        (TOKENS,),
        {"transform": (TOKENS,), "get_feature_names_out": (), "word_vectors": (TOKENS.types,)},
    ),
    "ContextStage": Part(
        ContextStage(0.1),
        (LOOKED, OWN.target),
        {"decision_function": (LOOKED,), "folded_into": (np.ones((5, len(LABELS))), np.ones(len(LABELS)))},
    ),
    "WordingModel": Part(
        WordingModel(RULES), (WORDS, marked(words_of(TEXTS), OWN.spans)), {"decision_function": (WORDS,)}
    ),
    "StackedHeads": Part(StackedHeads((WORDS_ALONE,), reach=1, folds=3), (OWN,), SENTENCES),
    "MajorityClassifier": Part(MajorityClassifier(), (OWN,), {"predict_proba": (OWN.sentences,)}),
    "RulesClassifier": Part(
        RulesClassifier(RULES, LABELS, LabelParams(combine="majority", abstention="missing", iterations=1)),
        (OWN,),
        {"predict_proba": (OWN.sentences,)},
    ),
}
WITH_NAMES = [name for name, part in PARTS.items() if "get_feature_names_out" in part.uses]

each_part = pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
each_with_names = pytest.mark.parametrize("part", [PARTS[name] for name in WITH_NAMES], ids=WITH_NAMES)


def fit(part: Part) -> BaseEstimator:
    return clone(part.unfitted).fit(*part.learned)


def told(estimator: BaseEstimator, part: Part) -> bytes:
    """All that a fitted part says when it is used."""
    return pickled([getattr(estimator, name)(*arguments) for name, arguments in part.uses.items()])


CHECKS: tuple[Callable[[str, BaseEstimator], None], ...] = (
    estimator_checks.check_parameters_default_constructible,
    estimator_checks.check_no_attributes_set_in_init,
    estimator_checks.check_do_not_raise_errors_in_init_or_set_params,
    estimator_checks.check_get_params_invariance,
    estimator_checks.check_set_params,
    estimator_checks.check_estimator_cloneable,
    estimator_checks.check_estimator_repr,
    estimator_checks.check_mixin_order,
    estimator_checks.check_estimator_tags_renamed,
    estimator_checks.check_valid_tag_types,
    estimator_checks.check_estimators_unfitted,
)


@each_part
@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
def test_a_check_that_needs_no_data_passes(check: Callable[[str, BaseEstimator], None], part: Part) -> None:
    check(type(part.unfitted).__name__, part.unfitted)


@each_with_names
def test_checks_of_what_transforms_pass(part: Part) -> None:
    name = type(part.unfitted).__name__
    estimator_checks.check_get_feature_names_out_error(name, part.unfitted)
    estimator_checks.check_transformers_unfitted(name, part.unfitted)


@each_part
def test_what_is_not_fitted_says_so(part: Part) -> None:
    unfitted = clone(part.unfitted)
    for name, arguments in part.uses.items():
        with pytest.raises(NotFittedError, match=f"This {type(unfitted).__name__} instance is not fitted yet"):
            getattr(unfitted, name)(*arguments)


def test_what_was_read_from_a_file_knows_no_training_sentences() -> None:
    stored = pickle.loads(pickled(fitted()))
    with pytest.raises(NotFittedError):
        next(stored.out_of_fold_errors(OWN, LABELS))


@each_part
def test_params_go_round(part: Part) -> None:
    params = part.unfitted.get_params()
    again = type(part.unfitted)(**params)
    assert again.get_params() == params
    assert clone(part.unfitted).set_params(**params).get_params() == params


@each_part
def test_fitting_returns_the_part_and_changes_neither_params_nor_input(part: Part) -> None:
    unfitted = clone(part.unfitted)
    params, learned = pickled(unfitted.get_params()), pickled(part.learned)
    same = {name: id(value) for name, value in unfitted.get_params(deep=False).items()}
    assert unfitted.fit(*part.learned) is unfitted
    assert pickled(unfitted.get_params()) == params
    assert {name: id(value) for name, value in unfitted.get_params(deep=False).items()} == same
    assert pickled(part.learned) == learned


@each_part
def test_a_clone_has_the_params_and_nothing_that_was_learned(part: Part) -> None:
    copy = clone(fit(part))
    assert pickled(copy.get_params()) == pickled(part.unfitted.get_params())
    assert set(vars(copy)) == set(copy.get_params(deep=False))


@each_part
def test_fitting_again_gives_the_same_bits(part: Part) -> None:
    once = fit(part)
    state = pickled(once)
    once.fit(*part.learned)
    assert pickled(once) == state == pickled(fit(part))


@each_part
def test_a_pickle_says_the_same(part: Part) -> None:
    one = fit(part)
    assert told(pickle.loads(pickle.dumps(one)), part) == told(one, part)


@each_with_names
def test_every_column_has_a_name(part: Part) -> None:
    one = fit(part)
    names = one.get_feature_names_out()
    rows = one.transform(*part.uses["transform"])
    assert sp.issparse(rows)
    assert rows.shape[1] == len(names) == len(set(names))
    assert names.dtype == object
    assert all(isinstance(name, str) for name in names)
