"""Sources: bibliographic data, and where each of their figures sits in its claim's range."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims.domain.document_format import read_claim, read_source
from claims.domain.refs import SOURCE, format_ref
from claims.filtering.cursors import Sort
from claims.filtering.parameters import read_parameters
from claims.filtering.then_named import page_named, showing_then
from claims.filtering.times import TIMES, Times, times_of
from claims.models import PublishedFigure, PublishedSource
from claims.views.addresses import found_elsewhere, number_of
from claims.views.lists import CURSOR, SIZE, typed
from claims.views.other_times import of_any_time
from claims.views.paging import NumberedPage, numbered_page

FIGURES_SHOWN = 200


@of_any_time
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source that a published claim cites, or cited then, oldest number first."""
    given = typed(request)
    given.pop("after", None)  # which the page reads
    asked = read_parameters(given, (*TIMES, CURSOR))
    if times := times_of(asked):
        sources, page = _sources_then(request, times, asked)
    else:
        page = numbered_page(
            request, PublishedSource.objects.cited().with_figure_counts(), "source_id", SOURCE
        )
        sources = [
            {**read_source(row.record), "figure_count": row.figure_count} for row in page.rows
        ]
    context = {"sources": sources, "page": page, "times": times, "current": "sources"}
    return render(request, "sources/list.html", context)


def _sources_then(
    request: HttpRequest, times: Times, asked: dict[str, Any]
) -> tuple[list[dict[str, Any]], NumberedPage]:
    """The sources of another time, without the number of their statements."""
    then = page_named("sources", times, asked, Sort("ref", ("source_id",)), SIZE)
    query = request.GET.copy()
    query["cursor"] = then.cursor
    url = f"?{query.urlencode()}" if then.cursor else ""
    found: list[dict[str, Any]] = [{**read_source(row["record"])} for row in then.rows]
    return found, NumberedPage(found, url)


@of_any_time
def source_detail(request: HttpRequest, ref: str) -> HttpResponse:
    """One source with its statements; a count, never a score."""
    number = number_of(ref, SOURCE)
    if times := times_of(read_parameters(typed(request), TIMES)):
        return _detail_then(request, number, times)
    row = PublishedSource.objects.cited().numbered(number).first()
    if row is None:
        return found_elsewhere(request, ref, SOURCE)
    context = {
        "current": "sources",
        "source": read_source(row.record),
        "statements": source_statements(number),
        "total": PublishedFigure.objects.of_source(number).count(),
        "shown": FIGURES_SHOWN,
    }
    return render(request, "sources/detail.html", context)


def _detail_then(request: HttpRequest, number: int, times: Times) -> HttpResponse:
    """The same at another time: what the documents of then say of the source."""
    ref, documents = format_ref(SOURCE, number), showing_then("sources", times, number)
    if not documents:
        raise Http404
    statements = [
        {"figure": entry, "document": document}
        for document in documents
        for entry in document["figures"]
        if entry["source"] == ref
    ]
    context = {
        "current": "sources",
        "source": next(one for one in documents[0]["sources"] if one["ref"] == ref),
        "statements": statements,
        "total": len(statements),
        "shown": len(statements),
        "times": times,
    }
    return render(request, "sources/detail.html", context)


def source_statements(source: int) -> list[dict[str, Any]]:
    """What the source states: the figure's entry and the document of its claim."""
    rows = PublishedFigure.objects.of_source(source).select_related("version")
    found = []
    for row in rows.order_by("assertion_id")[:FIGURES_SHOWN]:
        document = read_claim(row.version.payload)
        own = f"F{row.assertion_id}"
        figure = next(entry for entry in document["figures"] if entry["ref"] == own)
        found.append({"figure": figure, "document": document})
    return found
