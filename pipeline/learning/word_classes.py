"""Words without their subject: function words as they are, all others by their look.

"Mr. Orban insisted that taxes must fall" and "Ms. Lind insisted that trains must run" are one pattern. N-grams of it
tell functions apart whatever a text is about, and whoever it names.
"""

from __future__ import annotations

import re

FUNCTION_WORDS = re.findall(
    r"\w+",
    "a an the this that these those and or but nor so yet for if because although though while when where who whom"
    " whose which what how why as than like of in on at by to from with without about over under into onto through"
    " between among after before since until during against i me my we us our you your he him his she her it its"
    " they them their is are was were be been being am have has had do does did will would can could may might must"
    " shall should not no never more most less very too just only also even still already then there here now all"
    " any some each every both few many much such own same other one up down out off again",
)
_TELLING_WORDS = (
    "said says say told tells added argued claimed warned insisted according reportedly allegedly percent per cent"
    " million billion hundred thousand two three expected expects likely unlikely need needs let going used ought wants"
    " want think thinks believe believes know knows year years last next week month ago today yesterday monday tuesday"
    " wednesday thursday friday saturday sunday mr mrs ms dr nobody everyone everybody nothing something anyone"
    " somebody always perhaps maybe indeed surely clearly simply really i'm it's don't can't won't we're isn't doesn't"
    " didn't there's that's he's she's they're i've we've you're one's"
)
KEPT = frozenset([*FUNCTION_WORDS, *_TELLING_WORDS.split()])
"""Words that stand for themselves."""

_ENDINGS = (
    *("tion", "ment", "ness", "ity", "ism", "ing", "ed", "ly", "ous", "ful", "ive", "able", "al", "ic", "less"),
    *("est", "er", "ist", "s"),
)
_SHORTEST_STEM = 3
_QUOTATION_MARKS = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def word_class(form: str, first: bool) -> str:
    """What stands for a token in a pattern.

    A function word or mark for itself, a number for `#`, a name for `Aa`, another word for its ending.

    Args:
        form: the token as it is written.
        first: whether it opens its sentence, where a capital tells nothing.

    Example:
        >>> [word_class(form, first=False) for form in ("must", "nations", "Oslo", "1998", "quickly")]
        ['must', '-s', 'Aa', '#year', '-ly']
    """
    lowered = form.lower().replace("’", "'")
    if not form[0].isalnum():
        return _QUOTATION_MARKS.get(form, form)
    if lowered in KEPT:
        return lowered
    if any(map(str.isdigit, form)):
        return "#year" if _YEAR.fullmatch(form) else "#" if form.isdigit() else "#x"
    if form[0].isupper() and not first:
        return "AA" if len(form) > 1 and form.isupper() else "Aa"
    ending = next((end for end in _ENDINGS if lowered.endswith(end) and len(lowered) >= len(end) + _SHORTEST_STEM), "w")
    return ("^" if form[0].isupper() else "") + (ending if ending == "w" else f"-{ending}")
