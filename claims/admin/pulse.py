"""How the review goes: decisions a week, the median wait, what waits by age, self-approvals."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim, ReviewEvent

WEEKS: Final = 12
WAITING: Final = 1000  # claims whose age is looked up, the oldest
MOST: Final = 2000  # decisions that are counted, the newest
LOOKED_AT: Final = 200  # of them whose wait and authors are looked up
# Ages of what waits, in days: from the first to below the second.
AGES: Final = ((0, 1), (1, 7), (7, 30), (30, None))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture: what it counts, and its place in 0 to 100, y from above."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    more: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars with a heading and the same in words."""

    title: str
    bars: list[Bar]

    @property
    def words(self) -> str:
        told = (f"{bar.label}: {bar.count}{'+' if bar.more else ''}" for bar in self.bars)
        return f"{self.title}. {'; '.join(told)}"


def pulse(now: dt.datetime | None = None) -> dict[str, Any]:
    """What the first page of the desk draws; six queries, each of a bounded number of rows."""
    at = now or timezone.now()
    looked = ReviewEvent.objects.latest_decisions()[:LOOKED_AT]
    rows: list[Any] = list(ReviewEvent.objects.looked_into(looked))
    waits = [row.at - row.submitted_at for row in rows if row.submitted_at]
    approvals = [row for row in rows if row.is_approval]
    return {
        "pictures": [_by_week(at), _by_age(at)],
        "wait": _wait_words(waits),
        "approvals": len(approvals),
        "self_approvals": sum(row.is_own for row in approvals),
    }


def _by_week(at: dt.datetime) -> Picture:
    """Decisions of the last weeks, Monday first; weeks that the limit cuts are left out."""
    moments = list(ReviewEvent.objects.latest_decisions().values_list("at", flat=True)[:MOST])
    today = at.astimezone(dt.UTC).date()
    monday = today - dt.timedelta(days=today.weekday())
    counts = Counter(_monday(moment) for moment in moments)
    weeks = [monday - dt.timedelta(weeks=number) for number in reversed(range(WEEKS))]
    if len(moments) == MOST:  # the oldest one's week may hold more
        weeks = [week for week in weeks if week > _monday(moments[-1])] or [monday]
    return _picture(
        _("Claims decided a week, by its Monday"),
        [(week.isoformat(), counts[week], False) for week in weeks],
    )


def _monday(moment: dt.datetime) -> dt.date:
    day = moment.astimezone(dt.UTC).date()
    return day - dt.timedelta(days=day.weekday())


def _by_age(at: dt.datetime) -> Picture:
    """What waits for review, by the days since it was put there.

    Where more waits than is counted, the least recently edited ones are, and each bar says "or
    more".
    """
    since = list(Claim.objects.in_review().oldest(WAITING + 1).times_since().values())
    ages = [(at - moment).days for moment in since[:WAITING]]
    found = [
        (_age_words(first, last), sum(first <= age and (not last or age < last) for age in ages),
         len(since) > WAITING)
        for first, last in AGES
    ]  # fmt: skip
    return _picture(_("Claims that wait for review, by age"), found)


def _age_words(first: int, last: int | None) -> str:
    if last is None:
        return _("over %(days)d days") % {"days": first}
    if first == 0:
        return ngettext("under %(days)d day", "under %(days)d days", last) % {"days": last}
    return _("%(first)d to %(last)d days") % {"first": first, "last": last}


def _picture(title: str, told: list[tuple[str, int, bool]]) -> Picture:
    most, step = max((count for _label, count, _more in told), default=0), 100 / len(told)
    bars = []
    for place, (label, count, more) in enumerate(told):
        height = round(100 * count / most, 1) if most else 0.0
        x, width = round(place * step + step * 0.1, 1), round(step * 0.8, 1)
        bars.append(Bar(label, count, x, round(100 - height, 1), width, height, more))
    return Picture(title, bars)


def _wait_words(waits: list[dt.timedelta]) -> str:
    """The median as people say it; '' while nothing was decided."""
    if not waits:
        return ""
    middle = median(wait.total_seconds() for wait in waits)
    end = timezone.now()
    return timesince(end - dt.timedelta(seconds=middle), end, depth=1)
