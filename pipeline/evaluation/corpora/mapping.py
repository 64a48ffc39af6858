"""What a mapping file says: where a corpus's labels stand, and which of them are read as which of ours."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from pipeline.core.errors import InputError
from pipeline.core.files import read_yaml
from pipeline.core.params import Section


def as_text(value: object) -> str:
    """A cell, or a value in a mapping, as text: `true`, `1`, `0.5` as in JSON; nothing for null and NaN.

    Example:
        >>> [as_text(value) for value in ("yes", True, 1, None)]
        ['yes', 'true', '1', '']
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _listed_texts(value: object) -> object:
    """One value as a list of one; numbers and truth values as the text they are compared as."""
    values = value if isinstance(value, list) else [value]
    return [as_text(one) if isinstance(one, bool | int | float) else one for one in values]


Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[str], BeforeValidator(_listed_texts)]
Values = Annotated[list[str], BeforeValidator(_listed_texts), Field(min_length=1)]


class Parts(Section):
    """A published split: for each part the name it has in the corpus (a folder, an archive, values of a column)."""

    kind: Literal["parts"]
    parts: Annotated[dict[Text, Values], Field(min_length=1)]


class Folds(Section):
    """A published cross-validation instead of a split: stratified folds, shuffled with `seed`."""

    kind: Literal["folds"]
    folds: Annotated[int, Field(ge=2)]
    seed: Annotated[int, Field(ge=0)]


class Readable(Section):
    """Which sentences may be looked at: those of some parts, or those whose value of a column hashes even.

    A value hashes even when the SHA-256 of its UTF-8 bytes, read as a number, is even.
    """

    parts: list[Text] | None = None
    even_hash_of: Text | None = None

    @model_validator(mode="after")
    def one_of_two(self) -> Readable:
        """Refuse both keys or none."""
        if (self.parts is None) == (self.even_hash_of is None):
            raise ValueError("needs either parts or even_hash_of")
        return self


class TargetSpec(Section):
    """A target as it is written: `corpus:their label -> our label`, and the values that stand for yes and no."""

    target: Annotated[str, Field(pattern=r"^[^:]+:.+->\s*\S+$")]
    column: Text
    positive: Annotated[Texts, Field(default_factory=list)]
    negative: Values | None = None
    ignore: Annotated[Texts, Field(default_factory=list)]
    at_least: float | None = None
    """In a column of numbers, in the place of `positive`: the number from which a sentence carries the label."""

    @model_validator(mode="after")
    def one_of_two(self) -> TargetSpec:
        """Refuse a target that does not say what is positive, or says it twice."""
        if bool(self.positive) == (self.at_least is not None):
            raise ValueError("needs either positive (values) or at_least (a number)")
        if self.at_least is not None and self.negative is not None:
            raise ValueError("has at_least: every lower number is negative, so negative is not a key beside it")
        return self


class ClassesSpec(Section):
    """The corpus's own single-label task."""

    column: Text
    values: Annotated[Values, Field(min_length=2)]
    informed_by: Annotated[list[Text], Field(default_factory=list)]
    """Further label columns that a learner may be told of in training."""


class TableSpec(Section):
    """Which columns of a table say what; every other column is a label column."""

    file: Text | None = None
    """Name or pattern of the files; None for all tables in the folder."""
    text: Text
    document: Text | None = None
    position: Text | None = None
    group: Text | None = None
    split: Text | None = None
    spans: Text | None = None
    """The column of what was marked: {start, end} or [start, end] by offsets into the text, or words."""
    header: Annotated[list[Text] | None, Field(min_length=1)] = None
    """The columns of a .csv or .tsv file that begins without a line of names."""
    separator: Annotated[str | None, Field(min_length=1, max_length=1)] = None
    """Between the cells of a .csv file; None for the one that gives its header the columns named here."""
    lists: Annotated[dict[Text, Text], Field(default_factory=dict)]
    """Label columns whose cells hold several values -> what stands between them."""


class CorpusMapping(Section):
    """The whole of a mapping file."""

    name: Text
    citation: str = ""
    source: str = ""
    """Where the corpus is had."""
    licence: str = ""
    reader: Literal["babe", "webis16", "newsdiscourse", "cdcp", "table"] = "table"
    split: Annotated[Parts | Folds, Field(discriminator="kind")] | None = None
    readable: Readable = Readable(parts=[])
    repeats: Literal["drop", "keep"] | None = None
    """What becomes of sentences that are already in the training part; None: dropped from tables, else as published."""
    leave_out: Annotated[dict[str, Values], Field(default_factory=dict)]
    """Column -> values whose rows are no part of the data set as it was published."""
    targets: Annotated[list[TargetSpec], Field(min_length=1)]
    classes: ClassesSpec | None = None
    table: TableSpec | None = None

    @property
    def parts(self) -> dict[str, list[str]]:
        """The names in the corpus of each part of the published split; none where it is cross-validated."""
        return self.split.parts if isinstance(self.split, Parts) else {}

    @property
    def places(self) -> Iterator[tuple[str, str]]:
        """Each part with each of its names in the corpus."""
        return ((part, name) for part, names in self.parts.items() for name in names)

    @property
    def drops_repeats(self) -> bool:
        """Whether a sentence is left out when it is already in the training part."""
        return self.repeats == "drop" or (self.repeats is None and self.table is not None)

    @model_validator(mode="after")
    def sections_fit_reader(self) -> CorpusMapping:
        """Refuse a mapping whose reader lacks what it reads by."""
        if (self.reader == "table") != (self.table is not None):
            raise ValueError("the section table goes with the reader 'table', and only with it")
        if self.reader in ("webis16", "newsdiscourse", "cdcp") and not self.parts:
            raise ValueError(f"the reader {self.reader!r} needs a split of kind parts")
        if self.table is not None and (self.table.split is not None) != bool(self.parts):
            raise ValueError("table.split goes with a split of kind parts, and only with it")
        if unknown := sorted(set(self.readable.parts or ()) - set(self.parts)):
            raise ValueError(f"readable.parts: {unknown[0]!r} is not a part of the split ({_listed(self.parts)})")
        return self


def read_mapping(path: Path) -> CorpusMapping:
    """The validated content of a mapping file.

    Raises:
        InputError: a key is missing, misspelt or has a wrong value; the message names key, rule and value.
    """
    try:
        return CorpusMapping.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or None
        raise InputError(path, _problem(first), place=key) from error


_SECTIONS: dict[str, type[BaseModel]] = {
    "parts": Parts,
    "folds": Folds,
    "readable": Readable,
    "targets": TargetSpec,
    "classes": ClassesSpec,
    "table": TableSpec,
}


def _problem(error: ErrorDetails) -> str:
    if error["type"] == "missing":
        return "is missing"
    if error["type"] == "extra_forbidden":
        return f"is not a key here (keys: {_listed(_section_of(error['loc']).model_fields)})"
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    return f"{error['msg'].lower()} (got {error['input']!r})"


def _section_of(place: tuple[int | str, ...]) -> type[BaseModel]:
    if len(place) == 1:
        return CorpusMapping
    return _SECTIONS[str(place[1] if place[0] == "split" else place[0])]


def _listed(names: Any) -> str:
    return ", ".join(names)
