"""Uncertain dates: EDTF text to earliest and latest days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from claims.domain.edtf_bounds import Bounds, Day, edtf_bounds
from claims.domain.edtf_faults import EXAMPLE, edtf_fault
from claims.domain.intervals import Interval

MAX_LENGTH: Final = 64
_ALLOWED = re.compile(r"[0-9Xx~?%/.,\[\]{}\-]+", re.ASCII)
_ENDS = re.compile(r"\.\.|[/,\[\]{}]")
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?[~?%]?", re.ASCII)
_SEASON = re.compile(r"\d{4}-(?:2[1-9]|3\d|4[01])$", re.ASCII)
_MONTHS: Final = {
    "month": 1,
    "season": 3,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12000,
}


class EdtfError(ValueError):
    """A text that is no date factbase can keep; the message says why and shows a right one."""


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """An EDTF text with the days it may mean; None where an end is open or not known.

    `padded_earliest` and `padded_latest` serve the test interval only: where the text says
    "about" (`~` or `%`), they lie one unit of the stated precision further out.
    """

    text: str
    earliest: date | None
    latest: date | None
    padded_earliest: date | None
    padded_latest: date | None


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> EdtfDate:
    """Return the EdtfDate of an EDTF text (ISO 8601-2, level 2, without times).

    Raises EdtfError for anything else and for days outside the years 1 to 9999.
    """
    parts = split_dates(text)
    earliest, latest = _bounds(text, parts)
    if earliest and latest and earliest > latest:
        raise EdtfError(f'"{text}" ends before it begins. {EXAMPLE}')
    first, last = (parts[0], parts[-1]) if "/" in text else (max(parts, key=_padding),) * 2
    return EdtfDate(
        text=text,
        earliest=earliest,
        latest=latest,
        padded_earliest=_shifted(earliest, first, -1),
        padded_latest=_shifted(latest, last, 1),
    )


def date_interval(text: str) -> Interval:
    """Return the test interval of a date in proleptic Gregorian day numbers (toordinal)."""
    parsed = parse_edtf(text)
    return Interval(_ordinal(parsed.padded_earliest), _ordinal(parsed.padded_latest))


def day_number(day: date) -> Decimal:
    """Return the day as the Decimal that intervals and plots use."""
    return Decimal(day.toordinal())


def day_text(number: Decimal | None) -> str | None:
    """Return the ISO date of a day number; None stays None."""
    return None if number is None else date.fromordinal(int(number)).isoformat()


def precision(part: str) -> str:
    """Return the unit that one EDTF part is stated in: day, month, season, year, … millennium."""
    bare = re.sub(r"[~?%]", "", part)
    if _SEASON.match(bare):
        return "season"
    fields = bare.split("-")
    if "X" in fields[0]:
        known_digits = len(fields[0]) - len(fields[0].lstrip("0123456789"))
        return {3: "decade", 2: "century"}.get(known_digits, "millennium")
    known = [field for field in fields if field.isdigit()]
    return {1: "year", 2: "month"}.get(len(known), "day")


def split_dates(text: str) -> list[str]:
    """Return the single dates in the text, '' for an end left open; raises EdtfError."""
    if len(text) > MAX_LENGTH:
        raise EdtfError(f"A date has at most {MAX_LENGTH} characters. {EXAMPLE}")
    if not _ALLOWED.fullmatch(text):
        raise EdtfError(edtf_fault(text, "is no EDTF date"))
    ends = text.split("/")
    if len(ends) > 2 or (len(ends) == 2 and _says_nothing(*ends)):
        raise EdtfError(edtf_fault(text, "is no EDTF interval"))
    return _ENDS.split(text.strip("[]{}"))


def _says_nothing(first: str, last: str) -> bool:
    """Whether an end is neither a date nor left open."""
    if {first, last} <= {"", ".."}:
        return (first, last) != ("..", "..")
    return any(not re.search(r"[0-9X]", end) and end not in ("", "..") for end in (first, last))


def _bounds(text: str, parts: list[str]) -> tuple[date | None, date | None]:
    """Return both strict bounds, None at open ends."""
    plain = [_PLAIN.fullmatch(part) for part in parts]
    if plain[0] and plain[-1] and text == "/".join(parts):  # nearly all dates: a short way
        return _first_day(plain[0], text), _last_day(plain[-1], text)
    lower, upper = _grammar_bounds(text)
    earliest = None if _is_open(parts[0]) else _day(lower, text)
    return earliest, None if _is_open(parts[-1]) else _day(upper, text)


def _first_day(found: re.Match[str], text: str) -> date:
    return _day((int(found[1]), int(found[2] or 1), int(found[3] or 1)), text)


def _last_day(found: re.Match[str], text: str) -> date:
    first = _first_day(found, text)
    if found[3]:
        return first
    month = first.month if found[2] else 12
    return first.replace(month=month, day=monthrange(first.year, month)[1])


def _grammar_bounds(text: str) -> Bounds:
    """Return both strict bounds; the grammar knows no "about" behind a season."""
    bare = text.rstrip("~?%")
    found = edtf_bounds(bare if _SEASON.match(bare) else text)
    if found is None:
        raise EdtfError(edtf_fault(text, "is no EDTF date"))
    return found


def _is_open(part: str) -> bool:
    """Whether nothing bounds this end: an open end, or a year of which no digit is known."""
    return part in ("", "..") or part.lstrip("~?%").upper().startswith("XXXX")


def _day(day: Day | None, text: str) -> date:
    try:
        return date(*(day or (0, 0, 0)))
    except ValueError as problem:
        reason = edtf_fault(text, "names a day that the calendar does not have")
        raise EdtfError(reason) from problem


def _ordinal(day: date | None) -> Decimal | None:
    return None if day is None else day_number(day)


def _padding(part: str) -> int:
    """Return the rough length in days of the unit that "about" adds on each side."""
    if ("~" not in part and "%" not in part) or _is_open(part):
        return 0
    unit = precision(part)
    return 1 if unit == "day" else 31 * _MONTHS[unit]


def _shifted(day: date | None, part: str, sign: int) -> date | None:
    """Move the day by one stated unit, outwards, when the part says "about"."""
    if day is None or not _padding(part):
        return day
    unit = precision(part)
    try:
        if unit == "day":
            return day + timedelta(days=sign)
        return _months_later(day, sign * _MONTHS[unit])
    except (OverflowError, ValueError):
        return date.min if sign < 0 else date.max


def _months_later(day: date, months: int) -> date:
    """Move a first day of a month to a first day, a last day to a last day."""
    if months < 0:
        index = day.year * 12 + day.month - 1 + months
        return date(index // 12, index % 12 + 1, day.day)
    index = day.year * 12 + day.month + months
    return date(index // 12, index % 12 + 1, 1) - timedelta(days=1)
