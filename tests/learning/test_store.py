"""A model is kept with a record of its hash, and not loaded without it."""

from __future__ import annotations

from pathlib import Path

import joblib
import pytest

from pipeline.core.errors import InputError, ModelError
from pipeline.core.files import read_json, sha256_bytes, write_json, write_text
from pipeline.learning.annotator import Annotator
from pipeline.learning.store import load_model, pickled, save_model

from .examples import FULL, LABELS, examples, fitted, fresh, printed_by, stored


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "main.joblib"
    save_model(path, path.with_suffix(".json"), stored(), {"works": 12, "name": "overruled"})
    return path


def test_a_loaded_model_predicts_as_before(saved: Path) -> None:
    loaded, digest = load_model(saved, saved.with_suffix(".json"))
    assert (loaded.name, loaded.labels, loaded.scheme_version) == ("small", LABELS, "1")
    assert digest == sha256_bytes(saved.read_bytes())
    sentences = examples().sentences
    assert loaded.model.predict_proba(sentences).tolist() == fitted().predict_proba(sentences).tolist()
    assert loaded.model.thresholds_.tolist() == fitted().thresholds_.tolist()


def test_what_is_known_only_of_the_training_sentences_is_not_kept(saved: Path) -> None:
    loaded, _ = load_model(saved, saved.with_suffix(".json"))
    kept, had = vars(loaded.model), vars(fitted())
    assert set(had) - set(kept) == {"folds_", "contexts_", "first_look_", "out_of_fold_"}
    assert set(kept) <= set(had)


def test_the_record_says_what_the_model_is(saved: Path) -> None:
    assert read_json(saved.with_suffix(".json")) == {
        "works": 12,
        "name": "small",
        "labels": list(LABELS),
        "scheme_version": "1",
        "sha256": sha256_bytes(saved.read_bytes()),
    }


def test_saves_of_equal_models_give_equal_bytes_even_of_a_loaded_one(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.joblib" for number in range(3)]
    records = [path.with_suffix(".json") for path in paths]
    save_model(paths[0], records[0], stored(fresh()), {})
    save_model(paths[1], records[1], stored(fresh()), {})
    loaded, _ = load_model(paths[0], records[0])
    loaded.model.predict_proba(examples().sentences)
    save_model(paths[2], records[2], loaded, {})
    assert len({path.read_bytes() for path in paths}) == 1
    assert len({record.read_bytes() for record in records}) == 1


def test_neither_the_hash_seed_nor_what_else_is_imported_changes_a_byte() -> None:
    code = """
import hashlib, importlib, os
importlib.import_module(os.environ["IMPORTED_FIRST"])
from learning.examples import fresh
from pipeline.learning.store import pickled
print(hashlib.sha256(pickled(fresh())).hexdigest())
"""
    one, other = printed_by(
        code,
        [
            {"PYTHONHASHSEED": "0", "IMPORTED_FIRST": "json"},
            {"PYTHONHASHSEED": "1", "IMPORTED_FIRST": "dill"},
        ],
    )
    assert one == other == sha256_bytes(pickled(fresh())) + "\n"


@pytest.mark.parametrize("place", [0, 100, -1])
def test_a_flipped_byte_is_refused(saved: Path, place: int) -> None:
    content = bytearray(saved.read_bytes())
    content[place] ^= 1
    saved.write_bytes(content)
    with pytest.raises(ModelError, match=r"its SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64} as ") as caught:
        Annotator.load(saved)
    assert "\n" not in str(caught.value)


def test_a_refused_file_is_never_unpickled(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joblib, "load", lambda _: pytest.fail("unpickled"))
    saved.write_bytes(b"something else")
    with pytest.raises(ModelError):
        Annotator.load(saved)


def test_a_model_without_its_record_is_refused(saved: Path) -> None:
    saved.with_suffix(".json").unlink()
    with pytest.raises(InputError, match=r"main\.json: cannot be read"):
        Annotator.load(saved)


@pytest.mark.parametrize("record", [{}, [], {"sha256": None}, "words"])
def test_a_record_without_a_hash_vouches_for_nothing(saved: Path, record: object) -> None:
    write_json(saved.with_suffix(".json"), record)
    with pytest.raises(ModelError):
        Annotator.load(saved)


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    write_text(tmp_path / "main.json", "{}")
    with pytest.raises(InputError, match=r"main\.joblib: cannot be read"):
        Annotator.load(tmp_path / "main.joblib")


def test_a_file_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "main.joblib"
    joblib.dump({"params": FULL.C}, path)
    write_json(path.with_suffix(".json"), {"sha256": sha256_bytes(path.read_bytes())})
    with pytest.raises(InputError, match="holds a dict, not a model of this pipeline"):
        Annotator.load(path)


def test_the_record_may_lie_elsewhere(saved: Path, tmp_path: Path) -> None:
    elsewhere = saved.with_suffix(".json").rename(tmp_path / "record.json")
    assert Annotator.load(saved, elsewhere).stored.labels == LABELS
