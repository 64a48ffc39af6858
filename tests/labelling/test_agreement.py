"""Agreement on published examples and on tables worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.core.params import Bootstrap
from pipeline.core.records import Span
from pipeline.labelling.agreement import AnnotatorScore, annotator_scores, bootstrap_alpha, label_alpha, span_overlap

BOOTSTRAP = Bootstrap(resamples=200, seed=7, level=0.95)


def passes(*rows: str) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """One row a pass; `.` is a missing value."""
    return np.array([[np.nan if value == "." else float(value) for value in row] for row in rows])


FOUR_OBSERVERS = passes(
    "1233 2141 2...".replace(" ", ""),
    "123322412 5.3".replace(" ", ""),
    ".33323422 51.".replace(" ", ""),
    "123324412 51.".replace(" ", ""),
)
TWO_OBSERVERS = passes("0100000001", "1110010000")


def test_krippendorffs_example_with_four_observers() -> None:
    assert label_alpha(FOUR_OBSERVERS) == pytest.approx(0.743, abs=0.0005)


def test_krippendorffs_example_with_two_observers() -> None:
    assert label_alpha(TWO_OBSERVERS) == pytest.approx(0.095, abs=0.0005)


def test_full_agreement_is_one() -> None:
    assert label_alpha(passes("0110", "0110")) == 1.0


@pytest.mark.parametrize(
    "same", [passes("0000", "0000"), passes("01..", "..01"), passes("....", "...."), passes("0011")]
)
def test_alpha_is_not_defined_without_variation_or_pairs(
    same: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> None:
    assert label_alpha(same) is None
    assert bootstrap_alpha(same, np.array([0, 0, 1, 1]), BOOTSTRAP) is None


def test_values_without_a_partner_are_no_variation() -> None:
    assert label_alpha(passes("0001", "000.")) is None


def test_interval_holds_alpha_and_can_be_had_again() -> None:
    generator = np.random.default_rng(1)
    first = generator.integers(0, 2, 120)
    second = np.where(generator.random(120) < 0.15, 1 - first, first)
    both = np.array([first, second], dtype=np.float64)
    documents = np.repeat(np.arange(24), 5)
    interval = bootstrap_alpha(both, documents, BOOTSTRAP)
    alpha = label_alpha(both)
    assert interval is not None
    assert alpha is not None
    assert interval[0] < alpha < interval[1]
    assert bootstrap_alpha(both, documents, BOOTSTRAP) == interval


def test_documents_are_drawn_whole() -> None:
    """With one document every resample is the sample itself."""
    interval = bootstrap_alpha(TWO_OBSERVERS, np.zeros(10, dtype=np.int64), BOOTSTRAP)
    assert interval == (label_alpha(TWO_OBSERVERS),) * 2


def test_annotator_scores_counted_by_hand() -> None:
    annotated = np.array([[1, 0, 0], [1, 0, 1], [1, 0, 0], [0, 0, 0]], dtype=np.bool_)
    gold = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0], [1, 0, 0]], dtype=np.bool_)
    assert annotator_scores(annotated, gold) == [
        AnnotatorScore(precision=2 / 3, recall=2 / 3, f1=4 / 6, support=3),
        AnnotatorScore(precision=None, recall=0 / 1, f1=0 / 1, support=1),
        AnnotatorScore(precision=0 / 1, recall=None, f1=0 / 1, support=0),
    ]


def span(start: int, end: int) -> Span:
    return Span(start, end, "author")


def test_span_overlap_counts_characters_over_all_sentences() -> None:
    first = [[span(0, 4)], [span(2, 4), span(3, 6)], []]
    second = [[span(2, 7)], [span(2, 6)], [span(0, 1)]]
    assert span_overlap(first, second) == (6 / 8, 6 / 10, 12 / 18)


def test_span_overlap_of_nothing() -> None:
    assert span_overlap([[], []], [[], []]) == (1.0, 1.0, 1.0)
    assert span_overlap([[span(0, 3)]], [[]]) == (0.0, 0.0, 0.0)


def test_span_overlap_needs_the_same_sentences() -> None:
    with pytest.raises(ValueError, match="zip"):
        span_overlap([[]], [])
