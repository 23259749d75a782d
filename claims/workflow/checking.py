"""Checking each value of a row before it is saved, as quickly as a bulk import needs it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from claims.errors import InvalidValueError
from claims.workflow.text import refuse_hidden, refuse_unstorable

type ValueTest = Callable[[Any], bool]

_SMALL: Final = 32_767  # the most that every column of whole numbers takes
_KINDS: Final[dict[type[Any], type[Any]]] = {
    models.BooleanField: bool,
    models.DateField: dt.date,
    models.DateTimeField: dt.datetime,
}


def check_row(row: models.Model) -> None:
    """Check lengths, choices and characters; links are left to the database.

    Raises InvalidValueError naming the field at fault.
    """
    values_of, tests = _tests(type(row))
    for value, (test, field) in zip(values_of(row), tests, strict=True):
        if not test(value):
            _clean(row, field)


@cache
def _tests(model: type[models.Model]) -> tuple[Callable[[Any], Any], list[tuple[ValueTest, Any]]]:
    """What gives the values of a row, and for each the test that tells most good ones at once."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values_of = attrgetter(*(field.attname for field in fields))
    return values_of, [(_test_of(field), field) for field in fields]


def _test_of(field: Any) -> ValueTest:
    if field.is_relation:
        return lambda value: not isinstance(value, str)
    if type(field) in (models.CharField, models.TextField) and _only_length_counts(field):
        return _text_test(field)
    may_lack = field.blank or (field.null and not field.editable)
    if isinstance(field, models.IntegerField):
        return lambda value: type(value) is int and 0 <= value <= _SMALL
    if type(field) is models.DecimalField and not field.max_digits:
        return _decimal_test(may_lack)
    kind = _KINDS.get(type(field))
    return lambda value: may_lack if value is None else type(value) is kind


def _only_length_counts(field: Any) -> bool:
    return all(type(one) is MaxLengthValidator for one in field.validators)


def _text_test(field: Any) -> ValueTest:
    most = field.max_length or sys.maxsize
    known = frozenset(value for value, _ in field.flatchoices) if field.choices else None

    def test(value: Any) -> bool:
        if not value:
            return field.blank and (value == "" or value is None)
        if known is not None:
            return value in known
        return type(value) is str and len(value) <= most and value.isprintable()

    return test


def _decimal_test(may_lack: bool) -> ValueTest:
    def test(value: Any) -> bool:
        return may_lack if value is None else type(value) is Decimal and value.is_finite()

    return test


def _clean(row: models.Model, field: Any) -> None:
    """Check one value as Django does; what it is read as is what will be stored."""
    value = getattr(row, field.attname)
    if isinstance(value, str):
        refuse_unstorable(value, field.name)
        if field.max_length:  # one line: a name, a title, a question; quotes keep their words
            refuse_hidden(value, field.name)
    if field.is_relation or (field.blank and value in field.empty_values):
        return
    try:
        setattr(row, field.attname, field.clean(value, row))
    except ValidationError as error:
        words = " ".join(error.messages)
        raise InvalidValueError(f"{field.name}: {words}", field=field.name) from error
