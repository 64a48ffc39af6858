"""How fast sentences are labelled, beside what others do with the same n-grams: make speed.

Rates count seconds of processor time of one process, so that they do not hang on what else the machine does; that of
two processes counts seconds by the clock. Ratios are of rates measured in one run.
"""

from __future__ import annotations

import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import FunctionTransformer
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from pipeline.core.files import write_json
from pipeline.core.params import LinearModel, load_params
from pipeline.core.records import Document, Sentence
from pipeline.core.scheme import load_scheme
from pipeline.core.tables import PART, read_table
from pipeline.learning.annotator import Annotator
from pipeline.learning.patterns import patterns
from pipeline.learning.tokens import TOKEN, tokenise
from pipeline.reading import read_document, split_lines, split_sentences

SENTENCES = 50_000
DOCUMENT = 25
"""Sentences of one document."""
RUNS = 3
MODEL = Path("models/main.joblib")
OUT = Path("benchmarks/speed.json")
TRAIN = "python -m pipeline train --model main --train data/train.parquet --edits labels/edits/edits.jsonl \
 --rules labels/rules.yaml --scheme labels/scheme.yaml --params params.yaml"
PUBLISHED = {"RoBERTa-base size": 20.0, "MiniLM-L6 size": 40.0}
"""Sentences a second on two cores, measured elsewhere."""


Label = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class Learned:
    """What the others learn from."""

    texts: list[str]
    target: Any
    """Shape (n, n_labels)."""


def varied(texts: Sequence[str], count: int) -> list[str]:
    """`count` of the texts, drawn with replacement, one word of each exchanged: no memory of whole sentences helps."""
    generator = random.Random(0)
    drawn = []
    for _ in range(count):
        words = generator.choice(texts).split(" ")
        words[generator.randrange(len(words))] = generator.choice(generator.choice(texts).split(" "))
        drawn.append(" ".join(words))
    return drawn


def as_documents(texts: Sequence[str]) -> list[Sentence]:
    """The texts as sentences of documents of `DOCUMENT` sentences."""
    places = ((text, *divmod(number, DOCUMENT)) for number, text in enumerate(texts))
    return [Sentence(f"document-{one}", place, 0, "body", 0, len(text), text) for text, one, place in places]


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median processor time of `work`."""
    found = []
    for _ in range(runs):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return statistics.median(found)


def two_processes(annotator: Annotator, sentences: Sequence[Sentence]) -> float:
    """Sentences a second by the clock when two processes share them; both have the model already."""
    annotator.annotate_sentences(sentences[: len(sentences) // 10], jobs=2)
    taken = []
    for _ in range(RUNS):
        before = time.perf_counter()
        annotator.annotate_sentences(sentences, jobs=2)
        taken.append(time.perf_counter() - before)
    return len(sentences) / statistics.median(taken)


def classes(texts: Sequence[str]) -> list[str]:
    """Each text as its word classes, parted by spaces."""
    found = patterns(tokenise(texts))
    forms = found.forms
    return [" ".join(forms[first:last]) for first, last in zip(found.bounds[:-1], found.bounds[1:], strict=True)]


def scikit_learn(params: LinearModel, learned: Learned) -> Label:
    """Logistic regression over the same n-grams, with what scikit-learn ships."""
    words, runs, characters = params.words, params.patterns, params.characters
    assert runs is not None
    assert characters is not None
    blocks = [
        ("words", _tfidf(words.min_n, words.max_n, words.min_df, token_pattern=TOKEN.pattern)),
        ("characters", _tfidf(characters.min_n, characters.max_n, characters.min_df, analyzer="char_wb")),
        (
            "patterns",
            make_pipeline(
                FunctionTransformer(classes),
                _tfidf(runs.min_n, runs.max_n, runs.min_df, token_pattern=r"\S+", lowercase=False),
            ),
        ),
    ]
    head = LogisticRegression(C=params.C, solver="liblinear", class_weight=params.class_weight)
    model = make_pipeline(FeatureUnion(blocks), OneVsRestClassifier(head)).fit(learned.texts, learned.target)
    found: Label = model.predict_proba
    return found


def _tfidf(min_n: int, max_n: int, min_df: int, **how: object) -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(min_n, max_n), min_df=min_df, sublinear_tf=True, **how)


def fast_text(shortest: int, longest: int, learned: Learned) -> Label:
    """Floret's fastText, one against the rest, with words 1-2 and character n-grams of these lengths (0: none)."""
    import floret

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as stream:
        for text, given in zip(learned.texts, learned.target, strict=True):
            marks = [f"__label__{label}" for label in np.flatnonzero(given)] or ["__label__none"]
            stream.write(" ".join([*marks, *TOKEN.findall(text.lower())]) + "\n")
        stream.flush()
        size = {"wordNgrams": 2, "minn": shortest, "maxn": longest, "bucket": 200_000}
        model = floret.train_supervised(stream.name, loss="ova", epoch=5, thread=1, verbose=0, **size)
    return lambda texts: model.predict([" ".join(TOKEN.findall(text.lower())) for text in texts], k=-1)


