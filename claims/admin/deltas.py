"""What one history row changed against the one before, hidden columns included."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst

# They follow every change and tell nothing of their own.
_NOISE = frozenset({"revision", "edited_at", "fingerprint", "last_edited_by", "history_digest"})
_OF_HISTORY = "history_"
SHOWN = 200  # characters of a value


def set_deltas(records: Sequence[Any], fields: Sequence[Any]) -> None:
    """Give each record, newest first, a list of field, old and new against the next one."""
    for newer, older in pairwise(records):
        newer.history_delta_changes = [
            {"field": capfirst(str(field.verbose_name)), "old": old, "new": new}
            for field in fields
            if field.name not in _NOISE and not field.name.startswith(_OF_HISTORY)
            for old, new in [(_words(older, field), _words(newer, field))]
            if getattr(older, field.attname) != getattr(newer, field.attname)
        ]


def _words(record: Any, field: Any) -> str:
    value = getattr(record, field.attname)
    if value is None or value == "":
        return "nothing"
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(getattr(record, field.name) if field.is_relation else value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} ..."
