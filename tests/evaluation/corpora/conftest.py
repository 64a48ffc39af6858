"""Invented corpora in the layouts of the published ones."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from pipeline.core.scheme import Scheme, load_scheme

REPOSITORY = Path(__file__).parents[3]
MAPPINGS = REPOSITORY / "labels" / "mappings"


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return load_scheme(REPOSITORY / "labels" / "scheme.yaml")


@pytest.fixture
def babe(tmp_path: Path) -> Path:
    between = "Somewhat factual but also opinionated"
    rows = [
        "text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words",
        "A  vile plan.;http://a;Alpha Post;tax;left;Biased;Expresses writer’s opinion;['vile']",
        "The plan passed.;http://a;Alpha Post;tax;left;Non-biased;Entirely factual;[]",
        f'"So-called ""aid"" from crooks; again.";;Delta News;tax;;Biased;{between};' + "['crooks', 'So-called']",
        "It rained.;http://b;Delta News;tax;;Non-biased;No agreement;[]",
        "It may rain.;http://b;Delta News;tax;;No agreement;Entirely factual;[]",
    ]
    write(tmp_path / "final_labels_SG2.csv", "\ufeff" + "\n".join(rows) + "\n")
    return tmp_path


@pytest.fixture
def webis16(tmp_path: Path) -> Path:
    editorials = {
        "training/001-bins": [
            "0\ttitle\tOn Bins",
            "-1\tpar-sep\t",
            "1\tcontinued\tBins are",
            "2\tassumption\tuseful, always",
            "3\tno-unit\t.",
            "4\tno-unit\tReally",
            "5\tno-unit\t?",
            "-1\tpar-sep\t",
            "6\tanecdote\tI saw one",
            "7\tno-unit\t,",
            "8\tcontinued\tand\tnote",
            "9\ttestimony\tthe mayor praised it for an hour",
            "10\tno-unit\t.",
        ],
        "training/002-jars": ["0\ttitle\tOn Jars", "-1\tpar-sep\t", "1\tanecdote\tI broke a jar.", "2\tother\tSorry!"],
        "validation/003-lids": [
            "0\ttitle\tOn Lids",
            "1\tpar-sep\t",
            "2\tstatistics\tNine lids of ten are lost.",
            "3\tcommon-ground\tWaste not, want not.",
        ],
        "test/004-cups": ["0\ttitle\tOn Cups", "1\tpar-sep\t", "2\tassumption\tCups are worse", "3\tno-unit\t."],
    }
    for name, lines in editorials.items():
        write(tmp_path / "annotated-txt" / "split-for-evaluation-final" / f"{name}.txt", "\n".join(lines) + "\n")
    portals = ["001-bins\tnorth", "002-jars\tsouth", "003-lids\tsouth", "004-cups\tnorth"]
    write(tmp_path / "portal_of_document.tsv", "\n".join(portals) + "\n")
    return tmp_path


@pytest.fixture
def newsdiscourse(tmp_path: Path) -> Path:
    report = (
        "\nURL http://x\nDATE/ AUTHOR None\nH  DAM BURSTS\n\nS1  A dam burst.\nS2 The road is shut.\n\n"
        "S3  It had rained.\nS4 The dam is old.\n"
    )
    labels = [
        *["Main 40 42\tS1", "Main_Consequence 60 62\tS2", "Cause_Specific 80 82\tS3", "Cause_General 99 100\tS4"],
        *["Speech 60 62\tS2", "Speech 61 62\t2"],
    ]
    later = "H  VOTE NEARS\nS1 They voted in 1990.\nS2 Jo says she once voted twice.\nS3 Slideshow (2 images)\n"
    last = "H \nS1 It was a bad idea, Jo said.\nS2 It may fail.\n"
    archive(
        tmp_path / "train.zip",
        {
            "__MACOSX/train 2/._x.txt": "junk",
            "train 2/.DS_Store": "junk",
            "train 2/Disaster/Reuters_1.txt": report,
            "train 2/Disaster/Reuters_1.ann": tagged(labels),
        },
    )
    early = ["Distant_Historical 1 2\tS1", "Distant_Anecdotal 1 2\tS2", "Speech 1 2\tS2", "NA 1 2\tS3"]
    archive(
        tmp_path / "validation.zip",
        {"validation/PXinhua_2.txt": later, "validation/PXinhua_2.ann": tagged(early)},
    )
    expected = ["Distant_Evaluation 1 2\tS1", "Speech 1 2\tS1", "Distant_Expectations_Consequences 1 2\tS2"]
    archive(tmp_path / "test.zip", {"test/kbp/NYT_ENG_3.txt": last, "test/kbp/NYT_ENG_3.ann": tagged(expected)})
    return tmp_path


@pytest.fixture
def cdcp(tmp_path: Path) -> Path:
    comment(
        tmp_path / "train" / "00001",
        ["Calls are bad.", " Ban them!", " I got nine.", " The law says so.", " See URL."],
        ["value", "policy", "testimony", "fact", "reference"],
    )
    comment(tmp_path / "test" / "00002", ["Calls are fine.", " Keep them."], ["value", "policy"], after=" Thanks, Jo")
    return tmp_path


def comment(path: Path, pieces: list[str], labels: list[str], after: str = "") -> None:
    ends = [len("".join(pieces[: i + 1])) for i in range(len(pieces))]
    offsets = list(zip([0, *ends[:-1]], ends, strict=True))
    write(path.with_suffix(".txt"), "".join(pieces) + after)
    write(path.with_suffix(".ann.json"), json.dumps({"prop_labels": labels, "prop_offsets": offsets, "url": {}}))


def tagged(labels: list[str]) -> str:
    return "".join(f"T{i}\t{label}\nE{i}\t{label.split()[0]}:T{i} \n" for i, label in enumerate(labels, start=1))


def archive(path: Path, files: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
