"""What the database refuses, in words: which row is in the way, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import Model, Q, UniqueConstraint

from claims.errors import DuplicateError, InvalidValueError
from claims.models.references import Referenced

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (?:index '(\w+)'|([\w., ]+))")
_SQLITE_OTHER = re.compile(r"(?:CHECK|NOT NULL) constraint failed: ([\w.]+)")
_POSTGRES_KEY = re.compile(r"Key \(([\w, ]+)\)=")
_AGAIN: Final = "Nothing was saved; correct it and save again."
# Where "use that one, or enter something else" is not what to do.
_WHAT_TO_DO: Final = {
    "attribution_has_at_most_one_speaker": "Name one speaker; the others relay or publish.",
    "attribution_position_is_taken_once": "Give each link a place of its own.",
    "claim_scope_is_asked_once": "Add your statement there, or ask something else.",
    "claimversion_current_once_per_claim": "Somebody published just now: read it again.",
    "claimversion_number_is_unique": "Somebody published just now: read it again.",
    "correction_waits_once_per_row": "Decide about the correction that waits first.",
    "dispute_unresolved_once_per_claim_and_kind": "Go on with that one.",
    "importrun_file_is_read_by_one_unfinished_run": "Wait for that import, or end it.",
    "merge_of_a_row_is_done_once": "Undo that merge first.",
    "samenessquestion_is_asked_once": "Answer that question.",
    "sourcerelation_is_named_once": "Decide about that one.",
}


class RowRefusedError(IntegrityError):
    """An IntegrityError that knows the row that was being saved."""

    def __init__(self, row: Model, error: IntegrityError) -> None:
        super().__init__(*error.args)
        self.row = row


@contextmanager
def naming(row: Model) -> Iterator[None]:
    """Let a refusal by the database know the row that is saved inside."""
    try:
        yield
    except IntegrityError as error:
        raise RowRefusedError(row, error) from error


@dataclass(frozen=True, slots=True)
class _Rule:
    """What was broken: of which model, by which name, on which fields; a field may be unique."""

    model: type[Model] | None
    name: str = ""
    fields: tuple[str, ...] = ()
    condition: Q | None = None
    is_unique: bool = False


def refusal_of(error: IntegrityError) -> DuplicateError | InvalidValueError:
    """Return the refusal that says to an editor what the database said to us."""
    row = error.row if isinstance(error, RowRefusedError) else None
    rule = _rule_of(error)
    if rule.is_unique:
        field = rule.fields[-1] if rule.fields else ""
        return DuplicateError(_taken(rule, row), field=field)
    return InvalidValueError(_broken(rule, row), field=rule.fields[0] if rule.fields else "")


def _taken(rule: _Rule, row: Model | None) -> str:
    """The row in the way, what it has already, and what to do."""
    other = _in_the_way(rule, row)
    called = rule.model._meta.verbose_name if rule.model else "row"
    who = _named(other) if other is not None else f"Another {called}"
    labels = [_label(rule.model, name) for name in rule.fields]
    same = f"has the same {_listed(labels)}" if labels else "says the same"
    do = f"Use it, or give this one another {labels[-1]}." if labels else "Use it."
    return f"{who} {same} already. {_WHAT_TO_DO.get(rule.name, do)}"


def _broken(rule: _Rule, row: Model | None) -> str:
    """The rule that a value breaks, as its name says it."""
    if rule.model is None:
        return f"What this names is not there any more. {_AGAIN}"
    who = _named(row) if row is not None and row.pk else f"This {rule.model._meta.verbose_name}"
    if not rule.name:
        return f"{who}: {_label(rule.model, rule.fields[0])} is missing. {_AGAIN}"
    words = rule.name.partition("_")[2].replace("_", " ")
    return f"{who} breaks the rule \u201c{words}\u201d. {_AGAIN}"


def _named(row: Model) -> str:
    ref = f"{row.ref} " if isinstance(row, Referenced) else ""
    called = "" if ref else f"{row._meta.verbose_name} ".capitalize()
    return f"{ref}{called}\u201c{row}\u201d"


def _label(model: type[Model] | None, name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name)) if model else name


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _in_the_way(rule: _Rule, row: Model | None) -> Model | None:
    """The stored row that has it already; None where nobody can look any more."""
    if row is None or not rule.fields or not isinstance(row, rule.model or ()):
        return None
    if connection.needs_rollback:
        return None
    values = {name: getattr(row, name) for name in rule.fields}
    rows = type(row)._default_manager.filter(rule.condition or Q(), **values)
    return rows.exclude(pk=row.pk).order_by("pk").first()


def _rule_of(error: BaseException) -> _Rule:
    """Read what either database says of the rule that was broken."""
    told = _told_by_postgres(error)
    if told is not None:
        return told
    words = str(error)
    if found := _SQLITE_UNIQUE.search(words):
        columns = [one.strip().partition(".") for one in (found[2] or "").split(",")]
        table = columns[0][0]
        return _unique(found[1] or "", table, [column for _, _, column in columns if column])
    if found := _SQLITE_OTHER.search(words):
        table, _, column = found[1].partition(".")
        return _missing(table, column) if column else _rules().get(table, _Rule(None))
    return _Rule(None)


def _told_by_postgres(error: BaseException | None) -> _Rule | None:
    while error is not None and getattr(error, "diag", None) is None:
        error = error.__cause__
    if error is None:
        return None
    diag: Any = getattr(error, "diag", None)
    if diag.sqlstate == "23505":
        key = _POSTGRES_KEY.search(diag.message_detail or "")
        columns = [one.strip() for one in key[1].split(",")] if key else []
        return _unique(diag.constraint_name or "", diag.table_name or "", columns)
    if diag.sqlstate == "23502":
        return _missing(diag.table_name or "", diag.column_name or "")
    return _rules().get(diag.constraint_name or "", _Rule(None))


def _unique(name: str, table: str, columns: Sequence[str]) -> _Rule:
    """The unique rule of this name, else the one on these columns of the table."""
    if name in _rules():
        return _rules()[name]
    model = _tables().get(table)
    if model is None:
        return _Rule(None, is_unique=True)
    fields = [field for field in model._meta.concrete_fields if field.column in columns]
    names = {field.name for field in fields}
    rules = (rule for rule in _rules().values() if rule.model is model and rule.is_unique)
    found = next((rule for rule in rules if set(rule.fields) == names), None)
    return found or _Rule(model, "", tuple(field.name for field in fields), is_unique=True)


def _missing(table: str, column: str) -> _Rule:
    model = _tables().get(table)
    fields = model._meta.concrete_fields if model else ()
    return _Rule(model, fields=tuple(one.name for one in fields if one.column == column))


@cache
def _tables() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


@cache
def _rules() -> dict[str, _Rule]:
    """Every named rule of every model."""
    found = {}
    for model in apps.get_models():
        for one in model._meta.constraints:
            is_unique = isinstance(one, UniqueConstraint)
            fields = tuple(one.fields) if isinstance(one, UniqueConstraint) else ()
            condition = one.condition if isinstance(one, UniqueConstraint) else None
            found[one.name] = _Rule(model, one.name, fields, condition, is_unique)
    return found
