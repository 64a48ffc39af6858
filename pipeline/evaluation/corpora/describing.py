"""What a corpus holds, in numbers; nothing here repeats a word of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.evaluation.corpora.records import Corpus, CorpusSentence, Target

FEW_FILES = 4


def describe(corpus: Corpus) -> dict[str, Any]:
    """Counts of a corpus by part, class and target, with its hashes; ready for JSON.

    A section is a part of the split, or one half of it where a rule other than the split says which sentences may be
    read.
    """
    sections = _sections(corpus)
    return {
        "name": corpus.name,
        "citation": corpus.citation,
        "sha256": corpus.sha256,
        "files": dict(corpus.files),
        "left_out": dict(sorted(corpus.left_out.items())),
        "sections": [_size(part, readable, corpus.sentences) for part, readable in sections],
        "classes": _class_counts(corpus),
        "targets": [
            {"part": part, "readable": readable, "id": target.id, **_sides(corpus, target, part, readable)}
            for target in corpus.targets
            for part, readable in sections
        ],
    }


def corpora_tables(descriptions: Iterable[Mapping[str, Any]]) -> str:
    """The generated block of docs/corpora.md: one section of Markdown per description, in the order given."""
    return "\n\n".join("\n".join(_section_lines(described)) for described in descriptions)


def _sections(corpus: Corpus) -> list[tuple[str, bool]]:
    """(part, whether it may be read) in the corpus's order, what may be read first."""
    parts = list(dict.fromkeys(sentence.part for sentence in corpus.sentences))
    there = {(sentence.part, sentence.readable) for sentence in corpus.sentences}
    return [(part, readable) for part in parts for readable in (True, False) if (part, readable) in there]


def _size(part: str, readable: bool, sentences: Sequence[CorpusSentence]) -> dict[str, Any]:
    inside = [sentence for sentence in sentences if (sentence.part, sentence.readable) == (part, readable)]
    documents = len({sentence.doc_id for sentence in inside})
    groups = len({sentence.group for sentence in inside})
    size = {"sentences": len(inside), "documents": documents, "groups": groups}
    return {"part": part, "readable": readable, **size}


def _class_counts(corpus: Corpus) -> dict[str, int]:
    if corpus.classes is None:
        return {}
    values = [sentence.values[corpus.classes.column] for sentence in corpus.sentences]
    return {value: values.count(value) for value in corpus.classes.values}


def _sides(corpus: Corpus, target: Target, part: str, readable: bool) -> dict[str, int]:
    sentences, holds = corpus.target_values(target)
    pairs = zip(sentences, holds.tolist(), strict=True)
    inside = [yes for sentence, yes in pairs if (sentence.part, sentence.readable) == (part, readable)]
    return {"positive": sum(inside), "negative": len(inside) - sum(inside)}


def _section_lines(described: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {described['name']} in numbers"
    yield ""
    yield from _markdown(
        ["part", "may be read", "sentences", "documents", "groups"],
        [
            [row["part"], _yes(row["readable"]), row["sentences"], row["documents"], row["groups"]]
            for row in described["sections"]
        ],
    )
    yield ""
    yield from _markdown(
        ["target", "part", "may be read", "positive", "negative"],
        [
            [f"`{row['id']}`", row["part"], _yes(row["readable"]), row["positive"], row["negative"]]
            for row in described["targets"]
        ],
    )
    yield ""
    yield f"Classes: {_counted(described['classes'])}. Left out: {_counted(described['left_out']) or 'nothing'}."
    yield ""
    yield from _hash_lines(described)


def _hash_lines(described: Mapping[str, Any]) -> Iterator[str]:
    files: Mapping[str, str] = described["files"]
    number = f"{len(files)} files" if len(files) > 1 else "1 file"
    yield f"SHA-256 of the corpus ({number} read): `{described['sha256']}`"
    if len(files) <= FEW_FILES:
        yield ""
        yield from _markdown(["file", "SHA-256"], [[f"`{name}`", f"`{digest}`"] for name, digest in files.items()])


def _markdown(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{value} {number:,}" for value, number in counts.items())


def _yes(value: bool) -> str:
    return "yes" if value else "no"
