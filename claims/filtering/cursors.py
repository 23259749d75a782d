"""Keyset pages: an opaque cursor names the last row seen in one unique order."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import orjson
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from claims.errors import QueryError

LARGEST_ID: Final = 2**63 - 1
_DECIMAL: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)


@dataclass(frozen=True)
class Sort:
    """An order that ends in a unique id. ``columns`` all run the same way.

    Rows without a value in the first column are left out: ``needs`` says so in words.
    """

    name: str
    columns: tuple[str, ...]
    descending: bool = False
    needs: str = ""

    @property
    def ordering(self) -> list[str]:
        """The order as Django spells it."""
        sign = "-" if self.descending else ""
        return [f"{sign}{column}" for column in self.columns]


def both_ways(name: str, *columns: str, needs: str = "") -> dict[str, Sort]:
    """Return the order and its reverse by name: ``name`` and ``-name``."""
    up = Sort(name, columns, descending=False, needs=needs)
    down = Sort(f"-{name}", columns, descending=True, needs=needs)
    return {up.name: up, down.name: down}


def page(
    rows: QuerySet[Any], sort: Sort, cursor: str, limit: int, columns: tuple[str, ...]
) -> tuple[list[tuple[Any, ...]], str]:
    """Return at most ``limit`` rows of the columns, and the next page's cursor ('' at the end).

    Costs one query whose time does not grow with the depth: the rows after the cursor are
    found by comparing one row value with one index.
    """
    after = read_cursor(cursor, sort) if cursor else None
    width = len(sort.columns)
    kept, more = page_after(rows.values_list(*sort.columns, *columns), sort, after, limit)
    following = write_cursor(sort, kept[-1][:width]) if more else ""
    return [row[width:] for row in kept], following


def page_after(
    rows: QuerySet[Any], sort: Sort, after: tuple[Any, ...] | None, limit: int
) -> tuple[list[Any], bool]:
    """Return at most ``limit`` rows after the one with these values, and whether more follow."""
    ordered = rows.order_by(*sort.ordering)
    if sort.needs:
        ordered = ordered.filter(**{f"{sort.columns[0]}__isnull": False})
    if after is not None:
        ordered = ordered.filter(_after(sort, after))
    found = list(ordered[: limit + 1])
    return found[:limit], len(found) > limit


def write_cursor(sort: Sort, values: tuple[Any, ...]) -> str:
    """Return the cursor of the row with these values of the sort's columns."""
    texts = [str(value) if isinstance(value, Decimal) else value for value in values]
    return base64.urlsafe_b64encode(orjson.dumps([sort.name, *texts])).rstrip(b"=").decode()


def read_cursor(cursor: str, sort: Sort) -> tuple[Any, ...]:
    """Return the values that a cursor of this sort names. Raises QueryError: invalid-cursor."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        name, *values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if name != sort.name or len(values) != len(sort.columns):
            raise ValueError("belongs to another order")
        return (*(_sort_value(value) for value in values[:-1]), _row_id(values[-1]))
    except (ValueError, TypeError, binascii.Error):
        raise QueryError(
            "Follow links.next as it is; keep sort and filters the same.",
            code="invalid-cursor",
            field="cursor",
        ) from None


def _row_id(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_ID:
        raise ValueError("is no row")
    return value


def _sort_value(value: object) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError("is no number")
    return Decimal(value)


def _after(sort: Sort, values: tuple[Any, ...]) -> Q | TupleGreaterThan | TupleLessThan:
    if len(values) == 1:
        return Q(**{f"{sort.columns[0]}__{'lt' if sort.descending else 'gt'}": values[0]})
    row = Tuple(*(F(column) for column in sort.columns))
    return TupleLessThan(row, values) if sort.descending else TupleGreaterThan(row, values)
