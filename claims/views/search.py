"""One box: words find claims, numbers and ranges find figures, names find sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.domain.document_format import read_claim, read_row, read_source
from claims.domain.search_text import Search, SearchError, read_search
from claims.errors import QueryError
from claims.filtering.filters import holding, stating
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
        "claims": _with_terms(ClaimVersion.objects.public(), asked, "search__folded"),
        "figures": _figures(asked),
        "sources": _with_terms(PublishedSource.objects.cited(), asked, "folded"),
    }


def _with_terms(rows: QuerySet[Any], asked: Search, column: str) -> QuerySet[Any]:
    """Rows whose folded text holds every term; none without a term."""
    return rows.filter(holding(column, asked.terms)) if asked.terms else rows.none()


def _figures(asked: Search) -> QuerySet[PublishedFigure]:
    """A number finds figures that state it or whose stated ends hold it; a range, those inside."""
    rows = PublishedFigure.objects.all()
    if asked.low is None or asked.high is None:
        return rows.none()
    return rows.filter(stating(asked.low, asked.high))


def _shown(tab: str, rows: QuerySet[Any]) -> Sequence[Mapping[str, object]]:
    if tab == "claims":
        payloads = rows.order_by("-sequence").values_list("payload", flat=True)
        return [read_claim(payload) for payload in payloads[:SHOWN]]
    if tab == "figures":
        records = rows.order_by("assertion_id").values_list("record", flat=True)
        return [read_row(record) for record in records[:SHOWN]]
    records = rows.order_by("source_id").values_list("record", flat=True)
    return [read_source(record) for record in records[:SHOWN]]
