"""Which full stops, question and exclamation marks end a sentence: general rules over closed lists of words.

What is looked at around a mark is bounded, so the time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reading.abbreviations import (
    BEFORE_NAMES,
    BEFORE_NUMBERS,
    MONTHS,
    NAMES_WITH_MARKS,
    SOMETIMES_LAST,
    SPEECH,
    STARTERS,
    TIME_WORDS,
)

_BULLET = "•‣▪◦●·⁃"
_STOP = re.compile(
    r"(?P<mark>\.(?:\s\.){2,}|[.!?…‽]+)"
    r"(?P<close>(?:[\"'”’»)\]*_\u200b\u2060\ufeff]|\[\d{1,3}\])*(?:\s[”»](?=\s|$))*)"
    r"(?P<space>\s+|$|(?=[A-Z“‘(\[]))"
)
"""A run of marks, what closes behind it, and white space, the end, or a capital typed without a space before it."""

_NEXT = re.compile(
    rf"(?P<open>[\"'“‘„«(\[{{¿¡*_{_BULLET}]*(?:[–—-]+\s?)?[\"'“‘„«(\[]*)(?P<word>[^\s“”\"()\[\]]{{0,40}})"
)
_LAST_WORD = re.compile(r"[^\s“‘\"(\[—–/]*$")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_ENUMERATOR = re.compile(rf"[{_BULLET}\s]*[\"'“‘(\[]?(?:\d{{1,3}}|[A-Za-z]|[IVXivx]{{1,4}})")
_ROMAN = re.compile(r"(?=[IVX]{2})[IVX]+")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")
_SPEAKER = re.compile(
    rf"(?:[A-Z][\w.’'-]*\s+){{1,5}}(?:{'|'.join(sorted(SPEECH))})\b(?!\s+(?:that|he|she|they|it|this|the|there|we|to)\b)"
)
_DOMAIN_END = re.compile(r"(?:com|org|net|gov|edu|io|co|uk|js|eu|ru|de|fr|pdf|docx?|html?|txt|py)\b", re.IGNORECASE)
_WINDOW = 40


def stops(text: str) -> Iterator[re.Match[str]]:
    """The places in `text` where a sentence may end: `end("close")` is where it then ends."""
    return _STOP.finditer(text)


def ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the sentence of `text` that began at `start` ends at `stop`."""
    after = _NEXT.match(text, stop.end())
    assert after is not None
    if not after[0]:
        return False
    if not stop["space"]:
        return _space_is_missing(text, stop, after["word"])
    if not _can_begin(after):
        return False
    mark = stop["mark"]
    if mark == "." and _is_enumerator(text, start, stop):
        return False
    if mark == ".":
        return bool(stop["close"]) or _full_stop_ends(text, stop, after)
    if mark[0] in ".…" and len(mark) != 4:
        return _ellipsis_ends(text, stop, after["word"])
    return not _goes_on_after_mark(text, start, stop)


def _can_begin(after: re.Match[str]) -> bool:
    """Whether a sentence can begin with these words: not with a small letter, but for brands and list bullets."""
    word = after["word"]
    if not word or not word[0].islower() or _BRAND.match(word):
        return bool(word or after["open"])
    return any(bullet in after["open"] for bullet in _BULLET)


def _space_is_missing(text: str, stop: re.Match[str], word: str) -> bool:
    """Whether two sentences were typed without a space between them; addresses, names of files and acronyms are not."""
    before = _last_word(text, stop.start())
    if stop["mark"] == "." and (not before or not (before[-1].islower() or before[-1].isdigit() or stop["close"])):
        return False
    if "." in before or "@" in before or "/" in before or stop["mark"][0] == "…" or len(stop["mark"]) > 2:
        return False
    if stop["close"] and stop["close"][-1] in "([":
        return False
    inside = word.rstrip(".,;:!?”’\"'")
    if any(sign in inside for sign in ".@/=") or _DOMAIN_END.match(inside):
        return False
    return (len(inside) > 1 and inside[0].isupper() and (inside[1:].islower() or inside in STARTERS)) or word == "I"


def _full_stop_ends(text: str, stop: re.Match[str], after: re.Match[str]) -> bool:
    """Whether a bare full stop ends a sentence, by the word before it and the word after it."""
    before, word = _last_word(text, stop.start()), after["word"]
    key = before.lower()
    if key in BEFORE_NAMES:
        return False
    if key in BEFORE_NUMBERS or before in MONTHS:
        return not word[:1].isdigit() and (word in STARTERS or key == "no")
    if key in ("a.m", "p.m"):
        return word.rstrip(".,;") not in TIME_WORDS and word[:1].isupper()
    if key in SOMETIMES_LAST or _DOTTED.fullmatch(before) or _is_initial(before):
        return word.rstrip(",") in STARTERS or (bool(after["open"]) and after["open"][0] in '“‘"—–' + _BULLET)
    return not (_ROMAN.fullmatch(before) and word not in STARTERS and not after["open"])


def _is_enumerator(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether all there is of the sentence is the number or letter of a list item."""
    near = stop.start() - start <= 6 and set(stop["close"]) <= {")", "]"}
    return near and _ENUMERATOR.fullmatch(text, start, stop.start()) is not None


def _ellipsis_ends(text: str, stop: re.Match[str], word: str) -> bool:
    """Whether three dots end a sentence: not in brackets; set apart by spaces, only before a word that starts one."""
    before = text[stop.start() - 1 : stop.start()]
    if before in ("[", "("):
        return False
    return word.rstrip(",") in STARTERS or (bool(before.strip()) and (not word or not word[0].isdigit()))


def _goes_on_after_mark(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a sentence goes on behind a question or exclamation mark: to its speaker, or out of a parenthesis."""
    close = stop["close"]
    if ")" in close and text[start] not in "([":
        return True
    if not close:
        return _last_word(text, stop.start()) in NAMES_WITH_MARKS
    return (
        any(sign in close for sign in "\"'”’»")
        and _SPEAKER.match(text, stop.end()) is not None
        and (text[stop.end() :][:2] == "I " or not _begins_with_starter(text, stop.end()))
    )


def _begins_with_starter(text: str, start: int) -> bool:
    return text[start : start + _WINDOW].split(maxsplit=1)[0] in STARTERS


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _last_word(text: str, end: int) -> str:
    found = _LAST_WORD.search(text[max(0, end - _WINDOW) : end])
    assert found is not None
    return found[0]
