"""The shape of the held-out part in; how often intervals made for that shape cover the truth out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.core.files import write_json
from pipeline.core.params import load_params
from pipeline.core.tables import PART, read_table
from pipeline.evaluation.coverage import Truth, simulated_coverage

PREVALENCES = (0.02, 0.1, 0.35)
TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE = 0.7, 0.08
CORRELATION = 0.1


def run(*, test: Path, params: Path, out: Path, runs: int = 500) -> None:
    """Draw test parts of known truth, as many documents of the same sizes, and count how often intervals cover it.

    Args:
        test: table of the held-out part; only the sizes of its documents are used.
        params: params.yaml.
        out: coverage and mean width by prevalence and figure.
        runs: test parts drawn for each prevalence.
    """
    bootstrap = load_params(params).bootstrap
    sizes = list(Counter(row["doc_id"] for row in read_table(test, PART)).values())
    write_json(
        out,
        {
            "level": bootstrap.level,
            "documents": len(sizes),
            "sentences": sum(sizes),
            "correlation": CORRELATION,
            "prevalence": {
                str(prevalence): simulated_coverage(
                    Truth(prevalence, TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE, CORRELATION), sizes, runs, bootstrap
                )
                for prevalence in PREVALENCES
            },
        },
    )
