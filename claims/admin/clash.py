"""Two people edit one row: what stood there, what they wrote, what I wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from claims.errors import StaleRevisionError
from claims.forms.base import OWN, newest_history
from claims.models import Assertion, Dispute
from claims.workflow.locking import lock_claim


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One field: its words at the base, theirs and mine; ``both`` when both changed it."""

    label: str
    base: str
    theirs: str
    mine: str
    both: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """What changed since the form was opened, and the form merged with it."""

    refusal: StaleRevisionError
    rows: list[ClashRow]
    merged: QueryDict
    by: str
    reason: str


def find_clash(form: Any, row: Any) -> Clash | None:
    """Compare the form's base with the row as it is now; None when nothing changed since.

    The row is locked, so that nobody writes between this look and the verb; what hangs on a
    claim is locked after the claim, as every verb does it.
    """
    if isinstance(row, Assertion | Dispute):
        lock_claim(row.claim)
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    newest, seen = newest_history(current), str(form.cleaned_data.get("seen") or "")
    if seen == newest:
        return None
    base = _base(current, seen)
    records = current.history.order_by("-history_id").select_related("history_user")
    last = records.first()
    old, now = type(form)(instance=base), type(form)(instance=current)
    return Clash(
        refusal=StaleRevisionError(
            "Somebody changed this since you opened it. Compare, then save again."
        ),
        rows=_rows(form, old, now),
        merged=_merged(form, old, now, newest),
        by=str(last.history_user or "the machine"),
        reason=last.history_change_reason or "",
    )


def _base(current: Any, seen: str) -> Any:
    """The row as the form saw it; as it is now when that state is not to be found."""
    if not seen.isascii() or not seen.isdigit() or len(seen) > 18:
        return current
    record = current.history.filter(history_id=int(seen)).first()
    return current if record is None else record.instance


def _names(form: Any) -> list[str]:
    return [name for name in form.fields if name not in OWN]


def _rows(form: Any, old: Any, now: Any) -> list[ClashRow]:
    rows = []
    for name in _names(form):
        base, theirs, mine = (_words(one, name) for one in (old, now, form))
        if base != theirs:
            both = mine not in (base, theirs)
            rows.append(ClashRow(str(form.fields[name].label or name), base, theirs, mine, both))
    return rows


def _merged(form: Any, old: Any, now: Any, newest: str) -> QueryDict:
    """My entries where I changed something, theirs elsewhere; now based on the newest state."""
    data = form.data.copy()
    for name in _names(form):
        if _words(form, name) == _words(old, name):
            value = now[name].value()
            texts = value if isinstance(value, list) else [value]
            data.setlist(name, ["" if text is None else str(text) for text in texts])
            if value is False:
                del data[name]
    data["seen"] = newest
    return data


def _words(form: Any, name: str) -> str:
    """The value of a field as people read it."""
    bound = form[name]
    value = bound.value()
    if isinstance(value, list | tuple):
        return ", ".join(sorted(str(one) for one in value))
    if value in (None, "", False):
        return ""
    choices = getattr(bound.field, "queryset", None)
    if choices is not None:
        row = choices.filter(pk=value).first() if str(value).isdigit() else None
        return str(row or value)
    return "yes" if value is True or value == "on" else str(value)
