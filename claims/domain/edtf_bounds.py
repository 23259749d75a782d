"""The first and the last day of an EDTF text, as its grammar (ISO 8601-2, level 2) gives them."""

from __future__ import annotations

import re
from calendar import isleap
from typing import Final

type Day = tuple[int, int, int]  # year, month, day, which the calendar need not have
type Bounds = tuple[Day | None, Day | None]  # None at an end left open

_YEAR: Final = r"(?!-0000)-?\d{4}"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"
_UA: Final = "[~?%]"
_DATE = re.compile(rf"({_YEAR})(?:-({_MONTH})(?:-({_DAY}))?)?", re.ASCII)
_SEASON = re.compile(rf"({_YEAR})-(2[1-9]|3\d|4[01])", re.ASCII)
_BEFORE_CHRIST_WITH_X = re.compile(r"(-\d[\dX][\dX]X)()()", re.ASCII)
_MONTH_WITH_X: Final = rf"(?:{_MONTH}|[01X]X|X\d)"
_DAY_WITH_X: Final = rf"(?:{_DAY}|[0-3X]X|X\d)"
_WITH_X = re.compile(
    rf"({_YEAR}|[\dX]{{4}})(?:-({_MONTH_WITH_X})(?:-({_DAY_WITH_X}))?)?", re.ASCII
)  # fmt: skip
# A qualifier behind the last known part: 199X~, 2012-XX?, 2012-01-XX%, 2012-01-2X~.
_X_AT_THE_END = re.compile(
    rf"-?\d[\dX][\dX]X|{_YEAR}-[01X]X|{_YEAR}-{_MONTH}-[0-3X]X|{_YEAR}-XX-XX", re.ASCII
)
_QUALIFIED_INSIDE = re.compile(
    rf"{_UA}{_YEAR}(?:-{_UA}?{_MONTH}(?:-{_UA}?{_DAY})?)?"
    rf"|{_YEAR}{_UA}?-{_UA}{_MONTH}(?:-{_UA}?{_DAY})?"
    rf"|{_YEAR}{_UA}?-{_MONTH}-{_UA}{_DAY}"
    rf"|{_YEAR}-{_MONTH}{_UA}-{_DAY}"
    rf"|{_YEAR}{_UA}-{_MONTH}(?:-{_DAY})?",
    re.ASCII,
)
_MONTH_UNKNOWN = re.compile(rf"{_YEAR}-XX", re.ASCII)
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SPRING, _SUMMER, _AUTUMN, _WINTER = (3, 5), (6, 8), (9, 11), (12, 12)
_QUARTERS: Final = ((1, 3), (4, 6), (7, 9), (10, 12))
_THIRDS: Final = ((1, 4), (5, 8), (9, 12))
_HALVES: Final = ((1, 6), (7, 12))
# Seasons from 21: of any place, of the north, of the south. Winter is said to be December.
_MONTHS_OF: Final = (
    *(_SPRING, _SUMMER, _AUTUMN, _WINTER),
    *(_SPRING, _SUMMER, _AUTUMN, _WINTER),
    *(_AUTUMN, _WINTER, _SPRING, _SUMMER),
    *_QUARTERS,
    *_THIRDS,
    *_HALVES,
)


def edtf_bounds(text: str) -> Bounds | None:
    """Return both strict bounds of the text, None when it is no EDTF.

    Neither times nor years of more than four digits are read. The days may not exist
    (2011-02-29, the year 0), and the first may lie behind the last.
    """
    if text[:1] in ("[", "{"):
        return _set_bounds(text)
    first, slash, last = text.partition("/")
    return _interval_bounds(first, last) if slash else _single(text) or _season(text, 41)


def _interval_bounds(first: str, last: str) -> Bounds | None:
    """Return an interval's bounds; an end that is not known ('') binds nothing either."""
    if first == last == "":
        return None
    begin, end = _side(first), _side(last)
    if begin and end:
        return begin[0], end[1]
    # A side with X or with a qualifier inside stands beside its like or an unqualified date.
    begin, end = _unqualified(first), _unqualified(last)
    return (begin[0], end[1]) if begin and end else None


def _side(text: str) -> Bounds | None:
    if text in ("", ".."):
        return None, None
    bare = text[:-1] if text[-1] in "~?%" else text
    return _date(bare) or _season(bare, 24)


def _unqualified(text: str) -> Bounds | None:
    return _date(text) or _season(text, 24) or (None if _lone(text) else _partly_known(text))


