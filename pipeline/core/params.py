"""Every number that can change a result, validated as a whole before any stage starts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from pipeline.core.errors import InputError
from pipeline.core.files import read_yaml

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]
Combine = Literal["dawid_skene", "majority"]
Abstention = Literal["missing", "against", "own_class"]
Seed = Annotated[int, Field(ge=0)]


class Section(BaseModel):
    """A section of params.yaml; a key that is not declared here is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def __reduce__(self) -> tuple[Any, ...]:
        """Kept as plain values: pydantic's own state holds a set, whose order changes from run to run."""
        return type(self).model_validate, (self.model_dump(),)


class Bootstrap(Section):
    """How often documents are drawn anew for an interval, from which seed, and how wide the interval is."""

    resamples: Count
    seed: Seed
    level: Share


class LabelParams(Section):
    """How the rules' votes are combined."""

    combine: Combine
    abstention: Abstention
    iterations: Count


class AuditParams(Section):
    """When two sentences count as near duplicates, and how long a run of shared words may be."""

    near_duplicate: Share
    shared_run: Count


class MajorityModel(Section):
    """Every label's more frequent value."""

    kind: Literal["majority"]


class RulesModel(Section):
    """The combined votes of labels/rules.yaml."""

    kind: Literal["rules"]


class Ngrams(Section):
    """Which n-grams are counted, and how rare one may be; `min_df` counts sentences."""

    min_n: Count
    max_n: Count
    min_df: Count

    @model_validator(mode="after")
    def _in_order(self) -> Ngrams:
        if self.max_n < self.min_n:
            raise ValueError("max_n must not be below min_n")
        return self


class LinearModel(Section):
    """Logistic regression, one label against the rest, over sparse features."""

    kind: Literal["linear"]
    words: Ngrams
    patterns: Ngrams | None
    """N-grams of word classes, from which the subject of a text is gone."""
    characters: Ngrams | None
    """N-grams inside words."""
    surface: bool
    rules: bool
    wording: bool
    """Whether the word-level model's out-of-fold scores are features."""
    edits: bool
    """Whether edited sentences teach too."""
    context: Positive | None
    """Inverse strength of the penalty of a second stage over neighbours and place; None for no such stage."""
    C: Positive
    class_weight: Literal["balanced"] | None
    folds: Annotated[int, Field(ge=2)]
    seed: Seed


Model = Annotated[MajorityModel | RulesModel | LinearModel, Field(discriminator="kind")]


class EvaluateParams(Section):
    """When a figure rests on too little, and how finely the reliability curve is cut."""

    too_few_positives: Count
    too_few_documents: Count
    bins: Count

    def enough(self, positives: int, documents: int) -> bool:
        """Whether a figure resting on so many positives in so many documents is told at all."""
        return positives >= self.too_few_positives and documents >= self.too_few_documents


class SharesParams(Section):
    """When a share is not estimable, and how the estimates are tried out."""

    least_gap: Share
    """The lower bound of TPR - FPR from which an adjusted count is given."""
    mixes: Count
    """Random halves of the genres."""
    samples: tuple[Count, ...]
    """Numbers of sentences labelled by hand."""
    draws: Count
    """Samples of each number."""
    documents: Count
    """A topic with fewer has no share."""

    @field_validator("samples", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value


class AlignParams(Section):
    """From which likeness on sentences of two versions are joined: twice what they share, of what both have."""

    carried: Share
    """In the order of the text."""
    moved: Share
    """Out of the order of the text."""
    grouped: Share
    """By how much more for every sentence by which a link is larger than one to one."""


class ControlParams(Section):
    """How often labels are shuffled, and how many leaks are planted."""

    shuffles: Count
    planted: Count


class Gate(Section):
    """A figure with an interval that has to keep a bound, or a plain figure."""

    file: str
    """Below metrics/."""
    figure: tuple[str, ...]
    """The keys that lead to it in the file."""
    least: float | None = None
    most: float | None = None

    @field_validator("figure", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _bounded(self) -> Gate:
        if self.least is None and self.most is None:
            raise ValueError("needs a bound, least or most")
        return self


class AnnotateParams(Section):
    """When a sentence is called uncertain: when none of its labels is at least so probable."""

    confidence: Share


class VersionsParams(Section):
    """How two versions of a text are compared."""

    align: AlignParams
    lexicon_charge: Share
    """The charge of a word in the lexicon of charged words."""
    charged: Share
    """From which charge on a wording is loaded."""
    next: Count
    """How many words apart charged words make one wording at most."""
    shifted: Share
    """From which difference on a loaded wording is softened or sharpened, not merely replaced."""
    margin: Share
    """From which difference of probability on a label gained or lost is told."""


class Params(Section):
    """The whole of params.yaml."""

    bootstrap: Bootstrap
    label: LabelParams
    audit: AuditParams
    models: dict[str, Model]
    evaluate: EvaluateParams
    shares: SharesParams
    controls: ControlParams
    gates: dict[str, Gate]
    annotate: AnnotateParams
    versions: VersionsParams

    def model(self, name: str, path: Path) -> Model:
        """The model of that name.

        Raises:
            InputError: there is none; the message says which there are in `path`.
        """
        if name not in self.models:
            raise InputError(path, f"has no model {name!r} ({', '.join(self.models)})", place="models")
        return self.models[name]

    def linear_model(self, name: str, path: Path) -> LinearModel:
        """The linear model of that name.

        Raises:
            InputError: there is none, or it is of another kind.
        """
        chosen = self.model(name, path)
        if not isinstance(chosen, LinearModel):
            raise InputError(path, "must be a linear model", place=f"models.{name}")
        return chosen


def load_params(path: Path) -> Params:
    """The validated content of params.yaml.

    Raises:
        InputError: a key is missing, misspelt or out of range; the message names key, rule and value.
    """
    try:
        return Params.model_validate(read_yaml(path))
    except ValidationError as error:
        raise _told(path, error.errors()[0]) from error


def _told(path: Path, fault: ErrorDetails) -> InputError:
    """A fault under the key that it has in the file: pydantic adds a model's kind, and leaves out a wrong one."""
    key, problem, got = [str(part) for part in fault["loc"]], fault["msg"].lower(), f" (got {fault['input']!r})"
    if key[:1] == ["models"]:
        del key[2:3]
    if fault["type"].startswith("union_tag"):
        key.append("kind")
        kinds = "input should be 'majority', 'rules' or 'linear'"
        tag = fault.get("ctx", {}).get("tag")
        problem, got = (kinds, f" (got {tag!r})") if tag is not None else ("field required", "")
    return InputError(path, problem + ("" if fault["type"] == "missing" else got), place=".".join(key) or None)
