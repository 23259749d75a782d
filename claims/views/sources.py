"""Sources: bibliographic data, and where each of their figures sits in its claim's range."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.domain.document_format import read_claim, read_source
from claims.domain.refs import SOURCE
from claims.models import PublishedFigure, PublishedSource
from claims.views.addresses import found_elsewhere, number_of
from claims.views.paging import page_after

FIGURES_SHOWN = 200


def source_list(request: HttpRequest) -> HttpResponse:
    """Every source that a published claim cites, oldest number first."""
    rows = PublishedSource.objects.cited().with_figure_counts()
    page = page_after(request, rows, "source_id", SOURCE)
    sources = [{**read_source(row.record), "figure_count": row.figure_count} for row in page.rows]
    return render(
        request, "sources/list.html", {"sources": sources, "page": page, "current": "sources"}
    )


def source_detail(request: HttpRequest, ref: str) -> HttpResponse:
    """One source with its statements; a count, never a score."""
    number = number_of(ref, SOURCE)
    row = PublishedSource.objects.cited().numbered(number).first()
    if row is None:
        return found_elsewhere(request, ref, SOURCE)
    context = {
        "current": "sources",
        "source": read_source(row.record),
        "statements": statements_of(number),
        "total": PublishedFigure.objects.of_source(number).count(),
        "shown": FIGURES_SHOWN,
    }
    return render(request, "sources/detail.html", context)


def statements_of(source: int) -> list[dict[str, Any]]:
    """What the source states: the figure's entry and the document of its claim."""
    rows = PublishedFigure.objects.of_source(source).select_related("version")
    found = []
    for row in rows.order_by("assertion_id")[:FIGURES_SHOWN]:
        document = read_claim(row.version.payload)
        own = f"F{row.assertion_id}"
        figure = next(entry for entry in document["figures"] if entry["ref"] == own)
        found.append({"figure": figure, "document": document})
    return found
