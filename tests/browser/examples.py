"""A site for the browser: an ordinary document, a hostile one, and a very long one, with the project's own figures."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.report.project import ROOT, SCHEME, Project, Said

HOSTILE = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"
HOSTILE_NAME = "<script>document.title='taken'<"
LONG = 2000

ORDINARY = [
    Said("A town and its library", ["report"], kind="heading", gold=["report"]),
    Said("By A. Writer", kind="furniture", paragraph=1),
    Said(
        "They will, he said, shamelessly ruin us.",
        ["testimony", "prediction", "loaded_language"],
        [("shamelessly", "attributed"), ("ruin us", "quoted")],
        paragraph=2,
        voices={"prediction": "attributed"},
        gold=["testimony"],
        cues={"prediction": {"rule:prediction_will": 2.5, "word:ruin": -0.5}},
    ),
    Said(
        "The foolish mayor closed it.", ["report"], [("foolish", "author")], paragraph=2, gold=["report", "assertion"]
    ),
    Said("Nobody knows.", paragraph=3, uncertain=True, gold=[]),
    Said("It cost 12 percent more.", ["statistic", "report"], paragraph=3, gold=["statistic", "report"]),
]


def example_project(folder: Path) -> Project:
    """The project with all that the stage reads but figures."""
    project = Project(folder)
    project.corpus = {"ordinary": ORDINARY, "work-held-out": [Said("Snow.", ["report"], gold=["report"])] * 12}
    project.manifest = {
        "ordinary": {"title": "A town and its library", "genre": "feature"},
        "work-held-out": {"title": "Snow", "genre": "wire report"},
    }
    long = [
        Said(
            f"Sentence {number} of a text without end.",
            [SCHEME.ids[number % 10]] if number % 3 else [],
            paragraph=number // 5,
            cues={SCHEME.ids[number % 10]: {"word:end": 0.5}} if number % 3 else {},
        )
        for number in range(LONG)
    ]
    project.local = {HOSTILE_NAME: [Said(HOSTILE, ["report"], [("<img", "author")], cues={"report": {HOSTILE: 1.0}})]}
    project.local["long"] = long
    project.rejects = [{"source": f"seeds/local/{HOSTILE_NAME}", "reason": HOSTILE}]
    error = {"doc_id": "ordinary", "start": 0, "label": "assertion", "gold": True, "chance": 0.1}
    project.errors = [{**error, "cues": [{"feature": HOSTILE, "addend": 1.0}]}]
    return project


def write_site(folder: Path) -> Path:
    """The folder of the example's pages, with the figures of the repository."""
    project = example_project(folder)
    shutil.copytree(ROOT / "metrics", project.folder / "metrics")
    documents = [{"doc_id": "ordinary", "part": "train"}, {"doc_id": "work-held-out", "part": "test"}]
    project.figures = {"split": {"documents": documents}}
    project.write()
    return project.run()
