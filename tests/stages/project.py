"""A project of twelve tiny works, run by the command lines of dvc.yaml in a folder of its own."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.__main__ import main
from pipeline.core.records import text_hash
from pipeline.core.tables import SENTENCES, read_table
from tests.stages.dvcfile import ROOT, Stage, stages

WORKS = [
    ("Aldersby", "ferry", "Mira Holt", 31),
    ("Brockwell", "library", "Jon Pask", 44),
    ("Cray Point", "lighthouse", "Sal Ortega", 57),
    ("Dunmoor", "tramway", "Edda Lund", 62),
    ("Eastfold", "orchard", "Piet Vos", 75),
    ("Fennick", "sawmill", "Ruta Zale", 86),
    ("Garrow", "bathhouse", "Tom Adair", 93),
    ("Hexley", "windmill", "Ines Ferro", 104),
    ("Ironbeck", "quarry", "Olaf Brand", 117),
    ("Jessop", "bandstand", "Wen Castle", 128),
    ("Kilmory", "cannery", "Una Frame", 139),
    ("Larkhill", "observatory", "Max Dorn", 150),
]
"""Place, thing, person and number of each work."""

HELD_OUT = ("work-03", "work-07", "work-11")

Said = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A sentence, its labels, and the wordings in it that are loaded."""

PASSED_OVER = "Read more: The week in pictures"
"""A line that is furniture; each document ends with it."""

PAIRS = [
    {
        "id": f"{label}-01",
        "label": label,
        "with": f"The pier {said} in May.",
        "without": f"The pier {other} in May.",
    }
    for label, said, other in (
        ("prediction", "will return", "has returned"),
        ("prescription", "should now shut", "is now shut"),
    )
]
"""Pairs that differ in one label."""
SWAPS = {"office": [["mayor", "council"]]}

EDITED = {
    "work-01": ("would ever do without", "will soon do without", ["rhetorical_question", "prediction"]),
    "work-02": ("should now save", "saved", ["report"]),
    HELD_OUT[0]: ("will return", "returned", ["report"]),
}
"""By document: a wording that one of its sentences has, what it was edited to, and the labels that it then has."""

LOADED = ("cowardly", "squalid")
SECOND_PASS = ("work-01", "work-02", *HELD_OUT)
"""What the second annotator saw."""
DISPUTED = "work-02"
"""The annotators differ on its second sentence; the adjudicator sides with the second of them."""


def said_of(place: str, thing: str, person: str, number: int) -> list[list[Said]]:
    """The paragraphs of a work."""
    return [
        [(f"{place} and the {thing}", (), ())],
        [
            (f"The council of {place} closed the {thing} on Monday.", ("report",), ()),
            (f"“Our {thing} made {place} what it is,” {person} said.", ("testimony",), ()),
            (f"Repairs to the {thing} cost {number} crowns, or {number + 7} percent more.", ("statistic",), ()),
        ],
        [
            (f"A {thing} is clearly the best thing about {place}.", ("assertion",), ()),
            (f"When I was ten, {person} showed me the {thing} by night.", ("anecdote",), ()),
            (f"As the saying goes in {place}, every {thing} has its day.", ("common_ground",), ()),
            (f"The cowardly mayor of {place} betrayed a squalid {thing}.", ("assertion", "loaded_language"), LOADED),
        ],
        [
            (f"The {thing} will return to {place} before spring.", ("prediction",), ()),
            (f"Everyone in {place} should now save the {thing}.", ("prescription",), ()),
            (f"Who in {place} would ever do without a {thing}?", ("rhetorical_question",), ()),
        ],
        [(PASSED_OVER, (), ())],
    ]


RULES = [
    ("report_weekday", "report", r"\bon Monday\b", "It closed on Monday.", "It may close."),
    ("assertion_clearly", "assertion", r"\bclearly\b", "It is clearly good.", "It is clear."),
    ("anecdote_childhood", "anecdote", r"(?i)^when i was\b", "When I was young, we swam.", "He was young."),
    ("testimony_said", "testimony", r"\bsaid\.$", "“No,” he said.", "He said it."),
    ("statistic_percent", "statistic", r"\bpercent\b", "It fell five percent.", "It fell."),
    ("common_ground_saying", "common_ground", r"\bsaying goes\b", "As the saying goes, wait.", "He was saying so."),
    ("prediction_will", "prediction", r"\bwill return\b", "It will return.", "His will was read."),
    ("prescription_should", "prescription", r"\bshould\b", "We should go.", "We go."),
    ("question_would", "rhetorical_question", r"\bwould\b.*\?$", "Who would go?", "He would go."),
    ("loaded_cowardly", "loaded_language", r"\bcowardly\b", "A cowardly act.", "A brave act."),
]

