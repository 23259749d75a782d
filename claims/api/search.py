"""The search of the pages, for programs: at most twenty things of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpResponse
from rest_framework.request import Request

from claims.api import notices
from claims.api.envelopes import self_link
from claims.api.freshness import articles_head, entity_tag, is_fresh, not_modified
from claims.api.public import PublicView, text_answer
from claims.choices import AssertionStatus
from claims.domain.documents import dump_document
from claims.domain.search_text import MAX_LENGTH, Search, read_search
from claims.exporters.pages import Page, envelope
from claims.filtering.parameters import Parameter
from claims.filtering.searching import SHELVES, Found, SearchHit

QUERY: Final = Parameter(
    "q",
    read_search,
    "Words, a phrase in quotes, a number such as 97, a range such as 60..100, a day such as "
    "2012-01-24, or a reference such as C1. All of them must be found.",
    {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH},
    required=True,
)
MOST: Final = 20  # things of each kind
_TYPES: Final = {"claims": "claim", "figures": "figure", "sources": "source",
                 "subjects": "subject", "articles": "article", "disputes": "dispute"}  # fmt: skip


class SearchList(PublicView):
    """Claims, statements, sources, subjects and articles that hold all that was asked for."""

    noun = "hit"
    operation = "search_list"
    summary = "Words, numbers, ranges and references find claims, statements and what they cite."
    document = notices.Hit
    is_list = True
    parameters = (QUERY,)

    def get(self, request: Request) -> HttpResponse:
        """Answer at most twenty things of each kind, what was named by its reference first."""
        asked, kind = self.read(request, "")
        head = articles_head()  # texts are found, too
        parts = (head.sha256, request._request.get_full_path())
        tag = entity_tag(kind, *parts)
        if is_fresh(request._request, tag):
            return not_modified(tag)
        texts = [dump_document(_as_json(hit)) for hit in hits(asked["q"])]
        meta = {"count": len(texts), "limit": MOST, "sort": "type", "sequence": head.sequence}
        links = {"self": self_link(request._request), "next": None}
        body = envelope(Page(texts, meta, links))
        return text_answer(request._request, body, kind, parts)


def hits(asked: Search) -> Iterator[SearchHit]:
    """Yield what is found: by reference, then claims, statements, sources, subjects, articles."""
    found = Found(asked)
    if found.exact is not None:
        yield found.exact
    for shelf in SHELVES:
        for hit in found.hits(shelf, most=MOST):
            if found.exact is None or hit.ref != found.exact.ref:
                yield hit


def _as_json(hit: SearchHit) -> dict[str, Any]:
    title, detail = _words(hit.title), ""
    if hit.shelf == "claims":
        detail = hit.document["contention"]
    elif hit.shelf == "figures":
        row = hit.document
        title, detail = row["question"], f"{row['words']}, {row['said_by']}".strip(", ")
        if row["status"] != AssertionStatus.LIVE:
            detail = f"{detail} ({row['status']})"
    return {
        "type": _TYPES[hit.shelf],
        "ref": hit.ref,
        "title": title,
        "detail": detail,
        "snippet": _words(hit.snippet),
        "url": hit.url.partition("#")[0],
    }


def _words(pieces: list[Any]) -> str:
    return "".join(piece.text for piece in pieces)
