"""The closed lists of words that the sentence splitter goes by; abbreviations in lower case, without the last stop."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BEFORE_NAMES = _words(
    "mr mrs ms mx messrs dr drs prof gen lt col maj capt cmdr cpl sgt pvt adm brig supt insp det cst rev fr hon msgr"
    " sen sens rep reps gov govs pres amb dir st ste mt ft vs v e.g i.e cf viz al.g mme mlle m.me ald atty asst assoc"
    " approx est ca"
)
"""Never the last word of a sentence: a name, a number or the rest of the phrase follows."""

BEFORE_NUMBERS = _words("no nos n° art arts fig figs vol vols p pp ch sec para paras op cl tel ext")
"""Abbreviations before a number, words at other times."""

MONTHS = _words("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")

SOMETIMES_LAST = _words(
    "inc ltd co corp llc plc bros jr sr esq etc al ph.d dept univ assn ave blvd rd sq hwy mass calif conn fla ill mich"
    " minn penn tenn tex wash wis ariz ala ark colo del kan ky md mo neb nev okla ore va vt wyo d-calif govt intl natl"
    " d-mich b.sc m.sc ed eds trans"
)
"""The last word of a sentence only when the next word is one that starts sentences; so are acronyms and initials."""

TIME_WORDS = _words(
    "EST EDT CST CDT MST MDT PST PDT ET CT MT PT GMT UTC BST CET CEST MSK Eastern Central Mountain Pacific Greenwich"
    " Moscow London Sunday Monday Tuesday Wednesday Thursday Friday Saturday Sundays Mondays Tuesdays Wednesdays"
    " Thursdays Fridays Saturdays Jan Feb March April May June July Aug Sept Oct Nov Dec January February August"
    " September October November December"
)
"""Words that go on after a.m. and p.m."""

STARTERS = _words(
    "The A An He She It They We You I This That These Those There Here But And Or So Yet In On At As If When"
    " While After Before Since Although Though However Meanwhile His Her Its Their Our My Your What Who Whose"
    " Why How Where Which Whether Some Many Most Few All Both Each Every No Not Nobody Nothing None One Two"
    " Three For From With Without By To Of Now Then Today Yesterday Tomorrow Still Instead Even Once Only Just"
    " According Also Another Any Because Despite During Until Unless Under Over Between Among Such Perhaps"
    " Maybe Yes Let Next Later Moreover Nor Other Others Nevertheless Indeed Thus Hence Therefore Finally"
    " Neither Either Is Are Was Were Do Does Did Can Could Should Would Has Have Had Never Again Critics"
    " Analysts"
)
"""Capitalised words that begin a sentence far more often than a name."""

SPEECH = _words(
    "said says say asked asks ask shouted shouts cried cries replied replies answered wondered wonders exclaimed yelled"
    " screamed whispered whispers muttered wrote writes added adds told insisted declared demanded joked quipped"
    " recalled continued snapped"
)
"""Verbs that tie a quotation to the speaker named after it."""

NAMES_WITH_MARKS = _words("Yahoo Jeopardy Yum")
"""Names written with an exclamation mark."""
