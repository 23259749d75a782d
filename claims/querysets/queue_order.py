"""The order of what waits: the newest first, and from the end of it back to its beginning."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, SmallIntegerField, When


def in_queue_after(rows: Any, number: int) -> Any:
    """The other rows in the order of their list, those after the one of this number first."""
    is_after = Case(When(pk__lt=number, then=0), default=1, output_field=SmallIntegerField())
    return rows.exclude(pk=number).order_by(is_after, "-pk")
