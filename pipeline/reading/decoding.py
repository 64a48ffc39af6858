"""Bytes -> text: decode, refuse what is not text, repair what was decoded wrongly before."""

from __future__ import annotations

import codecs
import re

import ftfy

from pipeline.core.errors import PipelineError

_REPAIRS = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    normalization=None,
)
"""Mojibake, stray C1 and other control characters, and lone surrogates: nothing else is touched."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_BINARY = {b"%PDF-": "PDF", b"PK\x03\x04": "ZIP", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF"}

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ODD_1252 = re.compile(r"[^\x00-\x7f\u00a0À-ÖØ-öø-ÿŒœŠšŽžŸ‘’‚“”„«»‹›–—…•·€£¥¢§©®™°½¼¾¿¡´²³ªº†‡\u00ad]")
_MISPLACED = re.compile(r"[a-z][À-ÖØ-ÞŒŠŽŸ][a-z]")
_MOST_HIGH_BYTES = 0.15
_MOST_CONTROLS = 0.01


class Unreadable(PipelineError):
    """A file that holds no text we can read; the message is the reason."""


def decode(raw: bytes) -> str:
    """The text of `raw`, with Unix line ends and mojibake repaired.

    UTF-8 (with or without byte order mark), UTF-16 with byte order mark, and Windows-1252 when the bytes look like it.

    Raises:
        Unreadable: the bytes are binary, or are in none of these encodings.
    """
    text = _plain_text(raw).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Unreadable("is binary: it holds NUL characters")
    if len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise Unreadable("is binary: it is full of control characters")
    return ftfy.fix_text(text, _REPAIRS)


def _plain_text(raw: bytes) -> str:
    _refuse_binary(raw)
    if raw.startswith(_UTF16):
        return _utf16(raw)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _windows_1252(raw, error.start)


def _refuse_binary(raw: bytes) -> None:
    for start, name in _BINARY.items():
        if raw.startswith(start):
            raise Unreadable(f"is binary: a {name} file")
    if raw.startswith(_UTF32):
        raise Unreadable("is UTF-32; save it as UTF-8")
    if b"\0" in raw and not raw.startswith(_UTF16):
        raise Unreadable("is binary, or UTF-16 without byte order mark: it holds NUL bytes")


def _utf16(raw: bytes) -> str:
    try:
        return raw.decode("utf-16")
    except UnicodeDecodeError as error:
        raise Unreadable(f"is broken UTF-16 (byte {error.start})") from error


def _windows_1252(raw: bytes, fault: int) -> str:
    """`raw` as Windows-1252, when that is plausible: few high bytes, those letters and punctuation of English prose."""
    high = sum(byte > 0x7F for byte in raw)
    in_utf8 = sum(len(sequence) for sequence in _MULTIBYTE.findall(raw))
    if in_utf8 > high / 2:
        raise Unreadable(f"is broken UTF-8 (byte {fault})")
    if high > _MOST_HIGH_BYTES * len(raw):
        raise Unreadable(f"is not UTF-8 (byte {fault}) and has too many high bytes for Windows-1252")
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(f"is neither UTF-8 (byte {fault}) nor Windows-1252 (byte {error.start})") from error
    odd = _ODD_1252.search(text) or _MISPLACED.search(text)
    if odd:
        raise Unreadable(f"is not UTF-8 (byte {fault}) and reads as Windows-1252 only with {odd[0]!r} in it")
    return text
