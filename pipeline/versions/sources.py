"""Whether a named source became an anonymous one, or the other way round."""

from __future__ import annotations

import re

from pipeline.versions.lexicon import Lexicon

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
NEAR = 6
"""Words on either side of a verb of saying among which its speaker is looked for."""


def source_change(source: str, version: str, lexicon: Lexicon) -> str | None:
    """`source_anonymised`, `source_named`, or None when neither is plain.

    A source is named when a capitalised word that does not begin a sentence stands near a verb of saying; it is
    anonymous when none does and a vague word for people does.

    Args:
        source: linked sentences of the source, in a row.
        version: those of the version.
        lexicon: verbs of saying and vague words.
    """
    before, after = _speakers(source, lexicon), _speakers(version, lexicon)
    if before == "named" and after == "vague":
        return "source_anonymised"
    if before == "vague" and after == "named":
        return "source_named"
    return None


def _speakers(text: str, lexicon: Lexicon) -> str | None:
    """`named` or `vague`, whatever stands near the verbs of saying; None without such a verb, or when neither does."""
    words = list(_WORD.finditer(text))
    forms = [match.group().lower() for match in words]
    saying = [number for number, form in enumerate(forms) if form in lexicon.neutral | lexicon.convicting]
    near = {i for number in saying for i in range(max(0, number - NEAR), min(len(words), number + NEAR + 1))}
    if any(words[i].group()[0].isupper() and not _begins(text, words[i].start()) for i in near):
        return "named"
    return "vague" if any(forms[i] in lexicon.vague for i in near) else None


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, or a quotation, begins at `start`."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:;“\"‘'(—–"
