"""A simple search: words in questions and titles, numbers and ranges in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from rest_framework.request import Request

from claims.api import notices
from claims.api.envelopes import self_link
from claims.api.freshness import entity_tag, is_fresh, not_modified, publication_head
from claims.api.public import PublicView, text_answer
from claims.choices import AssertionStatus, Contention
from claims.domain.document_format import read_row
from claims.domain.documents import dump_document
from claims.domain.refs import CLAIM, SOURCE, SUBJECT
from claims.exporters.pages import Page, envelope
from claims.filtering import parameters as read
from claims.filtering.filters import holding, stating
from claims.models import ClaimVersion, PublishedFigure, PublishedSource, PublishedSubject

_NUMBER: Final = r"[0-9]{1,15}"
_RANGE: Final = re.compile(rf"({_NUMBER})(?:\.\.({_NUMBER}))?", re.ASCII)
QUERY: Final = read.words("q", "Words, a number such as 97, or a range such as 60..100.")
MOST: Final = 20  # things of each kind


class SearchList(PublicView):
    """Claims, figures, sources and subjects that hold the words, or the number, or the range."""

    noun = "hit"
    operation = "search_list"
    summary = "Words find claims, sources and subjects; 97 or 60..100 finds figures."
    document = notices.Hit
    is_list = True
    parameters = (replace(QUERY, required=True),)

    def get(self, request: Request) -> HttpResponse:
        """Answer at most twenty things of each kind."""
        asked, kind = self.read(request, "")
        head = publication_head()
        parts = (head.sha256, request._request.get_full_path())
        tag = entity_tag(kind, *parts)
        if is_fresh(request._request, tag):
            return not_modified(tag)
        texts = [dump_document(hit) for hit in hits(asked["q"])]
        meta = {"count": len(texts), "limit": MOST, "sort": "type", "sequence": head.sequence}
        links = {"self": self_link(request._request), "next": None}
        body = envelope(Page(texts, meta, links))
        return text_answer(request._request, body, kind, parts)


def hits(words: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield what the words find: claims, then figures, sources and subjects."""
    versions = ClaimVersion.objects.public().filter(holding("search__folded", words))
    # Disputed claims first: they are what people come for.
    ordered = sorted(
        versions.order_by("claim_id").values_list("claim_id", "question", "contention")[:MOST],
        key=lambda row: row[2] != Contention.DISPUTED,
    )
    for number, question, contention in ordered:
        yield _hit("claim", f"{CLAIM}{number}", question, contention, "claims")
    if len(words) == 1 and (match := _RANGE.fullmatch(words[0])):
        yield from _figures(match[1], match[2] or match[1])
    sources = PublishedSource.objects.cited().filter(holding("folded", words)).order_by("source_id")
    for number, title in sources.values_list("source_id", "title")[:MOST]:
        yield _hit("source", f"{SOURCE}{number}", title, "", "sources")
    subjects = (
        PublishedSubject.objects.about_public_claims()
        .filter(holding("folded", words))
        .order_by("subject_id")
    )
    for number, title in subjects.values_list("subject_id", "title")[:MOST]:
        yield _hit("subject", f"{SUBJECT}{number}", title, "", "subjects")


def _figures(low: str, high: str) -> Iterator[dict[str, Any]]:
    ends = sorted((Decimal(low), Decimal(high)))
    figures = PublishedFigure.objects.filter(stating(*ends))
    for text in figures.order_by("assertion_id").values_list("record", flat=True)[:MOST]:
        row = read_row(text)
        detail = f"{row['words']}, {row['said_by']}"
        if row["status"] != AssertionStatus.LIVE:
            detail = f"{detail} ({row['status']})"
        yield {
            **_hit("figure", row["figure_ref"], row["question"], detail.strip(", "), "claims"),
            "url": f"/claims/{row['claim_ref']}/",
        }


def _hit(kind: str, ref: str, title: str, detail: str, folder: str) -> dict[str, Any]:
    url = f"/{folder}/{ref}/"
    return {"type": kind, "ref": ref, "title": title, "detail": detail, "url": url}
