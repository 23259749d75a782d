#!/usr/bin/env python3
# verify.py 0.1.0: check what factbase published, without trusting the site that served it.
#
# It needs Python 3.12 or newer and nothing else. How to use it:
#
#     python3 verify.py claims.ndjson                      an export, or - for standard input
#     python3 verify.py C1.json                            one document, or an answer of the API
#     python3 verify.py --proof C1.proof --key KEY C1.json the log holds this document
#     python3 verify.py --help                             everything else
#
# Exit codes: 0 everything that was checked holds, 1 something does not, 2 wrong usage.
#
# This file was built, by claims/verifier/build.py, from the modules that factbase itself computes
# with; change them, not this file:
#     claims/domain/edtf_bounds.py
#     claims/domain/edtf_faults.py
#     claims/domain/intervals.py
#     claims/domain/edtf_text.py
#     claims/domain/dates.py
#     claims/domain/published_figures.py
#     claims/domain/vague.py
#     claims/domain/vocabulary.py
#     claims/domain/quantity.py
#     claims/domain/entries.py
#     claims/domain/evidence.py
#     claims/domain/figures.py
#     claims/domain/published.py
#     claims/domain/words.py
#     claims/domain/derived_entries.py
#     claims/domain/published_records.py
#     claims/errors.py
#     claims/domain/sealed_text.py
#     claims/domain/document_format.py
#     claims/domain/earlier_rules.py
#     claims/domain/places.py
#     claims/domain/arithmetic.py
#     claims/domain/published_sums.py
#     claims/domain/gaps.py
#     claims/domain/origins.py
#     claims/domain/conflict.py
#     claims/domain/fingerprint.py
#     claims/domain/contention.py
#     claims/domain/stated_range.py
#     claims/domain/consensus.py
#     claims/domain/refs.py
#     claims/domain/decisions.py
#     claims/domain/marzullo.py
#     claims/domain/currencies.py
#     claims/domain/units.py
#     claims/domain/range_words.py
#     claims/domain/summary.py
#     claims/domain/derived.py
#     claims/domain/resting.py
#     claims/domain/recompute.py
#     claims/domain/recheck.py
#     claims/verifier/report.py
#     claims/verifier/chain.py
#     claims/verifier/strict_json.py
#     claims/verifier/pieces.py
#     claims/verifier/examination.py
#     claims/verifier/manifests.py
#     claims/domain/merkle.py
#     claims/domain/notes.py
#     claims/verifier/signatures.py
#     claims/verifier/proofs.py
#     claims/verifier/command.py
#
# BSD 3-Clause License
#
# Copyright (c) 2026, factbase contributors
#
# Redistribution and use in source and binary forms, with or without
# modification, are permitted provided that the following conditions are met:
#
# 1. Redistributions of source code must retain the above copyright notice, this
#    list of conditions and the following disclaimer.
#
# 2. Redistributions in binary form must reproduce the above copyright notice,
#    this list of conditions and the following disclaimer in the documentation
#    and/or other materials provided with the distribution.
#
# 3. Neither the name of the copyright holder nor the names of its
#    contributors may be used to endorse or promote products derived from
#    this software without specific prior written permission.
#
# THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
# AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
# IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
# DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
# FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
# DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
# SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
# CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
# OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
# OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""Check exports and documents of factbase: seals, chain, derived members, sums, proofs."""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64decode, b64encode
from bisect import bisect_left
from calendar import isleap, monthrange
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from decimal import Context, Decimal, ROUND_CEILING, ROUND_FLOOR
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import accumulate, chain
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, BinaryIO, cast, Final, Literal, NoReturn, Self, TypedDict, TypeGuard

__version__ = "0.1.0"

type NeedsPython312OrNewer = object  # an older Python stops here


# ---- claims/domain/edtf_bounds.py
# The first and the last day of an EDTF text, as its grammar (ISO 8601-2, level 2) gives them.

type Day = tuple[int, int, int]  # year, month, day, which the calendar need not have
type Bounds = tuple[Day | None, Day | None]  # None at an end left open
_YEAR: Final = r"(?!-0000)-?\d{4}"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"
_UA: Final = "[~?%]"
_DATE = re.compile(rf"({_YEAR})(?:-({_MONTH})(?:-({_DAY}))?)?", re.ASCII)
_EDTF_BOUNDS_SEASON = re.compile(rf"({_YEAR})-(2[1-9]|3\d|4[01])", re.ASCII)
_BEFORE_CHRIST_WITH_X = re.compile(r"(-\d[\dX][\dX]X)()()", re.ASCII)
_MONTH_WITH_X: Final = rf"(?:{_MONTH}|[01X]X|X\d)"
_DAY_WITH_X: Final = rf"(?:{_DAY}|[0-3X]X|X\d)"
_WITH_X = re.compile(
    rf"({_YEAR}|[\dX]{{4}})(?:-({_MONTH_WITH_X})(?:-({_DAY_WITH_X}))?)?", re.ASCII
)
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
_EDTF_BOUNDS_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
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
    return _interval_bounds(first, last) if slash else _single(text) or _edtf_bounds_season(text, 41)


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
    return _date(bare) or _edtf_bounds_season(bare, 24)


def _unqualified(text: str) -> Bounds | None:
    return _date(text) or _edtf_bounds_season(text, 24) or (None if _lone(text) else _partly_known(text))


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
        return _edtf_bounds_ends(_WITH_X.fullmatch(text))
    if _QUALIFIED_INSIDE.fullmatch(text):
        return _edtf_bounds_ends(_DATE.fullmatch(re.sub(_UA, "", text)))
    return None


def _negative(text: str) -> Bounds | None:
    return _edtf_bounds_ends(_BEFORE_CHRIST_WITH_X.fullmatch(text))


def _date(text: str) -> Bounds | None:
    found = _DATE.fullmatch(text)
    if found is None or (found[3] and int(found[3]) > _EDTF_BOUNDS_LONGEST[int(found[2]) - 1]):
        return None
    return _edtf_bounds_ends(found)


def _edtf_bounds_season(text: str, last_code: int) -> Bounds | None:
    found = _EDTF_BOUNDS_SEASON.fullmatch(text)
    if found is None or int(found[2]) > last_code:
        return None
    year = int(found[1])
    first, last = _MONTHS_OF[int(found[2]) - 21]
    return (year, first, 1), (year, last, _days_in(year, last))


def _edtf_bounds_ends(found: re.Match[str] | None) -> Bounds | None:
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
    return 28 if month == 2 and not isleap(year) else _EDTF_BOUNDS_LONGEST[month - 1]


def _set_bounds(text: str) -> Bounds | None:
    """Return the bounds of "one of" sets in [] and "all of" sets in {}."""
    if text[-1:] != {"[": "]", "{": "}"}[text[0]]:
        return None
    texts = text[1:-1].split(",")
    members = [
        _edtf_bounds_member(one, first=place == 0, last=place == len(texts) - 1)
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


def _edtf_bounds_member(text: str, *, first: bool, last: bool) -> Bounds | None:
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


# ---- claims/domain/edtf_faults.py
# Why a text is no date that factbase keeps, and what to write for it.

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
    mended = _zeros(text) or _edtf_faults_short(text) or _joined_years(text)
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


def _edtf_faults_short(text: str) -> str:
    """Months and days of one digit."""
    better = _PART.sub(lambda part: _padded(part[0]), text)
    return "" if better == text else f"lacks a digit: write {better}."


def _padded(part: str) -> str:
    found = _SHORT.fullmatch(part)
    if not found or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[3] or 1) <= 31:
        return part
    day = f"-{int(found[3]):02}" if found[3] else ""
    return f"{found[1]}-{int(found[2]):02}{day}{found[4]}"


# ---- claims/domain/intervals.py
# Closed intervals of Decimal numbers, unbounded where an end is None.

EXACT = Context(prec=60)  # 15-digit figures times a short percentage stay exact


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, ends included; None is an end that is not bounded."""

    low: Decimal | None = None
    high: Decimal | None = None

    def widened(self, tolerance_pct: Decimal) -> Interval:
        """Move each end outwards by half of `tolerance_pct` percent of its magnitude.

        Two facing ends a < b of widened intervals meet exactly when the gap b - a is at most
        `tolerance_pct` percent of the mean magnitude of a and b. Because the widening looks at
        one interval only, Helly's theorem still holds under tolerance: a set is pairwise
        compatible if and only if its largest low is at most its smallest high.
        """
        if not tolerance_pct:
            return self
        return Interval(
            None
            if self.low is None
            else EXACT.subtract(self.low, _margin(self.low, tolerance_pct)),
            None if self.high is None else EXACT.add(self.high, _margin(self.high, tolerance_pct)),
        )

    def intersection(self, other: Interval) -> Interval | None:
        """Return what both intervals hold, or None when they are disjoint."""
        low = _largest([self.low, other.low])
        high = _smallest([self.high, other.high])
        if low is not None and high is not None and low > high:
            return None
        return Interval(low, high)

    def intersects(self, other: Interval, tolerance_pct: Decimal = Decimal(0)) -> bool:
        """Whether the intervals share a number once both are widened by the tolerance."""
        mine, theirs = self.widened(tolerance_pct), other.widened(tolerance_pct)
        return mine.intersection(theirs) is not None

    def contains(self, value: Decimal) -> bool:
        """Whether `value` lies inside, ends included."""
        above = self.low is None or self.low <= value
        return above and (self.high is None or value <= self.high)


def common_interval(
    intervals: Iterable[Interval], tolerance_pct: Decimal = Decimal(0)
) -> Interval | None:
    """Return what all (widened) intervals hold, or None when any two of them are disjoint.

    One pass: in one dimension intervals have a common point if and only if they have one in
    pairs (Helly), so max(low) <= min(high) decides for the whole set.
    """
    wide = [interval.widened(tolerance_pct) for interval in intervals]
    low = _largest([interval.low for interval in wide])
    high = _smallest([interval.high for interval in wide])
    if low is not None and high is not None and low > high:
        return None
    return Interval(low, high)


def _margin(end: Decimal, tolerance_pct: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(abs(end), tolerance_pct), Decimal(200))


def _largest(ends: list[Decimal | None]) -> Decimal | None:
    return max((end for end in ends if end is not None), default=None)


def _smallest(ends: list[Decimal | None]) -> Decimal | None:
    return min((end for end in ends if end is not None), default=None)


# ---- claims/domain/edtf_text.py
# Uncertain dates: EDTF text to earliest and latest days.

MAX_LENGTH: Final = 64
_ALLOWED = re.compile(r"[0-9Xx~?%/.,\[\]{}\-]+", re.ASCII)
_ENDS = re.compile(r"\.\.|[/,\[\]{}]")
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?[~?%]?", re.ASCII)
_EDTF_TEXT_SEASON = re.compile(r"\d{4}-(?:2[1-9]|3\d|4[01])$", re.ASCII)
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
    if _EDTF_TEXT_SEASON.match(bare):
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
        return _edtf_text_first_day(plain[0], text), _last_day(plain[-1], text)
    lower, upper = _grammar_bounds(text)
    earliest = None if _is_open(parts[0]) else _edtf_text_day(lower, text)
    return earliest, None if _is_open(parts[-1]) else _edtf_text_day(upper, text)


def _edtf_text_first_day(found: re.Match[str], text: str) -> date:
    return _edtf_text_day((int(found[1]), int(found[2] or 1), int(found[3] or 1)), text)


def _last_day(found: re.Match[str], text: str) -> date:
    first = _edtf_text_first_day(found, text)
    if found[3]:
        return first
    month = first.month if found[2] else 12
    return first.replace(month=month, day=monthrange(first.year, month)[1])


def _grammar_bounds(text: str) -> Bounds:
    """Return both strict bounds; the grammar knows no "about" behind a season."""
    bare = text.rstrip("~?%")
    found = edtf_bounds(bare if _EDTF_TEXT_SEASON.match(bare) else text)
    if found is None:
        raise EdtfError(edtf_fault(text, "is no EDTF date"))
    return found


def _is_open(part: str) -> bool:
    """Whether nothing bounds this end: an open end, or a year of which no digit is known."""
    return part in ("", "..") or part.lstrip("~?%").upper().startswith("XXXX")


def _edtf_text_day(day: Day | None, text: str) -> date:
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


# ---- claims/domain/dates.py
# Dates in words ("about February 2012"); the door to everything that belongs to a date.

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
    said = [_dates_member(member) for member in bare[1:-1].split(",")]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {word} {said[-1]}"


def _dates_member(member: str) -> str:
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
    return _dates_season(int(code), spoken) if len(code) == 2 and code.isdigit() else spoken


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


def _dates_season(code: int, year: str) -> str:
    """Return seasons (21 to 32), quarters (33), thirds (37) and halves (40) of a year."""
    if code <= 32:
        south = " (southern hemisphere)" if code >= 29 else ""
        return f"{_SEASONS[(code - 21) % 4]} {year}{south}"
    for start, unit in ((40, "half"), (37, "third"), (33, "quarter")):
        if code >= start:
            return f"{_ORDINALS[code - start]} {unit} of {year}"
    return year


# ---- claims/domain/published_figures.py
# What sources say, as entries of a public document: figures, and the works they stand in.

# An exact number: an int where it was read and has no fraction.
type JsonNumber = int | Decimal
type StanceWord = str
type StatusWord = str


class PartyName(TypedDict):
    ref: str
    name: str


class Publisher(TypedDict):
    ref: str
    name: str


class Speaker(TypedDict):
    ref: str
    name: str
    kind: str
    description: str
    belligerent: bool


class AttributionEntry(TypedDict):
    """One party through whom a statement came."""

    party: str
    name: str
    kind: str
    role: str
    mode: str
    belligerent: bool


class AnchorEntry(TypedDict):
    """Where an approved article text makes a statement."""

    article: str
    slug: str
    title: str
    revision: int
    sha256: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    status: str


class FigureDerived(TypedDict):
    """The members of a figure's entry that follow from the others."""

    kind: str
    words: str
    test_low: JsonNumber | None
    test_high: JsonNumber | None
    earliest: str | None
    latest: str | None
    said_on: str
    origin: str
    speaker: Speaker | None
    attribution: list[AttributionEntry]


class FigureEntry(TypedDict):
    """One entry of ``figures`` inside a claim's document."""

    ref: str
    stance: StanceWord
    status: StatusWord
    status_reason: str
    kind: str
    words: str
    value_state: str
    point: JsonNumber | None
    low: JsonNumber | None
    high: JsonNumber | None
    low_strict: bool
    high_strict: bool
    high_open: bool
    approximate: bool
    vague_term: str
    test_low: JsonNumber | None
    test_high: JsonNumber | None
    edtf: str
    earliest: str | None
    latest: str | None
    parties: list[PartyName]
    party_mode: str
    boolean: bool | None
    text: str
    target: str | None
    extent: str
    ground: str
    supersedes: str | None
    credibility: str
    quote: str
    quote_language: str
    locator: str
    asserted_on: str
    said_on: str
    source: str | None
    citation_needed: bool
    origin: str
    speaker: Speaker | None
    attribution: list[AttributionEntry]
    anchors: list[AnchorEntry]


class SourceEntry(TypedDict):
    """One entry of ``sources`` inside a claim's document."""

    ref: str
    csl_type: str
    title: str
    publisher: Publisher | None
    authors: str
    issued: str
    url: str
    archive_url: str
    archived_on: str | None
    accessed_on: str | None
    url_status: str
    language: str
    doi: str
    isbn: str
    work_licence: str
    reliability: str
    reliability_note: str
    withdrawn_on: str | None
    withdrawal_note: str


# ---- claims/domain/vague.py
# Words that give a size without a number, and the least number each of them allows.

LEAST: Final[dict[str, Decimal]] = {
    "hundreds of millions": Decimal(100_000_000),
    "tens of millions": Decimal(10_000_000),
    "hundreds of thousands": Decimal(100_000),
    "scores of thousands": Decimal(20_000),
    "tens of thousands": Decimal(10_000),
    "billions": Decimal(1_000_000_000),
    "millions": Decimal(1_000_000),
    "thousands": Decimal(1_000),
    "hundreds": Decimal(100),
    "scores": Decimal(20),
    "dozens": Decimal(12),
    "tens": Decimal(10),
}
_TERM = re.compile(
    r"\b(?:" + "|".join(f"{term[:-1]}s?" for term in LEAST) + r")(?!\w)", re.IGNORECASE
)


def least_of(term: str) -> Decimal:
    """Return the least number that the vague `term` allows; 0 when the word names no size.

    The first known word decides, so "several hundred people" allows 100 and up.
    """
    found = _TERM.search(term)
    if found is None:
        return Decimal(0)
    word = found.group().lower()
    return LEAST[word if word in LEAST else f"{word}s"]


# ---- claims/domain/vocabulary.py
# The vocabularies of the house, each written once; claims.choices gives them their labels.

class VocabularyError(Exception):
    """A table lacks an entry of its vocabulary, or has one too many; the message names both."""


def complete[Key: StrEnum, Value](
    vocabulary: type[Key], name: str, table: Mapping[Key, Value]
) -> dict[Key, Value]:
    """Return the table; raise VocabularyError unless its keys are the vocabulary, all of it.

    `name` says where the table stands, so that who adds a word to the vocabulary is told, at
    the first import, which table asks for it.
    """
    missing = [word for word in vocabulary if word not in table]
    unknown = [str(word) for word in table if word not in list(vocabulary)]
    if missing or unknown:
        what = f"has no entry for {', '.join(missing)}" if missing else ""
        more = f"has entries for {', '.join(unknown)}, which it is not" if unknown else ""
        faults = " and ".join(fault for fault in (what, more) if fault)
        raise VocabularyError(f"The table {name} of each {vocabulary.__name__} {faults}.")
    return dict(table)


class ValueKind(StrEnum):
    """What a measure asks for."""

    QUANTITY = "quantity"
    MONEY = "money"
    DATE = "date"
    PARTY = "party"
    BOOLEAN = "boolean"
    TEXT = "text"


class ValueFamily(StrEnum):
    """How an answer is kept and compared: kinds of one family share columns and arithmetic."""

    FIGURE = "figure"
    DATE = "date"
    PARTY = "party"
    BOOLEAN = "boolean"
    TEXT = "text"


FAMILY_OF: Final[dict[ValueKind, ValueFamily]] = complete(
    ValueKind,
    "domain.vocabulary.FAMILY_OF",
    {
        ValueKind.QUANTITY: ValueFamily.FIGURE,
        ValueKind.MONEY: ValueFamily.FIGURE,
        ValueKind.DATE: ValueFamily.DATE,
        ValueKind.PARTY: ValueFamily.PARTY,
        ValueKind.BOOLEAN: ValueFamily.BOOLEAN,
        ValueKind.TEXT: ValueFamily.TEXT,
    },
)


def family_of(kind: str) -> ValueFamily:
    """Return the family of a value kind, a member or its code; ValueError on another word."""
    return FAMILY_OF[ValueKind(kind)]


def states_figures(kind: str) -> bool:
    """Whether answers of this value kind are a Figure."""
    return family_of(kind) is ValueFamily.FIGURE


def is_numeric(kind: str) -> bool:
    """Whether answers of this value kind lie on an axis: figures, and dates as day numbers."""
    return family_of(kind) in (ValueFamily.FIGURE, ValueFamily.DATE)


class ValueState(StrEnum):
    """Whether a source gives a value, says that nobody knows it, or gives none."""

    VALUE = "value"
    UNKNOWN = "unknown"
    NONE = "none"


class FigureKind(StrEnum):
    """How a figure is to be read and drawn."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    RANGE = "range"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE_OPEN = "range_open"
    VAGUE = "vague"
    UNKNOWN = "unknown"
    NONE = "none"


class Cardinality(StrEnum):
    """How many answers a claim may have that all hold."""

    SINGLE = "single"
    MULTI = "multi"


class BestPolicy(StrEnum):
    """Which figure editors let stand for the answer where no other rule gives one."""

    NONE = "none"
    MAJORITY = "majority"
    MOST_RELIABLE = "most_reliable"
    LOWEST = "lowest"


class Stance(StrEnum):
    """What a source does with the statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    RETRACTS = "retracts"


class AssertionStatus(StrEnum):
    """Whether a statement is reckoned with, and why not."""

    LIVE = "live"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class AttributionRole(StrEnum):
    """What a party did with the words: said them, passed them on, or published them."""

    SPEAKER = "speaker"
    RELAYER = "relayer"
    PUBLISHER = "publisher"


class PartyMode(StrEnum):
    """How the parties of an answer belong together."""

    JOINT = "joint"
    EITHER = "either"
    UNSPECIFIED = "unspecified"


class RelationKind(StrEnum):
    """How one claim is tied to another."""

    PART_OF_TOTAL = "part_of_total"
    SAME_AS = "same_as"
    SERIES_NEXT = "series_next"
    SPLIT_OFF = "split_off"


class SourceRelationKind(StrEnum):
    """How one source rests on another."""

    REPUBLISHES = "republishes"
    RELAYS = "relays"
    CITES = "cites"
    COMPILED_FROM = "compiled_from"


class Contention(StrEnum):
    """How far the sources of a claim agree; the first that fits, in this order."""

    UNSOURCED = "unsourced"
    DISPUTED = "disputed"
    RESOLVED = "resolved"
    UNKNOWN_ONLY = "unknown_only"
    CORROBORATED = "corroborated"
    SINGLE_ORIGIN = "single_origin"