def _lone(text: str) -> bool:
    """Whether the text is read by itself only: 2012-XX is, in an interval or a set write 2012."""
    return _MONTH_UNKNOWN.fullmatch(text) is not None


def _single(text: str) -> Bounds | None:
    bare = text[:-1] if text[-1:] in ("~", "?", "%") else text
    if bare != text:
        known = _X_AT_THE_END.fullmatch(bare)
        return _date(bare) or (_partly_known(bare) or _negative(bare) if known else None)
    return _date(text) or _partly_known(text) or _negative(text)


def _partly_known(text: str) -> Bounds | None:
    """Read a date with X in it, or with a qualifier inside it."""
    if "X" in text:
        return _ends(_WITH_X.fullmatch(text))
    if _QUALIFIED_INSIDE.fullmatch(text):
        return _ends(_DATE.fullmatch(re.sub(_UA, "", text)))
    return None


def _negative(text: str) -> Bounds | None:
    return _ends(_BEFORE_CHRIST_WITH_X.fullmatch(text))


def _date(text: str) -> Bounds | None:
    found = _DATE.fullmatch(text)
    if found is None or (found[3] and int(found[3]) > _LONGEST[int(found[2]) - 1]):
        return None
    return _ends(found)


def _season(text: str, last_code: int) -> Bounds | None:
    found = _SEASON.fullmatch(text)
    if found is None or int(found[2]) > last_code:
        return None
    year = int(found[1])
    first, last = _MONTHS_OF[int(found[2]) - 21]
    return (year, first, 1), (year, last, _days_in(year, last))


def _ends(found: re.Match[str] | None) -> Bounds | None:
    """Return the first and the last day that year, month and day with X may mean."""
    if found is None:
        return None
    year, month, day = found.groups()
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    months, days = _meant(month or "XX", 12), _meant(day or "XX", 31)
    if "X" not in (day or "X"):  # a whole day stays, so that one that is no day is refused
        return (first_year, months[0], days[0]), (last_year, months[-1], days[0])
    return _edge(first_year, months, days), _edge(last_year, months[::-1], days[::-1])


def _meant(pattern: str, greatest: int) -> list[int]:
    """Return the numbers from 1 that two digits, X for any, may mean."""
    fits = re.compile(pattern.replace("X", r"\d"), re.ASCII).fullmatch
    return [number for number in range(1, greatest + 1) if fits(f"{number:02}")]


def _edge(year: int, months: list[int], days: list[int]) -> Day:
    """Return the first day in this order that the calendar has, else one that it has not."""
    found = ((year, m, day) for m in months for day in days if day <= _days_in(year, m))
    return next(found, (year, months[0], days[0]))


def _days_in(year: int, month: int) -> int:
    return 28 if month == 2 and not isleap(year) else _LONGEST[month - 1]


def _set_bounds(text: str) -> Bounds | None:
    """Return the bounds of "one of" sets in [] and "all of" sets in {}."""
    if text[-1:] != {"[": "]", "{": "}"}[text[0]]:
        return None
    texts = text[1:-1].split(",")
    members = [
        _member(one, first=place == 0, last=place == len(texts) - 1)
        for place, one in enumerate(texts)
    ]
    if len(texts) == 1 and ".." not in text:
        return None
    firsts: list[Day | None] = []
    lasts: list[Day | None] = []
    for member in members:
        if member is None:
            return None
        firsts.append(member[0])
        lasts.append(member[1])
    if text[0] == "{" and len(texts) > 1 and (None in firsts or None in lasts):
        return None
    return _least(firsts), _greatest(lasts)


def _member(text: str, *, first: bool, last: bool) -> Bounds | None:
    """Read a member of a set; only the first may be open below, only the last above."""
    begin, dots, end = text.partition("..")
    if not dots:
        return None if _lone(text) else _single(text)
    if not begin and first:
        found = _date(end)
        return (None, found[1]) if found else None
    if not end and last:
        found = _date(begin)
        return (found[0], None) if found else None
    begins, ends = _date(begin), _date(end)
    if begins is None or ends is None or begin.count("-", 1) != end.count("-", 1):
        return None
    return begins[0], ends[1]


def _least(days: list[Day | None]) -> Day | None:
    known = [day for day in days if day is not None]
    return None if len(known) < len(days) else min(known)


def _greatest(days: list[Day | None]) -> Day | None:
    known = [day for day in days if day is not None]
    return None if len(known) < len(days) else max(known)
