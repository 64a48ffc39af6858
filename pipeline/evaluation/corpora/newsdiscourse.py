"""NewsDiscourse as published: three archives with a .txt and an .ann file for every article.

Choubey et al., ACL 2020, DOI 10.18653/v1/2020.acl-main.478. In the .txt file a line begins with `H` (headline), `S1`,
`S2`, ... (sentences), `URL` or `DATE/`; in the .ann file an annotation names its sentence in the third column. The
published evaluation scores all nine labels, `NA` among them, on every sentence; the headline is context, never scored.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.core.errors import InputError
from pipeline.evaluation.corpora.folder import DataFolder, decoded
from pipeline.evaluation.corpora.mapping import CorpusMapping
from pipeline.evaluation.corpora.records import CorpusSentence

SPEECH = "Speech"
NO_SPEECH = "NA"


@dataclass(frozen=True, slots=True)
class Article:
    """The two files of an article."""

    headline: str
    sentences: dict[str, str]
    """Text by sentence name (`S1`, ...), in order."""
    labels: dict[str, str]
    """Label by sentence name."""
    speech: frozenset[str]
    """What the speech annotations name."""


def read_newsdiscourse(spec: CorpusMapping, folder: DataFolder, left_out: Counter[str]) -> Iterator[CorpusSentence]:
    """The sentences of the articles, sorted by file name; a document is an article, the group its news source.

    Every sentence has the columns label, speech (`Speech` or `NA`), source, domain (empty in the validation part) and
    the article's headline. Sentences without a label, and speech annotations that name no sentence, are left out and
    counted.

    Raises:
        InputError: an archive or a file in it is missing or malformed.
    """
    for part, archive in spec.places:
        files = _unpacked(folder.read(archive), folder.path(archive))
        for name in sorted(name for name in files if name.endswith(".txt")):
            article = article_in(name, files, folder.path(archive))
            yield from _sentences(article, part, PurePosixPath(name), left_out)


def article_in(name: str, files: dict[str, bytes], archive: Path) -> Article:
    """The article whose text is `files[name]`.

    Raises:
        InputError: its .ann file is missing, or one of the two is not UTF-8.
    """
    annotations = f"{name.removesuffix('.txt')}.ann"
    if annotations not in files:
        raise InputError(archive, f"has no {annotations} beside {name}")
    lines = decoded(files[name], f"{archive}:{name}").split("\n")
    tagged = list(_tags(decoded(files[annotations], f"{archive}:{annotations}")))
    texts = dict(_named(line) for line in lines if line.strip())
    return Article(
        headline=texts.get("H", ""),
        sentences={key: text for key, text in texts.items() if re.fullmatch(r"S\d+", key)},
        labels={sentence: tag for sentence, tag in tagged if tag != SPEECH},
        speech=frozenset(sentence for sentence, tag in tagged if tag == SPEECH),
    )


def source_of(file_name: str) -> str:
    """The news source that an article's file name tells: `nyt`, `reuters`, `xinhua`, else `other`.

    Example:
        >>> source_of("PReuters_7.txt")
        'reuters'
    """
    found = re.search(r"nyt|reuters|xinhua", file_name.lower())
    return found.group() if found else "other"


def _unpacked(content: bytes, path: Path) -> dict[str, bytes]:
    """The files of an archive by name, without what macOS adds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if not name.startswith("__MACOSX/")]
            return {name: archive.read(name) for name in names}
    except zipfile.BadZipFile as error:
        raise InputError(path, "is not a zip archive") from error


def _named(line: str) -> tuple[str, str]:
    """A line's first word and, folded, the rest."""
    name, *words = line.split()
    return name, " ".join(words)


def _tags(annotations: str) -> Iterator[tuple[str, str]]:
    """(sentence name, label) of each annotation; the character offsets are not used, a few are off."""
    for line in annotations.split("\n"):
        cells = line.strip().split("\t")
        if len(cells) == 3:
            yield cells[2].strip(), cells[1].split()[0]


def _sentences(article: Article, part: str, path: PurePosixPath, left_out: Counter[str]) -> Iterator[CorpusSentence]:
    left_out["speech annotation that names no sentence"] += len(article.speech - set(article.sentences))
    inner = path.relative_to(path.parts[0]).with_suffix("")
    source = source_of(inner.name)
    domain = inner.parts[0] if len(inner.parts) > 1 else ""
    shared = {"source": source, "domain": domain, "headline": article.headline}
    for position, (name, text) in enumerate(article.sentences.items()):
        if name not in article.labels:
            left_out["sentence without a label"] += 1
            continue
        speech = SPEECH if name in article.speech else NO_SPEECH
        values = {"label": article.labels[name], "speech": speech, **shared}
        yield CorpusSentence(f"{part}/{inner}", position, text, source, part, False, values)
