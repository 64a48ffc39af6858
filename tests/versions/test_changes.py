"""What changed in rhetoric between linked sentences, told from words, labels and voices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.core.params import load_params
from pipeline.core.records import Sentence, Voice
from pipeline.learning.annotator import AnnotatedSentence
from pipeline.versions.changes import FoundChange, Side, changes_between
from pipeline.versions.lexicon import Lexicon, forms, load_lexicon
from pipeline.versions.sources import source_change
from pipeline.versions.stretches import Stretch, Word, stretches

REPOSITORY = Path(__file__).parents[2]
PARAMS = load_params(REPOSITORY / "params.yaml").versions
LEXICON = load_lexicon(REPOSITORY / "labels" / "comparison.yaml")

HIGH, LOW = 0.9, 0.1


def words(text: str, **charges: float) -> list[Word]:
    """The words of a text, those named with their charge."""
    found, place = [], 0
    for form in text.split():
        start = text.index(form, place)
        place = start + len(form)
        found.append(Word(0, start, place, form, charges.get(form, 0.0)))
    return found


def side(text: str = "Boats left.", voices: Sequence[tuple[str, Voice]] = (), **scores: float) -> Side:
    """A body sentence with probabilities; labels from a half on."""
    labels = tuple(label for label, score in scores.items() if score >= 0.5)
    sentence = Sentence("pier", 0, 0, "body", 0, len(text), text)
    known = {"report": 0.0, "prediction": 0.0, "loaded_language": 0.0} | scores
    return Side((AnnotatedSentence(sentence, labels, known, voices=tuple(voices)),))


def found(before: Side, after: Side, differing: Sequence[Stretch] = ()) -> list[FoundChange]:
    return list(changes_between(before, after, differing, LEXICON, PARAMS))


def kinds(source: Sequence[Word], version: Sequence[Word]) -> list[str]:
    return [change.kind for change in found(side(), side(), stretches(source, version))]


def test_a_stretch_has_what_went_and_what_came() -> None:
    one, other = words("they sent geriatric loyalists", geriatric=HIGH), words("they sent older loyalists")
    [stretch] = stretches(one, other)
    assert [word.form for word in (*stretch.source, *stretch.version)] == ["geriatric", "older"]
    assert (stretch.source_charge, stretch.version_charge) == (HIGH, 0.0)


def test_a_word_that_only_moved_or_changed_its_form_has_no_charge() -> None:
    one, other = words("scheming men met", scheming=HIGH), words("men schemed today", schemed=HIGH)
    charges = [(stretch.source_charge, stretch.version_charge) for stretch in stretches(one, other)]
    assert set(charges) == {(0.0, 0.0)}


def test_equal_words_have_no_stretch() -> None:
    assert stretches(words("a b a"), words("a b a")) == []


FORMS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8)


@given(FORMS, FORMS)
def test_stretches_turn_the_source_into_the_version(source: list[str], version: list[str]) -> None:
    ours, theirs = words(" ".join(source)), words(" ".join(version))
    changed = stretches(ours, theirs)
    kept = [word.form for word in ours if not any(word in stretch.source for stretch in changed)]
    assert kept == [word.form for word in theirs if not any(word in stretch.version for stretch in changed)]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (HIGH, LOW, "loaded_removed"),
        (LOW, HIGH, "loaded_added"),
        (HIGH, HIGH - PARAMS.shifted / 2, "loaded_replaced"),
        (HIGH, PARAMS.charged, "loaded_softened"),
        (PARAMS.charged, HIGH, "loaded_sharpened"),
    ],
)
def test_the_charge_of_a_wording_falls_or_rises(before: float, after: float, kind: str) -> None:
    assert kinds(words("geriatric men", geriatric=before), words("older men", older=after)) == [kind]


def test_a_plain_rewording_is_no_change() -> None:
    assert kinds(words("elderly men", elderly=LOW), words("older men", older=LOW)) == []


def test_a_dropped_word_is_a_change_without_a_counterpart() -> None:
    [change] = found(side(), side(), stretches(words("vile old men", vile=HIGH), words("old men")))
    assert (change.kind, change.source, change.version, change.charge) == (
        "loaded_removed",
        ((0, 0, 4),),
        (),
        (HIGH, 0.0),
    )


def test_a_long_stretch_may_hold_several_wordings() -> None:
    charges = {"free-trade": LOW, "swindle": HIGH, "murdered": HIGH, "vile": HIGH}
    plain, apart = words("on tariffs"), words("on free-trade swindle our murdered vile flax", **charges)
    told = [
        [apart[i].form for i in range(7) for place in one.version if apart[i].start == place[1]]
        for one in found(side(), side(), stretches(plain, apart))
    ]
    assert told == [["free-trade", "swindle", "our"], ["murdered", "vile", "flax"]]
    assert kinds(apart, plain) == ["loaded_removed", "loaded_removed"]


def test_each_wording_of_a_stretch_has_its_own_charge() -> None:
    least = PARAMS.charged
    two = words("vile x crooked", vile=HIGH, crooked=least)
    told = found(side(), side(), stretches(two, words("nasty", nasty=least + PARAMS.shifted / 2)))
    assert [(one.kind, one.charge) for one in told] == [
        ("loaded_softened", (HIGH, least + PARAMS.shifted / 2)),
        ("loaded_replaced", (least, least + PARAMS.shifted / 2)),
    ]
    gone = found(side(), side(), stretches(words("our vile x crooked", vile=HIGH, crooked=least), words("our")))
    assert [one.charge for one in gone] == [(HIGH, 0.0), (least, 0.0)]


def test_a_verb_of_saying_that_convicts_is_told_as_such() -> None:
    charged = {"admitted": PARAMS.lexicon_charge}
    assert kinds(words("she told us"), words("she admitted it", **charged)) == ["reporting_verb"]
    assert kinds(words("she admitted it", **charged), words("she told us")) == ["reporting_verb"]
    assert kinds(words("she said so"), words("she told us")) == []
    two = words("admitted it with vile glee", **charged, vile=HIGH)
    assert kinds(words("told us"), two) == ["reporting_verb"]


@pytest.mark.parametrize(("empty", "kind"), [(1, "sentence_lost"), (0, "sentence_added")])
def test_a_lost_or_added_sentence_is_one_change(empty: int, kind: str) -> None:
    sides = [side(report=HIGH), side(report=HIGH)]
    sides[empty] = Side(())
    assert found(sides[0], sides[1]) == [FoundChange(kind)]


def test_a_label_is_told_beyond_the_margin_only() -> None:
    sure = found(side(report=0.95), side(report=0.95 - PARAMS.margin - 0.01))
    assert sure == [FoundChange("label_removed", "report", probability=(0.95, 0.95 - PARAMS.margin - 0.01))]
    assert found(side(report=0.55), side(report=0.45)) == []


def test_loaded_language_is_told_by_its_wordings() -> None:
    assert found(side(loaded_language=0.95), side(loaded_language=0.05)) == []


def test_captions_have_no_labels_to_lose() -> None:
    caption = AnnotatedSentence(Sentence("pier", 0, 0, "caption", 0, 5, "Boats"))
    assert found(Side((caption,)), side(report=0.95)) == []


def test_a_prediction_that_is_no_longer_quoted_has_changed_its_voice() -> None:
    quoted, own = (side(voices=[("prediction", voice)], prediction=HIGH) for voice in ("quoted", "author"))
    attributed = side(voices=[("prediction", "attributed")], prediction=HIGH)
    assert found(quoted, own) == [FoundChange("voice_changed", "prediction")]
    assert found(attributed, own) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("“It sank,” said Mira Holt.", "“It sank,” an official said.", "source_anonymised"),
        ("“It sank,” an official said.", "“It sank,” said Mira Holt.", "source_named"),
        ("“It sank,” said Mira Holt.", "“It sank,” said Myra Holdt.", None),
        ("It sank off Aldersby.", "It sank, an official said.", None),
        ("“It sank,” said Mira Holt.", "It sank.", None),
    ],
)
def test_a_source_loses_or_gets_its_name(before: str, after: str, kind: str | None) -> None:
    assert source_change(before, after, LEXICON) == kind


@pytest.mark.parametrize(
    ("word", "inflected"),
    [
        ("admit", {"admits", "admitted", "admitting"}),
        ("concede", {"concedes", "conceded", "conceding"}),
        ("deny", {"denies", "denied", "denying"}),
        ("screech", {"screeches", "screeched"}),
    ],
)
def test_forms_of_a_word(word: str, inflected: set[str]) -> None:
    assert inflected | {word} <= forms([word])


def test_no_verb_of_saying_is_both_neutral_and_convicting() -> None:
    assert LEXICON.neutral & LEXICON.convicting == frozenset()
    assert LEXICON.convicting <= LEXICON.charged
    assert {"said", "told"} <= LEXICON.neutral - LEXICON.charged


@pytest.mark.parametrize("content", ["charged: {}\n", "saying: {neutral: say}\n", "[]\n", "saying: 1\n"])
def test_what_is_no_lexicon_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "comparison.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"comparison\.yaml: needs the keys saying, charged and vague") as error:
        load_lexicon(path)
    assert "\n" not in str(error.value)


def test_the_lexicon_is_made_of_words() -> None:
    assert isinstance(LEXICON, Lexicon)
    assert [word for word in LEXICON.charged if not word.replace("-", "").isalpha()] == []


def test_wordings_of_captions_are_not_told() -> None:
    caption = Side(
        (
            AnnotatedSentence(
                Sentence("pier", 0, 0, "caption", 0, 9, "Vile boat"),
            ),
        )
    )
    [stretch] = stretches(words("vile boat", vile=HIGH), words("old boat"))
    assert found(caption, caption, [stretch]) == []
    assert [change.kind for change in found(side(), side(), [stretch])] == ["loaded_removed"]