class Severity(StrEnum):
    """How far figures lie apart; where there is nothing to measure, '' stands instead."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"


type MaybeSeverity = Severity | Literal[""]


class DisputeKind(StrEnum):
    """What a case file is about."""

    VALUE = "value"
    DENIAL = "denial"
    ATTRIBUTION = "attribution"
    DATE = "date"
    ARITHMETIC = "arithmetic"
    EDITOR = "editor"


class DisputeState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    UNDER_REVIEW = "under_review"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"
    MOOT = "moot"


UNRESOLVED: Final = (DisputeState.OPEN, DisputeState.UNDER_REVIEW)


class DisputeOutcome(StrEnum):
    """How editors decided a case."""

    PREFER = "prefer"
    RANGE_STANDS = "range_stands"
    DIFFERENT_SCOPE = "different_scope"
    SUPERSEDED = "superseded"
    SOURCE_REJECTED = "source_rejected"
    ARTICLE_ERROR = "article_error"
    BOTH_WRONG = "both_wrong"
    UNRESOLVABLE = "unresolvable"


# ---- claims/domain/quantity.py
# A figure: what a source says about a quantity, its test interval and its kind.

MAX_DIGITS: Final = 15  # SQLite keeps numbers as doubles: it corrupts longer ones in silence
MAX_VAGUE_LENGTH: Final = 60
APPROXIMATE_MARGIN: Final = Decimal("0.1")
_DOWN: Final = Context(prec=MAX_DIGITS, rounding=ROUND_FLOOR)
_UP: Final = Context(prec=MAX_DIGITS, rounding=ROUND_CEILING)


class FigureError(ValueError):
    """A figure that contradicts itself or that cannot be kept exactly; the message says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated quantity in the unit of its claim.

    `point` is the number said, `low` and `high` the ends said; an end that was not said is
    None. `low_strict` reads "more than low", `high_strict` "less than high", `high_open`
    "or more". Raises FigureError when the parts contradict each other.
    """

    point: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    low_strict: bool = False
    high_strict: bool = False
    high_open: bool = False
    approximate: bool = False
    vague_term: str = ""
    state: ValueState = ValueState.VALUE

    def __post_init__(self) -> None:
        for name in ("point", "low", "high"):
            _check_number(name, getattr(self, name))
        _check_state(self)
        _check_order(self)
        _check_flags(self)

    @property
    def has_number(self) -> bool:
        return any(number is not None for number in (self.point, self.low, self.high))

    @property
    def is_whole(self) -> bool:
        """Whether every number said is a whole one, so that it can count things."""
        numbers = (self.point, self.low, self.high)
        return all(number is None or number == number.to_integral_value() for number in numbers)

    def test_interval(self, count: bool = True) -> Interval:
        """Return the interval used for testing agreement only; it is never shown.

        A count is a whole number and not below zero: "more than n" starts at n + 1, "up to n" at
        0, and widened ends are rounded outwards. For other measures a strict end is kept as if it
        were included and "up to n" has no lower end, so that the test errs towards compatible.
        """
        if self.state != ValueState.VALUE:
            return Interval()
        if not self.has_number:
            return Interval(least_of(self.vague_term), None)
        low, high = _whole_ends(self) if count else (stated_low(self), _high_end(self))
        return _widened(low, high, count) if self.approximate else Interval(low, high)


def stated_low(figure: Figure) -> Decimal | None:
    """Return the lower end as stated: the low, else the point, else None."""
    return figure.low if figure.low is not None else figure.point


def stated_high(figure: Figure) -> Decimal | None:
    """Return the upper end as stated: the high, else the point, else None."""
    return figure.high if figure.high is not None else figure.point


def kind(figure: Figure) -> FigureKind:
    """Return how the figure is to be read and drawn."""
    if figure.state != ValueState.VALUE:
        return FigureKind(figure.state)
    if not figure.has_number:
        return FigureKind.VAGUE
    low, high = stated_low(figure), stated_high(figure)
    if low is None:
        return FigureKind.LESS_THAN if figure.high_strict else FigureKind.AT_MOST
    if high is None or (figure.high_open and low == high):
        return FigureKind.MORE_THAN if figure.low_strict else FigureKind.AT_LEAST
    if figure.high_open:
        return FigureKind.RANGE_OPEN
    if low == high:
        return FigureKind.APPROXIMATE if figure.approximate else FigureKind.EXACT
    return FigureKind.RANGE


def _check_number(name: str, number: Decimal | None) -> None:
    if number is None:
        return
    if not isinstance(number, Decimal):
        raise FigureError(f"The {name} must be a Decimal, not {type(number).__name__}.")
    _sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):  # a letter stands here for infinities and NaN
        raise FigureError(f"The {name} must be a finite number.")
    if exponent == 0 and len(digits) <= MAX_DIGITS:
        return  # most numbers are small and whole
    # SQLite gives 0.001 back with fifteen digits: zeros at the end are none of the number's own.
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    places = -exponent - zeros
    padded = -exponent > 2 * MAX_DIGITS
    if padded or max(len(digits) + max(exponent, 0), places) > MAX_DIGITS:
        raise FigureError(
            f"The {name} has more than {MAX_DIGITS} digits; it cannot be kept exactly."
        )


def _check_state(figure: Figure) -> None:
    if figure.state not in list(ValueState):
        raise FigureError(f'The state is value, unknown or none, not "{figure.state}".')
    if len(figure.vague_term) > MAX_VAGUE_LENGTH:
        raise FigureError(f"The vague word has more than {MAX_VAGUE_LENGTH} characters.")
    filled = figure.has_number or bool(figure.vague_term)
    if figure.state == ValueState.VALUE and not filled:
        raise FigureError("A figure needs a number or a vague word, or the state unknown or none.")
    if figure.state != ValueState.VALUE and filled:
        raise FigureError(f"A figure in the state {figure.state} cannot carry a number or a word.")


def _check_order(figure: Figure) -> None:
    low, point, high = figure.low, figure.point, figure.high
    if low is not None and high is not None and low > high:
        raise FigureError(f"The low {low} is above the high {high}.")
    if low is not None and point is not None and low > point:
        raise FigureError(f"The low {low} is above the point {point}.")
    if point is not None and high is not None and point > high:
        raise FigureError(f"The point {point} is above the high {high}.")


def _check_flags(figure: Figure) -> None:
    if figure.low_strict and figure.low is None:
        raise FigureError('"More than" needs its low end.')
    if figure.high_strict and figure.high is None:
        raise FigureError('"Less than" needs its high end.')
    if figure.high_open and stated_low(figure) is None:
        raise FigureError('"Or more" needs a low end or a point.')
    if figure.high_open and figure.high_strict:
        raise FigureError('"Less than" and "or more" exclude each other.')
    if figure.low_strict and figure.low in (figure.point, figure.high):
        raise FigureError(f'"More than {figure.low}" leaves out {figure.low} itself.')
    if figure.high_strict and figure.high in (figure.point, figure.low):
        raise FigureError(f'"Less than {figure.high}" leaves out {figure.high} itself.')


def _low_end(figure: Figure) -> Decimal | None:
    low = stated_low(figure)
    if low is None and figure.high is not None and figure.high >= 0:
        return Decimal(0)
    return low


def _high_end(figure: Figure) -> Decimal | None:
    return None if figure.high_open else stated_high(figure)


def _whole_ends(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """Return the first and the last whole number that strict ends allow."""
    low, high = _low_end(figure), _high_end(figure)
    if figure.low_strict and low is not None:
        low = low.to_integral_value(ROUND_FLOOR) + 1
    if figure.high_strict and high is not None:
        high = high.to_integral_value(ROUND_CEILING) - 1
    if low is not None and high is not None and low > high:
        return _low_end(figure), _high_end(figure)  # no whole number between: keep what was said
    return low, high


def _widened(low: Decimal | None, high: Decimal | None, count: bool) -> Interval:
    wide = Interval(
        None if low is None else EXACT.subtract(low, EXACT.multiply(abs(low), APPROXIMATE_MARGIN)),
        None if high is None else EXACT.add(high, EXACT.multiply(abs(high), APPROXIMATE_MARGIN)),
    )
    if count:
        wide = Interval(
            None if wide.low is None else wide.low.to_integral_value(ROUND_FLOOR),
            None if wide.high is None else wide.high.to_integral_value(ROUND_CEILING),
        )
    # Both databases must keep the same ends, which are published: SQLite rounds longer ones.
    return Interval(
        None if wide.low is None else _DOWN.plus(wide.low),
        None if wide.high is None else _UP.plus(wide.high),
    )


# ---- claims/domain/entries.py
# Figures read back from the entries of a published document.

def read_figure(entry: FigureEntry) -> Figure:
    """The quantity of a document's figure entry; numbers may be int or Decimal."""
    return _entries_figure(
        _entries_number(entry["point"]),
        _entries_number(entry["low"]),
        _entries_number(entry["high"]),
        entry["low_strict"],
        entry["high_strict"],
        entry["high_open"],
        entry["approximate"],
        entry["vague_term"],
        entry["value_state"],
    )


def read_quantity(entry: FigureEntry) -> Figure | None:
    """The quantity of an entry; None where it is said to have a value and that is no quantity."""
    if entry["value_state"] == ValueState.VALUE and not has_quantity(entry):
        return None
    return read_figure(entry)


def has_quantity(entry: FigureEntry) -> bool:
    """Whether the entry states a number or a vague word."""
    numbers = (entry["point"], entry["low"], entry["high"])
    return bool(entry["vague_term"]) or any(number is not None for number in numbers)


def entry_has_value(entry: FigureEntry) -> bool:
    """Whether the entry gives an answer of its own, of any kind."""
    if entry["value_state"] != ValueState.VALUE:
        return False
    return (
        has_quantity(entry)
        or bool(entry["edtf"])
        or bool(entry["party_mode"])
        or entry["boolean"] is not None
        or bool(entry["text"])
    )


# One entry is read for several sums, and many entries state the same small number.
_entries_figure = lru_cache(maxsize=4096, typed=True)(Figure)


def _entries_number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


# ---- claims/domain/evidence.py
# One source's answer to a claim, and the terms on which answers are compared.

_NEVER: Final = (date.min, 0)  # before every statement: they are numbered from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One assertion as the arithmetic sees it.

    `origin` names who first said it; '' is the article's own voice. `has_value` is false where
    the source says that nobody knows, or denies without a figure of its own. `asserted_on` is
    EDTF text or ''; `issued`, the date of its source, stands in where that is empty. `target` is
    the assertion that a denial or a retraction is about.
    `reliability` is A (best) to F of the source, `credibility` 1 (best) to 6. `source` is the
    source's reference, '' where there is none; `names_speaker` says that a speaker with a name
    is given. The last three are found by `resting.follow`: `own_origin` is the origin that the
    statement itself gives, None where no relation concerns it; `steps` how far its source is
    from the one that it rests on; `repeats` that it only repeats what others here are counted for.
    """

    id: int
    stance: Stance = Stance.ASSERTS
    live: bool = True
    source_withdrawn: bool = False
    sourced: bool = True
    origin: str = ""
    value_kind: ValueKind = ValueKind.QUANTITY
    has_value: bool = True
    figure: Figure | None = None
    edtf: str = ""
    parties: frozenset[int] = frozenset()
    boolean: bool | None = None
    text: str = ""
    asserted_on: str = ""
    issued: str = ""
    target: int | None = None
    denier_is_belligerent: bool = False
    reliability: str = ""
    credibility: int | None = None
    source: str = ""
    names_speaker: bool = False
    own_origin: str | None = None
    steps: int = 0
    repeats: bool = False

    @property
    def voices(self) -> frozenset[str]:
        """Who may take it back: whom it is counted for, and who printed it."""
        own = self.origin if self.own_origin is None else self.own_origin
        return frozenset({self.origin, own})

    @property
    def stands(self) -> bool:
        """Whether it is to be reckoned with at all: live, from a source not withdrawn."""
        return self.live and not self.source_withdrawn

    @property
    def said_on(self) -> str:
        """When it was said, as far as is known: its own date, else that of its source; EDTF."""
        return self.asserted_on or self.issued


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTerms:
    """What a claim says about comparing its answers; `tolerance_pct` holds for figures.

    `said_unit` is the unit that is a part of each answer, as a currency is; '' for others.
    """

    value_kind: ValueKind = ValueKind.QUANTITY
    cardinality: Cardinality = Cardinality.SINGLE
    tolerance_pct: Decimal = Decimal(0)
    best_policy: BestPolicy = BestPolicy.NONE
    count: bool = True
    said_unit: str = ""

    @property
    def tolerance(self) -> Decimal:
        """The tolerance in percent; none for dates, where a percentage has no meaning."""
        return self.tolerance_pct if states_figures(self.value_kind) else Decimal(0)


@dataclass(frozen=True, slots=True)
class StatedEnds:
    """The ends that a source states, never widened; None where an end was not stated."""

    low: Decimal | None
    high: Decimal | None
    high_open: bool = False
    exact_point: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LastSaid:
    """The last of some statements, in each of the orders that statements are compared in.

    The dates of sources stand in where both statements have a date; nothing is known of who came
    first where one has none, and the own dates and the order of recording decide.
    `dated` is the last in the first order of those with a date, `undated` the last in the second
    of those without one, `recorded` the last in the second of all; each a sort key.
    """

    dated: tuple[date, int]
    undated: tuple[date, int]
    recorded: tuple[date, int]

    def is_after(self, one: Evidence) -> bool:
        """Whether one was said before any of the statements."""
        if one.said_on:
            return said_order(one) < self.dated or _recorded_order(one) < self.undated
        return _recorded_order(one) < self.recorded


def tested_interval(evidence: Evidence, terms: ClaimTerms) -> Interval:
    """Return the interval that the value is tested with; unbounded where there is none.

    Dates are in day numbers. The tolerance is already in it.
    """
    if not evidence.has_value:
        return Interval()
    if states_figures(terms.value_kind) and evidence.figure is not None:
        return evidence.figure.test_interval(count=terms.count).widened(terms.tolerance)
    if family_of(terms.value_kind) is ValueFamily.DATE and evidence.edtf:
        return date_interval(evidence.edtf)
    return Interval()


def stated_ends(evidence: Evidence, terms: ClaimTerms) -> StatedEnds:
    """Return the value's ends as stated; both None for parties, texts, vague words."""
    if states_figures(terms.value_kind) and evidence.figure is not None:
        figure = evidence.figure
        low, high = stated_low(figure), stated_high(figure)
        is_open = figure.has_number and (figure.high_open or high is None)
        return StatedEnds(low, high, is_open, low if kind(figure) is FigureKind.EXACT else None)
    if family_of(terms.value_kind) is ValueFamily.DATE and evidence.edtf:
        return _date_ends(evidence.edtf)
    return StatedEnds(None, None)


def value_key(evidence: Evidence) -> tuple[object, ...]:
    """Return something that is equal exactly for equal values, whatever their spelling."""
    if not evidence.has_value:
        return ("unknown",)
    return (evidence.value_kind, _value_in(family_of(evidence.value_kind), evidence))


def _figure_key(figure: Figure | None) -> tuple[object, ...] | None:
    """The same for 97 and "97 to 97", for "at least 60" and "60 or more"."""
    if figure is None:
        return None
    low, high, point = stated_low(figure), stated_high(figure), figure.point
    is_open = high is None or (figure.high_open and figure.has_number)
    if low is not None and low == high:
        point, high = None, None if is_open else high
    if low == point and high is None:
        point = None
    flags = (figure.low_strict, figure.high_strict, is_open, figure.approximate)
    return (low, high, point, *flags, figure.vague_term, figure.state)


def _date_key(edtf: str) -> tuple[object, ...]:
    """The same for a day and for the interval from that day to it; sets stay as written."""
    if not edtf or edtf[0] in "[{":
        return (edtf,)
    one = parse_edtf(edtf)
    doubt = "?" in edtf or "%" in edtf
    return (one.earliest, one.latest, one.padded_earliest, one.padded_latest, doubt)


def said_order(evidence: Evidence) -> tuple[date, int]:
    """Return a sort key: the first day on which it may have been said, then its number."""
    return _evidence_first_day(evidence.said_on), evidence.id


def last_said(statements: Iterable[Evidence]) -> LastSaid:
    """Return when the last of the statements were said, in time that grows with their number."""
    rows = list(statements)
    return LastSaid(
        dated=max((said_order(one) for one in rows if one.said_on), default=_NEVER),
        undated=max((_recorded_order(one) for one in rows if not one.said_on), default=_NEVER),
        recorded=max(map(_recorded_order, rows), default=_NEVER),
    )


