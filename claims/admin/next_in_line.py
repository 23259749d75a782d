"""The way from one thing that waits to the next, without going back to their list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from claims.domain.refs import format_ref
from claims.querysets.queue_order import next_in_queue


def next_in_line(rows: Any, number: int, route: str, letter: str = "") -> dict[str, str] | None:
    """The page of what follows in a list of what waits, from its end back to its beginning.

    ``route`` is the name of its page; ``letter`` begins its reference. None when nothing waits.
    """
    found = next_in_queue(rows, number)
    if found is None:
        return None
    ref = format_ref(letter, found) if letter else str(found)
    return {"url": reverse(route, args=[found]), "ref": ref}
