"""Dates told from another date: the next day, two weeks later, on Saturday."""

import re
from datetime import date, timedelta

from claims.reading.counts.numbers import UNITS
from claims.reading.dates.written_dates import WrittenDate
from claims.reading.languages.english import ENGLISH

DAYS = ENGLISH.words("written_dates.days")
MONTH = re.compile(r"([1-9][0-9]{3})(?:-(0[1-9]|1[0-2]))?(?![0-9X])")
"""The first year and month of an EDTF date."""
AHEAD = ENGLISH.pattern("relative_dates.ahead")


def relative_edtf(
    one: WrittenDate, anchor: date | None, reported: date | None, before: str, latest: str
) -> tuple[str, date | None]:
    """Return (EDTF, the day if it is one) counted from `anchor`, ("", None) when it cannot be.

    `reported` is the day of a news report, `before` the text up to the words, `latest` the last
    date as EDTF: months and years of its sentence are counted from it although it names no day.
    """
    if one.shape == "weekday":
        return _weekday_edtf(one.parts, anchor, reported, before)
    if one.parts.get("u") in ("month", "year") and (month := MONTH.match(latest)):
        counted = month[2] if one.parts["u"] == "month" else "." not in before
        anchor = date(int(month[1]), int(month[2] or 1), 1) if counted else anchor
    if anchor is None:
        return "", None
    if one.shape == "period":
        return _period_edtf(one.parts, anchor), None
    days = {"same_day": 0, "next_day": 1, "day_before": -1}.get(one.shape)
    if days is None:
        return _later_edtf(one.parts, anchor)
    return _shifted(anchor, days)


def _weekday_edtf(
    parts: dict[str, str], anchor: date | None, reported: date | None, before: str
) -> tuple[str, date | None]:
    """A report looks back from its own day, a story goes on from the last day it told of."""
    which = parts.get("which", "").casefold()
    base = reported or anchor
    if base is None:
        return "", None
    wanted = DAYS.index(parts["weekday"].casefold())
    ahead = (wanted - base.weekday()) % 7
    if which.endswith(("next", "following")):
        return _shifted(base, ahead or 7)
    if which.endswith(("last", "previous")):
        return _shifted(base, (ahead or 7) - 7)
    looks_back = reported is not None and AHEAD.search(before) is None
    return _shifted(base, ahead - 7 if looks_back and ahead else ahead)


def _shifted(anchor: date, days: int) -> tuple[str, date | None]:
    try:
        moved = anchor + timedelta(days=days)
    except OverflowError:
        return "", None
    return moved.isoformat(), moved


def _later_edtf(parts: dict[str, str], anchor: date) -> tuple[str, date | None]:
    word = parts["n"].casefold()
    if word == "several":
        return "", None
    count = int(word) if word.isdecimal() else UNITS.get(word, 1)
    sign = -1 if parts["dir"] == "earlier" else 1
    if parts["u"] == "day":
        return _shifted(anchor, sign * count)
    if parts["u"] == "week":
        return _shifted(anchor, sign * 7 * count)
    if parts["u"] == "year":
        return f"{anchor.year + sign * count:04d}", None
    index = anchor.year * 12 + anchor.month - 1 + sign * count
    return f"{index // 12:04d}-{index % 12 + 1:02d}", None


def _period_edtf(parts: dict[str, str], anchor: date) -> str:
    which = parts["which"].casefold()
    step = 1 if which.endswith(("next", "following")) else -1 if which.endswith("previous") else 0
    step = {"before": -1, "after": 1}.get(parts.get("dir", ""), step)
    if parts["u"] == "week":
        return ""
    if parts["u"] == "year":
        return f"{anchor.year + step:04d}"
    index = anchor.year * 12 + anchor.month - 1 + step
    return f"{index // 12:04d}-{index % 12 + 1:02d}"
