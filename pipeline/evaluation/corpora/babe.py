"""BABE as published: one .csv file of news sentences with expert labels and the words they marked.

Spinde et al., Findings of EMNLP 2021, DOI 10.18653/v1/2021.findings-emnlp.101.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.records import fold
from pipeline.evaluation.corpora.folder import DataFolder, check_columns, csv_rows
from pipeline.evaluation.corpora.mapping import CorpusMapping
from pipeline.evaluation.corpora.records import CorpusSentence

FILE = "final_labels_SG2.csv"
SEPARATOR = ";"
COLUMNS = ("news_link", "outlet", "topic", "type", "label_bias", "label_opinion")


def read_babe(_spec: CorpusMapping, folder: DataFolder, _left_out: Counter[str]) -> Iterator[CorpusSentence]:
    """The sentences in the order of the file; a document is the article behind a link, the group its outlet.

    The positions of an article's sentences follow the file: the corpus does not say where in the article they stood. A
    row without a link is a document of its own.

    Raises:
        InputError: the file or a column is missing, or a row is malformed.
    """
    path = folder.path(FILE)
    seen: Counter[str] = Counter()
    for number, row in enumerate(csv_rows(folder.text(FILE), path, SEPARATOR), start=1):
        check_columns(("text", "biased_words", *COLUMNS), row, path)
        document = row["news_link"] or f"row {number}"
        yield CorpusSentence(
            doc_id=document,
            position=seen[document],
            text=fold(row["text"]),
            group=row["outlet"],
            part="all",
            readable=False,
            values={column: row[column] for column in COLUMNS},
            marked=marked_words(row["biased_words"], path, number),
        )
        seen[document] += 1


def marked_words(cell: str, path: Path, number: int) -> tuple[str, ...]:
    """The words of a cell that is written as a Python list of strings; row `number` counts from 1.

    Raises:
        InputError: the cell is not such a list.

    Example:
        >>> marked_words("['vile', 'so-called']", Path("a.csv"), 1)
        ('vile', 'so-called')
    """
    try:
        words = ast.literal_eval(cell)
    except (ValueError, SyntaxError) as error:
        raise InputError(path, f"biased_words is not a list: {cell[:60]}", place=f"row {number}") from error
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise InputError(path, f"biased_words is not a list of words: {cell[:60]}", place=f"row {number}")
    return tuple(words)
