"""Tables of how well versions are compared, from small invented figures."""

from __future__ import annotations

from typing import Any

from pipeline.report.blocks import BLOCKS
from pipeline.report.markdown import Metrics


def hits(right: int, found: int, there: int, precision: float | None, recall: float | None) -> dict[str, Any]:
    f1 = 2 * right / (found + there)
    return {"right": right, "found": found, "there": there, "precision": precision, "recall": recall, "f1": f1}


KINDS = {
    "all": hits(3, 4, 5, 0.75, 0.6),
    "loaded_removed": hits(3, 3, 5, 1.0, 0.6),
    "reporting_verb": hits(0, 1, 0, 0.0, None),
}
ALIGNMENT = {
    method: {"all versions": {"one to one": hits(right, 10, 10, right / 10, right / 10)}, "toned down": {}}
    for method, right in (("by length", 5), ("by likest", 7), ("ours", 9))
}
FOUND = Metrics(
    models={},
    agreement={},
    split={},
    public={},
    corpus={"articles": {"changes": KINDS}},
    targets={},
    measures={
        "versions": {
            "alignment": {"test": ALIGNMENT},
            "changes": {"test": {"kinds": KINDS}},
            "labels": {
                "all versions": {"pairs": 3, "source": 0.7, "version": 0.6},
                "moved": {"pairs": 2, "source": 0.7, "version": 0.7},
                "toned down": {"pairs": 1, "source": 0.7, "version": 0.5},
            },
        }
    },
)
ROWS = [
    "| change | on the annotators' list | told | of these right | precision | recall |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    "| loaded_removed | 5 | 3 | 3 | 1.000 | .600 |",
    "| reporting_verb | 0 | 1 | 0 | .000 | - |",
    "| all | 5 | 4 | 3 | .750 | .600 |",
]


def test_links_stand_beside_what_is_simpler() -> None:
    assert BLOCKS["links"](FOUND).splitlines() == [
        "| links | annotators | F1 ours | F1 by the likest sentence | F1 by length |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| one to one | 10 | .900 | .700 | .500 |",
    ]


def test_changes_go_by_kind_and_end_with_all() -> None:
    assert BLOCKS["changes"](FOUND).splitlines() == ROWS


def test_the_worst_kind_of_version_is_named() -> None:
    *rows, empty, worst = BLOCKS["kinds-of-version"](FOUND).splitlines()
    assert rows[2:] == [
        "| all versions | 3 | .700 | .600 |",
        "| moved | 2 | .700 | .700 |",
        "| toned down | 1 | .700 | .500 |",
    ]
    assert (empty, worst) == ("", "The worst kind is *toned down*.")


def test_the_articles_say_what_was_aimed_at() -> None:
    told = "Over all kinds precision .750 (aimed at .700: reached) and recall .600 (aimed at .800: missed)."
    assert BLOCKS["articles"](FOUND).splitlines() == [told, "", *ROWS]
