"""Why a text is no date that factbase keeps, and what to write for it."""

from __future__ import annotations

import re
from calendar import isleap
from typing import Final

EXAMPLE: Final = "Write for example 2012-01-24, 2012-01-16/2012-01-17, 2012-02~ or ../2012-07."
CONVERT: Final = (
    "Dates here are of the Gregorian calendar: convert it, and keep in the quote what the source "
    "says."
)
_OTHER_CALENDAR = re.compile(
    r"\b(julian|old style|o\.? ?s\.?|hebrew|jewish|hijri|islamic|coptic|ethiopian|persian|"
    r"bengali|buddhist|republican|a\.?h\.?)(?!\w)",
    re.IGNORECASE,
)
# 1731/32 often means that the year began in March; 12/24 January 1900 gives both calendars.
_TWO_YEARS = re.compile(r"(?<!\d)(\d\d)(\d\d)/(\d\d?)(?!\d|-)", re.ASCII)
_TWO_DAYS = re.compile(r"(?<!\d)\d\d?/\d\d? [^\W\d]+ \d{3,4}(?!\d)")
_LEAP_DAY = re.compile(r"(\d\d00)-02-29", re.ASCII)
_BEFORE_CHRIST = re.compile(r"(?<!\w)b\.? ?c\.?(?: ?e\.?)?(?!\w)", re.IGNORECASE)
_FAR_YEAR = re.compile(r"(?:^|[/,.\[{])[~?%]?(?:-\d{3,}|0000|Y-\d|Y?-?\d{5,}|[+]\d{5,})", re.ASCII)
_PART = re.compile(r"[^/,\[\]{}]+")
_NO_MONTH = re.compile(r"(\d{4})-00(?:-00)?([~?%]?)", re.ASCII)
_NO_DAY = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-00([~?%]?)", re.ASCII)
_SHORT = re.compile(r"(\d{4})-(\d\d?)(?:-(\d\d?))?([~?%]?)", re.ASCII)


def edtf_fault(text: str, otherwise: str) -> str:
    """Return what is wrong with a text that could not be read, and what to write for it.

    ``otherwise`` is the reason where nothing more is known, a sentence's end: "is no EDTF date".
    """
    mended = _zeros(text) or _short(text) or _joined_years(text)
    if mended:
        return f'"{text}" {mended}'
    return f'"{text}" {_calendar(text) or _far(text) or f"{otherwise}."} {EXAMPLE}'


def _joined_years(text: str) -> str:
    """1731/32: two years, or one that began in March."""
    found = _TWO_YEARS.search(text)
    if not found or (int(found[2]) + 1) % 100 != int(found[3]):
        return ""
    first = int(found[1] + found[2])
    return f"joins two years: write {first:04}/{first + 1:04} for both. {CONVERT}"


def _calendar(text: str) -> str:
    """A date of another calendar, where the text shows it."""
    if any(not isleap(int(found[1])) for found in _LEAP_DAY.finditer(text)):
        return f"names a day that only the Julian calendar has. {CONVERT}"
    if _TWO_DAYS.search(text) or _OTHER_CALENDAR.search(text):
        return f"looks like a date of another calendar. {CONVERT}"
    return ""


def _far(text: str) -> str:
    if _BEFORE_CHRIST.search(text) or _FAR_YEAR.search(text):
        return "is out of range: the years 1 to 9999 can be kept."
    return ""


def _zeros(text: str) -> str:
    """Month or day 00, as Wikidata and others write what is not known."""
    better = _PART.sub(lambda part: _without_zeros(part[0]), text)
    return "" if better == text else f"gives 00 for what is not known: write {better}."


def _without_zeros(part: str) -> str:
    found = _NO_MONTH.fullmatch(part) or _NO_DAY.fullmatch(part)
    return f"{found[1]}{found[2]}" if found else part


def _short(text: str) -> str:
    """Months and days of one digit."""
    better = _PART.sub(lambda part: _padded(part[0]), text)
    return "" if better == text else f"lacks a digit: write {better}."


def _padded(part: str) -> str:
    found = _SHORT.fullmatch(part)
    if not found or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[3] or 1) <= 31:
        return part
    day = f"-{int(found[3]):02}" if found[3] else ""
    return f"{found[1]}-{int(found[2]):02}{day}{found[4]}"
