"""Families of versions and the released model in; each version compared with its source, and how well, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.core.files import write_json, write_jsonl
from pipeline.core.params import load_params
from pipeline.core.records import Sentence
from pipeline.core.tables import PART, SENTENCES, read_table
from pipeline.labelling.gold import by_key
from pipeline.labelling.versions import (
    PASSES,
    Change,
    Family,
    Link,
    read_alignment,
    read_changes,
    read_families,
    settled,
)
from pipeline.learning.annotator import Annotator
from pipeline.versions.alignment import Match
from pipeline.versions.baselines import by_length, by_likest
from pipeline.versions.carried import Carried, carried, carried_scores
from pipeline.versions.comparison import Comparison, compare_sentences
from pipeline.versions.effects import NOISE, effects, flips, noise_rows
from pipeline.versions.lexicon import load_lexicon
from pipeline.versions.records import comparison_record, listed_hits
from pipeline.versions.scoring import Hits, added_up, link_hits, links_of

PARTS = ("tune", "test")
ALL = "all versions"

Documents = Mapping[str, Sequence[Sentence]]
Compared = Mapping[str, Comparison]
"""By the document id of the version."""


def run(
    *,
    sentences: Path,
    gold: Path,
    versions: Path,
    lexicon: Path,
    model: Path,
    record: Path,
    params: Path,
    out: Path,
    metrics: Path,
) -> None:
    """Compare every version in the corpus with its source.

    What was chosen on the families for tuning is scored on those for testing too. The noise floor comes from the
    former; their sources are among the texts that the model was trained on.

    Args:
        sentences: the sentences of the corpus.
        gold: table of the held-out part, in which the sources of the families for testing are.
        versions: folder with families.jsonl, alignment.jsonl and changes.jsonl.
        lexicon: labels/comparison.yaml.
        model: the model file.
        record: its record.
        params: params.yaml.
        out: the comparisons, one a line.
        metrics: F1 of links by kind of version and shape, ours and two plain ways; precision and recall of changes by
            kind; the noise floor; how well the model labels versions of each kind, beside their sources.
    """
    settings = load_params(params).versions
    annotator, words = Annotator.load(model, record), load_lexicon(lexicon)
    read = [Sentence(**row) for row in read_table(sentences, SENTENCES)]
    known = by_key(read)
    families = read_families(versions / "families.jsonl")
    links = read_alignment(versions / "alignment.jsonl", known)
    changes = read_changes(versions / "changes.jsonl", known)
    documents = _documents(read)
    compared = {
        version: compare_sentences(documents[family.work], documents[version], annotator, words, settings)
        for family in families
        for version in family.versions
    }
    listed = {change.link.version for change in changes if change.annotator == PASSES[1]}
    listing, labels = settled(changes), annotator.stored.labels
    noise = flips([compared[name] for name in _names(families, "tune", listed)], listing, labels)
    known_labels = {(row["doc_id"], row["start"]): frozenset(row["labels"]) for row in read_table(gold, PART)}
    pairs = {
        name: list(carried(compared[name], _links_of(links, name), _changes_of(listing, name), known_labels))
        for name in _names(families, "test", listed)
    }
    origin = {"scheme_version": annotator.stored.scheme_version, "model_sha256": annotator.sha256}
    write_jsonl(
        out,
        (
            {"source": family.work, "version": version, **origin}
            | comparison_record(compared[version], effects(compared[version], labels, noise))
            for family in families
            for version in family.versions
        ),
    )
    write_json(
        metrics,
        {
            "alignment": {part: _alignment(families, part, documents, compared, links) for part in PARTS},
            "changes": {part: _changes(families, part, listed, compared, listing) for part in PARTS},
            NOISE: noise_rows(noise),
            "labels": _by_kind(families, pairs, labels),
        },
    )


def _names(families: Iterable[Family], part: str, listed: set[str]) -> list[str]:
    """The versions of one part for which there is a settled list of changes."""
    return [name for family in families if family.part == part for name in family.versions if name in listed]


def _links_of(links: Iterable[Link], version: str) -> list[Link]:
    return [link for link in links if link.version == version]


def _changes_of(changes: Iterable[Change], version: str) -> list[Change]:
    return [change for change in changes if change.link.version == version]


def _by_kind(
    families: Iterable[Family], pairs: Mapping[str, Sequence[Carried]], labels: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Scores of labels by kind of version, and over all."""
    found: dict[str, list[Carried]] = {ALL: []}
    for name, kind in (one for family in families for one in family.versions.items() if one[0] in pairs):
        for group in (ALL, kind):
            found.setdefault(group, []).extend(pairs[name])
    return {kind: carried_scores(own, labels) for kind, own in sorted(found.items())}


def _documents(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    documents: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        documents.setdefault(sentence.doc_id, []).append(sentence)
    return documents


def _alignment(
    families: Iterable[Family], part: str, documents: Documents, compared: Compared, gold: Sequence[Link]
) -> dict[str, Any]:
    """F1 of links by way, kind of version and group of shape."""
    found: dict[str, dict[str, dict[str, Hits]]] = {}
    for family in (family for family in families if family.part == part):
        for version, kind in family.versions.items():
            there = _links_of(gold, version)
            for way, own in _ways(documents[family.work], documents[version], compared[version]).items():
                table = link_hits(own, there)
                kinds = found.setdefault(way, {})
                for name in (ALL, kind):
                    kinds[name] = added_up([kinds.get(name, {}), table])
    return {
        way: {kind: {group: own.figures() for group, own in table.items()} for kind, table in sorted(kinds.items())}
        for way, kinds in found.items()
    }


def _ways(source: Sequence[Sentence], version: Sequence[Sentence], comparison: Comparison) -> dict[str, list[Link]]:
    """The links that we find, and those that the plain ways find."""
    plain: dict[str, Callable[[Sequence[str], Sequence[str]], list[Match]]] = {
        "by length": by_length,
        "by likest": by_likest,
    }
    texts = [one.text for one in source], [one.text for one in version]
    ours = [matched.match for matched in comparison.matches]
    ways = {"ours": ours, **{name: way(*texts) for name, way in plain.items()}}
    return {name: links_of(matches, source, version) for name, matches in ways.items()}


def _changes(
    families: Iterable[Family], part: str, listed: set[str], compared: Compared, gold: Sequence[Change]
) -> dict[str, Any]:
    """Precision and recall of changes by kind, over the versions for which there is a settled list."""
    names = _names(families, part, listed)
    tables = [listed_hits(compared[name], _changes_of(gold, name)) for name in names]
    return {"versions": len(names), "kinds": {kind: own.figures() for kind, own in added_up(tables).items()}}