def whole_documents(annotator: Annotator) -> dict[str, float]:
    """Sentences a second of each step from a file to its labels, and of all of them."""
    paths = sorted(Path("seeds/corpus").glob("*.txt")) * 2
    taken: dict[str, float] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        before = time.process_time()
        result = work()
        taken[name] = time.process_time() - before
        return result

    read = step("read", lambda: [read_document(path) for path in paths])
    documents = [document for document in read if isinstance(document, Document)]
    lines = step("lines", lambda: [split_lines(document) for document in documents])
    pairs = zip(documents, lines, strict=True)
    sentences = step("sentences", lambda: [one for pair in pairs for one in split_sentences(*pair)])
    step("label", lambda: annotator.annotate_sentences(sentences))
    return {name: len(sentences) / spent for name, spent in {**taken, "all": sum(taken.values())}.items()}


def start_up() -> dict[str, float]:
    """Seconds from the file to a first label after all imports, and the most memory taken until then in megabytes."""
    before = time.process_time()
    annotator = Annotator.load(MODEL)
    loaded = time.process_time()
    annotator.annotate(["They sent geriatric loyalists."])
    labelled = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load_seconds": loaded - before, "first_label_seconds": labelled - loaded, "memory_mb": memory}


def training() -> dict[str, float]:
    """Seconds that the stage `train` takes, cross-validation and calibration included."""
    with tempfile.TemporaryDirectory() as folder:
        outs = ("out", "record", "out-of-fold", "errors")
        names = ("main.joblib", "main.json", "chances.parquet", "errors.parquet")
        flags = [word for flag, name in zip(outs, names, strict=True) for word in (f"--{flag}", f"{folder}/{name}")]
        before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, *TRAIN.split()[1:], *flags], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"processor_seconds": spent, "clock_seconds": time.perf_counter() - clock}


def machine() -> dict[str, Any]:
    """What was measured on and with."""
    cpu = Path("/proc/cpuinfo")
    names = [line.partition(": ")[2] for line in cpu.read_text("utf-8").splitlines() if line.startswith("model name")]
    packages = ("numpy", "scipy", "scikit-learn", "google-re2", "floret")
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[1], 1),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
    }


def rates(texts: Sequence[str], learned: Learned, annotator: Annotator, params: LinearModel) -> dict[str, float]:
    """Sentences a second of everybody, in one process."""
    sentences = as_documents(texts)
    spent = {
        "ours": seconds(lambda: annotator.annotate_sentences(sentences)),
        "fastText, words": seconds(partial(fast_text(0, 0, learned), texts)),
        "fastText, words and characters": seconds(partial(fast_text(2, 5, learned), texts)),
        "scikit-learn, same n-grams": seconds(partial(scikit_learn(params, learned), texts), runs=1),
    }
    return {name: len(texts) / own for name, own in spent.items()}


def main() -> None:
    """Measure everything and write it."""
    before = machine()
    scheme, params = load_scheme(Path("labels/scheme.yaml")), load_params(Path("params.yaml"))
    rows = read_table(Path("data/train.parquet"), PART)
    target = np.array([[label in row["labels"] for label in scheme.ids] for row in rows])
    texts = varied([row["text"] for row in [*rows, *read_table(Path("data/test.parquet"), PART)]], SENTENCES)
    alone = [sys.executable, "-m", "benchmarks.speed", "start"]
    started = json.loads(subprocess.run(alone, capture_output=True, check=True).stdout)
    annotator = Annotator.load(MODEL)
    chosen = params.linear_model("main", Path("params.yaml"))
    with threadpool_limits(1):
        found = rates(texts, Learned([row["text"] for row in rows], target), annotator, chosen)
        documents = whole_documents(annotator)
    result = {
        "machine": {**before, "load_after": round(os.getloadavg()[1], 1)},
        "sentences": len(texts),
        "characters": statistics.mean(map(len, texts)),
        "model_sha256": annotator.sha256,
        "rates": found,
        "published": PUBLISHED,
        "two_processes": two_processes(annotator, as_documents(texts)),
        "documents": documents,
        "model_file_mb": MODEL.stat().st_size / 2**20,
        **started,
        "training": training(),
    }
    write_json(OUT, rounded(result))


def rounded(value: Any) -> Any:
    """Every figure to three significant digits."""
    if isinstance(value, dict):
        return {key: rounded(own) for key, own in value.items()}
    return float(f"{value:.3g}") if isinstance(value, float) else value


if __name__ == "__main__":
    if sys.argv[1:] == ["start"]:
        print(json.dumps(start_up()))
    else:
        main()