def by_id(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence in one fixed order, whatever order it came in."""
    return sorted(evidence, key=lambda one: one.id)


def _recorded_order(evidence: Evidence) -> tuple[date, int]:
    return _evidence_first_day(evidence.asserted_on), evidence.id


def _value_in(family: ValueFamily, evidence: Evidence) -> object:
    match family:
        case ValueFamily.FIGURE:
            return _figure_key(evidence.figure)
        case ValueFamily.DATE:
            return _date_key(evidence.edtf)
        case ValueFamily.PARTY:
            return evidence.parties
        case ValueFamily.BOOLEAN:
            return evidence.boolean
        case ValueFamily.TEXT:
            return " ".join(evidence.text.split())


def _evidence_first_day(edtf: str) -> date:
    if not edtf:  # most often, and a refusal is not remembered
        return date.min
    try:
        return parse_edtf(edtf).earliest or date.min
    except EdtfError:
        return date.min


def _date_ends(edtf: str) -> StatedEnds:
    parsed = parse_edtf(edtf)
    low = None if parsed.earliest is None else day_number(parsed.earliest)
    high = None if parsed.latest is None else day_number(parsed.latest)
    exact = low if low == high and parsed.padded_earliest == parsed.earliest else None
    return StatedEnds(low, high, high is None, exact)


# ---- claims/domain/figures.py
# Figures in words, both ways; the door to everything that belongs to a Figure.

UNKNOWN, NO_FIGURE = "unknown", "no figure"


def number_words(value: Decimal) -> str:
    """Return the number with thousands commas and no idle zeros: 97.00 gives "97"."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def words_of_figure(figure: Figure, unit: str = "") -> str:
    """Return the figure as an English reader says it: "about 60", "1,000 to 1,500 or more"."""
    if figure.state != ValueState.VALUE:
        return UNKNOWN if figure.state == ValueState.UNKNOWN else NO_FIGURE
    if figure.vague_term:
        return _vague_words(figure, unit)
    about = "about " if figure.approximate else ""
    if figure.point is None:
        text = _ends_words(figure, about)
    else:
        ends = _ends_words(figure, "") if _is_spread(figure) else ""
        ends = ends or ("or more" if figure.high_open else "")
        text = f"{about}{number_words(figure.point)}" + (f" ({ends})" if ends else "")
    return f"{text} {unit}" if unit else text


def _is_spread(figure: Figure) -> bool:
    """Whether an end says something else than the point."""
    return any(end is not None and end != figure.point for end in (figure.low, figure.high))


def _vague_words(figure: Figure, unit: str) -> str:
    text = f"{figure.vague_term} of {unit}" if unit else figure.vague_term
    if not figure.has_number:
        return text
    return f"{text} ({words_of_figure(replace(figure, vague_term=''))})"


def _ends_words(figure: Figure, about: str) -> str:
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        more = "more than " if figure.low_strict else ""
        less = "less than " if figure.high_strict else ""
        open_end = " or more" if figure.high_open else ""
        if low == high:
            return f"{about}{number_words(low)}{open_end}"
        return f"{about}{more}{number_words(low)} to {less}{number_words(high)}{open_end}"
    if low is not None:
        lead = "more than" if figure.low_strict else "at least"
        return f"{lead} {about}{number_words(low)}"
    if high is not None:
        lead = "less than" if figure.high_strict else "up to"
        open_end = " or more" if figure.high_open else ""
        return f"{lead} {about}{number_words(high)}{open_end}"
    return ""


# ---- claims/domain/published.py
# The public document of a claim: what its members are.

# Names for what the type alone does not tell; the schema of the API says what they are.
# One end of a range: a number, or an ISO date for claims of dates.
type StatedEnd = JsonNumber | str
# A moment in UTC, such as 2026-11-22T13:00:00Z.
type Moment = str
# Paths by name, without a host.
type Links = dict[str, str]
type ContentionWord = str
type SeverityWord = str
type AggregationWord = str
type CaseKindWord = str
type CaseStateWord = str
type CauseWord = str


class SubjectName(TypedDict):
    """One of the subjects above; ``country_code`` is its own, '' where it has none."""

    ref: str
    title: str
    country_code: str


class Coordinates(TypedDict):
    """Degrees north and east (WGS 84)."""

    latitude: JsonNumber | None
    longitude: JsonNumber | None


# The country that a subject lies in (ISO 3166-1), and the subject of the tree that has it.
CountryEntry = TypedDict("CountryEntry", {"code": str, "from": str})


class Belligerent(TypedDict):
    ref: str
    name: str
    side: str


class SubjectEntry(TypedDict):
    """What a claim is about, with its line of parents and the parties to its conflict."""

    ref: str
    title: str
    kind: str
    place: str
    when: str
    when_words: str
    path: list[SubjectName]
    belligerents: list[Belligerent]
    country_code: str
    coordinates: Coordinates | None
    wikidata_qid: str
    country: CountryEntry | None


class MeasureEntry(TypedDict):
    """What is counted, dated or named."""

    slug: str
    label: str
    value_kind: str
    is_count: bool
    wikidata_property: str


class RangeEntry(TypedDict):
    """The lowest and the highest that the figures which count state."""

    low: StatedEnd | None
    high: StatedEnd | None
    low_open: bool
    high_open: bool
    low_from: str | None
    high_from: str | None
    words: str


class BestEntry(TypedDict):
    """The one value that stands for the answer, by which rule, or why there is none."""

    value: StatedEnd | None
    words: str
    figure: str | None
    rule: str
    reason: str


class AgreementEntry(TypedDict):
    """What most origins support: how many of how many, and whether no other stretch has as many."""

    low: StatedEnd | None
    high: StatedEnd | None
    origins: int
    of: int
    unique: bool


class ExcludedEntry(TypedDict):
    figure: str
    reason: str


class OriginEntry(TypedDict):
    """Who standing answers go back to, '' for the article itself, and which of them counts."""

    origin: str
    counted: str | None
    figures: list[str]


class Derived(TypedDict):
    """The members that follow from the figures and from nothing else."""

    contention: ContentionWord
    severity: SeverityWord
    denied_by: str
    summary: str
    range: RangeEntry | None
    best: BestEntry
    agreement: AgreementEntry | None
    fingerprint: str
    inputs: list[str]
    excluded: list[ExcludedEntry]
    origins: list[OriginEntry]


class RelationEntry(TypedDict):
    """A link to another public claim; ``direction`` is "to" or "from" it."""

    kind: str
    direction: str
    claim: str
    question: str
    exhaustive: bool
    scope_exact: bool


class SignEntry(TypedDict):
    """One thing that speaks for a relation between two sources."""

    signal: str
    words: str


# A confirmed relation: the source ``from`` has what it says from ``to``, a source or an article;
# ``scope`` is "source" for all that it says, "claim" for this claim.
SourceRelationEntry = TypedDict(
    "SourceRelationEntry",
    {
        "ref": str,
        "kind": str,
        "from": str,
        "to": str,
        "scope": str,
        "evidence": list[SignEntry],
        "proposed_by": str,
        "decided_by": str,
        "decided_at": Moment | None,
        "reason": str,
    },
)


class ArithmeticEntry(TypedDict):
    """The sum of the parts against their total."""

    total: str
    hard: bool
    messages: list[str]
    sum_low: JsonNumber | None
    sum_high: JsonNumber | None
    parts: list[str]


class CaseEvent(TypedDict):
    action: str
    at: str
    by: str
    comment: str


class CaseFile(TypedDict):
    """What the document of a claim and that of a dispute say about the dispute alike."""

    ref: str
    kind: CaseKindWord
    state: CaseStateWord
    reason: str
    opened_at: Moment
    opened_by: str
    outcome: str
    preferred: str | None
    rationale: str
    decided_by: str
    decided_at: Moment | None
    events: list[CaseEvent]


class DisputeEntry(CaseFile):
    """One entry of ``disputes`` inside a claim's document."""

    figures: list[str]


class Review(TypedDict):
    """Who edited and who approved a version, when and why; empty until it is published."""

    edited_by: str
    approved_by: str
    published_at: str
    reason: str


class Version(TypedDict):
    """What every published document has; numbers are 0 and texts empty until it is published."""

    ref: str
    type: str
    format: int
    version: int
    sequence: int
    question: str
    review: Review
    links: Links
    previous_sha256: str
    sha256: str


class KnownOn(TypedDict):
    """What an answer says of the day that it is worked out for, and what it leaves out."""

    day: str
    known: int
    perhaps_known: list[str]
    left_out_later: list[str]
    left_out_undated: list[str]
    from_version: int
    from_sha256: str


class AsKnown(TypedDict, total=False):
    """What only answers have that were worked out for a day; no stored document has it."""

    known_on: KnownOn


class ClaimDocument(Version, Derived, AsKnown):
    """One published claim: what its sources say, where they disagree, what was concluded."""

    status: Literal["published"]
    subject: SubjectEntry
    measure: MeasureEntry
    unit: str
    population: str
    aggregation: AggregationWord
    as_of: str
    as_of_words: str
    cardinality: str
    tolerance_pct: JsonNumber
    best_policy: str
    figures: list[FigureEntry]
    sources: list[SourceEntry]
    source_relations: list[SourceRelationEntry]
    relations: list[RelationEntry]
    arithmetic: list[ArithmeticEntry]
    disputes: list[DisputeEntry]
    licence: str


class Takedown(TypedDict):
    """Why one person took a claim from readers at once, and whether a second confirmed it."""

    cause: CauseWord
    confirmed: bool


class TakenDown(TypedDict, total=False):
    """What only some tombstones have."""

    takedown: Takedown


class Tombstone(Version, TakenDown):
    """What is left of a retired claim; ``takedown`` when one person took it away at once.

    ``merged_into`` is the claim that holds its statements by now, '' for none.
    """

    status: Literal["retired"]
    merged_into: str


# ---- claims/domain/words.py
# Answers that are no numbers, as people say them; long texts on one line.

_GLUE: Final[dict[PartyMode, str]] = complete(
    PartyMode,
    "domain.words._GLUE",
    {PartyMode.JOINT: " and ", PartyMode.EITHER: " or ", PartyMode.UNSPECIFIED: ", "},
)


def party_words(names: Iterable[str], mode: str) -> str:
    """Return the parties of an answer in words: together, one of them, or not said how."""
    return _GLUE[PartyMode(mode)].join(names)


def shortened(text: str, most: int) -> str:
    """Return the text on one line, cut behind a sentence, or a word, where it is longer."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    whole, stop, _ = line[:most].rpartition(". ")
    if len(whole) > most // 2:
        return f"{whole}{stop}…"
    return f"{line[:most].rpartition(' ')[0].rstrip('.,;:') or line[:most]} …"


# ---- claims/domain/derived_entries.py
# What an entry of a document derives from what its source said: words, kind, days, origin.

def derived_figure_members(
    entry: FigureEntry,
    terms: ClaimTerms,
    belligerents: Container[str],
    sources: Mapping[str, SourceEntry],
) -> FigureDerived:
    """Return the derived members of a figure's entry, in the document's form.

    They are kind, words, test_low, test_high, earliest, latest, said_on and origin, and in
    `speaker` and `attribution` those members that repeat or follow from others. `belligerents`
    are the refs of the parties to the conflict, `sources` the document's by ref.
    """
    figure = read_quantity(entry)
    interval = _test_interval(entry, figure, terms)
    days = parse_edtf(entry["edtf"]) if entry["edtf"] else None
    return {
        "kind": _kind(entry, figure, terms.value_kind),
        "words": _words(entry, figure, terms.said_unit),
        "test_low": interval.low,
        "test_high": interval.high,
        "earliest": _iso(days.earliest if days else None),
        "latest": _iso(days.latest if days else None),
        "said_on": said_on(entry, sources),
        "origin": _origin(entry),
        "speaker": _speaker(entry, belligerents),
        "attribution": _attribution(entry, belligerents),
    }


def said_on(entry: FigureEntry, sources: Mapping[str, SourceEntry]) -> str:
    """When a figure's answer was said, as far as is known: its own date, else its source's."""
    source = sources.get(entry["source"] or "")
    return entry["asserted_on"] or (source["issued"] if source is not None else "")


def scope_members(document: ClaimDocument) -> dict[str, str]:
    """Return as_of_words of a claim's document and when_words of its subject."""
    when = document["subject"]["when"]
    return {
        "as_of_words": date_words(document["as_of"]) if document["as_of"] else "",
        "when_words": date_words(when) if when else "",
    }


def _kind(entry: FigureEntry, figure: Figure | None, value_kind: str) -> str:
    """How the answer is drawn: a figure's kind, or denial, date, party, boolean, text, none."""
    if entry_has_value(entry):
        return kind(figure) if figure is not None else value_kind
    if entry["stance"] == Stance.DENIES:
        return "denial"
    return "unknown" if entry["value_state"] == ValueState.UNKNOWN else "none"


def _words(entry: FigureEntry, figure: Figure | None, unit: str) -> str:
    """The answer as people say it; '' when there is none."""
    if not entry_has_value(entry):
        return "unknown" if entry["value_state"] == ValueState.UNKNOWN else ""
    if figure is not None:
        return words_of_figure(figure, unit)
    if entry["edtf"]:
        return date_words(entry["edtf"])
    if entry["party_mode"]:
        return party_words((party["name"] for party in entry["parties"]), entry["party_mode"])
    if entry["boolean"] is not None:
        return "yes" if entry["boolean"] else "no"
    return str(entry["text"])


def _test_interval(entry: FigureEntry, figure: Figure | None, terms: ClaimTerms) -> Interval:
    """The claim's tolerance is not in it; dates are day numbers."""
    if figure is not None and states_figures(terms.value_kind):
        return figure.test_interval(count=terms.count)
    return date_interval(entry["edtf"]) if entry["edtf"] else Interval()


def _origin(entry: FigureEntry) -> str:
    """Who first said it: the speaker, else the first publisher, else the source, else ''."""
    for role in (AttributionRole.SPEAKER, AttributionRole.PUBLISHER):
        for link in entry["attribution"]:
            if link["role"] == role:
                return str(link["party"])
    return str(entry["source"] or "")


def _attribution(entry: FigureEntry, belligerents: Container[str]) -> list[AttributionEntry]:
    """The chain as it is where it is right, which saves comparing it."""
    chain = entry["attribution"]
    if all(link["belligerent"] is (link["party"] in belligerents) for link in chain):
        return chain
    return [{**link, "belligerent": link["party"] in belligerents} for link in chain]


def _speaker(entry: FigureEntry, belligerents: Container[str]) -> Speaker | None:
    """The first speaker; how the party is described stands nowhere else and is taken as it is."""
    for link in entry["attribution"]:
        if link["role"] == AttributionRole.SPEAKER:
            return {
                "ref": link["party"],
                "name": link["name"],
                "kind": link["kind"],
                "description": entry["speaker"]["description"] if entry["speaker"] else "",
                "belligerent": link["party"] in belligerents,
            }
    return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# ---- claims/domain/published_records.py
# What is drawn from public documents and stored beside them: disputes, sources, tidy rows.

class ClaimInBrief(TypedDict):
    ref: str
    question: str
    contention: str
    severity: str
    range: RangeEntry | None
    agreement: AgreementEntry | None
    subject: SubjectEntry
    measure: MeasureEntry
    unit: str
    population: str
    version: int
    links: Links


class DisputeDocument(CaseFile):
    """One dispute with its claim in brief and its statements in full."""

    type: str
    claim: ClaimInBrief
    figures: list[FigureEntry]
    links: Links


class TidyRow(TypedDict):
    """One row of the tidy table."""

    claim_ref: str
    claim_version: int
    contention: ContentionWord
    severity: str
    question: str
    subject_ref: str
    subject: str
    event_date: str
    figure_ref: str
    stance: str
    kind: str
    words: str
    point: JsonNumber | None
    low: JsonNumber | None
    high: JsonNumber | None
    low_strict: bool
    high_strict: bool
    high_open: bool
    approximate: bool
    vague_term: str
    date: str
    parties: list[str]
    boolean: bool | None
    text: str
    measure: str
    unit: str
    population: str
    aggregation: str
    as_of: str
    status: str
    speaker: str
    speaker_kind: str
    role: str
    outlet: str
    source_ref: str
    source_title: str
    source_url: str
    published: str
    asserted_on: str
    quote: str
    quote_language: str
    citation_needed: bool
    dispute_refs: list[str]
    updated: Moment
    said_by: str
    place: str
    country: str
    latitude: JsonNumber | None
    longitude: JsonNumber | None
    subject_wikidata_qid: str
    origin: str


# ---- claims/errors.py
# Every refusal by name. Knows nothing of HTTP; each door translates the code for its users.

class RefusalError(Exception):
    """Something was asked that factbase does not do; the message says where and what to do.

    ``code`` is stable and made for programs; ``field`` names the input at fault, '' when none is.
    """

    code = "refused"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidValueError(RefusalError):
    """A value breaks a rule of the model."""

    code = "invalid-value"


# ---- claims/domain/sealed_text.py
# The text of a document by the standard library alone: read, written, its seal checked.

_SEAL: Final = re.compile(r',"sha256":"([0-9a-f]{64})"\}')
_SEAL_OF_BYTES: Final = re.compile(_SEAL.pattern.encode())
_SEAL_CHARACTERS: Final = len(',"sha256":""}') + 64


def decimal_literal(number: Decimal) -> str:
    """Return the number as a JSON literal: no exponent, no trailing zeros, ints when integral.

    Raises InvalidValueError on NaN and infinities, which JSON does not have.
    """
    if not number.is_finite():
        raise InvalidValueError(f"{number} is not a number that a document can hold.")
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def document_text(value: Any) -> str:
    """Return what was read as the text that `dump_document` gives for it, byte for byte.

    Takes what `read_document` returns and nothing else; raises TypeError on anything else.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        return "{" + ",".join(map(_member_text, value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(document_text, value)) + "]"
    if isinstance(value, Decimal):
        return decimal_literal(value)
    if value is None or isinstance(value, int):
        return json.dumps(value)
    raise TypeError(f"{type(value).__name__} has no form in a document")


def _member_text(member: tuple[str, Any]) -> str:
    name, value = member
    return f"{encode_basestring(name)}:{document_text(value)}"


def sealed_hash(text: str) -> str:
    """Return the hash that ends a sealed text; '' when there is none."""
    match = _SEAL.fullmatch(text[-_SEAL_CHARACTERS:])
    return match[1] if match else ""


def hash_of_line(line: bytes) -> bytes:
    """Return what an export's end record knows a line by, in hex: the hash that seals it.

    A line that nothing seals, such as a document worked out for another day, has its own.
    """
    match = _SEAL_OF_BYTES.fullmatch(line, max(0, len(line) - _SEAL_CHARACTERS))
    return match[1] if match else hashlib.sha256(line).hexdigest().encode()


def verify_seal(text: str) -> bool:
    """Say whether the hash that ends the text is the hash of the rest of it."""
    stated = sealed_hash(text)
    rest = f"{text[:-_SEAL_CHARACTERS]}}}"
    return stated == hashlib.sha256(rest.encode("utf-8", "surrogatepass")).hexdigest()


# ---- claims/domain/document_format.py
# The number of the document's format, what came with it, and how older documents are read.

@dataclass(frozen=True, slots=True)
class Added:
    """A member that came with a format, and what an older document is taken to say there."""

    format: int
    absent: Any


# A member that a part of the document gains stands here and in its TypedDict: new documents
# always have it, older ones are read as if they had its absent value.
ADDED: Final[dict[type, dict[str, Added]]] = {
    SubjectName: {"country_code": Added(2, "")},
    SubjectEntry: {
        "country_code": Added(2, ""),
        "coordinates": Added(2, None),
        "wikidata_qid": Added(2, ""),
        "country": Added(2, None),
    },
    TidyRow: {
        "said_by": Added(2, ""),
        "place": Added(2, ""),
        "country": Added(2, ""),
        "latitude": Added(2, None),
        "longitude": Added(2, None),
        "subject_wikidata_qid": Added(2, ""),
        "origin": Added(2, ""),
    },
    Version: {"format": Added(2, 1)},
    MeasureEntry: {"wikidata_property": Added(2, "")},
    Tombstone: {"merged_into": Added(2, "")},
    SourceEntry: {"work_licence": Added(3, "")},
    FigureEntry: {"said_on": Added(2, "")},
    RangeEntry: {"low_open": Added(2, False)},
    Derived: {"origins": Added(2, [])},
    ClaimDocument: {"source_relations": Added(2, [])},
}
# Where the parts of documents lie; a test compares this with their types.
PARTS: Final[dict[type, dict[str, type]]] = {
    ClaimDocument: {
        "subject": SubjectEntry,
        "measure": MeasureEntry,
        "range": RangeEntry,
        "best": BestEntry,
        "agreement": AgreementEntry,
        "excluded": ExcludedEntry,
        "origins": OriginEntry,
        "figures": FigureEntry,
        "sources": SourceEntry,
        "source_relations": SourceRelationEntry,
        "relations": RelationEntry,
        "arithmetic": ArithmeticEntry,
        "disputes": DisputeEntry,
    },
    SubjectEntry: {"path": SubjectName, "coordinates": Coordinates, "country": CountryEntry},
    FigureEntry: {"speaker": Speaker, "attribution": AttributionEntry, "anchors": AnchorEntry},
    SourceRelationEntry: {"evidence": SignEntry},
    DisputeEntry: {"events": CaseEvent},
    DisputeDocument: {"claim": ClaimInBrief, "figures": FigureEntry, "events": CaseEvent},
    ClaimInBrief: {
        "range": RangeEntry,
        "agreement": AgreementEntry,
        "subject": SubjectEntry,
        "measure": MeasureEntry,
    },
}


@dataclass(frozen=True, slots=True)
class _Filling:
    """What a part of a document may lack: members of its own, and of the parts in it."""

    members: tuple[tuple[str, Added], ...]
    parts: tuple[tuple[str, _Filling], ...]


def added_members(shape: type) -> dict[str, Added]:
    """Return the members of a TypedDict that came after format 1, those of its bases too."""
    found: dict[str, Added] = {}
    for base in getattr(shape, "__orig_bases__", ()):
        found |= added_members(base)
    return found | ADDED.get(shape, {})


def format_of(document: Mapping[str, Any]) -> int:
    """Return the number of the format that a document states; one that states none has 1."""
    number = document.get("format", 1)
    return number if type(number) is int else 1


def is_later(shape: type, path: str, number: int) -> bool:
    """Return whether the member at a path from the shape came with a later format than this."""
    for step in path.split("."):
        added = added_members(shape).get(step)
        if added is not None and added.format > number:
            return True
        shape = dict(_parts(shape)).get(step, shape)
    return False


def upgraded(document: dict[str, Any], shape: type) -> dict[str, Any]:
    """Fill in what a document of an older format lacks, in place, and return it.

    `shape` is ClaimDocument, Tombstone or one of the records drawn from documents. What the
    document has is left as it is, and so is a part that is missing or of another kind: who
    checks documents names it.
    """
    _fill(document, _filling(shape))
    return document


@cache
def _filling(shape: type) -> _Filling:
    parts = tuple((name, _filling(inner)) for name, inner in _parts(shape))
    return _Filling(
        members=tuple(added_members(shape).items()),
        parts=tuple((name, one) for name, one in parts if one.members or one.parts),
    )


def _parts(shape: type) -> Iterator[tuple[str, type]]:
    for base in getattr(shape, "__orig_bases__", ()):
        yield from _parts(base)
    yield from PARTS.get(shape, {}).items()


def _fill(part: dict[str, Any], filling: _Filling) -> None:
    for name, added in filling.members:
        if name not in part:
            part[name] = deepcopy(added.absent)
    for name, inner in filling.parts:
        value = part.get(name)
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, dict):
                _fill(one, inner)


# ---- claims/domain/earlier_rules.py
# Documents sealed under earlier rules: which of their members today's rules need not give.

_TODAYS_RULES_SINCE: Final = 2
# What format 2 derives otherwise than format 1 did: of the document, and of each figure.
_CHANGED: Final = frozenset({"summary", "severity", "range", "best", "excluded"})
_CHANGED_OF_FIGURES: Final = frozenset({"words"})
# Only where a quantity is no count, whose "up to n" has no lower end now.
_CHANGED_BELOW_ZERO: Final = frozenset({"contention", "agreement", "test_low"})


def is_earlier(document: ClaimDocument) -> bool:
    """Whether a document was sealed under earlier rules; format 1 states no format."""
    return format_of(document) < _TODAYS_RULES_SINCE


def may_differ(document: ClaimDocument, figure: str, path: str) -> bool:
    """Whether today's rules may give another value for a member; `figure` as in Misstatement."""
    if not is_earlier(document):
        return False
    member = path.partition(".")[0]
    if member in (_CHANGED_OF_FIGURES if figure else _CHANGED):
        return True
    measure = document["measure"]
    below_zero = states_figures(measure["value_kind"]) and not measure["is_count"]
    return below_zero and member in _CHANGED_BELOW_ZERO


# ---- claims/domain/places.py
# Where a subject is: its country, its coordinates, the words that its place is found by.

def country_of(subject: SubjectEntry) -> CountryEntry | None:
    """The country of a document's subject: its own, else that of the nearest parent with one.

    Returns ``{"code": "ML", "from": "T1"}``, or None where nobody up to the top has one.
    """
    names: list[SubjectEntry | SubjectName] = [subject, *reversed(subject["path"])]
    for one in names:
        if one["country_code"]:
            return {"code": one["country_code"], "from": one["ref"]}
    return None


# ---- claims/domain/arithmetic.py
# Do the parts add up to the total?

@dataclass(frozen=True, slots=True)
class ArithmeticResult:
    """Whether parts and total contradict each other.

    `hard`: the test intervals cannot hold together. `soft`: sentences on stated ends that do
    not fit although the intervals can. `sum_low` and `sum_high` are the sums of the parts' test
    intervals, None where not bounded.
    """

    hard: bool
    soft: tuple[str, ...]
    sum_low: Decimal | None
    sum_high: Decimal | None


def arithmetic_check(
    parts: Sequence[Figure],
    total: Figure,
    *,
    exhaustive: bool = False,
    scope_exact: bool = False,
    count: bool = True,
) -> ArithmeticResult:
    """Compare the sum of the parts with the total.

    Hard only when the scopes are exactly alike: then, when the parts are all there is
    (`exhaustive`), if sum and total are disjoint; otherwise if the total's high is below the
    sum of the lows. Raises ValueError without parts.
    """
    if not parts:
        raise ValueError("An arithmetic check needs at least one part.")
    summed = _sum([part.test_interval(count) for part in parts], count)
    hard = scope_exact and _contradicts(summed, total.test_interval(count), exhaustive)
    soft = () if hard else _stated_misfits(parts, total, exhaustive)
    return ArithmeticResult(hard, soft, summed.low, summed.high)


def _sum(intervals: list[Interval], count: bool) -> Interval:
    """Add the intervals up; a count of which nothing is known is at least 0."""
    floor = Decimal(0) if count else None
    lows = [floor if one.low is None else one.low for one in intervals]
    return Interval(_total(lows), _total([one.high for one in intervals]))


def _total(ends: list[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for end in ends:
        if end is None:
            return None
        total = EXACT.add(total, end)
    return total


def _contradicts(summed: Interval, total: Interval, exhaustive: bool) -> bool:
    if exhaustive:
        return not summed.intersects(total)
    return summed.low is not None and total.high is not None and total.high < summed.low


def _stated_misfits(parts: Sequence[Figure], total: Figure, exhaustive: bool) -> tuple[str, ...]:
    """Return a sentence for each stated end of the total that the parts' stated ends exceed."""
    low, high = stated_low(total), stated_high(total)
    least = _total([stated_low(part) or Decimal(0) for part in parts])
    most = _total([None if part.high_open else stated_high(part) for part in parts])
    found: list[str] = []
    if high is not None and least is not None and high < least:
        found.append(_arithmetic_sentence("high", high, "below", "lows", least))
    if low is not None and low != high and least is not None and low < least:
        found.append(_arithmetic_sentence("low", low, "below", "lows", least))
    if exhaustive and low is not None and most is not None and low > most:
        found.append(_arithmetic_sentence("low", low, "above", "highs", most))
    if exhaustive and high is not None and high != low and most is not None and high > most:
        found.append(_arithmetic_sentence("high", high, "above", "highs", most))
    return tuple(found)


def _arithmetic_sentence(end: str, stated: Decimal, side: str, ends: str, total: Decimal) -> str:
    sign = "<" if side == "below" else ">"
    sums = f"{number_words(stated)} {sign} {number_words(total)}"
    return f"The total's stated {end} is {side} the sum of the parts' {ends}: {sums}."


# ---- claims/domain/published_sums.py
# The sum of published parts against their total, done again from the documents alone.

def part_figure(document: ClaimDocument) -> Figure | None:
    """The one figure that a claim stands for as a part: that of all its inputs, else None.

    Dates, parties and the like are no figures: their claim has none.
    """
    inputs = set(document["inputs"])
    return _only(
        figure
        for entry in document["figures"]
        if entry["ref"] in inputs and (figure := read_quantity(entry)) is not None
    )


def total_figure(document: ClaimDocument) -> Figure | None:
    """The one figure that a claim stands for as a total: that of all live assertions, else None."""
    return _only(
        figure
        for entry in document["figures"]
        if entry["status"] == AssertionStatus.LIVE
        and entry["stance"] == Stance.ASSERTS
        and entry["value_state"] == ValueState.VALUE
        and (figure := read_quantity(entry)) is not None
    )


def parts_of(document: ClaimDocument) -> list[str]:
    """The claims that are parts of this total, by ref, in the order of the document."""
    return [link["claim"] for link in _part_links(document)]


def sum_members(
    document: ClaimDocument, parts: Mapping[str, Figure | None]
) -> ArithmeticEntry | None:
    """Return the sum's entry in the document's form; None where it has none.

    `parts` gives the figure of each part by ref. Raises KeyError for a part that is not there.
    """
    total, links = total_figure(document), _part_links(document)
    figures = [figure for link in links if (figure := parts[link["claim"]]) is not None]
    if not links or total is None or len(figures) < len(links):
        return None
    found = arithmetic_check(
        figures,
        total,
        exhaustive=all(link["exhaustive"] for link in links),
        scope_exact=all(link["scope_exact"] for link in links),
        count=document["measure"]["is_count"],
    )
    return {
        "total": document["ref"],
        "hard": found.hard,
        "messages": list(found.soft),
        "sum_low": found.sum_low,
        "sum_high": found.sum_high,
        "parts": [link["claim"] for link in links],
    }


def _part_links(document: ClaimDocument) -> list[RelationEntry]:
    return [
        link
        for link in document["relations"]
        if link["kind"] == RelationKind.PART_OF_TOTAL and link["direction"] == "from"
    ]


def _only(figures: Iterable[Figure]) -> Figure | None:
    found = set(figures)
    return found.pop() if len(found) == 1 else None


# ---- claims/domain/gaps.py
# How far figures lie apart: the ends that face each other, as stated.

MINOR_BELOW, MODERATE_BELOW = Decimal("1.1"), Decimal("1.5")
_ORDER: Final[tuple[MaybeSeverity, ...]] = ("", *Severity)
type Tested = tuple[Interval, Figure]


def worst(found: Iterable[MaybeSeverity]) -> MaybeSeverity:
    """Return the gravest; '' of none."""
    return max(found, key=_ORDER.index, default="")


def widest_gap(figures: Iterable[Figure]) -> MaybeSeverity:
    """Return how far apart the two figures are that lie furthest apart; '' for less than two."""
    given = list(figures)
    if len(given) < 2:
        return ""
    tops = [end for end in map(top_of, given) if end is not None]
    bottoms = [end for end in map(bottom_of, given) if end is not None]
    return gap(min(tops), max(bottoms)) if tops and bottoms else Severity.MINOR


def widest_conflict(these: Sequence[Tested], those: Sequence[Tested]) -> MaybeSeverity:
    """Return the widest gap between one of these and one of those that cannot both hold.

    '' where none contradict. Each figure stands beside its test interval. In one sweep: below a
    given low end the figure with the lowest stated top is the furthest away.
    """
    return worst((_widest_above(these, those), _widest_above(those, these)))


def gap(top: Decimal, bottom: Decimal) -> MaybeSeverity:
    """Return how far the top of one figure lies below the bottom of another.

    Their ratio: below 1.1 minor, below 1.5 moderate, else major; unlike signs, or a zero, are
    major; what does not lie below is minor.
    """
    if top >= bottom:
        return Severity.MINOR
    if top <= 0 <= bottom:
        return Severity.MAJOR
    near, far = sorted((abs(top), abs(bottom)))
    if far < EXACT.multiply(near, MINOR_BELOW):
        return Severity.MINOR
    return Severity.MODERATE if far < EXACT.multiply(near, MODERATE_BELOW) else Severity.MAJOR


def bottom_of(figure: Figure) -> Decimal | None:
    """Return the lower end as stated, of a vague word its least number; None without one."""
    return stated_low(figure) if figure.has_number else least_of(figure.vague_term)


def top_of(figure: Figure) -> Decimal | None:
    """Return the upper end as stated; None where the figure is open above."""
    return None if figure.high_open else stated_high(figure)


def _widest_above(lower: Sequence[Tested], upper: Sequence[Tested]) -> MaybeSeverity:
    ends = sorted(
        (interval.high, top)
        for interval, figure in lower
        if interval.high is not None and (top := top_of(figure)) is not None
    )
    highs = [high for high, _ in ends]
    lowest = list(accumulate((top for _, top in ends), min))
    found: list[MaybeSeverity] = []
    for interval, figure in upper:
        bottom = bottom_of(figure)
        below = 0 if interval.low is None else bisect_left(highs, interval.low)
        if below and bottom is not None:
            found.append(gap(lowest[below - 1], bottom))
    return worst(found)


# ---- claims/domain/origins.py
# Who counts: one standing answer per independent origin, and why the others do not.

ExclusionCode = Literal[
    "not_live",
    "source_withdrawn",
    "not_an_assertion",
    "retracted",
    "article_voice",
    "same_origin_repeats",
    "same_origin_later",
    "rests_on_others",
    "no_value",
    "no_number",
]
REASONS: Final[dict[ExclusionCode, str]] = {
    "not_live": "superseded, withdrawn or rejected",
    "source_withdrawn": "its source was withdrawn",
    "not_an_assertion": "it denies, doubts or retracts and asserts no value",
    "retracted": "its own origin retracted it",
    "article_voice": "no independent origin: the article's own voice",
    "same_origin_repeats": "the same origin says the same elsewhere",
    "same_origin_later": "superseded by the same origin, to confirm",
    "rests_on_others": "its source took it from another, and that origin is counted",
    "no_value": "it says that the value is unknown",
    "no_number": "it gives no number",
}


@dataclass(frozen=True, slots=True)
class Excluded:
    """An assertion that is not counted, with a stable code and the reason in words."""

    id: int
    code: ExclusionCode

    @property
    def reason(self) -> str:
        return REASONS[self.code]


@dataclass(frozen=True, slots=True)
class Counted:
    """Evidence sorted by what it counts for; every assertion is in `inputs` or `excluded`.

    `inputs` hold one valued answer per independent origin. `voices` are values in the
    article's own voice: they can contradict an origin, all of them together as one more
    origin, but never corroborate, and never enter the range. `unknowns` are origins that say
    that nobody knows.
    """

    inputs: tuple[Evidence, ...]
    excluded: tuple[Excluded, ...]
    voices: tuple[Evidence, ...]
    unknowns: tuple[Evidence, ...]

    @property
    def to_confirm(self) -> tuple[int, ...]:
        """Assertions that the same origin seems to have replaced: an editor should say so."""
        return tuple(one.id for one in self.excluded if one.code == "same_origin_later")


def counted(evidence: Iterable[Evidence]) -> Counted:
    """Sort the evidence into what counts and what does not, in the order of ids."""
    everything = by_id(evidence)
    gone = _retracted(everything)
    excluded: dict[int, ExclusionCode] = {}
    groups: dict[str, list[Evidence]] = {}
    for one in everything:
        code = _exclusion(one, gone)
        if code:
            excluded[one.id] = code
        if code in (None, "article_voice"):
            groups.setdefault(one.origin, []).append(one)
    voices = tuple(one for one in groups.pop("", []) if one.has_value)
    latest = by_id(_collapse(group, excluded) for group in groups.values())
    excluded |= {one.id: "no_value" for one in latest if not one.has_value}
    return Counted(
        inputs=tuple(one for one in latest if one.has_value),
        excluded=tuple(Excluded(number, code) for number, code in sorted(excluded.items())),
        voices=voices,
        unknowns=tuple(one for one in latest if not one.has_value),
    )


def denials(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the standing denials that their own origin has not retracted."""
    everything = by_id(evidence)
    gone = _retracted(everything)
    return tuple(
        one
        for one in everything
        if one.stance == Stance.DENIES and one.stands and one.id not in gone
    )


def denied_by_belligerents_only(evidence: Iterable[Evidence]) -> bool:
    """Whether there are denials and every one comes from a party to the conflict."""
    deniers = denials(evidence)
    return bool(deniers) and all(one.denier_is_belligerent for one in deniers)


def _exclusion(one: Evidence, gone: frozenset[int]) -> ExclusionCode | None:
    if not one.live:
        return "not_live"
    if one.source_withdrawn:
        return "source_withdrawn"
    if one.stance != Stance.ASSERTS:
        return "not_an_assertion"
    if one.id in gone:
        return "retracted"
    if one.repeats:
        return "rests_on_others"
    return None if one.origin else "article_voice"


def _collapse(group: list[Evidence], excluded: dict[int, ExclusionCode]) -> Evidence:
    """Return the latest answer of one origin and note why its other answers do not count.

    Where the origin itself is heard, what others took from it does not count.
    """
    nearest = min(one.steps for one in group)
    excluded |= {one.id: "rests_on_others" for one in group if one.steps > nearest}
    near = [one for one in group if one.steps == nearest]
    *earlier, latest = sorted(near, key=said_order)
    for one in earlier:
        same = value_key(one) == value_key(latest)
        excluded[one.id] = "same_origin_repeats" if same else "same_origin_later"
    return latest


def _retracted(evidence: list[Evidence]) -> frozenset[int]:
    """Return the ids that standing retractions take back.

    A retraction takes back its target; without one, all that its origin said before it. Nobody
    can retract what somebody else said.
    """
    backs = [one for one in evidence if one.stance == Stance.RETRACTS and one.stands]
    if not backs:
        return frozenset()
    return frozenset(_taken_back_by_name(evidence, backs) | _taken_back_whole(evidence, backs))


def _taken_back_by_name(evidence: list[Evidence], backs: list[Evidence]) -> set[int]:
    voices = {one.id: one.voices for one in evidence}
    return {
        back.target
        for back in backs
        if back.target is not None
        and back.target != back.id
        and back.origin in voices.get(back.target, ())
    }


def _taken_back_whole(evidence: list[Evidence], backs: list[Evidence]) -> set[int]:
    """Return what the origins said before they took back all of it, the last time they did."""
    whole: dict[str, list[Evidence]] = {}
    for back in backs:
        if back.target is None:
            whole.setdefault(back.origin, []).append(back)
    last = {origin: last_said(rows) for origin, rows in whole.items()}
    return {
        one.id
        for one in evidence
        if any(voice in last and last[voice].is_after(one) for voice in one.voices)
    }


# ---- claims/domain/conflict.py
# Where answers contradict each other, and which disputes that calls for.

# What a contradiction among answers of a family is called; texts never contradict each other.
_KIND_OF: Final[dict[ValueFamily, DisputeKind | None]] = complete(
    ValueFamily,
    "domain.conflict._KIND_OF",
    {
        ValueFamily.FIGURE: DisputeKind.VALUE,
        ValueFamily.BOOLEAN: DisputeKind.VALUE,
        ValueFamily.DATE: DisputeKind.DATE,
        ValueFamily.PARTY: DisputeKind.ATTRIBUTION,
        ValueFamily.TEXT: None,
    },
)
_WORDS_OF: Final[dict[DisputeKind, str]] = {
    DisputeKind.VALUE: "independent origins state values that cannot all hold",
    DisputeKind.DATE: "independent origins state dates that cannot all hold",
    DisputeKind.ATTRIBUTION: "independent origins name different parties",
}
DENIED = "a source denies what is stated"
DENIED_BY_A_PARTY = "a party to the conflict denies what is stated"
_NOUN_OF: Final[dict[DisputeKind, str]] = {
    DisputeKind.VALUE: "the values cannot both hold",
    DisputeKind.DATE: "the dates cannot both hold",
    DisputeKind.ATTRIBUTION: "they name different parties",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction between origins; `members` contradict at least one other member."""

    kind: DisputeKind
    members: tuple[int, ...]
    severity: MaybeSeverity


@dataclass(frozen=True, slots=True)
class ExpectedDispute:
    """A dispute that the evidence calls for; a soft one is only a hint for editors."""

    kind: DisputeKind
    members: tuple[int, ...]
    reason: str
    severity: MaybeSeverity = ""
    soft: bool = False


def _conflict_of(sides: Counted, terms: ClaimTerms) -> Conflict | None:
    kind = _KIND_OF[family_of(terms.value_kind)]
    if kind is None:
        return None
    find = _interval_members if is_numeric(terms.value_kind) else _pair_members
    members = find(sides, terms)
    if not members:
        return None
    return Conflict(kind, tuple(sorted(members)), _severity_of(sides, terms))


def disagree(one: Evidence, other: Evidence, terms: ClaimTerms) -> bool:
    """Whether two values cannot both hold."""
    if not (one.has_value and other.has_value):
        return False
    match family_of(terms.value_kind):
        case ValueFamily.FIGURE | ValueFamily.DATE:
            mine, theirs = tested_interval(one, terms), tested_interval(other, terms)
            return mine.intersection(theirs) is None
        case ValueFamily.PARTY:
            single = terms.cardinality == Cardinality.SINGLE
            return single and one.parties.isdisjoint(other.parties)
        case ValueFamily.BOOLEAN:
            return one.boolean is not other.boolean
        case ValueFamily.TEXT:
            return False


def severity(evidence: Iterable[Evidence], terms: ClaimTerms) -> MaybeSeverity:
    """Return how far apart the two figures are that lie furthest apart, as stated.

    '' for less than two figures and for what is no figure. What does not stand or does not
    assert is left out.
    """
    if not states_figures(terms.value_kind):
        return ""
    standing = [one for one in evidence if one.stands and one.stance == Stance.ASSERTS]
    return widest_gap(one.figure for one in standing if one.has_value and one.figure is not None)


def _severity_of(sides: Counted, terms: ClaimTerms) -> MaybeSeverity:
    """Return the widest gap between two figures that cannot both hold.

    A figure more can only add pairs, so that no agreeing source makes a conflict less severe.
    """
    if not states_figures(terms.value_kind):
        return ""
    inputs, voices = _tested(sides.inputs, terms), _tested(sides.voices, terms)
    return worst((widest_conflict(inputs, inputs), widest_conflict(inputs, voices)))


def _tested(rows: Iterable[Evidence], terms: ClaimTerms) -> list[Tested]:
    return [(tested_interval(one, terms), one.figure) for one in rows if one.figure is not None]


def expected_disputes(
    evidence: Iterable[Evidence], terms: ClaimTerms
) -> tuple[ExpectedDispute, ...]:
    """Return the disputes that the machine must hold open for this evidence, at most two."""
    everything = by_id(evidence)
    found: list[ExpectedDispute] = []
    sides = counted(everything)
    conflict = _conflict_of(sides, terms)
    if conflict:
        words = _reason(conflict, sides)
        found.append(ExpectedDispute(conflict.kind, conflict.members, words, conflict.severity))
    deniers = denials(everything)
    if deniers:
        party = denied_by_belligerents_only(everything)
        words = DENIED_BY_A_PARTY if party else DENIED
        found.append(
            ExpectedDispute(DisputeKind.DENIAL, _denial_members(everything, deniers), words)
        )
    return tuple(found)


def _reason(conflict: Conflict, sides: Counted) -> str:
    """Return why the case is opened; the article is no independent origin and is named."""
    members = frozenset(conflict.members)
    origins = [one for one in sides.inputs if one.id in members]
    if len(origins) > 1:
        return _WORDS_OF[conflict.kind]
    return f"the article, which names no source, contradicts a source: {_NOUN_OF[conflict.kind]}"


def _interval_members(sides: Counted, terms: ClaimTerms) -> set[int]:
    """Compare every interval with the largest low and the smallest high of the origins."""
    inputs = {one.id: tested_interval(one, terms) for one in sides.inputs}
    voices = {one.id: tested_interval(one, terms) for one in sides.voices}
    members = _outside(inputs, inputs) | _outside(voices, inputs)
    return members | _outside(inputs, voices)


def _outside(these: dict[int, Interval], those: dict[int, Interval]) -> set[int]:
    """Return which of `these` share no number with at least one of `those`."""
    top = min((one.high for one in those.values() if one.high is not None), default=None)
    bottom = max((one.low for one in those.values() if one.low is not None), default=None)
    return {
        number
        for number, one in these.items()
        if (top is not None and one.low is not None and one.low > top)
        or (bottom is not None and one.high is not None and one.high < bottom)
    }


def _pair_members(sides: Counted, terms: ClaimTerms) -> set[int]:
    """Compare each different value once, however many state it, and stop where one is against."""
    inputs, voices = _by_value(sides.inputs), _by_value(sides.voices)
    members = _contradicted(inputs, inputs, terms) | _contradicted(inputs, voices, terms)
    return members | _contradicted(voices, inputs, terms)


def _by_value(rows: Iterable[Evidence]) -> list[list[Evidence]]:
    groups: dict[tuple[object, ...], list[Evidence]] = {}
    for one in rows:
        groups.setdefault(value_key(one), []).append(one)
    return list(groups.values())


def _contradicted(
    these: list[list[Evidence]], those: list[list[Evidence]], terms: ClaimTerms
) -> set[int]:
    """Return which of `these`, in groups of one value, contradict at least one of `those`.

    The first of a group stands beside the last of each other, and of its own where it has two.
    """
    return {
        one.id
        for rows in these
        if any(
            rows[0] is not others[-1] and disagree(rows[0], others[-1], terms) for others in those
        )
        for one in rows
    }


def _denial_members(evidence: list[Evidence], deniers: tuple[Evidence, ...]) -> tuple[int, ...]:
    """Return the denials and the standing assertions that they name."""
    targets = {one.target for one in deniers}
    named = {one.id for one in evidence if one.id in targets and one.stands}
    return tuple(sorted({one.id for one in deniers} | named))


# ---- claims/domain/fingerprint.py
# A hash of the evidence, so that a decision can say what it was taken on.

_JSON: Final = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def fingerprint(evidence: Iterable[Evidence], terms: ClaimTerms) -> str:
    """Return the sha256 (64 hex digits) of everything that can change the claim's label.

    Only live evidence counts; the order it comes in and idle zeros (97.00) do not matter. The
    date of a source matters where it tells what an origin said last.
    """
    live = [one for one in by_id(evidence) if one.live]
    speaks = Counter(one.origin for one in live)
    facts = {
        "value_kind": terms.value_kind,
        "cardinality": terms.cardinality,
        "tolerance": _fingerprint_number(terms.tolerance),
        "count": terms.count,
        "evidence": [_facts(one, once=speaks[one.origin] == 1) for one in live],
    }
    return hashlib.sha256(_JSON.encode(facts).encode("ascii")).hexdigest()


def _facts(one: Evidence, *, once: bool) -> list[object]:
    # What no relation concerns has the facts that it had before there were relations.
    followed = [] if one.own_origin is None else [[one.own_origin, one.steps, one.repeats]]
    return [
        one.id,
        one.stance,
        one.origin,
        one.sourced,
        one.source_withdrawn,
        one.target,
        one.asserted_on if once or not one.origin else one.said_on,
        _fingerprint_value(one),
        *followed,
    ]


def _fingerprint_value(one: Evidence) -> object:
    if not one.has_value:
        return None
    if one.figure is not None:
        return _fingerprint_figure(one.figure)
    match family_of(one.value_kind):
        case ValueFamily.PARTY:
            return sorted(one.parties)
        case ValueFamily.DATE:
            return one.edtf
        case ValueFamily.BOOLEAN:
            return one.boolean
        case ValueFamily.TEXT | ValueFamily.FIGURE:
            return one.text


def _fingerprint_figure(figure: Figure) -> list[object]:
    return [
        _fingerprint_number(figure.point),
        _fingerprint_number(figure.low),
        _fingerprint_number(figure.high),
        figure.low_strict,
        figure.high_strict,
        figure.high_open,
        figure.approximate,
        figure.vague_term,
        figure.state,
    ]


def _fingerprint_number(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


# ---- claims/domain/contention.py
# The label of a claim, derived from its evidence and from the decisions in force.

_OPENED_BY_HAND = (DisputeKind.EDITOR, DisputeKind.ARITHMETIC)


@dataclass(frozen=True, slots=True)
class Case:
    """A case file as the arithmetic sees it; the fingerprint is of the evidence it decided on.

    `reason` says why it was opened, `rationale` why it was decided as it was.
    """

    kind: DisputeKind
    state: DisputeState
    outcome: str = ""
    covers_fingerprint: str = ""
    preferred: int | None = None
    reason: str = ""
    rationale: str = ""

    def is_in_force(self, today: str) -> bool:
        """Whether it was resolved on the evidence as it is today."""
        return self.state == DisputeState.RESOLVED and self.covers_fingerprint == today

    def settles(self, today: str) -> bool:
        """Whether it was resolved on today's evidence with an answer."""
        return self.is_in_force(today) and self.outcome != DisputeOutcome.UNRESOLVABLE


def expected_contention(
    evidence: list[Evidence],
    expected: Iterable[ExpectedDispute],
    disputes: Iterable[Case],
    today: str,
) -> Contention:
    """The same where the expected disputes and the fingerprint of today are known."""
    cases = list(disputes)
    if not any(one.stands and one.sourced for one in evidence if _contention_answers(one)):
        return Contention.UNSOURCED
    if _is_disputed(expected, cases, today):
        return Contention.DISPUTED
    if any(case.settles(today) for case in cases):
        return Contention.RESOLVED
    return _plain_label(counted(evidence))


def preferred_in_force(disputes: Iterable[Case], today: str) -> int | None:
    """Return the assertion that a decision in force prefers, or None."""
    chosen = (case.preferred for case in disputes if case.settles(today))
    return next((number for number in chosen if number is not None), None)


def decisions_in_force(disputes: Iterable[Case], today: str) -> list[Case]:
    """Return the cases that are resolved on the evidence as it is today, unresolvable or not."""
    return [case for case in disputes if case.is_in_force(today)]


def unsettled_reasons(
    expected: Iterable[ExpectedDispute], disputes: Iterable[Case], today: str
) -> dict[DisputeKind, str]:
    """Return why the claim is disputed, by kind: what no decision in force covers.

    A case that cannot be resolved is left out: its decision says so.
    """
    cases = list(disputes)
    closed = {case.kind for case in cases if case.is_in_force(today)}
    found = {dispute.kind: dispute.reason for dispute in expected if dispute.kind not in closed}
    by_hand = [case for case in cases if _keeps_open(case, today) and not case.is_in_force(today)]
    return found | {case.kind: case.reason for case in by_hand}


def _contention_answers(one: Evidence) -> bool:
    return one.stance in (Stance.ASSERTS, Stance.DENIES)


def _is_disputed(expected: Iterable[ExpectedDispute], cases: list[Case], today: str) -> bool:
    settled = {case.kind for case in cases if case.settles(today)}
    unsettled = {dispute.kind for dispute in expected} - settled
    return bool(unsettled) or any(_keeps_open(case, today) for case in cases)


def _keeps_open(case: Case, today: str) -> bool:
    """Whether the case itself makes the claim disputed, whatever the evidence says."""
    if case.is_in_force(today):
        return case.outcome == DisputeOutcome.UNRESOLVABLE
    return case.kind in _OPENED_BY_HAND and case.state in (*UNRESOLVED, DisputeState.RESOLVED)


def _plain_label(sides: Counted) -> Contention:
    if sides.inputs:
        return Contention.CORROBORATED if len(sides.inputs) > 1 else Contention.SINGLE_ORIGIN
    return Contention.UNKNOWN_ONLY if sides.unknowns else Contention.UNSOURCED


# ---- claims/domain/stated_range.py
# The lowest and the highest stated end of the answers that count, and who states each.

type StatedRow = tuple[Evidence, StatedEnds]


@dataclass(frozen=True, slots=True)
class StatedRange:
    """Both ends with the assertion that states each; both None where nothing is stated.

    A lone end counts on both sides: "at least 1,000" may raise the top, "up to 10" lower the
    bottom. `low_open` and `high_open` say that a source states no lower, no upper end.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    low_from: int | None = None
    high_from: int | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """One stated end: is it the upper one of its answer, and is it stated plainly."""

    value: Decimal
    number: int
    is_high: bool
    is_plain: bool


def stated_range(rows: Sequence[StatedRow]) -> StatedRange:
    """Return the range over the answers, each with the ends that it states, at least one."""
    ends = [end for one, stated in rows for end in _stated_range_ends(one, stated)]
    if not ends:
        return StatedRange()
    low = min(ends, key=lambda end: (end.value, _rank(end, top=False), end.number))
    high = min(ends, key=lambda end: (-end.value, _rank(end, top=True), end.number))
    return StatedRange(
        low=low.value,
        high=high.value,
        low_open=any(stated.low is None for _, stated in rows),
        high_open=any(stated.high_open for _, stated in rows),
        low_from=low.number,
        high_from=high.number,
    )


def has_end(ends: StatedEnds) -> bool:
    """Whether an answer states an end at all."""
    return ends.low is not None or ends.high is not None


def _stated_range_ends(one: Evidence, stated: StatedEnds) -> list[_End]:
    closed = stated.low is not None and stated.high is not None and not stated.high_open
    is_plain = closed and not _is_about(one)
    return [
        _End(value, one.id, is_high, is_plain and not _is_strict(one, value))
        for value, is_high in ((stated.low, False), (stated.high, True))
        if value is not None
    ]


def _is_about(one: Evidence) -> bool:
    return one.figure.approximate if one.figure is not None else bool({"~", "%"} & {*one.edtf})


def _is_strict(one: Evidence, value: Decimal) -> bool:
    figure = one.figure
    if figure is None:
        return False
    below = figure.high_strict and value == figure.high
    return below or (figure.low_strict and value == figure.low)


def _rank(end: _End, *, top: bool) -> int:
    """Of equal ends the plain one speaks; else "less than" for the bottom, "more" for the top."""
    if end.is_plain:
        return 0
    return 1 if end.is_high is not top else 2


# ---- claims/domain/consensus.py
# The range that sources span, and the one value to show where a rule gives one.

BestRule = Literal["", "preferred", "only_exact_point", "majority", "most_reliable", "lowest"]
DISAGREEMENT: Final = "Independent origins disagree and no decision prefers one."
_WORST_LETTER: Final = "G"  # behind F of the Admiralty scale: no letter given
_WORST_DIGIT: Final = 7


@dataclass(frozen=True, slots=True)
class Consensus:
    """The range of the stated values, each end with the assertion that it comes from.

    Dates are in day numbers. Both ends are None where nothing is stated. `low_open` and
    `high_open` say that a source states no lower, no upper end. `best` is None where no rule
    gives one; `best_reason` says why in words. `inputs` and `excluded` are all assertions, so
    that anyone can do the sum again.
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool
    high_open: bool
    low_from: int | None
    high_from: int | None
    best: Decimal | None
    best_from: int | None
    best_rule: BestRule
    best_reason: str
    inputs: tuple[int, ...]
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True, slots=True)
class _Best:
    """What one rule found: a value and its assertion, or only the reason for none."""

    value: Decimal | None
    number: int | None
    rule: BestRule
    reason: str


type _Rows = list[tuple[Evidence, StatedEnds]]


def consensus(
    evidence: Iterable[Evidence],
    terms: ClaimTerms,
    resolution_preferred: int | None = None,
    *,
    is_decided: bool = False,
) -> Consensus:
    """Return the range over one answer per origin, and the best value where a rule gives one.

    `is_decided` says that a decision is in force: only what it prefers is best then.
    """
    everything = by_id(evidence)
    sides = counted(everything)
    rows = [(one, stated_ends(one, terms)) for one in sides.inputs]
    numbered = [(one, ends) for one, ends in rows if has_end(ends)]
    silent = tuple(Excluded(one.id, "no_number") for one, ends in rows if not has_end(ends))
    span = stated_range(numbered)
    chosen = next((one for one in everything if one.id == resolution_preferred), None)
    if is_decided or (chosen is not None and chosen.stands):
        best = _decided(chosen, terms)
    else:
        best = _consensus_best(sides.inputs, numbered, terms)
    return Consensus(
        low=span.low,
        high=span.high,
        low_open=span.low_open,
        high_open=span.high_open,
        low_from=span.low_from,
        high_from=span.high_from,
        best=best.value,
        best_from=best.number,
        best_rule=best.rule,
        best_reason=best.reason,
        inputs=tuple(one.id for one, _ in numbered),
        excluded=tuple(sorted((*sides.excluded, *silent), key=lambda one: one.id)),
    )


def _decided(chosen: Evidence | None, terms: ClaimTerms) -> _Best:
    """Return what the editors prefer; where they prefer nothing, no rule speaks for them."""
    if chosen is None or not chosen.stands:
        return _Best(None, None, "", "Editors decided and prefer no single answer.")
    ends = stated_ends(chosen, terms)
    return _Best(_point(ends), chosen.id, "preferred", "Preferred by a decision of the editors.")


def _consensus_best(inputs: tuple[Evidence, ...], rows: _Rows, terms: ClaimTerms) -> _Best:
    """Try the rules in order: the only exact value, the claim's own policy."""
    if not rows:
        return _Best(None, None, "", f"No independent origin gives a {_noun(terms)}.")
    return (
        _only_exact_point(inputs, rows, terms)
        or _by_policy(rows, terms)
        or _none_because(inputs, terms)
    )


def _only_exact_point(inputs: tuple[Evidence, ...], rows: _Rows, terms: ClaimTerms) -> _Best | None:
    exact = [(ends.exact_point, one.id) for one, ends in rows if ends.exact_point is not None]
    if len({point for point, _ in exact}) != 1:
        return None
    value, number = exact[0]
    common = _common(inputs, terms)
    if value is None or common is None or not common.contains(value):
        return None
    reason = "The only exact value, and every counted figure is compatible with it."
    return _Best(value, number, "only_exact_point", reason)


def _by_policy(rows: _Rows, terms: ClaimTerms) -> _Best | None:
    if terms.best_policy == BestPolicy.MAJORITY:
        return _majority(rows)
    if terms.best_policy == BestPolicy.MOST_RELIABLE:
        return _most_reliable(rows)
    return _lowest(rows) if terms.best_policy == BestPolicy.LOWEST else None


def _majority(rows: _Rows) -> _Best | None:
    """Return the point that more than half of the origins state."""
    points = [(_point(ends), one.id) for one, ends in rows]
    votes = Counter(point for point, _ in points if point is not None)
    value, count = votes.most_common(1)[0] if votes else (None, 0)
    if value is None or 2 * count <= len(rows):
        return None
    number = next(one for point, one in points if point == value)
    reason = f"Stated by {count} of {len(rows)} independent origins."
    return _Best(value, number, "majority", reason)


def _most_reliable(rows: _Rows) -> _Best | None:
    """Return the point of the best graded answer, when all equally graded ones state it."""
    top = min(_grade(one) for one, _ in rows)
    leaders = [(one, ends) for one, ends in rows if _grade(one) == top]
    points = {_point(ends) for _, ends in leaders}
    value = next(iter(points))
    if len(points) != 1 or value is None:
        return None
    reason = "Stated by the most reliable source that gives a number."
    return _Best(value, leaders[0][0].id, "most_reliable", reason)


def _lowest(rows: _Rows) -> _Best | None:
    span = stated_range(rows)
    return _Best(span.low, span.low_from, "lowest", "The lowest stated figure.")


def _point(ends: StatedEnds) -> Decimal | None:
    """Return the single value that an answer states, exact or about; None for any other."""
    return ends.low if ends.low == ends.high and not ends.high_open else None


def _grade(one: Evidence) -> tuple[str, int]:
    """Return the grade of the Admiralty scale, A1 first, ungraded last."""
    return (one.reliability or _WORST_LETTER, one.credibility or _WORST_DIGIT)


def _none_because(inputs: tuple[Evidence, ...], terms: ClaimTerms) -> _Best:
    if terms.best_policy == BestPolicy.MAJORITY:
        reason = "No single number is stated by more than half of the independent origins."
    elif terms.best_policy == BestPolicy.MOST_RELIABLE:
        reason = "The most reliable sources do not agree on a single number."
    elif _common(inputs, terms) is None:
        reason = DISAGREEMENT
    elif len(inputs) == 1:
        reason = f"The only {_noun(terms)} is not exact."
    else:
        reason = f"The {_noun(terms)}s are compatible, but they state no single exact value."
    return _Best(None, None, "", reason)


def _common(inputs: tuple[Evidence, ...], terms: ClaimTerms) -> Interval | None:
    return common_interval(tested_interval(one, terms) for one in inputs)


def _noun(terms: ClaimTerms) -> str:
    if states_figures(terms.value_kind):
        return "figure"
    return "date" if family_of(terms.value_kind) is ValueFamily.DATE else "answer"


# ---- claims/domain/refs.py
# Public identifiers: a letter and an integer, never reused.

ARTICLE, CLAIM, FIGURE, SOURCE, DISPUTE, PARTY, SUBJECT = "A", "C", "F", "S", "D", "P", "T"
_REFS_REF = re.compile(r"([A-Z])([1-9][0-9]{0,17})")


def format_ref(letter: str, number: int) -> str:
    """``format_ref("C", 12)`` is ``"C12"``."""
    return f"{letter}{number}"


def parse_ref(text: str, letter: str) -> int | None:
    """Return the number of a reference with this letter; None when the text is not one.

    The number is at most 18 digits long, so that it fits a 64-bit column.
    """
    match = _REFS_REF.fullmatch(text.strip().upper()) if len(text) <= 32 else None
    if match is None or match[1] != letter:
        return None
    return int(match[2])


# ---- claims/domain/decisions.py
# What editors decided, in words: a decision in force speaks before the figures.

DECIDED: Final[dict[DisputeOutcome, str]] = complete(
    DisputeOutcome,
    "domain.decisions.DECIDED",
    {
        DisputeOutcome.PREFER: "one answer is preferred",
        DisputeOutcome.RANGE_STANDS: "the range stands",
        DisputeOutcome.DIFFERENT_SCOPE: "the statements answer different questions",
        DisputeOutcome.SUPERSEDED: "a later figure replaces an earlier one",
        DisputeOutcome.SOURCE_REJECTED: "a source is rejected",
        DisputeOutcome.ARTICLE_ERROR: "the article is in error",
        DisputeOutcome.BOTH_WRONG: "both are wrong",
        DisputeOutcome.UNRESOLVABLE: "the sources cannot settle it",
    },
)
LONGEST_REASON: Final = 300  # characters of a rationale in the one sentence on a claim


def decision_words(outcome: str, preferred: str) -> str:
    """Return a decision as one clause; `preferred` is the preferred answer in words."""
    if outcome == DisputeOutcome.PREFER and preferred:
        return f"Editors prefer: {preferred}"
    return f"Editors decided: {DECIDED[DisputeOutcome(outcome)]}"


def decision_sentences(cases: Iterable[Case], said: Mapping[int, str]) -> list[str]:
    """Return each decision with its reason; `said` holds the answers in words by number."""
    return [_decisions_sentence(case, said) for case in cases]


def _decisions_sentence(case: Case, said: Mapping[int, str]) -> str:
    words = decision_words(case.outcome, said.get(case.preferred or 0, ""))
    ref = "" if case.preferred is None else f" ({format_ref(FIGURE, case.preferred)})"
    reason = shortened(case.rationale, LONGEST_REASON)
    stop = "" if not reason or reason[-1] in ".!?…" else "."
    return f"{words}{ref}. {reason}{stop}".rstrip()


# ---- claims/domain/marzullo.py
# The interval that the largest number of origins support (Marzullo's algorithm).

_START, _END = 0, 1
_BELOW_ALL, _MARZULLO_NUMBER, _ABOVE_ALL = -1, 0, 1
_ZERO: Final = Decimal(0)
type _Edge = tuple[tuple[int, Decimal], int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The interval that `count` of `of` origins support.

    An end is None where it is not bounded. `is_unique` is false when another interval has as
    much support; the lowest one is given then, and it deserves no weight.
    """

    low: Decimal | None
    high: Decimal | None
    count: int
    of: int
    is_unique: bool


def agreement_interval(evidence: Iterable[Evidence], terms: ClaimTerms) -> Agreement | None:
    """Return where most origins agree, over test intervals with the claim's tolerance.

    None when no origin gives a quantity or a date. Dates are in day numbers.
    """
    if not is_numeric(terms.value_kind):
        return None
    inputs = counted(evidence).inputs
    return best_supported([tested_interval(one, terms) for one in inputs]) if inputs else None


def best_supported(intervals: list[Interval]) -> Agreement:
    """Sweep the sorted ends of at least one closed interval; touching ends agree.

    K. Marzullo, Maintaining the time in a distributed system, Stanford 1984; the variant
    without tolerance of false tickers, as clocks are selected in NTP (RFC 5905).
    """
    edges = sorted(_edges(intervals), key=lambda edge: edge[:2])
    depth = most = winners = 0
    low = high = None
    for here, following in zip(edges, [*edges[1:], edges[-1]], strict=True):
        if here[1] == _END:
            depth -= 1
            continue
        depth += 1
        if depth > most:
            most, winners, low, high = depth, 1, here[2], following[2]
        elif depth == most:
            winners += 1
    return Agreement(low, high, most, len(intervals), winners == 1)


def _edges(intervals: list[Interval]) -> list[_Edge]:
    """Return both ends of each interval; at one place starts come before ends."""
    starts: list[_Edge] = [
        ((_BELOW_ALL, _ZERO) if one.low is None else (_MARZULLO_NUMBER, one.low), _START, one.low)
        for one in intervals
    ]
    ends: list[_Edge] = [
        ((_ABOVE_ALL, _ZERO) if one.high is None else (_MARZULLO_NUMBER, one.high), _END, one.high)
        for one in intervals
    ]
    return starts + ends


# ---- claims/domain/currencies.py
# The currencies that amounts of money are stated in, by their codes of ISO 4217.

_IN_USE: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW "
    "KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR "
    "MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR "
    "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VED VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG"
)
# Withdrawn, and still what sources of their time state.
_WITHDRAWN: Final = (
    "ADP AFA ANG AOK AON AOR ATS AZM BEF BGL BGN BYB BYR CSD CSK CUC CYP DDM DEM ECS EEK ESP FIM "
    "FRF GHC GRD GWP HRK IEP ITL LTL LUF LVL MGF MRO MTL MXP MZM NLG PEI PTE ROL RUR SDD SDP SIT "
    "SKK SLL SRG STD SUR TMM TPE TRL UAK UGS VEB VEF XEU YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWD ZWL "
    "ZWR"
)
CURRENCIES: Final = frozenset(f"{_IN_USE} {_WITHDRAWN}".split())


def is_currency(code: str) -> bool:
    """Whether the text is the code of a currency, in capitals: "USD", not "usd" or "$"."""
    return code in CURRENCIES


# ---- claims/domain/units.py
# What the unit of a claim may be, by the kind of value that its measure asks for.

@dataclass(frozen=True, slots=True)
class UnitRule:
    """How values of a kind stand to their unit.

    `fault` returns what is wrong with a unit, '' for nothing. `is_said`: the unit is a part of
    the value, "40 USD", and another unit is another claim. `may_count`: the values may be whole
    numbers of zero or more by rule.
    """

    fault: Callable[[str], str]
    is_said: bool = False
    may_count: bool = True


def _no_fault(unit: str) -> str:
    """Any words are a unit."""
    return ""


def _currency_fault(unit: str) -> str:
    if is_currency(unit):
        return ""
    if not unit:
        return "name the currency by its code of ISO 4217, such as USD or EUR."
    return f"{unit} is no currency code of ISO 4217; write for example USD, EUR or GBP."


_FREE: Final = UnitRule(_no_fault)
RULES: Final[dict[ValueKind, UnitRule]] = complete(
    ValueKind,
    "domain.units.RULES",
    {
        ValueKind.QUANTITY: _FREE,
        ValueKind.MONEY: UnitRule(_currency_fault, is_said=True, may_count=False),
        ValueKind.DATE: _FREE,
        ValueKind.PARTY: _FREE,
        ValueKind.BOOLEAN: _FREE,
        ValueKind.TEXT: _FREE,
    },
)


def said_unit(value_kind: str, unit: str) -> str:
    """Return the unit where it is a part of the value, as a currency is; '' where it is not."""
    return unit if RULES[ValueKind(value_kind)].is_said else ""


def may_count(value_kind: str) -> bool:
    """Whether values of this kind may be counts."""
    return RULES[ValueKind(value_kind)].may_count


def in_unit(words: str, unit: str) -> str:
    """Return "40 USD" for "40" and USD; without words, or without a unit, the words alone."""
    return f"{words} {unit}" if words and unit else words


# ---- claims/domain/range_words.py
# The range of a claim in words: "about 60 to 97", "by 31 July 2012 to January 2013".

def range_words(found: Consensus, evidence: Sequence[Evidence], terms: ClaimTerms) -> str:
    """Return the range as people say it; '' when nothing is comparable.

    A vague word that lies outside is said behind it: a reader would take it for held.
    """
    by_number = {one.id: one for one in evidence}
    if found.low is None or found.high is None or not found.low_from or not found.high_from:
        return ""
    low, high = by_number[found.low_from], by_number[found.high_from]
    if family_of(terms.value_kind) is ValueFamily.DATE:
        return _dates(found, low, high)
    rows = [by_number[number].figure for number in found.inputs]
    text = _numbers(found, low.figure, high.figure, [row for row in rows if row is not None])
    text = in_unit(text, terms.said_unit)
    return " and ".join([text, *(f"“{term}”" for term in vague_outside(found, evidence))])


def vague_outside(found: Consensus, evidence: Iterable[Evidence]) -> list[str]:
    """Return the vague words of counted answers that begin above the range, each once."""
    terms = [
        one.figure.vague_term
        for one in counted(evidence).inputs
        if one.figure is not None and not one.figure.has_number
    ]
    if found.high is None or found.high_open:
        return []
    return list(dict.fromkeys(term for term in terms if least_of(term) > found.high))


def _numbers(
    found: Consensus, low: Figure | None, high: Figure | None, rows: Sequence[Figure]
) -> str:
    if low is None or high is None or found.low is None or found.high is None:
        return ""
    bottom, top = _end(found.low, low), _end(found.high, high)
    if found.low != found.high:
        return f"{bottom} to {top}{_or_more(found, top)}"
    if all(stated_high(row) is None for row in rows):
        return bottom if bottom.startswith("more than ") else f"at least {bottom}"
    if all(stated_low(row) is None for row in rows):
        return bottom if bottom.startswith("less than ") else f"up to {bottom}"
    if bottom != top:
        return f"{bottom} to {top}{_or_more(found, top)}"
    if stated_low(low) is None and stated_high(high) is None:
        return f"up to {bottom} and at least {top}"
    return f"{bottom}{_or_more(found, top)}"


def _end(value: Decimal, figure: Figure) -> str:
    """One end with the "about", "more than" or "less than" of the statement it comes from."""
    about = "about " if figure.approximate else ""
    lead = ""
    if figure.low_strict and value == figure.low:
        lead = "more than "
    elif figure.high_strict and value == figure.high:
        lead = "less than "
    return f"{lead}{about}{number_words(value)}"


def _or_more(found: Consensus, top: str) -> str:
    return " or more" if found.high_open and not top.startswith("more than ") else ""


def _dates(found: Consensus, low: Evidence, high: Evidence) -> str:
    """No "or more" of a date: an open end is "since" or "or later"."""
    is_since = parse_edtf(high.edtf).latest is None
    later = " or later" if found.high_open and not is_since else ""
    if low.id == high.id:
        return f"{date_words(low.edtf)}{later}"
    bottom, top = _bottom(found.low, low.edtf), _top(found.high, high.edtf)
    short = "" if is_since else _range_words_short(low.edtf, high.edtf)
    return f"{short or (bottom if bottom == top else f'{bottom} to {top}')}{later}"


def _bottom(value: Decimal | None, edtf: str) -> str:
    by = "by " if parse_edtf(edtf).earliest is None else ""
    if by or edtf[0] in "[{":
        return f"{by}{_range_words_day(value)}"
    return date_words(edtf.partition("/")[0])


def _top(value: Decimal | None, edtf: str) -> str:
    since = "since " if parse_edtf(edtf).latest is None else ""
    if edtf[0] in "[{":
        return f"{since}{_range_words_day(value)}"
    first, slash, last = edtf.partition("/")
    return f"{since}{date_words(first if since or not slash else last)}"


def _range_words_short(low: str, high: str) -> str:
    """Two plain dates, as precise as each other, with what they share said once, else ''."""
    if len(low) != len(high) or any(mark in low + high for mark in "/~?%[{"):
        return ""
    try:
        parse_edtf(f"{low}/{high}")
    except EdtfError:
        return ""
    return date_words(f"{low}/{high}")


def _range_words_day(value: Decimal | None) -> str:
    return date_words(day_text(value) or "")


# ---- claims/domain/summary.py
# One plain sentence on a claim: what editors decided, what sources say, why it is disputed.

_NOUNS: Final[dict[ValueKind, str]] = complete(
    ValueKind,
    "domain.summary._NOUNS",
    {
        ValueKind.QUANTITY: "figure",
        ValueKind.MONEY: "amount",
        ValueKind.DATE: "date",
        ValueKind.PARTY: "answer",
        ValueKind.BOOLEAN: "answer",
        ValueKind.TEXT: "answer",
    },
)
NONE_STANDS: Final = "No statement stands: what was recorded is withdrawn, rejected or superseded."
MOST_ANSWERS: Final = 3
LONGEST_ANSWER: Final = 80  # characters


def count_words(count: int, noun: str) -> str:
    """``count_words(1, "figure")`` is "1 figure"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def summary_sentence(
    found: Consensus,
    evidence: Sequence[Evidence],
    terms: ClaimTerms,
    said: Mapping[int, str],
    *,
    decisions: Sequence[str] = (),
    reasons: Mapping[DisputeKind, str] | None = None,
) -> str:
    """Return the decisions in force, statements and figures, the best one, why it is disputed.

    ``said`` holds the answers in words by number; ``reasons`` what no decision covers, by the
    kind of dispute.
    """
    standing = [one for one in evidence if one.stands]
    if evidence and not standing:
        parts = [*decisions, NONE_STANDS, _disputed(found, terms, reasons or {})]
        return " ".join(filter(None, parts))
    answers = [one for one in standing if one.stance == Stance.ASSERTS and one.has_value]
    counts = f"{count_words(len(standing), 'statement')}, " + count_words(
        len(answers), _NOUNS[terms.value_kind]
    )
    given = answers_briefly(range_words(found, evidence, terms), *_summary_answers(evidence, said))
    figures = f"{counts}, {given}." if given else f"{counts}."
    best = "" if decisions else _best_sentence(found, terms)
    return " ".join(
        part for part in (*decisions, figures, _disputed(found, terms, reasons or {}), best) if part
    )


def answers_briefly(
    span: str, counts: Iterable[str], voices: Iterable[str], gone: Iterable[str] = ()
) -> str:
    """Return the range, else the answers that count; the article's own; what was taken back.

    ``counts``, ``voices`` and ``gone`` are answers in words; what has been said is not repeated.
    """
    known = dict.fromkeys(filter(None, counts))
    parts = [span or _listed(list(known))]
    for lead, answers in (("without a source", voices), ("taken back", gone)):
        more = [words for words in dict.fromkeys(filter(None, answers)) if words not in known]
        known |= dict.fromkeys(more)
        parts.append(f"{lead}: {_listed(more)}" if more else "")
    return "; ".join(filter(None, parts))


def best_words(found: Consensus, terms: ClaimTerms, said: Mapping[int, str]) -> str:
    """Return the best answer in words, a preferred one as it was said; '' when there is none."""
    if found.best_rule == "preferred" and found.best_from is not None:
        return said.get(found.best_from, "")
    if found.best is None:
        return ""
    if family_of(terms.value_kind) is ValueFamily.DATE:
        return date_words(day_text(found.best) or "")
    return in_unit(number_words(found.best), terms.said_unit)


def _summary_answers(evidence: Sequence[Evidence], said: Mapping[int, str]) -> list[list[str]]:
    """The answers in words: those that count, the article's own, those taken back."""
    sides = counted(evidence)
    gone = [one.id for one in sides.excluded if one.code == "retracted"]
    rows = [[one.id for one in row] for row in (sides.inputs or sides.unknowns, sides.voices)]
    return [[said.get(number, "") for number in row] for row in (*rows, gone)]


def _listed(words: Sequence[str]) -> str:
    shown = [shortened(one, LONGEST_ANSWER).rstrip(".") for one in words[:MOST_ANSWERS]]
    more = [f"{len(words) - MOST_ANSWERS} more"] if len(words) > MOST_ANSWERS else []
    return "; ".join([*shown, *more])


def _best_sentence(found: Consensus, terms: ClaimTerms) -> str:
    if not is_numeric(terms.value_kind):
        return ""
    reason = found.best_reason.rstrip(".")
    because = f"{reason[:1].lower()}{reason[1:]}"
    best = best_words(found, terms, {})
    if best:
        return f"Best supported: {best} ({because})."
    return f"No {_NOUNS[terms.value_kind]} is preferred: {because}."


def _disputed(found: Consensus, terms: ClaimTerms, reasons: Mapping[DisputeKind, str]) -> str:
    """Why it is disputed, but for the disagreement that the sentence on the best one names."""
    is_named = is_numeric(terms.value_kind) and found.best_reason == DISAGREEMENT
    named = (DisputeKind.VALUE, DisputeKind.DATE) if is_named else ()
    left = [reason for kind, reason in reasons.items() if kind not in named and reason.strip()]
    why = "; ".join(shortened(reason, LONGEST_REASON).rstrip(".") for reason in left)
    return f"Disputed: {why}." if why else ""


# ---- claims/domain/derived.py
# What a claim's document derives from its evidence: label, range, best value, agreement.

def derived_members(
    evidence: Sequence[Evidence],
    terms: ClaimTerms,
    cases: Sequence[Case],
    said: Mapping[int, str],
    today: str = "",
) -> Derived:
    """Return the derived members of a document, in the document's form.

    They are contention, severity, denied_by, summary, range, best, agreement, fingerprint,
    inputs, excluded and origins; figures by reference, dates as ISO text. `said` holds each
    answer in words by its number. `today` is the fingerprint of the evidence, where it is known.
    """
    today = today or fingerprint(evidence, terms)
    decided = decisions_in_force(cases, today)
    preferred = preferred_in_force(cases, today)
    found = consensus(evidence, terms, preferred, is_decided=bool(decided))
    expected = expected_disputes(evidence, terms)
    return {
        "contention": expected_contention(list(evidence), expected, cases, today),
        "severity": _severity(expected, evidence, terms, cases),
        "denied_by": _denied_by(evidence),
        "summary": summary_sentence(
            found,
            evidence,
            terms,
            said,
            decisions=decision_sentences(decided, said),
            reasons=unsettled_reasons(expected, cases, today),
        ),
        "range": _range(found, evidence, terms),
        "best": _derived_best(found, terms, said),
        "agreement": _agreement(evidence, terms),
        "fingerprint": today,
        "inputs": [format_ref(FIGURE, number) for number in found.inputs],
        "excluded": [
            {"figure": format_ref(FIGURE, one.id), "reason": one.reason} for one in found.excluded
        ],
        "origins": _origins(evidence),
    }


def _severity(
    expected: Iterable[ExpectedDispute],
    evidence: Sequence[Evidence],
    terms: ClaimTerms,
    cases: Sequence[Case],
) -> MaybeSeverity:
    by_hand = any(case.kind == DisputeKind.EDITOR and case.state in UNRESOLVED for case in cases)
    found = conflict_severity(expected)
    return worst((found, severity(evidence, terms))) if by_hand else found


def conflict_severity(expected: Iterable[ExpectedDispute]) -> MaybeSeverity:
    """Return the severity of the conflict among these disputes, '' when there is none."""
    return next((one.severity for one in expected if one.severity), "")


def _origins(evidence: Sequence[Evidence]) -> list[OriginEntry]:
    """Who the standing answers go back to, each with its statements and the one that counts.

    The origin '' is the article's own voice, of which none counts. What only repeats others
    stands under none.
    """
    sides = counted(evidence)
    counts = {one.id for one in (*sides.inputs, *sides.unknowns)}
    groups: dict[str, list[int]] = {}
    for one in evidence:
        if one.stands and one.stance == Stance.ASSERTS and not one.repeats:
            groups.setdefault(one.origin, []).append(one.id)
    return [
        {
            "origin": origin,
            "counted": next((_ref(number) for number in numbers if number in counts), None),
            "figures": [format_ref(FIGURE, number) for number in numbers],
        }
        for origin, numbers in groups.items()
    ]


def _denied_by(evidence: Sequence[Evidence]) -> str:
    if not denials(evidence):
        return ""
    return "belligerents" if denied_by_belligerents_only(evidence) else "others"


def _range(found: Consensus, evidence: Sequence[Evidence], terms: ClaimTerms) -> RangeEntry | None:
    if found.low is None and found.high is None:
        return None
    return {
        "low": _derived_value(found.low, terms),
        "high": _derived_value(found.high, terms),
        "low_open": found.low_open,
        "high_open": found.high_open,
        "low_from": _ref(found.low_from),
        "high_from": _ref(found.high_from),
        "words": range_words(found, evidence, terms),
    }


def _derived_best(found: Consensus, terms: ClaimTerms, said: Mapping[int, str]) -> BestEntry:
    return {
        "value": _derived_value(found.best, terms),
        "words": best_words(found, terms, said),
        "figure": _ref(found.best_from),
        "rule": found.best_rule,
        "reason": found.best_reason,
    }


def _agreement(evidence: Sequence[Evidence], terms: ClaimTerms) -> AgreementEntry | None:
    found = agreement_interval(evidence, terms)
    if found is None:
        return None
    return {
        "low": _derived_value(found.low, terms),
        "high": _derived_value(found.high, terms),
        "origins": found.count,
        "of": found.of,
        "unique": found.is_unique,
    }


def _derived_value(number: Decimal | None, terms: ClaimTerms) -> Decimal | str | None:
    """Return a quantity as a number, a date as ISO text."""
    return day_text(number) if family_of(terms.value_kind) is ValueFamily.DATE else number


def _ref(number: int | None) -> str | None:
    return None if number is None else format_ref(FIGURE, number)


# ---- claims/domain/resting.py
# Who copied whom: the origins of statements, followed along relations between sources.

THE_ARTICLE: Final = ""  # what rests on it says nothing of its own
MERGING: Final = frozenset(SourceRelationKind) - {SourceRelationKind.CITES}
UNNAMED: Final = "unnamed"  # the kind of party that "an official" is
type _Steps = dict[str, int]


@dataclass(frozen=True, slots=True)
class Rest:
    """A source takes what it says from another; both by reference, THE_ARTICLE for the article."""

    source: str
    on: str


@dataclass(slots=True)
class _Root:
    """What rests on one source at the end of a chain, and on no other.

    `own` are the statements of the source itself, `named` those of sources resting on it that
    name their speaker, `moved` the others.
    """

    own: list[Evidence] = field(default_factory=list)
    named: list[Evidence] = field(default_factory=list)
    moved: list[Evidence] = field(default_factory=list)

    @property
    def first(self) -> list[Evidence]:
        """The statements that what was moved here repeats; none when nobody cites the source."""
        return self.named if self.owner else self.own or self.named

    @property
    def owner(self) -> str:
        """The only speaker whom a resting source names and the source itself does not."""
        speakers = {one.origin for one in self.named}
        alone = len(speakers) == 1 and len({one.origin for one in self.own}) == 1
        return min(speakers) if alone and not any(one.names_speaker for one in self.own) else ""


@dataclass(frozen=True, slots=True)
class _First:
    """The origins of some statements; by the value that they state where they are several."""

    origins: frozenset[str]
    by_value: Mapping[tuple[object, ...], set[str]]

    @classmethod
    def of(cls, statements: list[Evidence]) -> _First:
        """Sort the statements once for all that may repeat them."""
        origins = frozenset(one.origin for one in statements)
        by_value: dict[tuple[object, ...], set[str]] = {}
        for one in statements if len(origins) > 1 else ():
            by_value.setdefault(value_key(one), set()).add(one.origin)
        return cls(origins, by_value)

    def origin_of(self, one: Evidence, root: str) -> str | None:
        """Whose statement it repeats; None where that cannot be told."""
        if root == THE_ARTICLE or not self.origins:
            return root
        alone = len(self.origins) == 1
        origins = self.origins if alone else self.by_value.get(value_key(one), set())
        return min(origins) if len(origins) == 1 else None


@dataclass(slots=True)
class _Group:
    """Statements that share a source they rest on, directly or through one another."""

    on: set[str] = field(default_factory=set)
    members: list[Evidence] = field(default_factory=list)


def merges(kind: str, *, whole: bool) -> bool:
    """Whether a relation makes two origins one.

    A work that cites another need not have this figure from it: only a relation that is
    confirmed for the claim says so.
    """
    return kind in MERGING or not whole


def follow(evidence: Iterable[Evidence], rests: Iterable[Rest]) -> list[Evidence]:
    """Return the evidence, by id, with the origins that the confirmed relations lead to.

    A statement that names its speaker is the speaker's wherever it is printed. Any other, whose
    source rests on another, is said by whom the source at the end of the chain has it from: the
    one origin among that source's own statements, or the one speaker whom a source resting on it
    names; of several the one with the same value. Where that cannot be told, or where a source
    rests on several of which one is counted, the statement `repeats` and is not counted. A chain
    that ends at the article ends in the article's own voice.
    """
    everything, above = by_id(evidence), _above(rests)
    if not above:
        return everything
    ends = {one.source: _resting_ends(one.source, above) for one in everything if one.source}
    roots, mixed = _sorted(everything, above, ends)
    moved = {**_of_roots(roots, ends), **_of_mixed(mixed, roots, ends)}
    return [moved.get(one.id, one) for one in everything]


def is_named(role: str, kind: str) -> bool:
    """Whether the first link of a chain, (role, kind of party), is a speaker with a name."""
    return role == AttributionRole.SPEAKER and kind != UNNAMED


def _above(rests: Iterable[Rest]) -> dict[str, set[str]]:
    above: dict[str, set[str]] = {}
    for rest in rests:
        above.setdefault(rest.source, set()).add(rest.on)
    return above


def _steps(source: str, above: Mapping[str, set[str]]) -> _Steps:
    """How many steps away each source is that this one rests on, itself included."""
    steps, waiting = {source: 0}, [source]
    for one in waiting:
        for other in sorted(above.get(one, ())):
            if other not in steps:
                steps[other] = steps[one] + 1
                waiting.append(other)
    return steps


def _resting_ends(source: str, above: Mapping[str, set[str]]) -> _Steps:
    """The ends of the chains from a source; of a circle, which is refused, its smallest member."""
    steps = _steps(source, above)
    ends = {one: count for one, count in steps.items() if one not in above}
    return ends or {min(steps): 0}


def _sorted(
    everything: list[Evidence], above: Mapping[str, set[str]], ends: Mapping[str, _Steps]
) -> tuple[dict[str, _Root], list[Evidence]]:
    """The statements by the one source that they rest on, and those that rest on several."""
    roots: dict[str, _Root] = {}
    mixed = []
    for one in everything:
        if not (one.source and one.stands and one.stance == Stance.ASSERTS):
            continue
        rests = one.source in above
        if len(ends[one.source]) > 1 and THE_ARTICLE not in ends[one.source]:
            mixed += [] if one.names_speaker else [one]
            continue
        root = roots.setdefault(min(ends[one.source]), _Root())
        place = root.moved if rests else root.own
        (root.named if rests and one.names_speaker else place).append(one)
    return roots, mixed


def _of_roots(roots: Mapping[str, _Root], ends: Mapping[str, _Steps]) -> dict[int, Evidence]:
    found: dict[int, Evidence] = {}
    for name, root in roots.items():
        if root.owner:
            found |= {one.id: _said(one, root.owner, 0) for one in root.own}
        first = _First.of(root.first)
        for one in root.moved:
            found[one.id] = _said(one, first.origin_of(one, name), ends[one.source][name])
    return found


def _of_mixed(
    mixed: list[Evidence], roots: Mapping[str, _Root], ends: Mapping[str, _Steps]
) -> dict[int, Evidence]:
    """Those that rest on several: one origin for all that share a source, none is counted twice."""
    found: dict[int, Evidence] = {}
    groups: dict[str, _Group] = {}
    for one in mixed:
        on = set(ends[one.source])
        if on & roots.keys():
            found[one.id] = _said(one, None, max(ends[one.source].values()))
        else:
            _joined(groups, on).members.append(one)
    for group in {id(group): group for group in groups.values()}.values():
        origin = min(group.on)
        for one in group.members:
            found[one.id] = _said(one, origin, min(ends[one.source].values()))
    return found


def _joined(groups: dict[str, _Group], on: set[str]) -> _Group:
    """Make one group of those of the sources; the smaller ones move, so that few move often."""
    old = {id(group): group for group in (groups.get(source) for source in on) if group}
    largest = max(old.values(), key=lambda group: len(group.on), default=_Group())
    for group in old.values():
        if group is not largest:
            largest.members += group.members
            largest.on |= group.on
            groups |= dict.fromkeys(group.on, largest)
    groups |= dict.fromkeys(on, largest)
    largest.on |= on
    return largest


def _said(one: Evidence, origin: str | None, steps: int) -> Evidence:
    """The statement with the origin that was found; without one it only repeats."""
    own = one.origin
    if origin is None:
        return replace(one, own_origin=own, steps=steps, repeats=True)
    return replace(one, origin=origin, own_origin=own, steps=steps)


# ---- claims/domain/recompute.py
# Do the sums of a published document again, from nothing but the document.

def recompute_from_document(document: ClaimDocument) -> Derived:
    """Return the derived members of a claim's document, worked out from its figures.

    They are contention, severity, denied_by, fingerprint, inputs, excluded, range, best,
    agreement and origins, in the document's own form: a true document holds the same. The
    document is as `read_document` gives it; numbers are int or Decimal. A case that is resolved
    in it is taken as resolved on the evidence beside it: other decisions are reopened before
    publication.
    """
    evidence, terms = evidence_in(document), document_terms(document)
    today = fingerprint(evidence, terms)
    said = {parse_ref(entry["ref"], FIGURE) or 0: entry["words"] for entry in document["figures"]}
    return derived_members(evidence, terms, cases_of(document, today), said, today)


def document_terms(document: ClaimDocument) -> ClaimTerms:
    """Return what the document says about comparing its figures."""
    return ClaimTerms(
        value_kind=ValueKind(document["measure"]["value_kind"]),
        cardinality=Cardinality(document["cardinality"]),
        tolerance_pct=Decimal(document["tolerance_pct"]),
        best_policy=BestPolicy(document["best_policy"]),
        count=document["measure"]["is_count"],
        said_unit=said_unit(document["measure"]["value_kind"], document["unit"]),
    )


def evidence_in(document: ClaimDocument) -> list[Evidence]:
    """Return the document's figures as evidence, origins followed along its relations."""
    sources = {source["ref"]: source for source in document["sources"]}
    kind = ValueKind(document["measure"]["value_kind"])
    found = [
        _evidence(entry, sources.get(entry["source"] or ""), kind) for entry in document["figures"]
    ]
    return follow(found, _rests(document))


def _rests(document: ClaimDocument) -> list[Rest]:
    return [
        Rest(one["from"], THE_ARTICLE if parse_ref(one["to"], ARTICLE) else one["to"])
        for one in document["source_relations"]
        if merges(one["kind"], whole=one["scope"] == "source")
    ]


def cases_of(document: ClaimDocument, today: str) -> list[Case]:
    """Return the document's disputes; those resolved stand on the fingerprint `today`."""
    return [
        Case(
            kind=DisputeKind(entry["kind"]),
            state=DisputeState(entry["state"]),
            outcome=entry["outcome"],
            covers_fingerprint=today,
            preferred=_recompute_figure(entry["preferred"]),
            reason=entry["reason"],
            rationale=entry["rationale"],
        )
        for entry in document["disputes"]
    ]


def _evidence(entry: FigureEntry, source: SourceEntry | None, kind: ValueKind) -> Evidence:
    stance = Stance(entry["stance"])
    first_link = entry["attribution"][0] if entry["attribution"] else {"belligerent": False}
    return Evidence(
        id=parse_ref(entry["ref"], FIGURE) or 0,
        stance=stance,
        live=entry["status"] == AssertionStatus.LIVE,
        source_withdrawn=source is not None and source["withdrawn_on"] is not None,
        sourced=source is not None,
        origin=entry["origin"],
        value_kind=kind,
        has_value=entry_has_value(entry),
        figure=read_figure(entry) if has_quantity(entry) else None,
        edtf=entry["edtf"],
        parties=frozenset(parse_ref(party["ref"], PARTY) or 0 for party in entry["parties"]),
        boolean=entry["boolean"],
        text=entry["text"],
        asserted_on=entry["asserted_on"],
        issued=entry["said_on"],  # '' in documents of format 1: no date stood in
        target=_recompute_figure(entry["target"]),
        denier_is_belligerent=stance is Stance.DENIES and first_link["belligerent"],
        reliability=source["reliability"] if source else "",
        credibility=int(entry["credibility"]) if entry["credibility"] else None,
        source=entry["source"] or "",
        names_speaker=any(is_named(one["role"], one["kind"]) for one in entry["attribution"][:1]),
    )


def _recompute_figure(ref: str | None) -> int | None:
    return None if ref is None else parse_ref(ref, FIGURE)


# ---- claims/domain/recheck.py
# Where a document says something else than follows from its own figures.

MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Misstatement:
    """A derived member that says something else than it must.

    `figure` is the ref of the entry that holds it, '' where the document itself does; `path` is
    the member with those around it ("range.low"). `says` or `gives` is MISSING where the member
    is not there, or must not be.
    """

    figure: str
    path: str
    says: Any
    gives: Any


def misstatements(document: ClaimDocument) -> Iterator[Misstatement]:
    """Yield the derived members that do not follow from the figures; sums are not looked at.

    The document comes from `upgraded`; of members that are newer than its own format it says
    nothing. One sealed under earlier rules is judged by those that are still in force. Raises
    KeyError, TypeError, ValueError, ArithmeticError and their kind for what is not built as a
    claim's document is.
    """
    for found in rule_differences(document):
        if not may_differ(document, found.figure, found.path):
            yield found


def rule_differences(document: ClaimDocument) -> Iterator[Misstatement]:
    """Yield the members of its own format that today's rules give otherwise than it says."""
    for found in _misstatements(document):
        shape = FigureEntry if found.figure else ClaimDocument
        if not is_later(shape, found.path, document["format"]):
            yield found


def _misstatements(document: ClaimDocument) -> Iterator[Misstatement]:
    terms = document_terms(document)
    belligerents = {party["ref"] for party in document["subject"]["belligerents"]}
    sources = {source["ref"]: source for source in document["sources"]}
    for entry in document["figures"]:
        found = derived_figure_members(entry, terms, belligerents, sources)
        yield from _differences(entry["ref"], entry, found)
    scope = scope_members(document)
    when_words = {"when_words": scope.pop("when_words")}
    yield from _differences("", document, scope)
    yield from _differences("", document["subject"], when_words, "subject.")
    country = {"country": country_of(document["subject"])}
    yield from _differences("", document["subject"], country, "subject.")
    yield from _differences("", document, recompute_from_document(document))


def sum_misstatements(
    document: ClaimDocument, parts: Mapping[str, Figure | None]
) -> Iterator[Misstatement]:
    """Yield what is wrong in the sum that a total's document states.

    A sum that is left out is not named: an unpublished part, which readers do not see, forbids it.
    """
    found = sum_members(document, parts)
    stated = document["arithmetic"]
    if stated and not same(stated, [found]):
        if found is None or len(stated) != 1:
            yield Misstatement("", "arithmetic", stated, [] if found is None else [found])
        else:
            yield from _differences("", stated[0], found, "arithmetic.")


def same(one: Any, other: Any) -> bool:
    """Whether two values of documents are the same; true is not 1, 97 is 97.0."""
    if one is other:
        return True
    kind, like = type(one), type(other)
    if kind is dict:
        return (
            like is dict
            and one.keys() == other.keys()
            and all(same(value, other[name]) for name, value in one.items())
        )
    if kind is list:
        return like is list and len(one) == len(other) and all(map(same, one, other))
    return (kind is bool) is (like is bool) and bool(one == other)


def _differences(
    figure: str, stated: Mapping[str, object], found: Mapping[str, object], above: str = ""
) -> Iterator[Misstatement]:
    """Compare the members found with those stated, down to the innermost that differ."""
    for name, gives in found.items():
        says = stated.get(name, MISSING)
        if says is MISSING or not same(says, gives):
            yield from _inner(figure, f"{above}{name}", says, gives)


def _inner(figure: str, path: str, says: Any, gives: Any) -> Iterator[Misstatement]:
    if _are_lists_of_entries(says, gives):
        says, gives = dict(enumerate(says)), dict(enumerate(gives))
    if isinstance(says, dict) and isinstance(gives, dict):
        for name in [*gives, *(name for name in says if name not in gives)]:
            one, other = says.get(name, MISSING), gives.get(name, MISSING)
            if one is MISSING or other is MISSING or not same(one, other):
                yield from _inner(figure, f"{path}.{name}", one, other)
    else:
        yield Misstatement(figure, path, says, gives)


def _are_lists_of_entries(one: Any, other: Any) -> bool:
    """Whether both are lists of as many entries, which are compared one by one."""
    return (
        isinstance(one, list)
        and isinstance(other, list)
        and len(one) == len(other)
        and all(isinstance(entry, dict) for entry in [*one, *other])
    )


# ---- claims/verifier/report.py
# What was found, in plain sentences and for programs.

_LONGEST_VALUE: Final = 160
_KEPT_FAULTS: Final = 10_000
Aspect = Literal["form", "seal", "chain", "derived", "sum", "end", "proof", "signature"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold; `sentence` says it whole, the rest is for programs."""

    aspect: Aspect
    sentence: str
    file: str = ""
    line: int = 0
    ref: str = ""
    figure: str = ""
    member: str = ""
    says: str = ""
    gives: str = ""


@dataclass(slots=True)
class CheckReport:
    """What holds, what does not, and what was not checked, in the order it was found."""

    tell: Callable[[str], None]
    held: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    wrong: Counter[Aspect] = field(default_factory=Counter)
    documents: int = 0

    @property
    def fault_count(self) -> int:
        return self.wrong.total()

    @property
    def holds(self) -> bool:
        return not self.wrong

    def blame(self, fault: Fault) -> None:
        """Note a fault and tell it at once."""
        self.wrong[fault.aspect] += 1
        if len(self.faults) < _KEPT_FAULTS:
            self.faults.append(fault)
        self.tell(printable(fault.sentence))

    def conclude(self, aspect: Aspect, sentence: str) -> None:
        """Note what holds, unless something of its aspect does not."""
        if aspect not in self.wrong:
            self.held.append(sentence)

    def verdict(self) -> str:
        """The last sentence."""
        if self.holds:
            return "Everything that was checked holds."
        things = "One thing does" if self.fault_count == 1 else f"{self.fault_count:,} things do"
        return f"{things} NOT hold."

    def to_json(self) -> dict[str, Any]:
        """Return the report for programs; at most 10,000 faults are listed, all are counted."""
        return {
            "type": "verification",
            "holds": self.holds,
            "documents": self.documents,
            "fault_count": self.fault_count,
            "faults": [asdict(fault) for fault in self.faults],
            "held": self.held,
            "unchecked": self.unchecked,
        }


def value_words(value: Any) -> str:
    """Return a value of a document as a sentence quotes it, at most 160 characters long."""
    if value is MISSING or value is None or value == "":
        return "nothing"
    if isinstance(value, str):
        words = value if _is_word(value) else f"\u201c{value}\u201d"
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        words = ", ".join(value)
    else:
        words = _report_text(value)
    return words if len(words) <= _LONGEST_VALUE else f"{words[:_LONGEST_VALUE]}\u2026"


def _is_word(text: str) -> bool:
    return text.isascii() and text.replace("_", "").replace("-", "").isalnum()


def _report_text(value: Any) -> str:
    if isinstance(value, Decimal) and abs(value.adjusted()) > 40:
        return str(value)
    try:
        return document_text(value)
    except (ValueError, TypeError, RecursionError):
        return "something that is no value of a document"


def printable(text: str) -> str:
    """Return the text on one line, without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


# ---- claims/verifier/chain.py
# The chain of versions: each names the hash of the one published before it.

type VersionPlace = tuple[str, int, str]  # file, line and ref of a version


@dataclass(slots=True)
class Chain:
    """The versions seen so far, by sequence, in whatever order they come."""

    hashes: dict[int, bytes] = field(default_factory=dict)
    wanted: dict[int, tuple[VersionPlace, str]] = field(default_factory=dict)
    links: int = 0

    def add(self, place: VersionPlace, sequence: int, digest: str, previous: str) -> list[Fault]:
        """Take in a version; return what does not fit those seen before."""
        known = self.hashes.setdefault(sequence, bytes.fromhex(digest))
        if known.hex() != digest:
            return [_fault(place, f"another document has its sequence {sequence} too")]
        faults = []
        if sequence == 1 and previous:
            faults.append(_fault(place, "it is the first version of all, yet names one before it"))
        if sequence - 1 in self.hashes:
            faults += self._compare(place, sequence - 1, previous)
        elif sequence > 1:
            self.wanted[sequence - 1] = (place, previous)
        if sequence in self.wanted:
            later, its_previous = self.wanted.pop(sequence)
            faults += self._compare(later, sequence, its_previous)
        return faults

    def conclude(self, report: CheckReport) -> None:
        """Tell how many links were checked."""
        if self.links:
            links = "One link" if self.links == 1 else f"{self.links:,} links"
            report.conclude("chain", f"{links} between versions in a row: right.")
        elif self.hashes:
            report.unchecked.append("the chain: no two versions in a row are here.")

    def _compare(self, place: VersionPlace, sequence: int, previous: str) -> list[Fault]:
        if self.hashes[sequence].hex() == previous:
            self.links += 1
            return []
        what = f"previous_sha256 is not the hash of the version with sequence {sequence}"
        return [_fault(place, what)]


def _fault(place: VersionPlace, what: str) -> Fault:
    file, line, ref = place
    return Fault("chain", f"{f'{file}: ' if file else ''}{ref}: {what}.", file, line, ref)


# ---- claims/verifier/strict_json.py
# JSON read without trust: no member twice, no number out of bounds, no endless nesting.

_LONGEST_NUMBER: Final = 60


class NotJSONError(ValueError):
    """The text is no JSON that a document could be; the message says why."""


def parse_json(text: str) -> Any:
    """Return the value of the text; numbers are int or Decimal. Raises NotJSONError."""
    try:
        return _DECODER.decode(text)
    except NotJSONError:
        raise
    except json.JSONDecodeError as problem:
        raise NotJSONError(f"{problem.msg} at character {problem.pos + 1}") from None
    except RecursionError:
        raise NotJSONError("its values are nested too deeply") from None
    except ValueError:  # Python's own limit on the digits of a number
        raise NotJSONError("it has a number of too many digits") from None


def parse_json_at(text: str, start: int) -> tuple[Any, int]:
    """Return the value that begins at `start`, and where it ends. Raises NotJSONError."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except NotJSONError:
        raise
    except RecursionError:
        raise NotJSONError("its values are nested too deeply") from None
    except ValueError:
        raise NotJSONError(f"no value begins at character {start + 1}") from None
    return value, end


def _strict_json_number(text: str) -> Decimal:
    if len(text) <= _LONGEST_NUMBER and abs((number := Decimal(text)).adjusted()) < _LONGEST_NUMBER:
        return number
    raise NotJSONError("it has a number of too many digits")


def _constant(text: str) -> NoReturn:
    raise NotJSONError(f"{text} is no number")


def _strict_json_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJSONError(f'it names "{twice[:40]}" twice')
    return members


_DECODER: Final = json.JSONDecoder(
    parse_float=_strict_json_number, parse_constant=_constant, object_pairs_hook=_strict_json_members
)


# ---- claims/verifier/pieces.py
# The documents in a file: an export, an answer of the API, one document, as it was saved.

LONGEST: Final = 64 << 20  # bytes of a line, or of a document that is spread over lines
_GIVE_UP_AFTER: Final = 5  # unreadable lines
_EXPORT: Final = '{"results":['
FileLayout = Literal["lines", "list", "single"]


@dataclass(frozen=True, slots=True)
class JsonPiece:
    """One JSON object of a file.

    `text` is its text as it was published, '' where the file spells it another way. Where
    nothing could be read, `members` is None and `fault` says why.
    """

    line: int
    layout: FileLayout
    text: str
    members: dict[str, Any] | None
    fault: str = ""


def pieces(file: BinaryIO) -> Iterator[JsonPiece]:
    """Yield what the file holds, in its order; lines are read one by one."""
    first = file.readline(LONGEST + 1)
    if first.rstrip() == _EXPORT.encode():
        yield from _export_lines(file)
        return
    if isinstance(members := _members_of(first), dict):
        if isinstance(members.get("results"), list):
            yield from _answer(first)
            return
        second = file.readline(LONGEST + 1)
        if not second:
            yield _piece(1, "single", _pieces_text(first), members)
            return
        yield from _lines(chain([first, second], _lines_of(file)))
        return
    yield from _spread(first, file)


def _spread(first: bytes, file: BinaryIO) -> Iterator[JsonPiece]:
    """Read a file whose first line is no JSON by itself: a document over many lines, or worse."""
    whole = first + file.read(LONGEST + 1 - len(first)) if len(first) <= LONGEST else first
    if len(whole) <= LONGEST:
        members = _members_of(whole)
        if isinstance(members, dict) and isinstance(members.get("results"), list):
            yield from _answer(whole)
            return
        if isinstance(members, dict):
            yield _piece(1, "single", "", members)
            return
    yield from _lines(chain(_lines_of(BytesIO(whole)), _lines_of(file)))


def _lines_of(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(LONGEST + 1):
        yield line


def _lines(lines: Iterator[bytes]) -> Iterator[JsonPiece]:
    """Read one object a line."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        if line.isspace():
            continue
        piece = _line(number, "lines", line)
        yield piece
        bad += piece.members is None
        if bad == _GIVE_UP_AFTER or len(line) > LONGEST:
            yield JsonPiece(number, "lines", "", None, "the rest of the file was not read")
            return


def _export_lines(file: BinaryIO) -> Iterator[JsonPiece]:
    """Read the lines of an export as one JSON object: documents with commas, then the end."""
    bad = 0
    for number, line in enumerate(_lines_of(file), start=2):
        body = line.strip()
        if body.startswith(b"]"):
            tail = _members_of(b"{" + body[2:])
            end = tail.get("end") if isinstance(tail, dict) else None
            yield _piece(number, "list", "", end if isinstance(end, dict) else None)
        elif body:
            piece = _line(number, "list", body.removesuffix(b","))
            yield piece
            bad += piece.members is None
        if bad == _GIVE_UP_AFTER or len(line) > LONGEST:
            yield JsonPiece(number, "list", "", None, "the rest of the file was not read")
            return


def _answer(line: bytes) -> Iterator[JsonPiece]:
    """Read the documents in an answer of the API; their texts stand in it as published."""
    text = _pieces_text(line)
    if not text.startswith(_EXPORT):
        for entry in parse_json(text)["results"]:
            yield _piece(1, "single", "", entry)
        return
    at = len(_EXPORT)
    while text[at : at + 1] not in ("]", ""):
        entry, end = parse_json_at(text, at)
        yield _piece(1, "single", text[at:end], entry)
        at = end + (text[end : end + 1] == ",")


def _line(number: int, layout: FileLayout, line: bytes) -> JsonPiece:
    if len(line) > LONGEST:
        fault = f"it is longer than {LONGEST >> 20} MiB, which no document is"
        return JsonPiece(number, layout, "", None, fault)
    try:
        text = _pieces_text(line)
        return _piece(number, layout, text, parse_json(text))
    except NotJSONError as problem:
        return JsonPiece(number, layout, "", None, f"it is no JSON document: {problem}")


def _piece(line: int, layout: FileLayout, text: str, value: Any) -> JsonPiece:
    if isinstance(value, dict):
        return JsonPiece(line, layout, text, value)
    return JsonPiece(line, layout, "", None, "it is no document: it has no members")


def _members_of(line: bytes) -> Any:
    try:
        return parse_json(_pieces_text(line)) if len(line) <= LONGEST else None
    except NotJSONError:
        return None


def _pieces_text(line: bytes) -> str:
    """Return the text of a line without what ends it."""
    try:
        return line.decode("utf-8").removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as problem:
        raise NotJSONError(f"byte {problem.start + 1} is no UTF-8") from None


# ---- claims/verifier/examination.py
# One file's documents checked: seals, chain, derived members, sums, the end of the file.

UNREADABLE: Final = (
    *(ArithmeticError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)
_EXAMINATION_REF = re.compile(r"C[1-9][0-9]{0,17}")
_HASH = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 2**63
# Answers that are no numbers are compared in pairs: beyond this it would take minutes.
_MOST_COMPARED: Final = 2_000
_SOURCE_OF: Final = {
    "as_of_words": "its as_of gives",
    "subject.when_words": "its subject's date gives",
    "arithmetic": "its parts give",
}


@dataclass(slots=True)
class Examination:
    """What is known of one file while its pieces go by."""

    report: CheckReport
    chain: Chain
    file: str = ""
    count: int = 0
    newest: int = 0
    ended: bool = False
    whole: bool = False
    earlier: int = 0  # documents sealed under earlier rules
    last_earlier: tuple[int, str] = (0, "")
    first_today: tuple[int, str] = (_LARGEST, "")
    sums: int = 0
    unsummed: int = 0
    parts: dict[str, tuple[int, Figure | None]] = field(default_factory=dict)
    totals: list[ClaimDocument] = field(default_factory=list)
    figures: dict[Figure | None, Figure | None] = field(default_factory=dict)
    lines: Any = field(default_factory=hashlib.sha256)  # over the documents as they stand
    hashes: Any = field(default_factory=hashlib.sha256)  # over the hashes that seal them
    known: list[tuple[str, int, str]] = field(default_factory=list)  # the first two documents

    def take(self, piece: JsonPiece) -> None:
        """Check one piece."""
        if piece.members is None:
            self._blame("form", piece, f"{_place(piece)}: {piece.fault}.")
        elif piece.members.get("type") == "end":
            self._end(piece, piece.members)
        elif self.ended:
            self._blame("end", piece, f"{_place(piece)}: it comes after the end record.")
        else:
            self._document(piece, piece.members)

    def finish(self, layout: FileLayout, *, part: bool) -> None:
        """Check what needs the whole file: that it has an end, the sums of parts all here."""
        if layout != "single" and self.count and not self.ended and not part:
            what = "There is no end record: it was cut, or is a part of a file (then use --part)."
            self.report.blame(Fault("end", f"{self._lead()}{what}", self.file))
        for document in self.totals:
            try:
                self._sum(document)
            except UNREADABLE as problem:
                self._blame_document("form", document, _misbuilt(document["ref"], problem))
        if self.last_earlier > self.first_today:
            (_, ref), (_, before) = self.last_earlier, self.first_today
            what = f"{ref}: it states no format, and {before}, sealed before it, does."
            self.report.blame(Fault("derived", f"{self._lead()}{what}", self.file, ref=ref))
        self._conclude()

    def _conclude(self) -> None:
        """Note what holds."""
        lead, report = self._lead(), self.report
        if self.count and "form" not in report.wrong:
            report.conclude("seal", f"{lead}{_documents(self.count)}: sealed with the right hash.")
            what = "every label, range and word follows from its figures"
            if self.count > self.earlier:
                given = _documents(self.count - self.earlier)
                report.conclude("derived", f"{lead}{given}: {what}.")
        if self.earlier:
            what = "sealed under earlier rules; today's do not judge its headline"
            report.unchecked.append(f"{lead}{_documents(self.earlier)}: {what}.")
        if self.sums:
            sums = "One sum" if self.sums == 1 else f"{self.sums:,} sums"
            report.conclude("sum", f"{lead}{sums} of parts against their total: right.")
        if self.unsummed:
            sums = "one sum" if self.unsummed == 1 else f"{self.unsummed:,} sums"
            why = "a part is not in the file, or is newer than the total"
            report.unchecked.append(f"{lead}{sums}: {why}.")
        if self.whole:
            what = "the end record counts every document and hashes their hashes"
            report.conclude("end", f"{lead}The file is whole: {what}.")

    def _document(self, piece: JsonPiece, document: dict[str, Any]) -> None:
        self.count += 1
        self.report.documents += 1
        line = piece.text.encode()
        self.lines.update(line + b"\n")
        self.hashes.update(hash_of_line(line) + b"\n")
        wrong = _wrong_frame(document)
        if wrong:
            self._blame("form", piece, f"{_place(piece)}: {wrong}")
            return
        ref, sequence = document["ref"], document["sequence"]
        self.newest = max(self.newest, sequence)
        if not _is_sealed(piece, document):
            what = f"{ref}: its text does not have the hash that it is sealed with."
            self._blame_document("seal", document, what, piece.line)
        if len(self.known) < 2:
            self.known.append((ref, document["version"], document["sha256"]))
        place = (self.file, piece.line, ref)
        for fault in self.chain.add(
            place, sequence, document["sha256"], document["previous_sha256"]
        ):
            self.report.blame(fault)
        if document["status"] != "retired":
            self._derived(piece, document)

    def _derived(self, piece: JsonPiece, document: dict[str, Any]) -> None:
        try:
            kind = document["measure"]["value_kind"]
            if not is_numeric(kind) and len(document["figures"]) > _MOST_COMPARED:
                what = f"{document['ref']}: it has more answers than this program compares."
                self._blame_document("form", document, what, piece.line)
                return
            claim = cast("ClaimDocument", upgraded(document, ClaimDocument))
            self._note_rules(claim)
            for found in misstatements(claim):
                self._misstated(claim, found, piece.line)
            self._remember(claim)
        except UNREADABLE as problem:
            self._blame_document("form", document, _misbuilt(document["ref"], problem), piece.line)

    def _note_rules(self, document: ClaimDocument) -> None:
        """Note under which rules it was sealed; they only ever go forward."""
        at = document["sequence"], document["ref"]
        if is_earlier(document):
            self.earlier += 1
            self.last_earlier = max(self.last_earlier, at)
        else:
            self.first_today = min(self.first_today, at)

    def _remember(self, document: ClaimDocument) -> None:
        """Keep what the sums need once all of the file is known."""
        has_figures = states_figures(document["measure"]["value_kind"])
        if has_figures and isinstance(document.get("inputs"), list):
            figure = part_figure(document)
            # Many claims state the same small number: it is kept once.
            kept = self.figures.setdefault(figure, figure)
            self.parts[document["ref"]] = (document["sequence"], kept)
        if document["arithmetic"]:
            names = ("ref", "sequence", "measure", "figures", "relations", "arithmetic")
            members: Mapping[str, object] = document
            kept_members = {name: members[name] for name in names}
            self.totals.append(cast("ClaimDocument", kept_members))

    def _sum(self, document: ClaimDocument) -> None:
        """Check a sum, unless a part is not here or was published again after the total."""
        refs = parts_of(document)
        parts = {ref: self.parts[ref] for ref in refs if ref in self.parts}
        if (
            not self.whole
            or len(parts) < len(refs)
            or any(at > document["sequence"] for at, _ in parts.values())
        ):
            self.unsummed += 1
            return
        self.sums += 1
        figures = {ref: figure for ref, (_, figure) in parts.items()}
        for found in sum_misstatements(document, figures):
            self._misstated(document, found)

    def _end(self, piece: JsonPiece, end: dict[str, Any]) -> None:
        self.ended = held = True
        for name, found in self._counted(end).items():
            if end.get(name) != found or isinstance(end.get(name), bool):
                says, held = value_words(end.get(name)), False
                what = f"The end record's {name} says {says}; the documents above give {found}."
                self._blame("end", piece, what)
        sequence = end.get("sequence")
        if not _is_number(sequence, least=0) or sequence < self.newest:
            says, held = value_words(sequence), False
            what = f"The end record's sequence says {says}; a document above has {self.newest}."
            self._blame("end", piece, what)
        self.whole = held

    def _counted(self, end: dict[str, Any]) -> dict[str, Any]:
        """What an end record tells of the documents; earlier releases hashed the lines."""
        hashes = {"sha256": self.lines, "hashes_sha256": self.hashes}
        told = [name for name in hashes if name in end] or ["hashes_sha256"]
        return {"count": self.count} | {name: hashes[name].hexdigest() for name in told}

    def _misstated(self, document: ClaimDocument, found: Misstatement, line: int = 0) -> None:
        place = f"{document['ref']}, {found.figure}" if found.figure else document["ref"]
        top = found.path if found.path in _SOURCE_OF else found.path.partition(".")[0]
        source = "what it states gives" if found.figure else _SOURCE_OF.get(top, "its figures give")
        says, gives = value_words(found.says), value_words(found.gives)
        self.report.blame(
            Fault(
                aspect="sum" if found.path.startswith("arithmetic") else "derived",
                sentence=f"{self._lead()}{place}: {found.path} says {says}; {source} {gives}.",
                file=self.file,
                line=line,
                ref=document["ref"],
                figure=found.figure,
                member=found.path,
                says=says,
                gives=gives,
            )
        )

    def _blame_document(
        self, aspect: Aspect, document: Mapping[str, Any], what: str, line: int = 0
    ) -> None:
        ref = document["ref"]
        self.report.blame(Fault(aspect, f"{self._lead()}{what}", self.file, line, ref))

    def _blame(self, aspect: Aspect, piece: JsonPiece, what: str) -> None:
        self.report.blame(Fault(aspect, f"{self._lead()}{what}", self.file, piece.line))

    def _lead(self) -> str:
        return f"{self.file}: " if self.file else ""


def _documents(count: int) -> str:
    return "One document" if count == 1 else f"{count:,} documents"


def _place(piece: JsonPiece) -> str:
    return f"Line {piece.line}"


def _is_sealed(piece: JsonPiece, document: dict[str, Any]) -> bool:
    """Whether the text, or what was published if it is spelt another way, has its hash."""
    try:
        text = piece.text or document_text(document)
    except RecursionError:
        return False
    return sealed_hash(text) == document["sha256"] and verify_seal(text)


def _is_number(value: Any, least: int = 1) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < _LARGEST


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _wrong_frame(document: dict[str, Any]) -> str:
    """Return what keeps an object from being a version of a claim; '' when nothing does."""
    if document.get("type") != "claim":
        return "it is no document of a claim."
    ref = document.get("ref")
    if not isinstance(ref, str) or not _EXAMINATION_REF.fullmatch(ref):
        return "its ref is not that of a claim, such as C12."
    for name in ("sha256", "previous_sha256", "version", "sequence", "status"):
        if name not in document:
            return f"{ref} is here only in part: it has no {name}."
    for name in ("version", "sequence"):
        if not _is_number(document.get(name)):
            return f"{ref}: its {name} is no number above 0."
    if not _is_hash(document["sha256"]):
        return f"{ref}: its sha256 is no hash."
    if document.get("previous_sha256") != "" and not _is_hash(document.get("previous_sha256")):
        return f"{ref}: its previous_sha256 is no hash."
    if document.get("status") not in ("published", "retired"):
        return f"{ref}: its status is neither published nor retired."
    return ""


def _misbuilt(ref: str, problem: Exception) -> str:
    """Say that a document lacks or mixes what a claim's document has."""
    if isinstance(problem, KeyError):
        why = f"{value_words(problem.args[0] if problem.args else '')} is missing or unknown"
    elif isinstance(problem, ValueError) and str(problem):
        why = value_words(str(problem))
    else:
        why = "a member is not of the kind that it must be"
    return f"{ref}: it is not built as a claim's document is: {why}."


# ---- claims/verifier/manifests.py
# An export checked against its manifest: how many, how long, which hash.

_CHUNK = 1 << 20


def read_manifest(text: bytes) -> dict[str, Any]:
    """Return the members of a manifest, none where it is none."""
    try:
        members = parse_json(text.decode("utf-8"))
    except (NotJSONError, UnicodeDecodeError):
        return {}
    return members if isinstance(members, dict) and members.get("type") == "manifest" else {}


def is_table(manifest: dict[str, Any]) -> bool:
    """Whether its file holds rows or reviews: there is nothing in them to work out again."""
    return manifest.get("format") in ("csv", "jsonld")


def check_manifest(examination: Examination, manifest: dict[str, Any], file: BinaryIO) -> None:
    """Compare the file with its manifest; documents were counted and hashed before."""
    size, digest = 0, hashlib.sha256()
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        digest.update(chunk)
    report = examination.report
    found: dict[str, Any] = {"bytes": size, "sha256": digest.hexdigest()}
    if is_table(manifest):
        report.unchecked.append("how many rows it has, and whether they follow from documents.")
    else:
        found["count"] = examination.count
        if manifest.get("sha256") == examination.lines.hexdigest():  # as earlier releases did
            del found["sha256"]
    if not manifest:
        report.blame(Fault("end", "The manifest is none.", examination.file))
        return
    for name, gives in found.items():
        if manifest.get(name) != gives:
            says = value_words(manifest.get(name))
            what = f"The manifest's {name} says {says}; the file gives {gives}."
            report.blame(Fault("end", what, examination.file, member=name))
    report.conclude("end", f"The file is what its manifest says: {size:,} bytes.")


# ---- claims/domain/merkle.py
# The tree of the log: hashing as RFC 6962 has it, proofs and growth out of tiles of 256 hashes.

def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return sha256(b"\x01" + left + right).digest()


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof leads from the hash of a leaf to the root, as RFC 9162 checks it."""
    if not 0 <= index < size:
        return False
    number, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(sibling, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        number, last = number >> 1, last >> 1
    return last == 0 and found == root


# ---- claims/domain/notes.py
# Texts of the log as C2SP writes them: signed notes, their keys, checkpoints and proofs.

ED25519: Final = b"\x01"
KEY_BYTES: Final = 32
PROOF_HEADER: Final = "c2sp.org/tlog-proof@v1"
_NAME: Final = re.compile(r"[^\s+]{1,200}")
_SIGNATURE: Final = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NOTES_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class NoteError(InvalidValueError):
    """A note, key, checkpoint or proof is not written as C2SP writes it."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key for Ed25519; its text is NAME+ID+BASE64."""

    name: str
    public: bytes

    @property
    def number(self) -> bytes:
        """The four bytes that signatures name the key by."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.number.hex()}+{_base64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key. Raises NoteError."""
        name, number, data = _key_parts(text.strip().split("+", 2))
        key = cls(name, data)
        if key.number.hex() != number:
            raise NoteError(f"The key of {name} does not have the id {number}.", field="key")
        return key


def _key_parts(parts: Sequence[str]) -> tuple[str, str, bytes]:
    if len(parts) != 3 or not re.fullmatch("[0-9a-f]{8}", parts[1]):
        raise NoteError("A key reads NAME+ID+BASE64.", field="key")
    data = _bytes(parts[2], "key")
    if data[:1] != ED25519 or len(data) != KEY_BYTES + 1:
        raise NoteError("Only keys for Ed25519 are known.", field="key")
    return key_name(parts[0]), parts[1], data[1:]


def key_name(name: str) -> str:
    """Return the name of a key, which is also the origin of its log. Raises NoteError."""
    if not _NAME.fullmatch(name) or _CONTROL.search(name):
        raise NoteError("A key's name has 1 to 200 characters, no space and no +.", field="name")
    return name


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a note: who, by which key, and its bytes."""

    name: str
    number: bytes
    data: bytes

    def __str__(self) -> str:
        return f"— {self.name} {_base64(self.number + self.data)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(map(str, self.signatures))

    def signatures_by(self, key: VerifierKey) -> list[Signature]:
        """Those that name this key."""
        return [one for one in self.signatures if (one.name, one.number) == (key.name, key.number)]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a signed note. Raises NoteError."""
        body, blank, lines = text.rpartition("\n\n")
        if not blank or not lines.endswith("\n") or _CONTROL.search(text):
            raise NoteError("A note is a text, an empty line and signatures.", field="note")
        found = [_SIGNATURE.fullmatch(line) for line in lines[:-1].split("\n")]
        signatures = [
            Signature(one[1], data[:4], data[4:])
            for one in found
            if one is not None and len(data := _bytes(one[2], "note")) > 4
        ]
        if len(signatures) != len(found):
            raise NoteError("A line of the note is no signature.", field="note")
        return cls(f"{body}\n", tuple(signatures))


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a checkpoint says: the log's origin, its size and its root."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a checkpoint; lines after the third are let be. Raises NoteError."""
        lines = text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or not _NOTES_NUMBER.fullmatch(lines[1]):
            raise NoteError("A checkpoint says origin, size and root.", field="checkpoint")
        root = _bytes(lines[2], "checkpoint")
        if len(root) != KEY_BYTES:
            raise NoteError("The root of a checkpoint has 32 bytes.", field="checkpoint")
        return cls(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """A proof that stands alone: the entry, where it is, the way to the root, the checkpoint."""

    extra: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: str

    def to_text(self) -> str:
        """The text of tlog-proof@v1."""
        lines = [PROOF_HEADER, f"extra {_base64(self.extra)}", f"index {self.index}"]
        return "\n".join([*lines, *map(_base64, self.path), "", self.checkpoint])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read such a text. Raises NoteError."""
        head, _, checkpoint = text.partition("\n\n")
        header, *lines = head.split("\n")
        extra = lines.pop(0)[6:] if lines and lines[0].startswith("extra ") else ""
        index = lines.pop(0)[6:] if lines and lines[0].startswith("index ") else ""
        if header != PROOF_HEADER or not _NOTES_NUMBER.fullmatch(index):
            raise NoteError("This is no proof of inclusion.", field="proof")
        path = tuple(_bytes(line, "proof") for line in lines)
        return cls(_bytes(extra, "proof"), int(index), path, checkpoint)


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str, field: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        data = None
    if data is None or _base64(data) != text:
        raise NoteError("That is not Base64.", field=field)
    return data


# ---- claims/verifier/signatures.py
# Ed25519 by whatever this machine has: the package cryptography, else the program openssl.

type Check = Callable[[bytes, bytes, bytes], bool]
# Of RFC 8032, section 7.1, test 2: what cannot tell this from a forgery is not asked.
_KNOWN_KEY: Final = bytes.fromhex(
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
)
_KNOWN_MESSAGE: Final = b"\x72"
_KNOWN_SIGNATURE: Final = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
_KEY_HEAD: Final = bytes.fromhex("302a300506032b6570032100")  # of an Ed25519 key in DER


def find_check() -> Check | None:
    """Return what checks a signature (key, message, signature), None where nothing here can."""
    for check in (_by_cryptography, _by_openssl):
        if check(_KNOWN_KEY, _KNOWN_MESSAGE, _KNOWN_SIGNATURE) and not check(
            _KNOWN_KEY, b"\x73", _KNOWN_SIGNATURE
        ):
            return check
    return None


def _by_cryptography(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _by_openssl(key: bytes, message: bytes, signature: bytes) -> bool:
    program = shutil.which("openssl")
    if program is None:
        return False
    pem = base64.encodebytes(_KEY_HEAD + key).decode()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "key").write_text(f"-----BEGIN PUBLIC KEY-----\n{pem}-----END PUBLIC KEY-----\n")
        (folder / "message").write_bytes(message)
        (folder / "signature").write_bytes(signature)
        words = "pkeyutl -verify -pubin -inkey key -rawin -in message -sigfile signature".split()
        try:
            done = subprocess.run(
                [program, *words], cwd=folder, capture_output=True, timeout=20, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0


# ---- claims/verifier/proofs.py
# A proof of the log checked: the document in the entry, the entry in the tree, the signature.

type KnownDocument = tuple[str, int, str]  # ref, version and hash of a document
_PROOFS_LONGEST: Final = 1 << 20  # bytes
_NO_PROGRAM: Final = (
    "neither the Python package cryptography nor an openssl program that knows Ed25519 is here"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands in a file of C2SP tlog-proof: the way from an entry to a signed checkpoint."""

    way: InclusionProof
    note: Note
    tree: TreeHead
    entry: dict[str, Any]

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read a proof. Raises NoteError."""
        if len(text) > _PROOFS_LONGEST:
            raise NoteError("It is longer than any proof.")
        way = InclusionProof.parse(text.decode("utf-8", "replace"))
        note = Note.parse(way.checkpoint)
        return cls(way, note, TreeHead.parse(note.text), _proofs_members(way.extra))

    @property
    def is_included(self) -> bool:
        """Whether the entry is in the tree that the checkpoint names."""
        way, tree = self.way, self.tree
        return verify_inclusion(leaf_hash(way.extra), way.index, tree.size, way.path, tree.root)

    @property
    def published(self) -> list[tuple[Any, Any, Any]]:
        """Ref, version and hash of each document that the act published."""
        return [
            (one.get("ref"), one.get("version"), one.get("sha256"))
            for one in self.entry["published"]
            if isinstance(one, dict)
        ]


def _proofs_members(entry: bytes) -> dict[str, Any]:
    try:
        members = parse_json(entry.decode("utf-8"))
    except (NotJSONError, UnicodeDecodeError):
        members = None
    if not isinstance(members, dict) or not isinstance(members.get("published"), list):
        raise NoteError("Its entry is none of a log of publications.")
    return members


def check_proof(
    report: CheckReport, text: bytes, key: str, documents: list[KnownDocument], *, asked: bool
) -> None:
    """Check a proof; `asked` says that it must be about the one document given."""
    try:
        proof = Proof.parse(text)
    except NoteError as problem:
        report.blame(Fault("proof", f"The proof cannot be read. {problem}"))
        return
    _check_entry(report, proof, documents, asked=asked)
    size, origin = proof.tree.size, value_words(proof.tree.origin)
    if proof.is_included:
        tree = f"the tree of {size:,} entries that the checkpoint of {origin} names"
        report.held.append(f"The entry is number {proof.way.index:,} of {tree}.")
    else:
        what = f"The proof does not lead from its entry to the checkpoint of {origin}."
        report.blame(Fault("proof", what))
    _check_signature(report, proof, key)


def _check_entry(
    report: CheckReport, proof: Proof, documents: list[KnownDocument], *, asked: bool
) -> None:
    if not asked:
        report.unchecked.append("which document the proof is about: none was given.")
    elif len(documents) != 1:
        report.blame(Fault("proof", f"A proof is about one document, not {len(documents)}."))
    elif documents[0] in proof.published:
        ref, version, _ = documents[0]
        at = value_words(proof.entry.get("at"))
        report.held.append(f"The log's entry of {at} published {ref} version {version} as it is.")
    else:
        ref, version, digest = documents[0]
        what = f"The log's entry does not publish {ref} version {version} with the hash {digest}."
        report.blame(Fault("proof", what, ref=ref))


def _check_signature(report: CheckReport, proof: Proof, text: str) -> None:
    if not text:
        report.unchecked.append("the signature of the checkpoint: no key was given (--key).")
        return
    try:
        key = VerifierKey.parse(text)
    except NoteError as problem:
        report.blame(Fault("signature", f"The key cannot be read. {problem}"))
        return
    if what := _wrong_signature(proof, key):
        report.blame(Fault("signature", what))
    else:
        report.held.append(f"The checkpoint is signed with the key of {value_words(key.name)}.")


def _wrong_signature(proof: Proof, key: VerifierKey) -> str:
    """Return what keeps the checkpoint from being signed with the key; '' when nothing does."""
    name, theirs = value_words(key.name), proof.note.signatures_by(key)
    if proof.tree.origin != key.name:
        return f"The checkpoint is of the log {value_words(proof.tree.origin)}, the key of {name}."
    if not theirs:
        return f"The checkpoint is not signed with this key of {name}."
    check = find_check()
    if check is None:
        return f"The signature was not checked: {_NO_PROGRAM}."
    if not all(check(key.public, proof.note.text.encode(), one.data) for one in theirs):
        return f"The checkpoint's signature is not one of the key of {name}."
    return ""


# ---- claims/verifier/command.py
# The command line of verify.py.

HOLDS, FAILS, USAGE = 0, 1, 2
_ABOUT: Final = """\
Check what factbase published, from the files alone: that each document has the hash that it is
sealed with, that versions follow each other, that labels, ranges and words follow from the
figures, that an export is whole, and that the log holds a publication."""
_AFTER: Final = """\
FILE is claims.ndjson or claims.json of the exports, an answer of the API, or one document such
as /claims/C1.json; - is standard input. Exit codes: 0 everything that was checked holds,
1 something does not, 2 wrong usage."""
_EVERY: Final = 0.5  # seconds between two words of progress


class UsageError(Exception):
    """The program was asked for something that it does not do; the message says what."""


@dataclass(slots=True)
class TerminalCount:
    """A count on stderr while somebody watches."""

    shown: bool = False
    at: float = field(default_factory=time.monotonic)

    def tell(self, documents: int) -> None:
        """Show the count now and then."""
        now = time.monotonic()
        if now - self.at > _EVERY and sys.stderr.isatty():
            self.at, self.shown = now, True
            sys.stderr.write(f"\r{documents:,} documents ...")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the count away before other words come."""
        if self.shown:
            sys.stderr.write("\r\033[K")
            self.shown = False


def main(words: list[str] | None = None) -> int:
    """Run the program; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        return _run(_options(words))
    except UsageError as problem:
        sys.stderr.write(f"{printable(str(problem))}\n")
        return USAGE
    except BrokenPipeError:
        # Python flushes stdout once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILS
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return FAILS


def _options(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="verify.py", description=_ABOUT, epilog=_AFTER)
    parser.add_argument("files", nargs="*", metavar="FILE", help="what to check")
    parser.add_argument("--manifest", metavar="FILE", help="the manifest of the one FILE")
    parser.add_argument(
        "--part", action="store_true", help="FILE is a part of an export and has no end record"
    )
    parser.add_argument("--proof", metavar="FILE", help="the proof that the log holds the document")
    parser.add_argument("--key", help="the log's public key (name+id+key), or a file that holds it")
    parser.add_argument("--output", choices=["text", "json"], default="text", help="default text")
    options = parser.parse_args(words)
    if options.key and not options.proof:
        parser.error("--key goes with --proof")
    if options.manifest and (len(options.files) != 1 or options.files == ["-"]):
        parser.error("--manifest goes with one FILE")
    if not options.files and not options.proof:
        if sys.stdin.isatty():
            parser.error("name a FILE, or - for standard input")
        options.files = ["-"]
    return options


def _run(options: argparse.Namespace) -> int:
    progress = TerminalCount()

    def tell(sentence: str) -> None:
        progress.clear()
        if options.output == "text":
            sys.stdout.write(f"{sentence}\n")

    report, chain = CheckReport(tell), Chain()
    known: list[KnownDocument] = []
    for name in options.files:
        examination = Examination(report, chain, name if len(options.files) > 1 else "")
        layout = _examine(name, options, examination, progress)
        examination.finish(layout, part=options.part)
        known += examination.known
    chain.conclude(report)
    if options.proof:
        proof, key = _bytes_of(options.proof), _key_of(options.key)
        check_proof(report, proof, key, known, asked=bool(options.files))
    progress.clear()
    _conclude(report, options.output)
    return HOLDS if report.holds else FAILS


def _examine(
    name: str, options: argparse.Namespace, examination: Examination, progress: TerminalCount
) -> FileLayout:
    """Check one file; return how it was laid out."""
    manifest = read_manifest(_bytes_of(options.manifest)) if options.manifest else None
    layout: FileLayout = "single"
    with _opened(name) as file:
        if manifest is None or not is_table(manifest):
            try:
                for piece in pieces(file):
                    layout = piece.layout
                    examination.take(piece)
                    progress.tell(examination.count)
            except NotJSONError as problem:
                sentence = f"It is no document and no export: {problem}."
                examination.report.blame(Fault("form", sentence, examination.file))
    if manifest is not None:
        with _opened(name) as file:
            check_manifest(examination, manifest, file)
    elif not examination.count and not examination.report.wrong and not examination.ended:
        examination.report.blame(Fault("form", "There is no document in it.", examination.file))
    return layout


def _conclude(report: CheckReport, output: str) -> None:
    if output == "json":
        sys.stdout.write(f"{json.dumps(report.to_json(), indent=1)}\n")
        return
    for sentence in report.held:
        sys.stdout.write(f"{printable(sentence)}\n")
    for sentence in report.unchecked:
        sys.stdout.write(f"Not checked: {printable(sentence)}\n")
    sys.stdout.write(f"{report.verdict()}\n")
    sys.stdout.flush()


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """Open a file for reading; what cannot be read is a wrong usage."""
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise UsageError(f"{name} cannot be read: {problem.strerror}.") from None


def _bytes_of(name: str) -> bytes:
    with _opened(name) as file:
        return file.read(1 << 21)


def _key_of(given: str | None) -> str:
    """Return the key itself, where a file holds it that file's text."""
    if not given or "+" in given:
        return given or ""
    return _bytes_of(given).decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