_LEARNER = {
    "kind": "linear",
    "words": {"min_n": 1, "max_n": 1, "min_df": 1},
    "patterns": None,
    "characters": None,
    "surface": False,
    "rules": False,
    "wording": False,
    "edits": False,
    "context": None,
    "C": 10.0,
    "class_weight": "balanced",
    "folds": 2,
    "seed": 0,
}
_CHARACTERS = {"min_n": 2, "max_n": 3, "min_df": 2}
PARAMS: dict[str, Any] = {
    "bootstrap": {"resamples": 20, "seed": 0, "level": 0.95},
    "label": {"combine": "dawid_skene", "abstention": "own_class", "iterations": 10},
    "audit": {"near_duplicate": 0.8, "shared_run": 8},
    "models": {
        "majority": {"kind": "majority"},
        "rules": {"kind": "rules"},
        "tfidf": _LEARNER,
        "main": _LEARNER
        | {
            "patterns": _CHARACTERS,
            "characters": _CHARACTERS,
            "surface": True,
            "rules": True,
            "wording": True,
            "edits": True,
            "context": 0.001,
        },
    },
    "evaluate": {"too_few_positives": 3, "too_few_documents": 3, "bins": 10},
    "shares": {"least_gap": 0.2, "mixes": 4, "samples": [8, 16], "draws": 10, "documents": 3},
    "controls": {"shuffles": 5, "planted": 3},
    "gates": {
        "main ahead of the majority": {
            "file": "differences.json",
            "figure": ["ahead_of", "majority", "macro_f1"],
            "least": 0.0,
        },
        "leaks": {"file": "controls.json", "figure": ["leaks", "found_share"], "least": 1.0, "most": 1.0},
    },
    "annotate": {"confidence": 0.5},
    "versions": {
        "align": {"carried": 0.12, "moved": 0.3, "grouped": 0.03},
        "lexicon_charge": 0.5,
        "charged": 0.4,
        "next": 1,
        "shifted": 0.2,
        "margin": 0.3,
    },
}

ORDER = (
    *("read", "agree", "versions", "split", "label", "audit", "train", "evaluate"),
    *("differences", "slices", "shares", "contrast", "invariance", "controls", "gates"),
    *("summarise", "predict", "compare-families", "report", "gate"),
)


def work_id(number: int) -> str:
    """The id of the work, and of its only document."""
    return f"work-{number:02}"


@dataclass(frozen=True)
class Mini:
    """The folder of such a project."""

    folder: Path

    @property
    def stages(self) -> dict[str, Stage]:
        """The stages of its dvc.yaml."""
        return stages(self.folder)

    def path(self, name: str) -> Path:
        """A file of the project."""
        return self.folder / name

    def run(self, *words: str) -> int:
        """The exit code of a command, run inside the project."""
        with chdir(self.folder):
            return main(words)

    def stage(self, name: str) -> int:
        """The exit code of a stage's command line."""
        return self.run(*self.stages[name].words)

    def make(self, *kinds: str) -> None:
        """Run all stages of these kinds, or all there are, in order."""
        for kind in kinds or ORDER:
            for name in self.stages:
                if name.partition("@")[0] == kind:
                    assert self.stage(name) == 0, name

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a JSON-lines file."""
        return [json.loads(line) for line in self.path(name).read_text(encoding="utf-8").splitlines()]

    def json(self, name: str) -> Any:
        """The value of a JSON file."""
        return json.loads(self.path(name).read_text(encoding="utf-8"))

    def write(self, name: str, text: str) -> Path:
        """Write a file of the project."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return path

    def write_rows(self, name: str, rows: Iterable[dict[str, Any]]) -> Path:
        """Write a JSON-lines file."""
        return self.write(name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))

    def change_params(self, place: str, value: object) -> None:
        """Put another value at `place`, a path of keys; a key that is not there is added."""
        params = yaml.safe_load(self.path("params.yaml").read_text(encoding="utf-8"))
        *way, last = place.split(".")
        inner = params
        for key in way:
            inner = inner[key]
        inner[last] = value
        self.write("params.yaml", yaml.safe_dump(params, sort_keys=False))

    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file of the project, hidden ones too, by its name."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def copy_to(self, folder: Path) -> Mini:
        """Another such project with the same files."""
        return Mini(Path(shutil.copytree(self.folder, folder)))


