"""What the index shows, gathered for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.core.records import Reject
from pipeline.core.scheme import Scheme
from pipeline.report.documents import DocumentPage
from pipeline.report.figures import Headline, Metrics
from pipeline.report.headline import gate_table, gates, label_chart, score_table, summary_chart
from pipeline.report.shares import genre_matrix, topic_matrix, voice_table
from pipeline.report.site import groups
from pipeline.report.tables import Table


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a template is given, and the tables among it that are written as files too."""

    given: dict[str, Any]
    tables: tuple[Table, ...]


def index_page(
    pages: Sequence[DocumentPage], rejects: Sequence[Reject], headline: Headline, metrics: Metrics, scheme: Scheme
) -> Gathered:
    """The documents in groups, shares, headline figures, gates, and what was left out."""
    genres, topics = genre_matrix(metrics, scheme), topic_matrix(metrics, scheme)
    scores, voices = score_table(headline, metrics, scheme), voice_table(pages)
    given = {
        "groups": groups(pages),
        "documents": len(pages),
        "sentences": sum(page.counted for page in pages),
        "passed_over": sum(page.passed_over for page in pages),
        "rejects": rejects,
        "headline": headline,
        "genres": genres,
        "topics": topics,
        "voices": voices,
        "scores": scores,
        "summary": summary_chart(headline, metrics),
        "by_label": label_chart(headline, metrics, scheme),
        "gates": gates(metrics),
    }
    shares = [matrix.table for matrix in (genres, topics) if matrix]
    return Gathered(given, (*shares, voices, scores, gate_table(metrics)))
