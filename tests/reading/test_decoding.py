"""Bytes -> text: what is read, what is repaired, what is refused."""

from __future__ import annotations

import codecs

import pytest

from pipeline.reading.decoding import Unreadable, decode


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Café – “yes”".encode(), "Café – “yes”"),
        (codecs.BOM_UTF8 + b"One.", "One."),
        ("One – two.".encode("utf-16"), "One – two."),
        (codecs.BOM_UTF16_BE + "Één.".encode("utf-16-be"), "Één."),
        (b"One.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        (
            "He said “no” – and the café closed for good.".encode("cp1252"),
            "He said “no” – and the café closed for good.",
        ),
        (b"", ""),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end first", "line ends", "windows-1252", "empty"],
)
def test_what_is_read(raw: bytes, text: str) -> None:
    assert decode(raw) == text


@pytest.mark.parametrize(
    ("read", "stored"),
    [
        ("The â€œoldâ€\x9d cafÃ© wonâ€™t open.", "The “old” café won’t open."),
        ("Control\x08 characters go. " + "x" * 99, "Control characters go. " + "x" * 99),
    ],
)
def test_damage_is_repaired(read: str, stored: str) -> None:
    assert decode(read.encode()) == stored


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” ‘quotes’ and \"straight\" 'ones' stay.",
        "The ﬁrst ligature stays.",
        "Ｗｉｄｅ letters stay.",
        "100\u00a0km\u2009north\u200b, e\u0301 in two characters.",
        "&amp; and &quot; are what was written.",
        "Two  spaces, a\ttab, a page\fbreak,\u2028a line separator.",
    ],
)
def test_nothing_else_is_changed(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"One\0two", "NUL bytes"),
        (b"%PDF-1.7 and so on", "a PDF file"),
        (b"PK\x03\x04 and so on", "a ZIP file"),
        ("One.".encode("utf-32"), "UTF-32"),
        ("One.".encode("utf-16-le"), "without byte order mark"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", r"broken UTF-16 \(byte 2\)"),
        ("Die Straße – über alles “gut”".encode()[:-1], r"broken UTF-8 \(byte 34\)"),
        ("Сегодня утром".encode("cp1251"), "too many high bytes"),
        ("Prices went up again, don’t they say so there?".encode("mac_roman"), "'nÕt'"),
        (b"Plain words and then \x81 one byte that Windows-1252 lacks", r"\(byte 21\)"),
        (bytes(range(1, 32)), "control characters"),
    ],
)
def test_what_is_refused_and_why(raw: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        decode(raw)
