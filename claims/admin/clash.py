"""Two people edit one row: what stood there, what they wrote, what I wrote, and what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.errors import StaleRevisionError
from claims.forms.base import FigureField, FormAnswer, newest_history
from claims.models import Assertion, Dispute
from claims.workflow.earlier import earlier_row
from claims.workflow.locking import lock_claim

KEEP: Final = "keep-"  # before the name of an answer, in the choice between two of them
THEIRS: Final = "theirs"


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One answer of a form: its words at the base, theirs and mine.

    ``both`` when both changed it to different things: then ``name`` is the choice between them.
    Else ``kept`` tells whose it is that the form goes on with.
    """

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    both: bool
    kept: str


@dataclass(frozen=True, slots=True)
class Clash:
    """What changed in a row since its form was opened, and by whom."""

    title: str
    rows: list[ClashRow]
    by: str
    reason: str

    @property
    def is_mine(self) -> bool:
        """Whether the form changes the row at all."""
        return any(row.both or row.mine != row.base for row in self.rows)

    @property
    def has_choice(self) -> bool:
        return any(row.both for row in self.rows)


def find_clash(form: Any, row: Any, merged: QueryDict) -> Clash | None:
    """Compare the form's base with the row as it is now; None when nothing changed since.

    ``merged`` gets my answers where I changed something, theirs elsewhere, on the newest state.
    The row is locked, so that nobody writes between this look and the verb; what hangs on a
    claim is locked after the claim, as every verb does it.
    """
    if isinstance(row, Assertion | Dispute):
        lock_claim(row.claim)
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    return compare_states(form, current, merged)


def compare_states(form: Any, current: Any, merged: QueryDict) -> Clash | None:
    """The same without locks, for a row that was read as its form needs it.

    A row that was read with ``newest_history`` is as new as that.
    """
    seen = str(form.cleaned_data.get("seen") or "")
    newest = str(getattr(current, "newest_history", None) or newest_history(current))
    if seen == newest:
        return None
    old, now = (type(form)(instance=one, prefix=form.prefix)
                for one in (_base(current, seen), current))  # fmt: skip
    records = current.history.order_by("-history_id").select_related("history_user")
    last, told = records[0], getattr(current, "ref", None) or str(current)
    clash = Clash(
        title=told,
        rows=[one for answer in form.answers() if (one := _row(answer, form, old, now))],
        by=str(last.history_user or _("the machine")),
        reason=last.history_change_reason or "",
    )
    _merge(form, old, now, merged)
    merged[form.add_prefix("seen")] = newest
    return clash


def stale() -> StaleRevisionError:
    """The refusal of a form that is older than its row."""
    return StaleRevisionError(
        _("Somebody changed this since you opened it. Compare, then save again.")
    )


def refuse_clash(request: Any, clashes: list[Clash], merged: QueryDict) -> NoReturn:
    """Raise StaleRevisionError; the page then shows these clashes and the merged answers."""
    request.clashes, request.merged = clashes, merged
    raise stale()


def take_theirs(form: Any, data: QueryDict) -> None:
    """Put the answers of a row as it stands into ``data`` where theirs was chosen.

    ``form`` is that of the row as it is now, with nothing sent.
    """
    for answer in form.answers():
        if data.get(f"{KEEP}{form.add_prefix(answer.names[0])}") == THEIRS:
            _put(form, answer.names, data)


def _base(current: Any, seen: str) -> Any:
    """The row as the form saw it; as it is now when that state is not to be found."""
    if not seen.isascii() or not seen.isdigit() or len(seen) > 18:
        return current
    record = current.history.filter(history_id=int(seen)).first()
    return current if record is None else earlier_row(current, record)


def _row(answer: FormAnswer, form: Any, old: Any, now: Any) -> ClashRow | None:
    """What became of an answer; None where nobody changed it."""
    base, theirs, mine = (_state(one, answer.names) for one in (old, now, form))
    if base == theirs == mine:
        return None
    states = (base, theirs, mine)
    both = base not in (theirs, mine) and theirs != mine
    kept = "" if both else _("theirs") if mine == base else _("yours")
    name = form.add_prefix(answer.names[0])
    return ClashRow(
        name=name,
        label=str(answer.label),
        base=_told(answer, base, states, form),
        theirs=_told(answer, theirs, states, form),
        mine=_told(answer, mine, states, form),
        both=both,
        kept=kept,
    )


def _merge(form: Any, old: Any, now: Any, data: QueryDict) -> None:
    for answer in form.answers():
        if _state(form, answer.names) == _state(old, answer.names):
            _put(now, answer.names, data)


def _put(now: Any, names: Iterable[str], data: QueryDict) -> None:
    """The answers of a form as a browser would send them."""
    for name in names:
        key = now.add_prefix(name)
        value = now[name].value() if name in now.fields else None
        texts = value if isinstance(value, list | tuple) else [value]
        data.setlist(key, ["" if text is None else str(text) for text in texts])
        if value is False:
            del data[key]


def _state(form: Any, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_words(form, name) for name in names)


def _told(answer: FormAnswer, state: tuple[str, ...], states: Any, form: Any) -> str:
    """What differs of an answer, with the labels of its inputs where several do."""
    differ = [len(set(words)) > 1 for words in zip(*states, strict=True)]
    if sum(differ) == 1:
        return state[differ.index(True)]
    return "; ".join(
        f"{form.fields[name].label}: {words}"
        for name, words, is_other in zip(answer.names, state, differ, strict=True)
        if is_other and words
    )


def _words(form: Any, name: str) -> str:
    """The value of a field as people read it; a form of fewer inputs says nothing in the rest."""
    if name not in form.fields:
        return ""
    bound = form[name]
    value = bound.value()
    if value is None or value is False or value in ("", []):
        return ""
    if isinstance(bound.field, FigureField):
        return _number(bound.field, value)
    several = value if isinstance(value, list | tuple) else [value]
    rows = getattr(bound.field, "queryset", None)
    if rows is not None:
        numbers = [int(one) for one in several if str(one).isdigit() and len(str(one)) < 19]
        known = {str(row.pk): str(row) for row in rows.filter(pk__in=numbers)}
        return ", ".join(sorted(known.get(str(one), str(one)) for one in several))
    if value is True or value == "on":
        return _("yes")
    labels = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    return ", ".join(labels.get(str(one), str(one)) for one in several)


def _number(field: FigureField, value: Any) -> str:
    """A number as it is kept; what is none as it was typed."""
    try:
        number = field.to_python(str(value))
    except ValidationError:
        return str(value)
    return "" if number is None else f"{number.normalize():f}"
