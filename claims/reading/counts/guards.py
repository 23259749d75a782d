"""Numbers that count nothing: years, names, times, codes, calibres, scores, references."""

import re
from functools import lru_cache

from claims.reading.counts.numbers import Number
from claims.reading.languages.english import ENGLISH

THINGS = ENGLISH.source("guards.things")
COUNTED = ENGLISH.pattern("guards.counted")
NAME_BEFORE = ENGLISH.pattern("guards.name_before")
CAPITAL_BEFORE = re.compile(r"(?:\A|[ (\"'\u201c\u2018/])([A-Z][\w'\u2019.-]{0,30}) \Z")
NO_NAMES = frozenset(ENGLISH.words("guards.no_names"))
AGE_AFTER = ENGLISH.pattern("guards.age_after")
AGE_OF = ENGLISH.pattern("guards.age_of")
AGED_NEXT = ENGLISH.pattern("guards.aged_next")
AGE_BESIDE = ENGLISH.pattern("guards.age_beside")
AT_AGE = ENGLISH.pattern("guards.at_age")
NAME_BRACKET = ENGLISH.pattern("guards.name_bracket")
"""As in "Maria Silva (24)"."""
CLOCK_BEFORE = ENGLISH.pattern("guards.clock_before")
CLOCK_AFTER = ENGLISH.pattern("guards.clock_after")
PLACE_MARK = ENGLISH.pattern("guards.place_mark")
COMPASS_AFTER = ENGLISH.pattern("guards.compass_after")
NAME_COMMA = re.compile(r"[A-Z][\w'\u2019-]+ [A-Z][\w'\u2019-]+, \Z")
TIME_AFTER = ENGLISH.pattern("guards.time_after")
TIME_BEFORE = re.compile(r"[0-9]:\Z|\b[0-9]{1,2}\.\Z")
UNIT_NAME_AFTER = ENGLISH.pattern("guards.unit_name_after")
CALIBRE_AFTER = ENGLISH.pattern("guards.calibre_after")
STRING_BEFORE = re.compile(r"(?:[0-9][-\u2013/.:]|[A-Za-z_/\\][-_/\\.]?|[A-Z][0-9]*-|\.)\Z")
STRING_AFTER = re.compile(
    r"(?:[-\u2013/][0-9]+[-\u2013/][0-9]|st\b|nd\b|rd\b|th\b|[A-Za-z_]{2,}[0-9]|[A-Z]\b(?! )|"
    r"\.[A-Za-z]{2,4}\b|:[0-9]|/[0-9])"
)
ERA_AFTER = re.compile(r"(?:\u2013[0-9]+)? ?(?:BCE?|AD|CE|AH)\b")
ERA_BEFORE = re.compile(r"\b(?:AD|CE|AH) \Z")
ERAS = ("AD ", "CE ", "AH ")
SCORE_BEFORE = ENGLISH.pattern("guards.score_before")
HOURS = ENGLISH.pattern("guards.hours")
MILITARY = re.compile(r"[0-2][0-9][0-5][0-9]")
ROUND = re.compile(r"10{2,6}|1,000|10,000|100,000|1,000,000")
"""What a rate is per: "4.5 per 1,000"."""
DAY_AFTER = ENGLISH.pattern("guards.day_after")
"""As in "12 Janaury 2016": the day of a date that is written wrongly."""
PHONE = re.compile(r"\+[0-9][0-9 ]*\Z|\+\Z")
BELOW = re.compile(r"(?:\A|[ (])[-\u2212]\Z")
DECADE = re.compile(r"(?:\A|[ (])['\u2019\u2018]\Z")
OWNER = re.compile(r"(?:'s|\u2019s|s')\Z")
EACH_OF_TWO = ENGLISH.pattern("guards.each_of_two")
DATED_BEFORE = ENGLISH.pattern("guards.dated_before")
LOST_NEXT = ENGLISH.pattern("guards.lost_next")
LOST_BEFORE = ENGLISH.pattern("guards.lost_before")
"""As in "It killed 1500": a number, not a year."""
YEAR = re.compile(r"(?:1[0-9]{3}|20[0-9]{2}|2100)\Z")
IDIOM_ONE = ENGLISH.pattern("guards.idiom_one")
ONE_BEFORE = ENGLISH.pattern("guards.one_before")
SPEAKS_NEXT = ENGLISH.pattern("guards.speaks_next")
LAYOUT = ENGLISH.pattern("labels.layout")
COUNTS = ENGLISH.pattern("labels.counts")
DATED = ENGLISH.pattern("labels.dated")


