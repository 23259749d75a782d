"""The places of a statement in the public document: quotes of approved texts."""

from __future__ import annotations

from collections.abc import Mapping

from claims.choices import AnchorStatus
from claims.domain.published_figures import AnchorEntry
from claims.models import Anchor, Assertion


def anchor_entries(row: Assertion, approved: Mapping[int, int]) -> list[AnchorEntry]:
    """Where the newest approved texts that hold the statement say it.

    ``approved`` maps an article's number to its newest approved revision's. Texts that nobody
    approved are left out: neither their words nor that they exist are for readers.
    """
    shown = [anchor for anchor in row.anchors.all() if anchor.revision.approved_at is not None]
    newest: dict[int, int] = {}
    for anchor in shown:
        article = anchor.revision.article_id
        newest[article] = max(newest.get(article, 0), anchor.revision.number)
    return [
        _anchor_entry(anchor, is_newest=anchor.revision.number == approved[article])
        for anchor in shown
        if anchor.revision.number == newest[article := anchor.revision.article_id]
    ]


def _anchor_entry(anchor: Anchor, *, is_newest: bool) -> AnchorEntry:
    revision = anchor.revision
    # A text that still waits for approval may have lost the statement; readers have this one.
    stands = is_newest and anchor.status == AnchorStatus.ORPHANED
    return {
        "article": revision.article.ref,
        "slug": revision.article.slug,
        "title": revision.title,
        "revision": revision.number,
        "sha256": revision.sha256,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": anchor.start,
        "end": anchor.end,
        "status": AnchorStatus.EXACT if stands else anchor.status,
    }
