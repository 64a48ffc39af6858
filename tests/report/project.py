"""A small project for the report: two documents of the corpus and, where a test wants it, one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.core.files import write_json, write_jsonl
from pipeline.core.records import Document, GoldSentence, Kind, Line, Sentence, Span, Voice
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import CUES, DOCUMENTS, ERRORS, GOLD, LINES, SENTENCES, write_table
from pipeline.labelling.gold import gold_row
from pipeline.learning.output import columns
from pipeline.stages.report import run

ROOT = Path(__file__).parents[2]
SCHEME = load_scheme(ROOT / "labels" / "scheme.yaml")
MODEL = "ab" * 32


def scores(f1: float, enough: bool = True) -> dict[str, Any]:
    """A label's figures as the stage evaluate writes them, for ten sentences; all but F1 are 0.5."""
    names = ("precision", "recall", "average_precision", "auc", "mcc", "brier", "calibration_error")
    return {"support": 10, "enough": enough, **{name: {"value": 0.5} for name in names}, "f1": {"value": f1}}


@dataclass
class Said:
    """A sentence and what the model says of it; `loaded` are wordings with their voice."""

    text: str
    labels: Sequence[str] = ()
    loaded: Sequence[tuple[str, Voice]] = ()
    kind: Kind = "body"
    paragraph: int = 0
    uncertain: bool = False
    voices: dict[str, Voice] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    gold: Sequence[str] | None = None
    """The annotators' labels, if they have seen it."""
    gold_loaded: Sequence[tuple[str, Voice]] = ()
    cues: dict[str, dict[str, float]] = field(default_factory=dict)
    """By label, then by feature."""


@dataclass
class Project:
    """Everything the stage reads, in a folder of its own."""

    folder: Path
    corpus: dict[str, list[Said]] = field(default_factory=dict)
    local: dict[str, list[Said]] = field(default_factory=dict)
    manifest: dict[str, dict[str, str]] = field(default_factory=dict)
    rejects: list[dict[str, str]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, Any] = field(
        default_factory=lambda: {
            "models/main": {
                "macro_f1": {"value": 0.642},
                "labels": {
                    "report": scores(0.715),
                    "testimony": scores(0.8),
                    "common_ground": scores(0.9, enough=False),
                },
                "labels_by_voice": {},
                "loaded_spans": {},
                "loaded_spans_by_voice": {},
            },
            "models/majority": {"macro_f1": {"value": None}, "labels": {}},
            "agreement": {
                "alpha": {"report": {"value": 0.934}, "statistic": {"value": None}},
                "annotators": {},
                "sentences": 3,
                "documents": 2,
            },
            "split": {"parts": {"train": {"sentences": 17, "works": 4}, "test": {"sentences": 5, "works": 2}}},
        }
    )

    def write(self) -> None:
        """Write what the stages before would have written."""
        rows, gold, cues = [], [], []
        for part, documents in (("corpus", self.corpus), ("local", self.local)):
            sentences = _write_read(self.folder / part, documents)
            rows += [_predicted(*pair) for pair in sentences]
            gold += [gold_row(_gold(sentence, item), 2) for sentence, item in sentences if item.gold is not None]
            cues += [row for pair in sentences for row in _cues(*pair)]
            write_jsonl(self.folder / part / "rejects.jsonl", self.rejects if part == "local" else [])
        features = columns(SCHEME.ids, SCHEME.voiced, explain=False)
        write_table(self.folder / "predicted" / "sentences.parquet", rows, features)
        write_jsonl(self.folder / "manifest.jsonl", (_entry(*item) for item in self.manifest.items()))
        write_table(self.folder / "gold.parquet", gold, GOLD)
        write_table(self.folder / "cues.parquet", cues, CUES)
        write_table(self.folder / "errors.parquet", self.errors, ERRORS)
        for name, content in self.figures.items():
            write_json(self.folder / "metrics" / f"{name}.json", content)

    def run(self, out: str = "reports", figures: Path | None = None) -> Path:
        """The report's folder, once the stage has run; on its own figures unless others are given."""
        run(
            read=[self.folder / "corpus", self.folder / "local"],
            predicted=self.folder / "predicted",
            cues=self.folder / "cues.parquet",
            manifest=self.folder / "manifest.jsonl",
            gold=self.folder / "gold.parquet",
            errors=self.folder / "errors.parquet",
            scheme=ROOT / "labels" / "scheme.yaml",
            figures=figures or self.folder / "metrics",
            params=ROOT / "params.yaml",
            out=self.folder / out,
        )
        return self.folder / out

    def page(self, doc_id: str) -> str:
        """The page of a document whose id is its file name, once the stage has run on what is written now."""
        self.write()
        return (self.run() / "documents" / f"{doc_id}.html").read_text(encoding="utf-8")

    def index(self) -> str:
        """The index, once the stage has run on what is written now."""
        self.write()
        return (self.run() / "index.html").read_text(encoding="utf-8")