def counts_nothing(text: str, number: Number, floor: int, limit: int) -> bool:
    """Whether a number of a block [floor, limit) is a name, a code, a time or an idiom."""
    before = text[max(floor, number.start - 48) : number.start]
    after = text[number.end : min(limit, number.end + 160)]
    aged = before.endswith(" of ") and AGED_NEXT.match(after) and AGE_OF.search(before)
    if aged or AGE_AFTER.match(after):
        return True
    if AT_AGE.search(before) or CLOCK_AFTER.match(after) or _is_clock(before, after):
        return True
    if number.form == "words":
        return _is_idle_word(text[number.start : number.end].lower(), before, after)
    if number.form in ("part", "vague"):
        return False
    if HOURS.match(after) and MILITARY.fullmatch(text, number.start, number.end):
        return True
    if before.endswith(" per ") and ROUND.fullmatch(text, number.start, number.end):
        return True
    if DAY_AFTER.match(after) or PHONE.search(before) or BELOW.search(before):
        return True
    if DECADE.search(before) and after.startswith("s"):
        return True
    return (
        _is_code(before, after)
        or _is_age_beside(before, after)
        or _is_time(before, after)
        or PLACE_MARK.search(before) is not None
        or COMPASS_AFTER.match(after) is not None
        or (after.startswith(")") and NAME_BRACKET.search(before) is not None)
        or _is_name(text, number, before, after, floor)
        or ERA_AFTER.match(after) is not None
        or (before.endswith(ERAS) and ERA_BEFORE.search(before) is not None)
    )


def _is_clock(before: str, after: str) -> bool:
    """As in "by half past nine", where "half past nine men" is no English."""
    return CLOCK_BEFORE.search(before) is not None and not COUNTED.match(after)


def _is_age_beside(before: str, after: str) -> bool:
    """As in "Ann Lee, 40, was"."""
    return (
        before.endswith(", ")
        and AGE_BESIDE.match(after) is not None
        and NAME_COMMA.search(before) is not None
    )


def is_bare_year(written: str, before: str, after: str) -> bool:
    """Whether four digits read as a year here rather than as a count."""
    if not YEAR.match(written) or LOST_BEFORE.search(before):
        return False
    if DATED_BEFORE.search(before) and LOST_NEXT.match(after):
        return True
    return not COUNTED.match(after)


def is_score(before: str) -> bool:
    """Whether "3\u20131" after these words would be the result of a game."""
    return SCORE_BEFORE.search(before) is not None


def _is_code(before: str, after: str) -> bool:
    return bool(
        (not before.endswith(" ") and STRING_BEFORE.search(before, _last_word(before)))
        or STRING_AFTER.match(after)
        or CALIBRE_AFTER.match(after)
        or UNIT_NAME_AFTER.match(after)
    )


def _is_time(before: str, after: str) -> bool:
    return TIME_AFTER.match(after) is not None or (
        before.endswith((":", ".")) and TIME_BEFORE.search(before) is not None
    )


def _last_word(before: str) -> int:
    """Where the last word of some words begins; one blank may stand behind it."""
    return before.rfind(" ", 0, -1) + 1


def _is_name(text: str, number: Number, before: str, after: str, floor: int) -> bool:
    if number.unit or number.scale != 1 or "," in text[number.start : number.end]:
        return False
    if EACH_OF_TWO.match(after):
        return False
    if NAME_BEFORE.search(before, _last_word(before)):
        return not COUNTED.match(after) or before[-1:] == "-"
    capital = CAPITAL_BEFORE.search(before, max(0, _last_word(before) - 1))
    if (
        capital is None
        or capital[1] in NO_NAMES
        or OWNER.search(capital[1])
        or COUNTED.match(after)
    ):
        return False
    first_word = number.start - len(capital[0].lstrip()) <= floor + 1
    sentence_start = before[: capital.start() + 1].rstrip().endswith((".", ":", ";"))
    lower_next = re.match(r" [a-z]{3,}s\b", after) is not None
    return not ((first_word or sentence_start) and lower_next) and not lower_next


def _is_idle_word(word: str, before: str, after: str) -> bool:
    if word == "one":
        return bool(ONE_BEFORE.search(before) or IDIOM_ONE.match(after) or SPEAKS_NEXT.match(after))
    if before.endswith(("-", "the other ", "these ")) and not before.endswith(" -"):
        return before.endswith("-")
    return False


@lru_cache(maxsize=1024)
def label_is_layout(label: str) -> bool:
    """Whether an infobox key holds picture sizes, codes and the like."""
    return LAYOUT.search(label.casefold()) is not None


@lru_cache(maxsize=1024)
def label_counts(label: str) -> bool:
    """Whether a bare number under this key or header is a quantity."""
    folded = label.casefold()
    return COUNTS.search(folded) is not None and DATED.search(folded) is None
