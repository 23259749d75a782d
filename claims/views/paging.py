"""Pages of a list by the number of the last row seen; any page costs what the first one does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.domain.refs import parse_ref
from claims.errors import QueryError
from claims.filtering import cursors
from claims.filtering.cursors import Sort


@dataclass(frozen=True, slots=True)
class NumberedPage:
    """The rows of one page, and the address of the next one; '' on the last page."""

    rows: list[Any]
    next_url: str


def numbered_page(
    request: HttpRequest, rows: QuerySet[Any], column: str, letter: str, *, newest: bool = False
) -> NumberedPage:
    """One page of the rows in the order of a numbered column.

    ``?after=`` names the last row seen, such as S12, or 12 where the letter is ''.
    """
    given = request.GET.get("after", "")
    after = (_number(given, letter),) if given else None
    sort = Sort(column, (column,), descending=newest)
    kept, more = cursors.page_after(rows, sort, after, settings.FACTBASE_LIMITS["page_size"])
    if not more:
        return NumberedPage(kept, "")
    query = request.GET.copy()
    query["after"] = f"{letter}{getattr(kept[-1], column)}"
    return NumberedPage(kept, f"?{query.urlencode()}")


def _number(text: str, letter: str) -> int:
    number = parse_ref(f"{letter or 'C'}{text.removeprefix(letter)}", letter or "C")
    if number is None:
        raise QueryError(f"'after' names no row: {text[:40]!r}.", field="after")
    return number