def write_inputs(folder: Path) -> Mini:
    """A project with what people write: documents, manifest, split, scheme, rules, params, contrast pairs."""
    mini = Mini(folder)
    (folder / "seeds" / "local").mkdir(parents=True)
    shutil.copy(ROOT / "dvc.yaml", folder)
    mini.write("params.yaml", yaml.safe_dump(PARAMS, sort_keys=False))
    for name in ("labels/scheme.yaml", "labels/comparison.yaml"):
        mini.write(name, (ROOT / name).read_text(encoding="utf-8"))
    rules = [
        {"name": n, "label": label, "vote": "for", "pattern": p, "why": "A cue.", "match": [yes], "reject": [no]}
        for n, label, p, yes, no in RULES
    ]
    mini.write("labels/rules.yaml", yaml.safe_dump(rules, sort_keys=False))
    mini.write("labels/split.yaml", yaml.safe_dump({"test": list(HELD_OUT)}))
    mini.write_rows("labels/contrast/pairs.jsonl", PAIRS)
    mini.write("labels/identity/swaps.yaml", yaml.safe_dump(SWAPS))
    for name in ("families", "alignment", "changes"):
        mini.write_rows(f"labels/versions/{name}.jsonl", [])
    mini.write_rows("seeds/manifest.jsonl", [_document(mini, *item) for item in enumerate(WORKS, start=1)])
    return mini


def write_gold(mini: Mini) -> None:
    """Annotations of every sentence that was read; two passes over some of it, which differ once."""
    first = list(_annotations(mini))
    second = [{**row, "annotator": "two"} for row in first if row["doc_id"] in SECOND_PASS]
    place = [row["doc_id"] for row in second].index(DISPUTED) + 1
    second[place] = {**second[place], "labels": ["report", "testimony"]}
    mini.write_rows("labels/gold/first.jsonl", first)
    mini.write_rows("labels/gold/second.jsonl", second)
    mini.write_rows("labels/gold/adjudicated.jsonl", [{**second[place], "annotator": "three"}])


def write_edits(mini: Mini) -> None:
    """A sentence edited so that a label comes and one so that a label goes; a third is of a document held out."""
    rows = read_table(mini.path("data/corpus/sentences.parquet"), SENTENCES)
    mini.write_rows("labels/edits/edits.jsonl", (_edit(row) for row in rows if _is_edited(row)))


def build(folder: Path) -> Mini:
    """The project with everything that the stages make."""
    mini = write_inputs(folder)
    mini.make("read")
    write_gold(mini)
    write_edits(mini)
    mini.make(*ORDER[1:])
    return mini


def _document(mini: Mini, number: int, about: tuple[str, str, str, int]) -> dict[str, str]:
    """Write a work's document; its entry in the manifest."""
    paragraphs = [" ".join(text for text, _, _ in paragraph) for paragraph in said_of(*about)]
    path = mini.write(f"seeds/corpus/{work_id(number)}.txt", "\n\n".join(paragraphs) + "\n")
    return {
        "doc_id": work_id(number),
        "work": work_id(number),
        "title": paragraphs[0],
        "genre": "news" if number % 2 else "comment",
        "outlet": "The Invented Post",
        "topic": about[1],
        "register": "plain",
        "language": "en",
        "batch": "b01" if number <= 6 else "b02",
        "origin": "written for a test",
        "licence": "CC-BY-4.0",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _is_edited(row: dict[str, Any]) -> bool:
    return row["doc_id"] in EDITED and EDITED[row["doc_id"]][0] in row["text"]


def _edit(row: dict[str, Any]) -> dict[str, Any]:
    old, new, labels = EDITED[row["doc_id"]]
    return {
        "doc_id": row["doc_id"],
        "start": row["start"],
        "hash": text_hash(row["text"]),
        "edit": "for a test",
        "text": row["text"].replace(old, new),
        "annotator": "four",
        "labels": labels,
        "spans": [],
        "voices": [[label, "author"] for label in labels if label == "prediction"],
    }


def _annotations(mini: Mini) -> Iterator[dict[str, Any]]:
    known = {text: (labels, loaded) for about in WORKS for own in said_of(*about) for text, labels, loaded in own}
    for row in read_table(mini.path("data/corpus/sentences.parquet"), SENTENCES):
        labels, loaded = known[row["text"]]
        starts = [(row["text"].index(wording), wording) for wording in loaded]
        voiced = [label for label in labels if label in ("prediction", "prescription")]
        yield {
            "doc_id": row["doc_id"],
            "start": row["start"],
            "hash": text_hash(row["text"]),
            "annotator": "one",
            "kind": row["kind"],
            "labels": list(labels),
            "spans": [[start, start + len(wording), "author"] for start, wording in starts],
            "voices": [[label, "author"] for label in voiced],
        }
