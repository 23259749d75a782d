"""The feed of changes: every publication in its order, tombstones included."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from claims.api import notices
from claims.api.envelopes import link_with, self_link
from claims.api.freshness import entity_tag, is_fresh, not_modified, publication_head
from claims.api.lists import LIMITS, PAGING
from claims.api.public import PublicView, text_answer
from claims.domain.documents import dump_document, moment_text
from claims.domain.refs import CLAIM
from claims.exporters.formats import formats_of, page_writer
from claims.exporters.pages import Page
from claims.filtering import parameters as read
from claims.models import ClaimVersion

COLUMNS = (
    *("sequence", "claim_id", "op", "number", "published_at", "question"),
    *("contention", "summary", "sha256"),
)


class ChangeList(PublicView):
    """Publications after a sequence; the last page's next link is where to ask again."""

    noun = "change"
    operation = "changes_list"
    summary = "Every publication after a sequence, oldest first."
    document = notices.Change
    is_list = True
    formats = formats_of("records")
    parameters = (
        read.whole("after", 0, 2**63 - 1, "Only publications after this sequence."),
        PAGING[0],
    )

    def get(self, request: Request, suffix: str = "") -> HttpResponse:
        """Answer one page; ``links.next`` always leads on, so that a mirror can poll it."""
        asked, kind = self.read(request, suffix)
        head = publication_head()
        parts = (head.sha256, request._request.get_full_path())
        tag = entity_tag(kind, *parts)
        if is_fresh(request._request, tag):
            return not_modified(tag)
        after, limit = asked.get("after", 0), asked.get("limit", LIMITS["page_size"])
        versions = ClaimVersion.objects.since(after)
        rows = list(versions.values_list(*COLUMNS)[:limit])
        texts = [dump_document(change_entry(*row)) for row in rows]
        following = link_with(request._request, after=str(rows[-1][0] if rows else after))
        meta = {"count": len(rows), "limit": limit, "sort": "sequence", "sequence": head.sequence}
        links: dict[str, str | None] = {"self": self_link(request._request), "next": following}
        body = page_writer(kind, "records")(Page(texts, meta, links))
        response = text_answer(request._request, body, kind, parts)
        response.headers["Link"] = f'<{following}>; rel="next"'
        return response


def change_entry(sequence: int, claim: int, op: str, number: int, *rest: Any) -> dict[str, Any]:
    """Return one line of the feed, from the values of COLUMNS."""
    at, question, contention, summary, sha256 = rest
    ref = f"{CLAIM}{claim}"
    return {
        "sequence": sequence,
        "ref": ref,
        "type": "claim",
        "op": op,
        "version": number,
        "at": moment_text(at),
        "url": f"/claims/{ref}/v/{number}/",
        "question": question,
        "contention": contention,
        "summary": summary,
        "sha256": sha256,
    }