def _entry(doc_id: str, known: dict[str, str]) -> dict[str, str]:
    usual = {
        "doc_id": doc_id,
        "work": doc_id,
        "title": doc_id,
        "genre": "wire",
        "outlet": "The Gazette",
        "topic": "libraries",
        "register": "plain",
        "language": "en",
        "batch": "b01",
        "origin": "written for a test",
        "licence": "CC-BY-4.0",
        "sha256": "0" * 64,
    }
    return usual | known


def _write_read(folder: Path, documents: dict[str, list[Said]]) -> list[tuple[Sentence, Said]]:
    """Write a folder as the read stage does; its sentences, each with what it was made from."""
    stored, lines = [], []
    sentences: list[tuple[Sentence, Said]] = []
    for doc_id, said in documents.items():
        text = ""
        for position, item in enumerate(said):
            sentence = Sentence(
                doc_id, position, item.paragraph, item.kind, len(text), len(text) + len(item.text), item.text
            )
            lines.append(asdict(Line(doc_id, item.paragraph, item.kind, sentence.start, sentence.end)))
            sentences.append((sentence, item))
            text += item.text + "\n\n"
        stored.append(asdict(Document(doc_id, f"seeds/{folder.name}/{doc_id}.txt", text)))
    write_table(folder / "documents.parquet", stored, DOCUMENTS)
    write_table(folder / "lines.parquet", lines, LINES)
    write_table(folder / "sentences.parquet", [asdict(sentence) for sentence, _ in sentences], SENTENCES)
    return sentences


def _gold(sentence: Sentence, said: Said) -> GoldSentence:
    spans = [(sentence.text.index(wording), wording, voice) for wording, voice in said.gold_loaded]
    marked = tuple(Span(start, start + len(wording), voice) for start, wording, voice in spans)
    return GoldSentence(sentence, sentence.kind, frozenset(said.gold or ()), marked, ())


def _cues(sentence: Sentence, said: Said) -> Iterator[dict[str, Any]]:
    for label, addends in said.cues.items():
        moved = [{"feature": feature, "addend": addend} for feature, addend in addends.items()]
        yield {"doc_id": sentence.doc_id, "position": sentence.position, "label": label, "cues": moved}


def _predicted(sentence: Sentence, said: Said) -> dict[str, Any]:
    counted = said.kind in ("heading", "body")
    spans = []
    place = 0
    for wording, voice in said.loaded:
        start = sentence.text.index(wording, place)
        place = start + len(wording)
        offsets = {"start": start, "end": place, "doc_start": sentence.start + start, "doc_end": sentence.start + place}
        spans.append({**offsets, "voice": voice, "score": 0.9})
    chances = {label: 0.75 if label in said.labels else 0.125 for label in SCHEME.ids} | said.scores
    return {
        **asdict(sentence),
        "labels": list(said.labels),
        "scores": chances if counted else None,
        "uncertain": said.uncertain,
        "spans": spans,
        "voices": {label: said.voices.get(label) for label in SCHEME.voiced if label != "loaded_language"},
        "scheme_version": SCHEME.version,
        "model_sha256": MODEL,
    }
