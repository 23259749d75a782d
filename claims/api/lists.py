"""Lists of stored documents: filters, order, keyset pages, formats."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from claims.api.envelopes import link_with, self_link, trimmed
from claims.api.formats import asked_fields, look_of
from claims.api.freshness import (
    Head,
    entity_tag,
    is_fresh,
    not_modified,
    publication_head,
)
from claims.api.public import PublicView, text_answer
from claims.api.shapes import members_of
from claims.exporters.formats import PagePart, formats_of, page_writer
from claims.exporters.pages import Page
from claims.filtering import parameters as read
from claims.filtering.cursors import Sort, page
from claims.filtering.filters import Filter, narrowed
from claims.filtering.parameters import Parameter
from claims.filtering.then import ListName, ThenPage, is_stored, page_then
from claims.filtering.then_named import GATHERED, NamedList, page_named
from claims.filtering.times import TIMES, Times, times_of

type FoundRows = tuple[list[tuple[Any, ...]], str, dict[str, Any]]

LIMITS: dict[str, Any] = settings.FACTBASE_LIMITS
PAGING = (
    read.whole("limit", 1, LIMITS["page_size_max"], "Rows on a page."),
    read.text("cursor", "Where the page starts; take it from links.next.", length=600),
)
TOTAL = read.choice("include", ["total"], "Count the rows of all pages too.", many=False)


class StoredList(PublicView):
    """A list whose rows are finished texts in one column; two queries, however many rows."""

    is_list = True
    part: ClassVar[PagePart] = "records"  # what its pages are, of what formats may hold
    formats: ClassVar[tuple[str, ...]] = formats_of("records")
    filters: ClassVar[tuple[Filter, ...]] = ()
    sorts: ClassVar[dict[str, Sort]] = {}
    columns: ClassVar[tuple[str, ...]] = ("record",)
    # Its name, where it can be asked of another time.
    of_times: ClassVar[ListName | NamedList | None] = None

    def rows(self, asked: dict[str, Any]) -> QuerySet[Any]:
        """Return the public rows, before filters."""
        raise NotImplementedError

    def declared(self) -> tuple[Parameter, ...]:
        """Return filters, paging and format; the first sort is the default."""
        sort = read.choice("sort", self.sorts, "The order of rows.", many=False)
        filters = tuple(one.parameter for one in self.filters)
        return (
            *filters,
            *(TIMES if self.of_times else ()),
            *PAGING,
            sort,
            TOTAL,
            read.members(members_of(self.document)),
            *super().declared(),
        )

    def get(self, request: Request, suffix: str = "", **parts: Any) -> HttpResponse:
        """Answer one page, or 304 when nothing was published since."""
        asked, kind = self.read(request, suffix)
        names = asked_fields(self.document, asked, kind)
        head = self.newest()
        look = look_of(request._request, asked)
        determined_by = (head.sha256, request._request.get_full_path(), look.base)
        tag = entity_tag(kind, *determined_by)
        if is_fresh(request._request, tag):
            return not_modified(tag)
        limit = asked.get("limit", LIMITS["page_size"])
        times = times_of(asked)
        found, cursor, more = (
            self._of_then(times, asked, kind, limit)
            if self.of_times and times
            else self._of_now(asked, kind, limit)
        )
        meta = {"count": len(found), "limit": limit, "sequence": head.sequence} | more
        texts = self.texts(kind, found, asked)
        if names:
            texts = [trimmed(text, names) for text in texts]
        page = Page(texts, meta, self._links(request._request, cursor), look)
        body = page_writer(kind, self.part)(page)
        return linked(
            text_answer(request._request, body, kind, determined_by), request._request, cursor
        )

    def _of_now(self, asked: dict[str, Any], kind: str, limit: int) -> FoundRows:
        """Rows of a page as they are stored, the next cursor, and what ``meta`` says of them."""
        return self._stored(self.rows(asked), asked, kind, limit)

    def _stored(
        self, whole: QuerySet[Any], asked: dict[str, Any], kind: str, limit: int
    ) -> FoundRows:
        sort = self._sort(asked)
        rows = narrowed(whole, self.filters, asked)
        cursor = asked.get("cursor", "")
        found, following = page(rows, sort, cursor, limit, self.columns_for(kind))
        if not found and not cursor:
            self.refuse_missing()
        meta: dict[str, Any] = {"sort": sort.name}
        if "include" in asked:
            meta |= capped_total(rows)
        if sort.needs:
            meta["sort_leaves_out"] = sort.needs
        return found, following, meta

    def _of_then(self, times: Times, asked: dict[str, Any], kind: str, limit: int) -> FoundRows:
        """The same at another time, worked out from the documents of then."""
        if self.of_times == "claims" and is_stored(times, asked):
            found, cursor, meta = self._stored(times.public(), asked, kind, limit)
            return found, cursor, meta | times.members()
        then, sorted_by = self._worked_out(times, asked, limit)
        columns = self.columns_for(kind)
        rows = [tuple(row[name] for name in columns) for row in then.rows]
        meta = {"sort": sorted_by, "examined": then.examined, **times.members()}
        if "include" in asked:
            meta |= {"total": then.total, "total_max": GATHERED}
        return rows, then.cursor, meta

    def _worked_out(self, times: Times, asked: dict[str, Any], limit: int) -> tuple[ThenPage, str]:
        """The page, and the name of its order."""
        match self.of_times:
            case "sources" | "subjects" as name:
                sort = self._sort(asked)
                return page_named(name, times, asked, sort, limit), sort.name
            case "claims" | "figures" | "disputes" as name:
                return page_then(name, times, asked, limit), "claim"
            case None:
                raise AssertionError("This list knows no other time.")

    def _sort(self, asked: dict[str, Any]) -> Sort:
        """The order asked for, else the first one."""
        return self.sorts[asked.get("sort", next(iter(self.sorts)))]

    def newest(self) -> Head:
        """Return the newest publication that the answer depends on. One query."""
        return publication_head()

    def columns_for(self, kind: str) -> tuple[str, ...]:
        """Return the columns that an answer in this format is made of."""
        return self.columns

    def refuse_missing(self) -> None:
        """Raise not-found where an empty list means that its owner is not public."""

    def texts(self, kind: str, found: list[tuple[Any, ...]], asked: dict[str, Any]) -> list[str]:
        """Return the finished text of each row: the first column as it is stored."""
        return [row[0] for row in found]

    def _links(self, request: HttpRequest, cursor: str) -> dict[str, str | None]:
        following = link_with(request, cursor=cursor) if cursor else None
        return {"self": self_link(request), "next": following}


def capped_total(rows: QuerySet[Any]) -> dict[str, int]:
    """Return how many rows there are, counted no further than the cap. One query."""
    cap = LIMITS["count_max"]
    return {"total": rows.order_by()[:cap].count(), "total_max": cap}


def linked(response: HttpResponse, request: HttpRequest, cursor: str) -> HttpResponse:
    """Return the response with a Link header to the next page, if there is one."""
    if cursor and response.status_code == 200:
        response.headers["Link"] = f'<{link_with(request, cursor=cursor)}>; rel="next"'
    return response
