"""Public corpora: their sentences, their labels, and which of their labels stand for which of ours."""

from pipeline.evaluation.corpora.describing import corpora_tables, describe
from pipeline.evaluation.corpora.loading import load_corpus
from pipeline.evaluation.corpora.mapping import CorpusMapping, Folds, Parts, read_mapping
from pipeline.evaluation.corpora.records import Classes, Corpus, CorpusSentence, Target

__all__ = [
    "Classes",
    "Corpus",
    "CorpusMapping",
    "CorpusSentence",
    "Folds",
    "Parts",
    "Target",
    "corpora_tables",
    "describe",
    "load_corpus",
    "read_mapping",
]
