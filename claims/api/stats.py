"""How many claims and figures there are, by what they have in common."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import ExtractYear
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api import notices
from claims.api.claims import ClaimList
from claims.api.envelopes import envelope, self_link
from claims.api.freshness import entity_tag, is_fresh, not_modified, publication_head
from claims.api.public import PublicView, text_answer
from claims.domain.documents import dump_document
from claims.domain.refs import SUBJECT
from claims.filtering import filters
from claims.filtering import parameters as read
from claims.models import ClaimVersion

GROUPS: dict[str, Any] = {
    "contention": "contention",
    "severity": "severity",
    "measure": "measure__slug",
    "subject": "subject_id",
    "year": ExtractYear("event_earliest"),
}
MOST = 1_000  # groups in one answer


class StatList(PublicView):
    """Counts by group; the filters are those of claims."""

    noun = "stat"
    operation = "stats_list"
    summary = "Counts of claims and figures by group."
    document = notices.Group
    is_list = True
    parameters = (
        read.choice("group_by", GROUPS, "What the claims of a group have in common."),
        *(one.parameter for one in ClaimList.filters),
    )

    def get(self, request: Request) -> HttpResponse:
        """Answer one row a group, in one query."""
        asked, kind = self.read(request, "")
        head = publication_head()
        parts = (head.sha256, request._request.get_full_path())
        tag = entity_tag(kind, *parts)
        if is_fresh(request._request, tag):
            return not_modified(tag)
        names = tuple(dict.fromkeys(asked.get("group_by", ("contention",))))
        rows = filters.narrowed(ClaimVersion.objects.public(), ClaimList.filters, asked)
        columns = {f"by_{name}": _column(name) for name in names}
        counted = rows.order_by().annotate(**columns).values_list(*columns)
        found = counted.annotate(claims=Count("pk"), statements=Sum("figure_count"))
        texts = [dump_document(_group(names, row)) for row in found.order_by(*columns)[:MOST]]
        meta = {
            "count": len(texts),
            "limit": MOST,
            "sort": ",".join(names),
            "sequence": head.sequence,
        }
        body = envelope(texts, meta, {"self": self_link(request._request), "next": None})
        return text_answer(request._request, body, kind, parts)


def _column(name: str) -> Any:
    column = GROUPS[name]
    return F(column) if isinstance(column, str) else column


def _group(names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    group: dict[str, Any] = dict(zip(names, row, strict=False))
    if "subject" in group:
        group["subject"] = f"{SUBJECT}{group['subject']}"
    return {**group, "claims": row[-2], "figures": row[-1]}
