"""Lists with facets: every state is a URL, and the same query string works in the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from claims.filtering import parameters as read
from claims.filtering.cursors import Sort, page
from claims.filtering.filters import Filter, narrowed
from claims.filtering.parameters import read_parameters
from claims.filtering.then import ListName, page_then
from claims.filtering.times import NOW, TIMES, Times, times_of

SIZE: int = settings.FACTBASE_LIMITS["page_size"]
CURSOR = read.text("cursor", "Where the page starts.", length=600)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its label, how many rows have it, the URL that (un)chooses it."""

    value: str
    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    values: list[FacetValue]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A facet: the parameter's name, the column it counts, labels of the values."""

    name: str
    column: str
    labels: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of rows with its facets, its orders and the address of the next page.

    Of another time there are no facets, no orders and no total. ``kept`` are the filters asked
    for, as a form passes them on that asks for other times.
    """

    rows: list[tuple[Any, ...]]
    facets: list[Facet]
    sorts: list[FacetValue]
    next_url: str
    total: int | None
    asked: dict[str, Any]
    times: Times = NOW
    kept: tuple[tuple[str, str], ...] = ()


def read_list(
    request: HttpRequest,
    name: ListName,
    rows: QuerySet[Any],
    *,
    filters: Sequence[Filter],
    sorts: Mapping[str, Sort],
    facets: Sequence[FacetColumn],
    columns: tuple[str, ...],
    labels: Mapping[str, object],
    default: str,
) -> ListPage:
    """Read the query strictly and return the page; QueryError names what is not understood.

    ``labels`` are the orders offered, by name; ``default`` is the order without ``sort``.
    """
    sort = read.choice("sort", sorts, "The order of rows.", many=False)
    declared = (*(one.parameter for one in filters), *TIMES, sort, CURSOR)
    asked = read_parameters(typed(request), declared)
    query = _query(request)
    if times := times_of(asked):
        return _list_then(name, times, asked, columns, query)
    chosen = asked.get("sort", default)
    found = narrowed(rows, filters, asked)
    shown, cursor = page(found, sorts[chosen], asked.get("cursor", ""), SIZE, columns)
    return ListPage(
        rows=shown,
        facets=[_facet(one, rows, filters, asked, query) for one in facets],
        sorts=[
            FacetValue(name, str(label), 0, _url(query, "sort", [name]), name == chosen)
            for name, label in labels.items()
        ],
        next_url=_url(query, "cursor", [cursor]) if cursor else "",
        total=found.count(),
        asked=asked,
        kept=_kept(query),
    )


def _list_then(
    name: ListName,
    times: Times,
    asked: dict[str, Any],
    columns: tuple[str, ...],
    query: dict[str, list[str]],
) -> ListPage:
    """The page at another time: ``columns`` are its claims' documents or its own records."""
    then = page_then(name, times, asked, SIZE)
    return ListPage(
        rows=[tuple(row[column] for column in columns) for row in then.rows],
        facets=[],
        sorts=[],
        next_url=_url(query, "cursor", [then.cursor]) if then.cursor else "",
        total=None,
        asked=asked,
        times=times,
        kept=_kept(query),
    )


def _kept(query: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    apart = {"sort", *(one.name for one in TIMES)}
    pairs = ((name, value) for name, values in query.items() for value in values)
    return tuple((name, value) for name, value in pairs if name not in apart)


def typed(request: HttpRequest) -> MultiValueDict[str, str]:
    """The query without the dates that a form left empty."""
    names = {one.name for one in TIMES}
    pairs = [(name, [one for one in values if one or name not in names])
             for name, values in request.GET.lists()]  # fmt: skip
    return MultiValueDict({name: values for name, values in pairs if values})


def _facet(
    facet: FacetColumn,
    rows: QuerySet[Any],
    filters: Sequence[Filter],
    asked: dict[str, Any],
    query: dict[str, list[str]],
) -> Facet:
    """Count each value under all other filters, so that a choice can be widened."""
    others = {name: value for name, value in asked.items() if name != facet.name}
    counts = (
        narrowed(rows, filters, others)
        .order_by()
        .values_list(facet.column)
        .annotate(count=Count("pk"))
        .order_by("-count", facet.column)
    )
    chosen = query.get(facet.name, [])
    return Facet(
        facet.name,
        [_value(facet, str(value), count, chosen, query) for value, count in counts if value],
    )


def _value(
    facet: FacetColumn, value: str, count: int, chosen: list[str], query: dict[str, list[str]]
) -> FacetValue:
    label = (facet.labels or {}).get(value) or value.replace("-", " ").replace("_", " ")
    is_chosen = value in chosen
    wanted = [one for one in chosen if one != value] if is_chosen else [*chosen, value]
    return FacetValue(value, str(label), count, _url(query, facet.name, wanted), is_chosen)


def _query(request: HttpRequest) -> dict[str, list[str]]:
    """The query without its place in the list: another choice starts at the first page."""
    return {name: values for name, values in typed(request).lists() if name != "cursor"}


def _url(query: dict[str, list[str]], name: str, values: list[str]) -> str:
    return "?" + urlencode({**query, name: values}, doseq=True)
