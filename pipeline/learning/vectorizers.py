"""Scikit-learn's text vectorizers, made to pickle to the same bytes every time."""

from __future__ import annotations

from sklearn.feature_extraction.text import CountVectorizer


def forget_identity(vectorizer: CountVectorizer) -> None:
    """Drop the object id that a fitted vectorizer keeps of its stop words; equal vectorizers then pickle equally."""
    if hasattr(vectorizer, "_stop_words_id"):
        del vectorizer._stop_words_id
