"""One box: words, phrases, numbers, ranges, dates and references find what is public."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from claims.choices import Contention
from claims.domain.search_text import Search, SearchError, read_search
from claims.errors import QueryError
from claims.filtering import parameters as read
from claims.filtering.searching import SHELVES, Found
from claims.querysets.full_text import CAP

SHOWN: Final = 25
PARAMETERS: Final = (
    read.choice("contention", Contention.values, "How far the sources of a claim agree."),
    read.whole("page", 1, -(-CAP // SHOWN), "Which page of the results."),
)


def search(request: HttpRequest) -> HttpResponse:
    """Results in tabs with counts; ``?tab=`` opens one, else the first that has any."""
    typed = request.GET.get("q", "")
    found, asked = Found(_read(typed)), _asked(request.GET)
    states = found.contentions()
    chosen = asked.get("contention", ())
    if chosen:
        found.narrowed(chosen)
    wanted = request.GET.get("tab", "")
    tab = wanted if wanted in SHELVES else _first_with_any(found)
    page, count = asked.get("page", 1), found.count(tab)
    if page > 1 and count <= (page - 1) * SHOWN:
        raise QueryError(f"There is no page {page} of these results.", field="page")
    context = {
        "typed": typed,
        "tabs": [(name, found.count(name), found.is_capped(name)) for name in SHELVES],
        "tab": tab,
        "hits": found.hits(tab, (page - 1) * SHOWN, SHOWN),
        "exact": found.exact,
        "states": states,
        "chosen": chosen,
        "next": page + 1 if count > page * SHOWN else None,
        **(_help(found, typed) if typed and found.is_empty else {}),
    }
    return render(request, "search/results.html", context)


def _read(typed: str) -> Search:
    try:
        return read_search(typed)
    except SearchError as error:
        raise QueryError(str(error), field="q") from error


def _asked(query: QueryDict) -> dict[str, Any]:
    """The choices made; what a link carries besides, such as a campaign, is let pass."""
    own = query.copy()
    for name in query.keys() - {one.name for one in PARAMETERS}:
        del own[name]
    return read.read_parameters(own, PARAMETERS)


def _first_with_any(found: Found) -> str:
    return next((name for name in SHELVES if found.count(name)), SHELVES[0])


def _help(found: Found, typed: str) -> dict[str, object]:
    """What may help who finds nothing: a spelling that finds something, the words in the way."""
    suggestion = typed
    for word, better in found.better_spelling().items():
        suggestion = suggestion.replace(word, better)
    missing = found.missing
    held = [term.typed for term in found.asked.terms if term not in missing]
    return {
        "suggestion": suggestion if suggestion != typed else "",
        "missing": [term.typed for term in missing] if held else [],
        "held": " ".join(held),
    }
