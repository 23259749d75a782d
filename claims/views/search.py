"""One box: words find claims, numbers and ranges find figures, names find sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.domain.document_format import read_claim, read_row, read_source
from claims.domain.search_text import Search, SearchError, read_search
from claims.errors import QueryError
from claims.models import ClaimVersion, PublishedFigure, PublishedSource

SHOWN = 25
COUNTED = 1_000  # beyond it the count says "more than"
TABS = ("claims", "figures", "sources")


def search(request: HttpRequest) -> HttpResponse:
    """Results in tabs with counts; ``?tab=`` opens one, else the first that has any."""
    typed = request.GET.get("q", "")
    try:
        asked = read_search(typed)
    except SearchError as error:
        raise QueryError(str(error), field="q") from error
    found = _found(asked)
    counts = {tab: found[tab][: COUNTED + 1].count() for tab in TABS}
    wanted = request.GET.get("tab", "")
    open_tab = wanted if wanted in TABS else next((tab for tab in TABS if counts[tab]), TABS[0])
    context = {
        "typed": typed,
        "tabs": [(tab, min(counts[tab], COUNTED), counts[tab] > COUNTED) for tab in TABS],
        "tab": open_tab,
        "results": _shown(open_tab, found[open_tab]),
        "shown": SHOWN,
        "asked": asked,
    }
    return render(request, "search/results.html", context)


def _found(asked: Search) -> dict[str, QuerySet[Any]]:
    return {
        "claims": _with_terms(ClaimVersion.objects.public(), asked, "question"),
        "figures": _figures(asked),
        "sources": _with_terms(PublishedSource.objects.cited(), asked, "title"),
    }


def _with_terms(rows: QuerySet[Any], asked: Search, column: str) -> QuerySet[Any]:
    """Rows whose column holds every term; none without a term."""
    if not asked.terms:
        return rows.none()
    return rows.filter(reduce(and_, (Q(**{f"{column}__icontains": t}) for t in asked.terms)))


def _figures(asked: Search) -> QuerySet[PublishedFigure]:
    """A number finds figures that state it or whose stated ends hold it; a range, those inside."""
    rows = PublishedFigure.objects.all()
    if asked.low is None:
        return rows.none()
    if asked.low == asked.high:
        return rows.filter(low__lte=asked.low, high__gte=asked.low)
    return rows.filter(low__gte=asked.low, high__lte=asked.high)


def _shown(tab: str, rows: QuerySet[Any]) -> Sequence[Mapping[str, object]]:
    if tab == "claims":
        payloads = rows.order_by("-sequence").values_list("payload", flat=True)
        return [read_claim(payload) for payload in payloads[:SHOWN]]
    if tab == "figures":
        records = rows.order_by("assertion_id").values_list("record", flat=True)
        return [read_row(record) for record in records[:SHOWN]]
    records = rows.order_by("source_id").values_list("record", flat=True)
    return [read_source(record) for record in records[:SHOWN]]
