"""Text in, labels and spans out."""

from __future__ import annotations

import gc
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.collector import collector_off
from pipeline.core.errors import InputError
from pipeline.core.records import Document, Kind
from pipeline.learning.annotator import Annotator, pieces_of
from pipeline.learning.baselines import MajorityClassifier
from pipeline.learning.features import LOADED
from pipeline.learning.store import StoredModel, save_model
from pipeline.learning.wordings import words_of

from .examples import CONFIDENCE, LABELS, annotator, examples, fitted, fresh, gold, sentence, stored

WORDS = ("a", "vile", "crook", "will", "the", "ferry", "on", "Monday", "!", "?", "“", "”", "disgraceful", "Ödön")


def test_captions_and_furniture_carry_nothing() -> None:
    text = "Only a vile crook could love the ferry."
    kinds: tuple[Kind, ...] = ("heading", "caption", "body", "furniture")
    annotated = annotator().annotate_sentences([sentence(text, kind, kind=kind) for kind in kinds], explain=True)
    assert [one.sentence.kind for one in annotated] == list(kinds)
    for one in annotated[1::2]:
        assert (one.labels, one.scores, one.uncertain, one.spans, one.voices, one.cues) == ((), None, False, (), (), {})
    for one in annotated[::2]:
        assert LOADED in one.labels
        assert one.spans


def test_a_document_of_captions_alone_can_be_annotated() -> None:
    (found,) = annotator().annotate_sentences([sentence("Photo: the ferry.", kind="caption")], explain=True)
    assert found.scores is None
    assert annotator().annotate([]) == []


def test_texts_are_sentences_of_their_own_in_order() -> None:
    texts = ["She said “we sell.", "It will close.", ""]
    annotated = annotator().annotate(texts)
    assert [one.sentence.text for one in annotated] == texts
    assert [dict(one.voices).get("prediction") for one in annotated][1] == "author"


def test_documents_are_split_into_sentences() -> None:
    text = "Crews reopened the ferry on Monday. The council will sell the ferry next spring."
    annotated = annotator().annotate([Document("a", "a.txt", text), Document("b", "b.txt", text)])
    assert [(one.sentence.doc_id, one.labels) for one in annotated] == [
        ("a", ("report",)),
        ("a", ("prediction",)),
        ("b", ("report",)),
        ("b", ("prediction",)),
    ]


def test_labels_are_those_whose_probability_reaches_its_threshold() -> None:
    sentences = [*examples().sentences, sentence("Nobody knows.", "a"), sentence("", "b")]
    chances = fitted().predict_proba(sentences)
    for found, row in zip(annotator().annotate_sentences(sentences), chances, strict=True):
        assert found.scores == {label: round(float(chance), 4) for label, chance in zip(LABELS, row, strict=True)}
        assert found.uncertain == bool(row.max() < CONFIDENCE)
        assert found.labels == tuple(np.array(LABELS)[row >= fitted().thresholds_])
    assert 0 < (chances.max(axis=1) < CONFIDENCE).sum() < len(sentences)


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), max_size=5))
def test_spans_stand_where_loaded_language_is_given_and_only_there(texts: list[str]) -> None:
    for text, one in zip(texts, annotator().annotate(texts), strict=True):
        wordy = any(character.isalnum() for character in text)
        assert bool(one.spans) == (LOADED in one.labels and wordy)
        assert all(0 <= span.start < span.end <= len(text) for span in one.spans)
        assert all(before.end < after.start for before, after in pairwise(one.spans))
        assert all(0 <= span.score <= 1 for span in one.spans)


def test_loaded_wordings_are_found_where_they_were_marked() -> None:
    item = next(item for item in gold() if item.spans)
    (found,) = annotator().annotate([item.sentence.text])
    assert [(span.start, span.end, span.voice) for span in found.spans] == [
        (span.start, span.end, "author") for span in item.spans
    ]


