"""The documents of the report: what is known of each, its text in paragraphs, and its counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.core.files import read_jsonl
from pipeline.core.records import Document, GoldSentence, Kind, Reject, Sentence, fold
from pipeline.core.scheme import Scheme
from pipeline.core.tables import DOCUMENTS, SENTENCES, read_table
from pipeline.learning.cues import Cue
from pipeline.learning.split import ManifestEntry
from pipeline.report.counting import LabelCount, label_counts
from pipeline.report.domain import measured, notices
from pipeline.report.marks import PageSentence, Place, page_sentence
from pipeline.report.names import page_names
from pipeline.report.predicted import PredictedSentence

_LONGEST_TITLE = 110


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of documents and sentences beside what the model says of them."""

    manifest: Mapping[str, ManifestEntry]
    gold: Mapping[Place, GoldSentence]
    """By document id and start."""
    cues: Mapping[Place, Mapping[str, tuple[Cue, ...]]]
    """By document id and position, then by label."""
    parts: Mapping[str, str]
    """The side of the split that a document is on, `train` or `test`."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a document with its sentences."""

    kind: Kind
    sentences: tuple[PageSentence, ...]
    is_title: bool
    """Whether it is the heading that the document has its title from."""

    @property
    def text(self) -> str:
        """Its sentences in a row."""
        return " ".join(item.said.sentence.text for item in self.sentences)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document as its page shows it."""

    doc_id: str
    source: str
    entry: ManifestEntry | None
    """What the manifest knows of it; None for one's own documents."""
    title: str
    file: str
    """The name of the page's file."""
    paragraphs: tuple[Paragraph, ...]
    counts: Mapping[str, LabelCount]
    """By label id."""
    counted: int
    """How many sentences are labelled: headings and body."""
    passed_over: int
    """How many sentences are not: captions and furniture."""
    uncertain: int
    part: str
    """The side of the split it is on, `train` or `test`; empty for a document that is on none."""
    notices: tuple[str, ...]
    """What a reader should mind: how it lies outside of what the model was measured on."""

    @property
    def sentences(self) -> Iterator[PageSentence]:
        """All sentences, in order."""
        return (item for paragraph in self.paragraphs for item in paragraph.sentences)

    @property
    def has_gold(self) -> bool:
        """Whether annotators have seen a sentence of it."""
        return any(item.gold for item in self.sentences)

    @property
    def differing(self) -> int:
        """How many sentences have other labels from the model than from the annotators."""
        return sum(item.differs for item in self.sentences)

    @property
    def title_in_text(self) -> bool:
        """Whether the title stands in the text, as a heading."""
        return any(paragraph.is_title for paragraph in self.paragraphs)


def read_rejects(folders: Iterable[Path]) -> list[Reject]:
    """What the read stage left out, and why, folder by folder.

    Raises:
        InputError: a folder has no rejects.jsonl, or a row of it is not a reject.
    """
    rejects = []
    for path in (folder / "rejects.jsonl" for folder in folders):
        for number, row in read_jsonl(path):
            if row.keys() != {"source", "reason"}:
                raise InputError(path, f"needs the keys source and reason, has {sorted(row)}", place=number)
            rejects.append(Reject(**row))
    return rejects


def read_pages(
    folders: Sequence[Path], predicted: Sequence[PredictedSentence], known: Known, scheme: Scheme
) -> list[DocumentPage]:
    """A page for every document in `folders`, by title.

    Raises:
        InputError: two folders have a document of one id, or the sentences are not those that `predicted` labels.
    """
    own: dict[str, list[PredictedSentence]] = {}
    for item in predicted:
        own.setdefault(item.sentence.doc_id, []).append(item)
    documents = _documents(folders)
    for folder in folders:
        _check_labelled(folder, own)
    files = page_names(documents)
    texts = {doc_id: [item.sentence.text for item in items if item.counted] for doc_id, items in own.items()}
    range_ = measured(texts, known.parts)
    pages = [
        _page(document, own.get(doc_id, []), known, files[doc_id], notices(texts.get(doc_id, []), range_), scheme)
        for doc_id, document in documents.items()
    ]
    return sorted(pages, key=lambda page: (page.title.casefold(), page.doc_id))


def _documents(folders: Iterable[Path]) -> dict[str, Document]:
    """The documents of all folders, by id; none may stand twice."""
    documents: dict[str, Document] = {}
    for folder in folders:
        for document in (Document(**row) for row in read_table(folder / "documents.parquet", DOCUMENTS)):
            if document.doc_id in documents:
                raise InputError(
                    folder, f"has the document id '{document.doc_id}' of {documents[document.doc_id].source}"
                )
            documents[document.doc_id] = document
    return documents


def _check_labelled(folder: Path, labelled: Mapping[str, Sequence[PredictedSentence]]) -> None:
    """Raise unless what is labelled are the sentences of `folder`, in their order."""
    path = folder / "sentences.parquet"
    rows = [Sentence(**row) for row in read_table(path, SENTENCES)]
    for doc_id, sentences in groupby(rows, key=lambda sentence: sentence.doc_id):
        if list(sentences) != [item.sentence for item in labelled.get(doc_id, [])]:
            raise InputError(
                path, f"the sentences of '{doc_id}' are not those that were labelled; run the stage predict"
            )


def _page(
    document: Document,
    predicted: Sequence[PredictedSentence],
    known: Known,
    file: str,
    minded: tuple[str, ...],
    scheme: Scheme,
) -> DocumentPage:
    doc_id = document.doc_id
    sentences = [
        page_sentence(
            item,
            known.gold.get((doc_id, item.sentence.start)) if item.counted else None,
            known.cues.get((doc_id, item.sentence.position), {}),
            scheme,
        )
        for item in predicted
    ]
    lines = [tuple(own) for _, own in groupby(sentences, key=lambda item: item.said.sentence.paragraph)]
    plain = [Paragraph(own[0].said.sentence.kind, own, is_title=False) for own in lines]
    entry = known.manifest.get(doc_id)
    title = entry.title if entry else _first_line(plain) or doc_id
    counted = [item for item in predicted if item.counted]
    return DocumentPage(
        doc_id,
        document.source,
        entry,
        title,
        file,
        tuple(_with_title(plain, title)),
        label_counts(sentences, scheme),
        len(counted),
        len(predicted) - len(counted),
        sum(item.uncertain for item in counted),
        known.parts.get(doc_id, ""),
        minded,
    )


def _first_line(paragraphs: Sequence[Paragraph]) -> str:
    """The first heading, or else the first line, cut at a word where it is long."""
    headings = [paragraph for paragraph in paragraphs if paragraph.kind == "heading"]
    text = fold((headings or [*paragraphs, Paragraph("body", (), is_title=False)])[0].text)
    if headings or len(text) <= _LONGEST_TITLE:
        return text
    return text[:_LONGEST_TITLE].rpartition(" ")[0].rstrip(",;:–—- ") + " …"


def _with_title(paragraphs: Sequence[Paragraph], title: str) -> list[Paragraph]:
    """`paragraphs`, the first heading known as the title if it says what the title says."""
    first = next((number for number, own in enumerate(paragraphs) if own.kind == "heading"), None)
    return [
        Paragraph(own.kind, own.sentences, number == first and fold(own.text).casefold() == fold(title).casefold())
        for number, own in enumerate(paragraphs)
    ]
