"""The wording of lines that are not the text itself: furniture and captions."""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?"
_DATE = (
    rf"(?:{_DAY}\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d)"
)
_TIME = r"\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,4}\)?)?"
_NAME = r"(?:[A-Z][\w.’'-]*|de|van|von|der|al|bin|la)"
_PERSON = rf"{_NAME}(?:\s+{_NAME}){{0,4}}"
_AGENCY = (
    r"(?:AFP|AP|EPA|Reuters|Getty(?: Images)?|TASS|Shutterstock|Unsplash|Bloomberg|Wikimedia Commons|Pool|Handout)"
)

_FURNITURE = (
    r"(?:related|recommended|further|suggested)\s*(?:articles?|stor(?:y|ies)|reading|posts?|content|news|links?|topics?)?\s*:.*",
    r"(?:related|recommended)\s+(?:articles?|stor(?:y|ies)|posts?|content|topics?)",
    r"(?:see also|also read|read also|also on|read next|up next|more on this(?: \w+)?|more from \w.*|don['’]t miss)\s*:?.*",
    r"(?:watch|listen|read)(?: now| more| next| also)?\s*:.*",
    r"read (?:more|on|the full (?:story|article))\s*(?:$|[.…»›→:>|]|(?:here|at|about|on|in|from)\b).*",
    r"(?:most (?:read|popular|viewed)|you (?:may|might) (?:also )?(?:like|be interested).*|trending(?: now)?|latest news)\s*:?",
    r"(?:editor['’]?s['’]? (?:picks?|choice))\s*:?.*",
    r"share(?: (?:this|the|on|via|with|now|article|story|post)\b.*)?[:.!]?",
    r"(?:(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|e-?mail|print|copy link|tweet|pin it|share|save)[\s|,·•/]*)+",
    r"(?:follow|like|join|find) us\b.*",
    r"(?:subscribe|sign up|sign in|log in|register)(?:\s*(?:to|for|now|today|here|with|and)\b.*|[.!]?)",
    r"(?:advertisement|advertising|sponsored(?: content)?|skip to (?:main )?content|back to top|load more|show more|menu)[.:]?",
    r"(?:leave a comment|(?:\d+ )?comments?|tags?\s*:.*|topics?\s*:.*|keywords\s*:.*|filed under.*|click here.*)",
    r".*\bcookies?\b.*\b(?:consent|accept|privacy|preferences|settings|experience|browser|site|website|agree|analy[sz]e)\b.*",
    r"(?:accept|reject|manage)(?: all)? cookies\b.*|.*\b(?:accept|agree|consent)\b.*\b(?:use of )?cookies\b.*",
    r"the (?:views|opinions)(?:,? (?:and|or|views|opinions|thoughts),?)* (?:\w+ )?(?:expressed|presented|stated|reflected)\b.*",
    r".*\b(?:views|opinions|positions?|polic(?:y|ies))\b.*\bnot necessarily (?:reflect|represent|those of)\b.*",
    r".*\bnot necessarily (?:reflect|represent)\b.*\b(?:views|opinions|positions?|polic(?:y|ies))\b.*",
    r"(?:disclaimer|editor['’]?s['’]? note|correction|clarification|note to readers)s?\s*[:.].*",
    r"(?:©|\(c\)|copyright)\s.*|.*\ball rights reserved\b.*",
    (
        r"this (?:article|story|piece|op-ed|column|commentary|text|post|report) (?:was|is|has been|first|originally)\s?"
        r".*\b(?:published|produced|translated|adapted|republished|sponsored|updated|amended|corrected|appeared)\b.*"
    ),
    r"(?:written|reporting|reported|editing|edited|translated|compiled)(?: and \w+)? by\b.*",
    r"(?:published|updated|posted|last (?:updated|modified)|first published|modified)\b\s*(?:on|at)?\s*:?\s.*\d.*",
    r"(?:about\s)?\d+\s*[-\s]min(?:ute)?s?\.?\s+(?:read|ago).*|\d+ (?:hours?|days?) ago",
)
_CASED_FURNITURE = (
    (
        rf"(?:By|BY|by)\s+{_PERSON}(?:(?:\s*[,|/;·–—-]\s*|\s+(?:and|in|for|AND)\s+){_PERSON}){{0,4}}"
        rf"(?:\s*[,|/;·–—-]?\s*{_DATE})?"
    ),
    (
        rf"(?:{_PERSON},?\s*(?:\([A-Z][\w. ]*\)\s*)?[,|–—-]?\s*)?{_DATE}(?:\s*[,|–—-]?\s*(?:at\s+)?{_TIME})?"
        r"\s*(?:\([A-Z][\w. /]*\))?\s*[–—-]*"
    ),
    rf"[A-Z]{{3,}}(?:[ ,]+{_PERSON})?\s*(?:\([A-Z][\w. /]*\))?\s*[–—-]+",
    rf"{_TIME}",
)
_CAPTION = (
    (
        r"(?:file |archive |stock )?(?:photos?|image|picture|photograph|photo credit|image credit|credits?|graphic|illustration"
        r"|map|chart|caption|video)(?: by| credit| courtesy of)?\s*[:/].*"
    ),
    r"(?:fig\.|figure|chart|map|graph)\s*\d+\s*[.:].*",
    r"photo(?:graph)?s? (?:by|courtesy of) .*|(?:file|archive|stock) (?:photo|image|picture)\b.*",
    r"pictured\b.*|from (?:the )?left(?: to right)?\b\s*[:,(].*|(?:left|right)(?: to (?:left|right))?\s*:.*",
    r"(?:top|bottom|above|below|clockwise)(?: from (?:the )?(?:top|left|right|top left))?\s*:.*|clockwise from\b.*",
    r".*\((?:ap photo|photo|image|file|credit|picture|illustration)\b[^)]*\)\s*\.?",
    rf".*(?:[/©|(]|\bvia|\bphoto by)\s*{_AGENCY}(?:[\s/]+{_AGENCY})*\)?\s*\.?",
)
_CASED_CAPTION = (
    (
        rf"(?:(?![.!?]\s).)*\b(?:in|at|near|outside|inside|during|from|of|celebration|meeting|day),?\s(?:(?![.!?]\s).)*"
        rf"[A-Z][\w’'-]+,\s+{_MONTH}\s+\d{{1,2}},\s+\d{{4}}\.?"
    ),
)

