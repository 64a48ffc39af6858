"""A mapping and a folder of published files -> a corpus ready to be scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import sha256_bytes
from pipeline.core.scheme import Scheme
from pipeline.evaluation.corpora.babe import read_babe
from pipeline.evaluation.corpora.cdcp import read_cdcp
from pipeline.evaluation.corpora.folder import DataFolder
from pipeline.evaluation.corpora.mapping import CorpusMapping, Readable, TargetSpec, read_mapping
from pipeline.evaluation.corpora.newsdiscourse import read_newsdiscourse
from pipeline.evaluation.corpora.records import Classes, Corpus, CorpusSentence, Target, Value
from pipeline.evaluation.corpora.table import read_table_file
from pipeline.evaluation.corpora.webis16 import read_webis16

Reader = Callable[[CorpusMapping, DataFolder, Counter[str]], Iterator[CorpusSentence]]

READERS: dict[str, Reader] = {
    "babe": read_babe,
    "webis16": read_webis16,
    "newsdiscourse": read_newsdiscourse,
    "cdcp": read_cdcp,
    "table": read_table_file,
}


def load_corpus(mapping: Path, data: Path, scheme: Scheme) -> Corpus:
    """The corpus that `mapping` describes, read from the folder `data` (for the reader `table` also its file).

    Raises:
        InputError: the mapping breaks a rule, names a label, column or value that does not exist, or has a target
            without positive or without negative sentences; or a file of the corpus is missing or malformed.
    """
    spec = read_mapping(mapping)
    targets = read_targets(spec, mapping, scheme)
    spec, folder = _opened(spec, data)
    left_out: Counter[str] = Counter()
    rows = list(READERS[spec.reader](spec, folder, left_out))
    found = Found(mapping, rows)
    _check_all(found, spec)
    kept = list(_kept(rows, spec, left_out))
    if spec.drops_repeats:
        kept = list(without_repeats(kept, left_out))
    own = spec.classes
    corpus = Corpus(
        name=spec.name,
        citation=spec.citation,
        sentences=[replace(row, readable=may_be_read(row, spec.readable)) for row in kept],
        targets=targets,
        classes=Classes(own.column, tuple(own.values), tuple(own.informed_by)) if own is not None else None,
        split=spec.split,
        sha256=folder.sha256,
        files=dict(sorted(folder.files.items())),
        left_out=+left_out,
        ordered=spec.reader != "babe" and any(row.position > 0 for row in kept),
    )
    _check_sides(corpus, mapping)
    return corpus


def read_targets(spec: CorpusMapping, mapping: Path, scheme: Scheme) -> tuple[Target, ...]:
    """The targets of a mapping, in its order.

    Raises:
        InputError: a target is for another corpus, stands twice, names a label that is not in the scheme, or counts a
            value on two sides.
    """
    targets = tuple(_target(entry, f"targets.{i}", spec.name, mapping) for i, entry in enumerate(spec.targets))
    for i, target in enumerate(targets):
        place = f"targets.{i}.target"
        scheme.check([target.label], mapping, place)
        if target.id in [before.id for before in targets[:i]]:
            raise InputError(mapping, f"{target.id!r} stands twice", place=place)
    return targets


def may_be_read(sentence: CorpusSentence, rule: Readable) -> bool:
    """Whether a sentence may be looked at during development."""
    if rule.even_hash_of is not None:
        return int(sha256_bytes(str(sentence.values[rule.even_hash_of]).encode("utf-8")), 16) % 2 == 0
    return sentence.part in (rule.parts or ())


def without_repeats(rows: Iterable[CorpusSentence], left_out: Counter[str]) -> Iterator[CorpusSentence]:
    """The rows but those whose text is already in the training part, or before them where there is no split.

    Case and white space do not count. Within the training part, and within any other, repeats stay.
    """
    known = list(rows)
    before: set[str] = set()
    trained = {row.text.casefold() for row in known if row.part == "train"}
    for row in known:
        text = row.text.casefold()
        if row.part not in ("train", "all") and text in trained:
            left_out[f"{row.part} row that repeats one of train"] += 1
        elif row.part == "all" and text in before:
            left_out["row that repeats an earlier one"] += 1
        else:
            yield row
        before.add(text)


@dataclass(frozen=True)
class Found:
    """The columns and values that a corpus has, against which a mapping is checked."""

    mapping: Path
    rows: Sequence[CorpusSentence]

    def check_column(self, column: str, place: str) -> None:
        """Make sure that the corpus has `column`.

        Raises:
            InputError: it has not; the message lists those it has.
        """
        columns = self.rows[0].values if self.rows else {}
        if column not in columns:
            raise InputError(self.mapping, f"there is no column {column!r} ({', '.join(columns)})", place=place)

    def check_values(self, column: str, values: Iterable[str], place: str) -> None:
        """Make sure that each of `values` occurs in `column`.

        Raises:
            InputError: one never does; the message lists those that do, the most frequent first.
        """
        there = Counter(value for row in self.rows for value in _several(row.values[column]))
        for value in values:
            if value not in there:
                problem = f"{value!r} never occurs in {column!r} ({_some(there)})"
                raise InputError(self.mapping, problem, place=place)

    def check_numbers(self, column: str, place: str) -> None:
        """Make sure that `column` holds numbers where it holds anything.

        Raises:
            InputError: it holds something else.
        """
        for row in self.rows:
            for value in _several(row.values[column]):
                try:
                    float(value or 0)
                except ValueError as error:
                    problem = f"{column!r} holds {value!r}, which is no number"
                    raise InputError(self.mapping, problem, place=place) from error

    def check_part(self, part: str, place: str) -> None:
        """Make sure that a part of the split has sentences.

        Raises:
            InputError: it has none.
        """
        if all(row.part != part for row in self.rows):
            raise InputError(self.mapping, f"the part {part!r} has no sentences", place=place)


def _opened(spec: CorpusMapping, data: Path) -> tuple[CorpusMapping, DataFolder]:
    """The folder, and the mapping with the file in it when `data` is a table's file itself."""
    if spec.table is None or not data.is_file():
        return spec, DataFolder(data)
    table = spec.table.model_copy(update={"file": data.name})
    return spec.model_copy(update={"table": table}), DataFolder(data.parent)


