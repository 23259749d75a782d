"""Wikibase JSON: ranks, amounts and times, as they are read and as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

RANKS: Final = ("deprecated", "normal", "preferred")
GREGORIAN: Final = "http://www.wikidata.org/entity/Q1985727"
ENTITY: Final = "http://www.wikidata.org/entity/"
# Properties and items of Wikidata that statements are told with.
POINT_IN_TIME, START, END = "P585", "P580", "P582"
APPLIES_TO, CIRCUMSTANCES, CIRCA = "P518", "P1480", "Q5727902"
EARLIEST, LATEST, LOWEST, HIGHEST = "P1319", "P1326", "P5447", "P5448"
STATED_IN, URL, RETRIEVED, PUBLISHED = "P248", "P854", "P813", "P577"
TITLE, PUBLISHER, DOI, AUTHOR, IMPORTED_FROM = "P1476", "P123", "P356", "P2093", "P143"
_DAY, _MONTH, _YEAR, _DECADE, _CENTURY = 11, 10, 9, 8, 7
_TIME: Final = re.compile(r"\+(\d{4,16})-(\d\d)-(\d\d)T00:00:00Z")
_NOTE: Final = re.compile(r"(deprecated|normal|preferred) rank in Wikidata, statement (\S+)")
_EDTF: Final = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d)(?:-(\d\d))?)?(~?)")


class SnakError(ValueError):
    """A value of Wikibase that factbase does not hold; the message says why."""


def rank_note(rank: str, statement: str) -> str:
    """What a statement's locator says of its rank and number.

    >>> rank_note("preferred", "Q42$1")
    'preferred rank in Wikidata, statement Q42$1'
    """
    return f"{rank} rank in Wikidata, statement {statement}"


def rank_in(note: str) -> tuple[str, str]:
    """The rank and the number of the statement that rank_note() wrote; ('', '') for other words."""
    found = _NOTE.fullmatch(note)
    return (found[1], found[2]) if found else ("", "")


def wikibase_edtf(value: Mapping[str, Any]) -> str:
    """A time of Wikibase to its precision as EDTF; raises SnakError for what is no day to us."""
    found = _TIME.fullmatch(str(value.get("time", "")))
    precision = value.get("precision")
    if found is None or len(found[1]) > 4:
        raise SnakError(f"the time {value.get('time')} is outside the years 1 to 9999")
    year, month, day = found.groups()
    if precision == _DECADE:
        return f"{year[:3]}X"
    if precision == _CENTURY:
        raise SnakError(f"the time {value.get('time')} is precise to a century, which is no date")
    forms = {_DAY: f"{year}-{month}-{day}", _MONTH: f"{year}-{month}", _YEAR: year}
    if precision not in forms:
        raise SnakError(f"the time {value.get('time')} has the precision {precision}")
    if precision == _DAY and value.get("calendarmodel", GREGORIAN) != GREGORIAN:
        raise SnakError(f"the time {value.get('time')} is a day of the Julian calendar")
    return forms[precision]


def time_of(edtf: str) -> dict[str, Any] | None:
    """The time of Wikibase that an EDTF text is; None for intervals and other forms."""
    found = _EDTF.fullmatch(edtf)
    if found is None:
        return None
    year, month, day, _ = found.groups()
    if year.endswith("XX"):
        return None
    precision = _DAY if day else _MONTH if month else _DECADE if year.endswith("X") else _YEAR
    return {
        "time": f"+{year.replace('X', '0')}-{month or '00'}-{day or '00'}T00:00:00Z",
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": precision,
        "calendarmodel": GREGORIAN,
    }


def is_circa(edtf: str) -> bool:
    """Whether the date is said to be about right."""
    return edtf.endswith("~")


def amounts_of(value: Mapping[str, Any]) -> dict[str, Decimal]:
    """The point of a quantity, and its ends where they differ from it; raises SnakError."""
    found = {"point": _number(value.get("amount"))}
    ends = {"low": value.get("lowerBound"), "high": value.get("upperBound")}
    told = {name: _number(end) for name, end in ends.items() if end is not None}
    if any(end != found["point"] for end in told.values()):
        found |= told
    return found


def amount(number: Decimal | int) -> str:
    """A number as Wikibase writes it: its sign first.

    >>> amount(Decimal("97.50"))
    '+97.5'
    """
    text = format(Decimal(number).normalize() if number else Decimal(0), "f")
    return text if text.startswith("-") else f"+{text}"


def unit_item(value: Mapping[str, Any]) -> str:
    """The item of a quantity's unit, '' for plain numbers."""
    unit = str(value.get("unit", "1"))
    return unit.rpartition("/")[2] if unit != "1" else ""


def _number(text: object) -> Decimal:
    try:
        number = Decimal(text) if isinstance(text, str) and text.isascii() else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or "_" in str(text):
        raise SnakError(f"the amount {text!r} is no number")
    return number
