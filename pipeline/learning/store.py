"""How a model is kept: one joblib file, and beside it a record with its SHA-256, without which it is not loaded."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import joblib
import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import CountVectorizer

from pipeline.core.errors import InputError, ModelError
from pipeline.core.files import read_bytes, read_json, replacing, sha256_bytes, write_json
from pipeline.core.records import Sentence
from pipeline.learning.vectorizers import forget_identity

Floats = npt.NDArray[np.float64]


class SentenceModel(Protocol):
    """What every model of the project can do, whatever it is made of."""

    thresholds_: Floats
    """Probability from which each label is given, shape (n_labels,)."""
    out_of_fold_: Floats
    """After fitting only: probabilities of the training sentences by models that have not seen their work."""

    def predict_proba(self, sentences: Sequence[Sentence]) -> Floats:
        """The calibrated probability of every label, shape (n, n_labels)."""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model with what is needed to use it on a new text."""

    name: str
    labels: tuple[str, ...]
    voiced: tuple[str, ...]
    """The labels that carry a voice."""
    scheme_version: str
    confidence: float
    """A sentence is uncertain when none of its labels is at least so probable."""
    model: SentenceModel


class _ValuePickler(pickle.Pickler):
    """Bytes that depend on values alone, not on which objects are the same one or on what else was imported.

    What is shared is written anew each time: a model that went through another process holds copies where one that
    did not holds the same object. It is not joblib's own pickler, which dill, once imported, changes.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream, protocol=4)
        self.fast = True

    def reducer_override(self, obj: object) -> Any:
        """As usual, but a vectorizer goes without the identity that every use gives it anew."""
        if isinstance(obj, CountVectorizer):
            forget_identity(obj)
        return NotImplemented


def pickled(model: object) -> bytes:
    """`model` as joblib reads it; equal models give equal bytes, used or not."""
    stream = io.BytesIO()
    _ValuePickler(stream).dump(model)
    return stream.getvalue()


def save_model(path: Path, record: Path, stored: StoredModel, facts: dict[str, Any]) -> None:
    """Write the model and its record; `facts` go into the record beside the SHA-256 of the model file."""
    with replacing(path) as temporary:
        content = zlib.compress(pickled(stored), 3)
        temporary.write_bytes(content)
    own = {"name": stored.name, "labels": list(stored.labels), "scheme_version": stored.scheme_version}
    write_json(record, {**facts, **own, "sha256": sha256_bytes(content)})


def load_model(path: Path, record: Path) -> tuple[StoredModel, str]:
    """The model in `path` and its SHA-256.

    Raises:
        InputError: the model or its record cannot be read.
        ModelError: the file is not the one that its record describes.
    """
    digest = sha256_bytes(read_bytes(path))
    facts = read_json(record)
    recorded = facts.get("sha256") if isinstance(facts, dict) else None
    if digest != recorded:
        raise ModelError(f"{path}: its SHA-256 is {digest}, not {recorded} as {record} says")
    stored = joblib.load(path)
    if not isinstance(stored, StoredModel):
        raise InputError(path, f"holds a {type(stored).__name__}, not a model of this pipeline")
    return stored, digest