def test_words_at_least_half_as_likely_as_the_likeliest_are_marked() -> None:
    model = fresh()
    model.thresholds_ = np.zeros(3)
    text = "The vile ferry closed."
    words = words_of([text])
    chances = 1 / (1 + np.exp(-model.heads_.features_.wording_.decision_function(words.tokens)))
    likely = [form for form, chance in zip(words.tokens.forms, chances, strict=True) if chance >= chances.max() / 2]
    (found,) = annotator(model).annotate([text])
    assert [word for span in found.spans for word in text[span.start : span.end].lower().split()] == likely


def test_voices_are_those_of_the_voiced_labels_but_loaded_language() -> None:
    texts = ["The council will sell the ferry next spring.", "“The council will sell the ferry next spring,” she said."]
    voices = [one.voices for one in annotator().annotate(texts)]
    assert voices == [(("prediction", "author"),), (("prediction", "quoted"),)]


def test_cues_sum_to_the_logit_before_calibration() -> None:
    sentences = [*examples().sentences[:10], sentence("It will close on Monday."), sentence("")]
    logits = fitted().decision_function(sentences)
    annotated = annotator().annotate_sentences(sentences, explain=True)
    assert any(len(one.labels) > 1 for one in annotated)
    for one, row in zip(annotated, logits, strict=True):
        assert one.cues is not None
        assert tuple(one.cues) == one.labels
        for label, cues in one.cues.items():
            assert sum(cue.addend for cue in cues) == pytest.approx(row[LABELS.index(label)], abs=1e-9)
            sizes = [abs(cue.addend) for cue in cues[:-2]]
            assert sizes == sorted(sizes, reverse=True)
            assert [cue.feature for cue in cues[-2:]] == ["(other features)", "(intercept)"]


def test_cues_are_left_out_unless_asked_for() -> None:
    assert annotator().annotate(["It will close."])[0].cues is None


def test_a_model_without_words_gives_labels_without_spans_and_cues() -> None:
    majority = MajorityClassifier().fit(examples())
    majority.thresholds_ = np.zeros(3)
    plain = Annotator(StoredModel("majority", LABELS, ("prediction", LOADED), "1", 0.1, majority), "0" * 64)
    (found,) = plain.annotate(["A vile plan."], explain=True)
    assert found.labels == LABELS
    assert (found.spans, found.cues) == ((), {})


@given(sizes=st.lists(st.integers(1, 5), max_size=8), number=st.integers(1, 6))
def test_pieces_part_no_document_and_leave_nothing_out(sizes: list[int], number: int) -> None:
    sentences = [sentence("A.", f"d{which}") for which, size in enumerate(sizes) for _ in range(size)]
    pieces = pieces_of(sentences, number)
    assert [one for piece in pieces for one in piece] == sentences
    assert len(pieces) <= number
    assert all(piece[-1].doc_id != after[0].doc_id for piece, after in pairwise(pieces))


def test_other_processes_know_only_models_from_files() -> None:
    with pytest.raises(ValueError, match="loaded from a file"):
        annotator().annotate(["It will close."], jobs=2)


def test_other_processes_find_the_record_where_it_was(tmp_path: Path) -> None:
    path, record = tmp_path / "model.joblib", tmp_path / "elsewhere" / "record.json"
    record.parent.mkdir()
    save_model(path, record, stored(fresh()), {})
    loaded = Annotator.load(path, record)
    texts = ["It will close.", "Only a vile crook could love the ferry."]
    assert loaded.annotate(texts, jobs=2) == loaded.annotate(texts)
    record.unlink()
    with pytest.raises(InputError, match=r"record\.json"):
        Annotator.load(path, record)


def test_nothing_is_labelled_by_no_process() -> None:
    assert annotator().annotate([], jobs=2) == []


def test_the_collector_is_as_it_was_afterwards() -> None:
    for enabled in (True, False):
        (gc.enable if enabled else gc.disable)()
        with collector_off():
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
    gc.enable()
