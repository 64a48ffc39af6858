"""Compare sentence splitters on tests/reading/splitter_cases.jsonl: python benchmarks/splitters.py [NAME ...]."""

from __future__ import annotations

import importlib
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[1] / "tests/reading/splitter_cases.jsonl"
CHARACTERS = 5_000_000
Split = Callable[[str], Iterable[str]]


def _syntok(module: Any) -> Split:
    return lambda text: (
        "".join(token.value for token in sentence) for part in module.process(text) for sentence in part
    )


SPLITTERS: dict[str, tuple[str, Callable[[Any], Split]]] = {
    "pattern": ("re", lambda module: lambda text: module.split(r"(?<=[.!?])\s+(?=[A-Z“\"'‘(])", text)),
    "nupunkt": ("nupunkt", lambda module: module.sent_tokenize),
    "pysbd": ("pysbd", lambda module: module.Segmenter(language="en", clean=False).segment),
    "syntok": ("syntok.segmenter", _syntok),
    "blingfire": ("blingfire", lambda module: lambda text: module.text_to_sentences(text).split("\n")),
    "sentencex": ("sentencex", lambda module: lambda text: module.segment("en", text)),
    "ours": (
        "pipeline.reading.sentences",
        lambda module: lambda text: [text[start:end] for start, end in module.sentences_in(text)],
    ),
}


def boundaries(sentences: Iterable[str]) -> frozenset[int]:
    """Where sentences end, as the number of non-white characters before the end; the text's own end left out."""
    lengths = [len(re.sub(r"\s", "", sentence)) for sentence in sentences]
    ends = [sum(lengths[: number + 1]) for number in range(len(lengths))]
    return frozenset(ends) - {sum(lengths), 0}


def scores(split: Split, cases: list[dict[str, Any]]) -> tuple[int, float]:
    """How many cases come out entirely right, and the F1 of the boundaries over all of them."""
    pairs = [(boundaries(case["sentences"]), boundaries(split(case["text"]))) for case in cases]
    hits = sum(len(right & found) for right, found in pairs)
    return sum(right == found for right, found in pairs), 2 * hits / sum(len(a) + len(b) for a, b in pairs)


def measure(name: str) -> str:
    """A row of the table for the splitter `name`."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    before = time.perf_counter()
    split = SPLITTERS[name][1](importlib.import_module(SPLITTERS[name][0]))
    list(split("One. Two."))
    loading = time.perf_counter() - before
    right, f1 = scores(split, [case for case in cases if not case.get("held_out")])
    held, held_f1 = scores(split, [case for case in cases if case.get("held_out")])
    texts = [case["text"] for case in cases] * (CHARACTERS // sum(len(case["text"]) for case in cases))
    before = time.perf_counter()
    count = sum(len(list(split(text))) for text in texts)
    speed = count / (time.perf_counter() - before)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {name} | {right} | {f1:.3f} | {held} | {held_f1:.3f} | {speed:,.0f} | {loading:.2f} | {memory:.0f} |"


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(measure(sys.argv[1]))
        sys.exit()
    print(
        "| splitter | right of 100 | F1 | held out, of 40 | F1 | sentences/s | start, s | memory, MB |\n|" + "---|" * 8
    )
    for name in sys.argv[1:] or SPLITTERS:
        row = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True, check=False)
        print(row.stdout.strip() or f"| {name} | {row.stderr.strip().splitlines()[-1]} |", flush=True)
