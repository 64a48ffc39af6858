"""How well our features and models do on a public corpus when they are trained on it, by its published protocol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold, StratifiedKFold

from pipeline.core.errors import PipelineError
from pipeline.core.params import LinearModel, Params
from pipeline.evaluation import scores as scoring
from pipeline.evaluation.bootstrap import document_weights, estimate
from pipeline.evaluation.corpora import Corpus, CorpusSentence, Folds, Target
from pipeline.evaluation.corpora.marks import spans_in
from pipeline.evaluation.transfer import sentences_of
from pipeline.labelling.rules import RuleSet
from pipeline.learning.examples import Examples
from pipeline.learning.heads import LinearHeads
from pipeline.learning.stacking import StackedHeads

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ids = npt.NDArray[np.int64]
Learner = Literal["tfidf", "main", "stacked"]
Mode = Literal["cross-validate", "split"]
Protocol = dict[str, list[tuple[Ids, Ids]]]
"""The folds of each way to divide a corpus, as row numbers (trained on, scored)."""

TEST = "test"
REACH = 2
"""Neighbours on either side that the stack looks at, where a corpus tells the order of its sentences."""
STACKED_C = 1.0
"""Of the stack's member without character n-grams, which make the fits slow and the stack no better."""
UNTOLD = Folds(kind="folds", folds=5, seed=42)
"""How a corpus is divided that tells no protocol."""


@dataclass(frozen=True)
class Task:
    """Sentences of a corpus, each of one class."""

    sentences: tuple[CorpusSentence, ...]
    classes: tuple[str, ...]
    truth: Ids
    """Class numbers, shape (n,)."""
    informed_by: tuple[str, ...] = ()
    """Further label columns that may be learned from."""
    ordered: bool = False
    """Whether positions tell the order of a document's sentences."""


@dataclass(frozen=True, slots=True)
class Way:
    """A learner, and what it is told of the training sentences."""

    learner: Learner
    marked: bool = False
    """The words that annotators marked supervise the word-level model, out of fold."""
    informed: bool = False
    """Further label columns supervise the first stage of the stack."""

    def supervision(self, task: Task) -> str:
        """What it was told, as a row of the table lists it."""
        told = ["text", *["marked words"] * self.marked, *(task.informed_by if self.informed else ())]
        return " + ".join(told)


def class_task(corpus: Corpus) -> Task:
    """The corpus's own single-label task; a sentence of no class is no part of it."""
    assert corpus.classes is not None
    values, column = corpus.classes.values, corpus.classes.column
    kept = tuple(sentence for sentence in _in_order(corpus) if sentence.values[column] in values)
    truth = np.array([values.index(str(sentence.values[column])) for sentence in kept], dtype=np.int64)
    return Task(kept, values, truth, corpus.classes.informed_by, corpus.ordered)


def target_task(corpus: Corpus, target: Target) -> Task:
    """One target, yes or no, over the sentences that it speaks of."""
    judged = [(sentence, target.of(sentence)) for sentence in _in_order(corpus)]
    kept = tuple(sentence for sentence, holds in judged if holds is not None)
    truth = np.array([int(holds) for _, holds in judged if holds is not None], dtype=np.int64)
    return Task(kept, (f"not {target.label}", target.label), truth, (), corpus.ordered)


def official_split(task: Task) -> Protocol:
    """The test part scored, all others trained on.

    Raises:
        PipelineError: one of the two has no sentences.
    """
    tested = np.array([sentence.part == TEST for sentence in task.sentences], dtype=bool)
    if tested.all() or not tested.any():
        raise PipelineError(f"a published split needs a part named {TEST!r} and another; there is only one of the two")
    return {"split": [(np.flatnonzero(~tested), np.flatnonzero(tested))]}


def cross_validation(task: Task, folds: Folds, published: bool) -> Protocol:
    """Stratified folds over the sentences as published, where that is how others did it, and folds by group.

    Without groups the documents are the groups; of fewer groups than folds each is a fold.

    Raises:
        PipelineError: there is only one group.
    """
    rows = np.arange(len(task.sentences))
    groups = [sentence.group or sentence.doc_id for sentence in task.sentences]
    number = min(folds.folds, len(set(groups)))
    if number < 2:
        raise PipelineError(f"folds by group need two groups or documents; there is {number}")
    protocol: Protocol = {"by group": list(GroupKFold(number).split(rows, task.truth, groups))}
    if published:
        dealt = StratifiedKFold(folds.folds, shuffle=True, random_state=folds.seed)
        protocol = {"stratified": list(dealt.split(rows, task.truth)), **protocol}
    return protocol


def ways(task: Task) -> Iterator[Way]:
    """What a corpus is learned with: text alone by every learner, then with all it tells besides."""
    for learner in ("tfidf", "main", "stacked"):
        yield Way(learner)
    marked = any(sentence.marked or sentence.spans for sentence in task.sentences)
    if marked:
        yield Way("main", marked=True)
        yield Way("stacked", marked=True)
    if task.informed_by:
        yield Way("stacked", marked=marked, informed=True)


