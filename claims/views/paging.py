"""Pages of a list by the number of the last row seen; any page costs what the first one does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.domain.refs import parse_ref
from claims.errors import QueryError


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, and the reference that the next one follows; '' on the last page."""

    rows: list[Any]
    next: str


def page_after(
    request: HttpRequest, rows: QuerySet[Any], column: str, letter: str, *, newest: bool = False
) -> Page:
    """One page of the rows in the order of a numbered column.

    ``?after=`` names the last row seen, such as S12, or 12 where the letter is ''.
    """
    size: int = settings.FACTBASE_LIMITS["page_size"]
    after = request.GET.get("after", "")
    if after:
        rows = rows.filter(**{f"{column}__{'lt' if newest else 'gt'}": _number(after, letter)})
    found = list(rows.order_by(f"-{column}" if newest else column)[: size + 1])
    more = len(found) > size
    last = found[size - 1] if more else None
    return Page(found[:size], f"{letter}{getattr(last, column)}" if last is not None else "")


def _number(text: str, letter: str) -> int:
    number = parse_ref(f"{letter or 'C'}{text.removeprefix(letter)}", letter or "C")
    if number is None:
        raise QueryError(f"'after' names no row: {text[:40]!r}.", field="after")
    return number
