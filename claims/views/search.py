"""One box: words, phrases, numbers, ranges, dates and references find what is public."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from claims.choices import Contention
from claims.domain.search_text import Search, SearchError, read_search
from claims.errors import QueryError
from claims.filtering.searching import SHELVES, Found

SHOWN: Final = 25


def search(request: HttpRequest) -> HttpResponse:
    """Results in tabs with counts; ``?tab=`` opens one, else the first that has any."""
    typed = request.GET.get("q", "")
    found = Found(_read(typed))
    states = found.contentions()
    chosen = request.GET.getlist("contention")
    if chosen:
        found.narrowed(_known(chosen))
    wanted = request.GET.get("tab", "")
    tab = wanted if wanted in SHELVES else _first_with_any(found)
    page = _page(request.GET, found.count(tab))
    hits = found.hits(tab, (page - 1) * SHOWN, SHOWN)
    context = {
        "typed": typed,
        "tabs": [(name, found.count(name), found.is_capped(name)) for name in SHELVES],
        "tab": tab,
        "hits": hits,
        "exact": found.exact,
        "states": states,
        "chosen": chosen,
        "next": page + 1 if found.count(tab) > page * SHOWN else None,
        **(_help(found, typed) if typed and found.is_empty else {}),
    }
    return render(request, "search/results.html", context)


def _read(typed: str) -> Search:
    try:
        return read_search(typed)
    except SearchError as error:
        raise QueryError(str(error), field="q") from error


def _first_with_any(found: Found) -> str:
    return next((name for name in SHELVES if found.count(name)), SHELVES[0])


def _known(states: list[str]) -> list[str]:
    for state in states:
        if state not in Contention.values:
            raise QueryError(f"contention is one of {', '.join(Contention.values)}.",
                             field="contention")  # fmt: skip
    return states


def _page(query: QueryDict, count: int) -> int:
    """The page asked for; a page past the last does not exist, and is refused."""
    text = query.get("page", "1")
    last = max(1, -(-count // SHOWN))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= last):
        raise QueryError(f"page is a number from 1 to {last}.", field="page")
    return int(text)


def _help(found: Found, typed: str) -> dict[str, object]:
    """What may help who finds nothing: a spelling that finds something, the words in the way."""
    better = found.better_spelling()
    suggestion = " ".join(better.get(word, word) for word in typed.split()) if better else ""
    missing = found.missing()
    held = [term.typed for term in found.asked.terms if term not in missing]
    return {
        "suggestion": suggestion,
        "missing": [term.typed for term in missing] if held else [],
        "held": " ".join(held),
    }