_LONGEST = 400
"""Characters; a longer line is text, whatever it begins with."""


def _any_of(*patterns: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags | re.DOTALL)


_IS_FURNITURE = _any_of(*_FURNITURE, flags=re.IGNORECASE)
_IS_CASED_FURNITURE = _any_of(*_CASED_FURNITURE)
_IS_CAPTION = _any_of(*_CAPTION, flags=re.IGNORECASE)
_IS_CASED_CAPTION = _any_of(*_CASED_CAPTION)
_OPENS_FURNITURE = re.compile(
    (
        r"(?:related|recommended) (?:articles?|stor(?:y|ies)|posts?)\s*:|(?:see also|also read|read also|read more|read next)\s*:"
        r"|(?:photo|image|picture)(?: credit| by)?\s*:|the (?:views|opinions) expressed\b|share this\b|editor['’]?s note\s*:"
    ),
    re.IGNORECASE,
)


def is_furniture(line: str) -> bool:
    """Whether the unwrapped `line` is worded like furniture, or has no letter and no digit."""
    if not any(map(str.isalnum, line)):
        return True
    return len(line) <= _LONGEST and bool(_IS_FURNITURE.fullmatch(line) or _IS_CASED_FURNITURE.fullmatch(line))


def is_caption(line: str) -> bool:
    """Whether the unwrapped `line` is worded like the caption or credit of a picture."""
    return len(line) <= _LONGEST and bool(_IS_CAPTION.fullmatch(line) or _IS_CASED_CAPTION.fullmatch(line))


def furniture_starts(line: str) -> bool:
    """Whether a physical `line` begins with words that only open a line of furniture or a caption."""
    return _OPENS_FURNITURE.match(line) is not None
