"""Dates in words ("about February 2012"); the door to everything that belongs to a date."""

from __future__ import annotations

import re
from typing import Final

from claims.domain.edtf_bounds import Bounds, edtf_bounds
from claims.domain.edtf_text import (
    EdtfDate,
    EdtfError,
    date_interval,
    day_number,
    parse_edtf,
    precision,
)

__all__ = [
    "MONTHS",
    "EdtfDate",
    "EdtfError",
    "date_interval",
    "date_words",
    "day_number",
    "iso_date",
    "parse_edtf",
    "precision",
]

MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SEASONS: Final = ("spring", "summer", "autumn", "winter")
_ORDINALS: Final = ("first", "second", "third", "fourth")
_QUALIFIERS = re.compile(r"[~?%]")
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?", re.ASCII)
_TEN_DAYS = re.compile(r"-(?:\dX|X\d)(?:-|$)", re.ASCII)  # or ten months


def date_words(text: str) -> str:
    """Return the EDTF text in words; '' gives "unknown". Raises EdtfError on a bad text."""
    if not text:
        return "unknown"
    parse_edtf(text)
    bare = _QUALIFIERS.sub("", text)
    said = _set_words(bare) if bare[0] in "[{" else _plain_words(bare)
    about = "about " if ("~" in text or "%" in text) and said != "unknown" else ""
    doubt = " (uncertain)" if ("?" in text or "%" in text) and said != "unknown" else ""
    return f"{about}{said}{doubt}"


def iso_date(text: str) -> str:
    """Return the EDTF text where ISO 8601-1 has the same date, else ''.

    Readers that know no EDTF are told nothing rather than a certainty that the source has not.

    >>> iso_date("2012-02"), iso_date("2012-02~"), iso_date("2012-21"), iso_date("2012-02-30")
    ('2012-02', '', '', '')
    """
    if not _ISO.fullmatch(text):
        return ""
    try:
        return parse_edtf(text).text
    except EdtfError:
        return ""


def _plain_words(bare: str) -> str:
    first, slash, last = bare.partition("/")
    return _span_words(first, last) if slash else _one(first)


def _span_words(first: str, last: str) -> str:
    """Return an interval; an end that is '' or '..' is open."""
    open_first, open_last = first in ("", ".."), last in ("", "..")
    if open_first and open_last:
        return "unknown"
    if open_first:
        return f"by {_one(last)}"
    if open_last:
        return f"since {_one(first)}"
    return _from_to(first, last)


def _from_to(first: str, last: str) -> str:
    """Return both ends, what they share said once."""
    begin, end = _one(first), _one(last)
    if begin == end:
        return begin
    (a_year, a_month, a_day), (z_year, z_month, z_day) = _fields(first), _fields(last)
    if a_year != z_year or not a_month or not z_month:
        return f"{begin} to {end}"
    if a_day and z_day and a_month == z_month:
        return f"{int(a_day)}\u2013{end}"
    return f"{begin.removesuffix(' ' + a_year)} to {end}"


def _set_words(bare: str) -> str:
    """Return "one of" sets with "or", "all of" sets with "and"."""
    word = "or" if bare[0] == "[" else "and"
    said = [_member(member) for member in bare[1:-1].split(",")]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {word} {said[-1]}"


def _member(member: str) -> str:
    first, dots, last = member.partition("..")
    if not dots:
        return _one(first)
    if not first:
        return f"by {_one(last)}"
    return _from_to(first, last) if last else f"{_one(first)} or later"


def _fields(part: str) -> tuple[str, str, str]:
    """Return year, month and day as digits, '' where not stated."""
    negative = part.startswith("-")
    year, month, day = (*part.removeprefix("-").split("-"), "", "")[:3]
    known_month = month if month.isdigit() and 1 <= int(month) <= 12 else ""
    return ("-" if negative else "") + year, known_month, day if day.isdigit() else ""


def _one(part: str) -> str:
    """Return a single date."""
    if _TEN_DAYS.search(part) and (bounds := edtf_bounds(part)):
        return _ends_in_words(bounds, part)
    year, month, day = _fields(part)
    spoken = _year(year)
    if month:
        name = MONTHS[int(month) - 1]
        name = f"{int(day)} {name}" if day else name
        return f"{name}, year unknown" if spoken == "unknown" else f"{name} {spoken}"
    if day:
        return f"day {int(day)} of a month in {spoken}"
    code = part.rpartition("-")[2]
    return _season(int(code), spoken) if len(code) == 2 and code.isdigit() else spoken


def _ends_in_words(bounds: Bounds, part: str) -> str:
    """Return what a month or a day with one known digit may mean, to its precision."""
    length = 7 if part.count("-") == 1 else 10
    first, last = ("{:04}-{:02}-{:02}".format(*day)[:length] for day in bounds if day)
    return _from_to(first, last)


def _year(year: str) -> str:
    known = year.rstrip("Xx")
    if not known:
        return "unknown"
    missing = len(year) - len(known)
    if missing == 1:
        return f"the {known}0s"
    return f"{known}{'0' * missing}\u2013{known}{'9' * missing}" if missing else str(int(known))


def _season(code: int, year: str) -> str:
    """Return seasons (21 to 32), quarters (33), thirds (37) and halves (40) of a year."""
    if code <= 32:
        south = " (southern hemisphere)" if code >= 29 else ""
        return f"{_SEASONS[(code - 21) % 4]} {year}{south}"
    for start, unit in ((40, "half"), (37, "third"), (33, "quarter")):
        if code >= start:
            return f"{_ORDINALS[code - start]} {unit} of {year}"
    return year