def _target(entry: TargetSpec, place: str, corpus: str, mapping: Path) -> Target:
    theirs, label = (side.strip() for side in entry.target.rsplit("->", maxsplit=1))
    if not theirs.startswith(f"{corpus}:"):
        raise InputError(mapping, f"{entry.target!r} does not begin with '{corpus}:'", place=f"{place}.target")
    sides = [*entry.positive, *(entry.negative or ()), *entry.ignore]
    for value, times in Counter(sides).items():
        if times > 1:
            raise InputError(mapping, f"{value!r} is counted {times} times in {entry.target!r}", place=place)
    negative = frozenset(entry.negative) if entry.negative is not None else None
    positive, ignore = frozenset(entry.positive), frozenset(entry.ignore)
    return Target(f"{theirs}->{label}", entry.column, positive, negative, label, ignore, entry.at_least)


def _check_all(found: Found, spec: CorpusMapping) -> None:
    for part in spec.parts:
        found.check_part(part, f"split.parts.{part}")
    if spec.readable.even_hash_of is not None:
        found.check_column(spec.readable.even_hash_of, "readable.even_hash_of")
    for column, values in spec.leave_out.items():
        found.check_column(column, "leave_out")
        found.check_values(column, values, f"leave_out.{column}")
    for i, target in enumerate(spec.targets):
        found.check_column(target.column, f"targets.{i}.column")
        for key in ("positive", "negative", "ignore"):
            found.check_values(target.column, getattr(target, key) or (), f"targets.{i}.{key}")
        if target.at_least is not None:
            found.check_numbers(target.column, f"targets.{i}.at_least")
    if spec.classes is not None:
        found.check_column(spec.classes.column, "classes.column")
        found.check_values(spec.classes.column, spec.classes.values, "classes.values")
        for column in spec.classes.informed_by:
            found.check_column(column, "classes.informed_by")


def _check_sides(corpus: Corpus, mapping: Path) -> None:
    for i, target in enumerate(corpus.targets):
        _, holds = corpus.target_values(target)
        for side, number in (("positive", holds.sum()), ("negative", (~holds).sum())):
            if number == 0:
                raise InputError(mapping, f"{target.id!r} has no {side} sentences", place=f"targets.{i}")


def _kept(rows: Iterable[CorpusSentence], spec: CorpusMapping, left_out: Counter[str]) -> Iterator[CorpusSentence]:
    """The rows that the mapping does not leave out; the others are counted."""
    for row in rows:
        reasons = [name for name, values in spec.leave_out.items() if {*_several(row.values[name])} & {*values}]
        if reasons:
            left_out[f"{reasons[0]} is {row.values[reasons[0]]!r}"] += 1
        else:
            yield row


def _several(value: Value) -> tuple[str, ...]:
    """The values of a cell."""
    return (value,) if isinstance(value, str) else value


def _some(values: Counter[str], most: int = 12) -> str:
    """The most frequent values, as a list for a message."""
    listed = ", ".join(repr(value) for value, _ in values.most_common(most))
    return listed if len(values) <= most else f"{listed} and {len(values) - most} more"
