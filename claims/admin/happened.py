"""What happened to a claim, one line for what one save did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

AT_ONCE: Final = dt.timedelta(seconds=60)
PER_LINE: Final = 30  # events that a save may leave, about


@dataclass(slots=True)
class Happened:
    """An event, and how many like it the same person caused at once with the same words."""

    event: Any
    times: int = 1


def told_once(events: Any, most: int) -> list[Happened]:
    """The newest lines, at most ``most``; ``events`` is a queryset, newest first."""
    return _joined(events[: most * PER_LINE])[:most]


def _joined(events: Iterable[Any]) -> list[Happened]:
    found: list[Happened] = []
    for event in events:
        if found and _is_same(found[-1].event, event):
            found[-1].times += 1
        else:
            found.append(Happened(event))
    return found


def _is_same(newer: Any, older: Any) -> bool:
    named = ("actor_id", "action", "comment", "dispute_id")
    alike = all(getattr(newer, name) == getattr(older, name) for name in named)
    return alike and newer.at - older.at <= AT_ONCE
