"""The order of what waits: the newest first, and from the end of it back to its beginning."""

from __future__ import annotations

from typing import Any


def next_in_queue(rows: Any, number: int) -> int | None:
    """The number of what follows the row of this number in the order of their list.

    None when nothing else waits. One query, or two at the end of the list: each stops at the
    first row that it finds.
    """
    numbers = rows.order_by("-pk").values_list("pk", flat=True)
    after: int | None = numbers.filter(pk__lt=number).first()
    return after or numbers.exclude(pk=number).first()
