"""How far annotators agree with each other and with the gold: consistency, not truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.core.params import Bootstrap
from pipeline.core.records import KINDS, LABELLED_KINDS, GoldSentence
from pipeline.labelling.agreement import annotator_scores, bootstrap_alpha, label_alpha, span_overlap
from pipeline.labelling.gold import Annotation, Key

Annotations = Mapping[Key, Annotation]


def consistency(
    first: Annotations, second: Annotations, gold: Sequence[GoldSentence], labels: Sequence[str], bootstrap: Bootstrap
) -> dict[str, Any]:
    """Alpha per label with its interval, each pass scored against gold, and agreement on loaded spans.

    Only sentences that both passes call heading or body are compared; `kind_agreement` says how often the passes
    agree on the kind, over all that both annotated, and `reader` which kind the reader took each kind for.
    """
    both = sorted(first.keys() & second.keys())
    kept = [key for key in both if {first[key].kind, second[key].kind} <= set(LABELLED_KINDS)]
    numbers = {document: number for number, document in enumerate(dict.fromkeys(key[0] for key in kept))}
    documents = np.array([numbers[document] for document, _ in kept], dtype=np.int64)
    settled = {(item.sentence.doc_id, item.sentence.start): item for item in gold}
    right = _table([settled[key].labels for key in kept], labels)
    tables = [_table([annotations[key].labels for key in kept], labels) for annotations in (first, second)]
    precision, recall, f1 = span_overlap([first[key].spans for key in kept], [second[key].spans for key in kept])
    return {
        "sentences": len(kept),
        "documents": len(numbers),
        "kind_agreement": _share([first[key].kind == second[key].kind for key in both]),
        "reader": _reader_kinds(gold),
        "alpha": {
            label: _alpha(np.array([table[:, column] for table in tables], dtype=np.float64), documents, bootstrap)
            for column, label in enumerate(labels)
        },
        "annotators": {
            name: {
                label: {figure: _rounded(value) for figure, value in asdict(score).items()}
                for label, score in zip(labels, annotator_scores(table, right), strict=True)
            }
            for name, table in zip(("first", "second"), tables, strict=True)
        },
        "spans": {"precision": _rounded(precision), "recall": _rounded(recall), "f1": _rounded(f1)},
    }


def disagreements(first: Annotations, second: Annotations, adjudicated: Annotations) -> Iterator[dict[str, object]]:
    """Each sentence on which the passes differ, with both answers and the decision."""
    for key in sorted(first.keys() & second.keys()):
        if not first[key].agrees_with(second[key]):
            answers = {"first": first[key], "second": second[key], "gold": adjudicated[key]}
            row: dict[str, object] = {"doc_id": key[0], "start": key[1]}
            yield row | {who: _answer(annotation) for who, annotation in answers.items()}


def _reader_kinds(gold: Sequence[GoldSentence]) -> dict[str, dict[str, int]]:
    """How many sentences of each kind by gold the reader took for each kind."""
    counts = Counter((item.kind, item.sentence.kind) for item in gold)
    return {kind: {guess: counts[kind, guess] for guess in KINDS} for kind in KINDS}


def _answer(annotation: Annotation) -> dict[str, object]:
    spans = [[span.start, span.end, span.voice] for span in annotation.spans]
    voices = [[label, voice] for label, voice in annotation.voices]
    return {"kind": annotation.kind, "labels": sorted(annotation.labels), "spans": spans, "voices": voices}


def _alpha(passes: npt.NDArray[np.float64], documents: npt.NDArray[np.int64], bootstrap: Bootstrap) -> dict[str, Any]:
    low, high = bootstrap_alpha(passes, documents, bootstrap) or (None, None)
    return {"value": _rounded(label_alpha(passes)), "low": _rounded(low), "high": _rounded(high)}


def _table(decisions: Sequence[frozenset[str]], labels: Sequence[str]) -> npt.NDArray[np.bool_]:
    rows = [[label in decided for label in labels] for decided in decisions]
    return np.array(rows, dtype=bool).reshape(-1, len(labels))


def _share(hits: Sequence[bool]) -> float | None:
    return _rounded(sum(hits) / len(hits)) if hits else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
