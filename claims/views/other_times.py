"""Which pages answer for another time; all others refuse to be asked, and never answer for now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from claims.errors import QueryError
from claims.filtering.times import TIMES

_NAMES: Final = frozenset(one.name for one in TIMES)
_MARK: Final = "answers_for_any_time"


def of_any_time[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Mark a view that reads the moment and the day of its query."""
    setattr(view, _MARK, True)
    return view


def refuse_other_times(request: HttpRequest, view: Callable[..., Any]) -> None:
    """Raise QueryError where a page that knows now alone is asked for another time."""
    asked = next((name for name in request.GET if name in _NAMES and request.GET[name]), "")
    if asked and not getattr(view, _MARK, False):
        message = f"'{asked}' does not go with this page: it shows how things stand now."
        raise QueryError(message, field=asked)