@dataclass(frozen=True)
class Learners:
    """The settings that learners are fitted with."""

    tfidf: LinearModel
    main: LinearModel
    rules: RuleSet
    jobs: int = 2

    def unfitted(self, way: Way, task: Task, documents: int) -> LinearHeads | StackedHeads:
        """The learner of a way; with few documents to learn from it has fewer inner folds."""
        if way.learner == "tfidf":
            return LinearHeads(self.tfidf)
        folds = max(min(self.main.folds, documents // 2), 2)
        main = self.main.model_copy(update={"wording": way.marked, "folds": folds})
        if way.learner == "main":
            return LinearHeads(main, self.rules if main.rules else None)
        light = main.model_copy(update={"characters": None, "C": STACKED_C})
        reach = REACH if task.ordered else 0
        return StackedHeads(
            [self.tfidf, light], self.rules, reach=reach, labels=_columns(task), folds=folds, jobs=self.jobs
        )


def evaluated(corpus: Corpus, mode: Mode, learners: Learners, params: Params) -> dict[str, list[dict[str, Any]]]:
    """The rows of `trained_scores` for the corpus's classes, or else for each of its targets, by name.

    Raises:
        PipelineError: the corpus cannot be divided so.
    """
    own = [("classes", class_task(corpus))] if corpus.classes is not None else []
    tasks = own or [(target.id, target_task(corpus, target)) for target in corpus.targets]
    told = corpus.split if isinstance(corpus.split, Folds) else None
    return {
        name: trained_scores(
            task,
            official_split(task) if mode == "split" else cross_validation(task, told or UNTOLD, told is not None),
            learners,
            params,
        )
        for name, task in tasks
    }


def trained_scores(task: Task, protocol: Protocol, learners: Learners, params: Params) -> list[dict[str, Any]]:
    """One row a division of the corpus and way of learning: supervision, macro-F1 and other scores, every class's F1.

    Every scored sentence is judged by a learner that has seen neither it nor its fold. The best-scoring class wins.
    """
    found = []
    for name, folds in protocol.items():
        for way in ways(task):
            given = np.empty_like(task.truth)
            for rest, held_out in folds:
                examples = _examples(task, rest, way)
                fitted = learners.unfitted(way, task, len(set(examples.groups))).fit(examples)
                given[held_out] = _best(fitted.decision_function(_sentences(task, held_out)))
            scored = np.sort(np.concatenate([held_out for _, held_out in folds]))
            what = {"protocol": name, "folds": len(folds), "learner": way.learner, "supervision": way.supervision(task)}
            found.append(what | _figures(task, scored, given[scored], params))
    return found


def _in_order(corpus: Corpus) -> Sequence[CorpusSentence]:
    """The sentences, those of a document together and by position where positions mean something."""
    if not corpus.ordered:
        return corpus.sentences
    first = {sentence.doc_id: row for row, sentence in reversed(list(enumerate(corpus.sentences)))}
    return sorted(corpus.sentences, key=lambda sentence: (first[sentence.doc_id], sentence.position))


def _columns(task: Task) -> int:
    return 1 if len(task.classes) == 2 else len(task.classes)


def _sentences(task: Task, rows: Ids) -> list[Any]:
    return sentences_of([task.sentences[row] for row in rows])


def _examples(task: Task, rows: Ids, way: Way) -> Examples:
    """The training sentences with what a way is told of them; of two classes only the second has a column."""
    own = [task.sentences[row] for row in rows]
    blocks = [np.eye(len(task.classes), dtype=bool)[task.truth[rows]][:, -_columns(task) :]]
    if way.informed:
        blocks += [_one_hot([str(sentence.values[column]) for sentence in own]) for column in task.informed_by]
    spans = tuple(spans_in(sentence) if way.marked else () for sentence in own)
    return Examples(tuple(sentences_of(own)), np.hstack(blocks), spans, tuple(sentence.doc_id for sentence in own))


def _one_hot(values: Sequence[str]) -> Bools:
    """A column for each value there is."""
    return np.asarray(np.array(values)[:, None] == np.unique(values))


def _best(logits: Floats) -> Ids:
    """The best-scoring class; a single column is that of the second of two classes."""
    return np.asarray(logits[:, 0] > 0, dtype=np.int64) if logits.shape[1] == 1 else logits.argmax(axis=1)


def _figures(task: Task, scored: Ids, given: Ids, params: Params) -> dict[str, Any]:
    truth, documents = task.truth[scored], [task.sentences[row].doc_id for row in scored]
    weights = document_weights(documents, params.bootstrap)
    f1 = [scoring.confusion(truth == c, given == c, weights).f1 for c in range(len(task.classes))]
    f1 = [np.nan_to_num(values) for values in f1]
    support = np.array([weights @ (truth == c) for c in range(len(task.classes))])
    counts = [int((truth == c).sum()) for c in range(len(task.classes))]
    held = [len({d for d, own in zip(documents, truth == c, strict=True) if own}) for c in range(len(task.classes))]
    enough = [c for c, pair in enumerate(zip(counts, held, strict=True)) if params.evaluate.enough(*pair)]
    figures = {
        "macro_f1": np.mean(f1, axis=0),
        "macro_f1_of_enough": np.mean([f1[c] for c in enough], axis=0) if enough else np.full(len(weights), np.nan),
        "weighted_f1": scoring.ratio((np.array(f1) * support).sum(axis=0), support.sum(axis=0)),
        "accuracy": weights @ (truth == given) / weights.sum(axis=1),
    }
    return {
        "sentences": len(scored),
        "documents": len(set(documents)),
        **{name: estimate(values, params.bootstrap).as_row() for name, values in figures.items()},
        "enough": [task.classes[c] for c in enough],
        "classes": {
            name: {"support": counts[c], "f1": estimate(f1[c], params.bootstrap).as_row()}
            for c, name in enumerate(task.classes)
        },
    }
