"""A document file -> its stored text -> lines with kind -> sentences with offsets."""

from pipeline.reading.documents import read_document, read_documents
from pipeline.reading.language import check_language
from pipeline.reading.lines import split_lines
from pipeline.reading.sentences import sentences_in, split_sentences

__all__ = ["check_language", "read_document", "read_documents", "sentences_in", "split_lines", "split_sentences"]
