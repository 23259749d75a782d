"""Where the newest texts of the desk say what a claim holds: the sentence around each anchor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.choices import AnchorStatus
from claims.models import Anchor, ArticleRevision, Claim
from claims.reading.text.sentences import sentence_around


@dataclass(frozen=True, slots=True)
class AnchorPlace:
    """A sentence in three parts, the middle one the anchor's words; ``is_lost`` from the text."""

    figure: str
    before: str
    exact: str
    after: str
    revision: ArticleRevision
    is_approved: bool
    is_newest: bool
    is_lost: bool


def anchor_places(claim: Claim) -> list[AnchorPlace]:
    """One place for each statement and article, in the newest text that it was noted in."""
    anchors = Anchor.objects.filter(assertion__claim=claim).select_related("assertion")
    rows = anchors.order_by("assertion", "start", "pk")
    revisions = _revisions(anchor.revision_id for anchor in rows)
    newest: dict[tuple[int, int], int] = {}
    for anchor in rows:
        key = anchor.assertion_id, revisions[anchor.revision_id].article_id
        newest[key] = max(newest.get(key, 0), revisions[anchor.revision_id].number)
    last = _last_numbers(revisions.values())
    return [
        _place(anchor, revision, last[revision.article_id])
        for anchor in rows
        for revision in [revisions[anchor.revision_id]]
        if revision.number == newest[anchor.assertion_id, revision.article_id]
    ]


def _revisions(numbers: Iterable[int]) -> dict[int, ArticleRevision]:
    found = ArticleRevision.objects.filter(pk__in=set(numbers)).select_related("article")
    return {row.pk: row for row in found}


def _last_numbers(revisions: Iterable[ArticleRevision]) -> dict[int, int]:
    articles = {row.article_id for row in revisions}
    rows = ArticleRevision.objects.filter(article__in=articles).order_by("number")
    return dict(rows.values_list("article", "number"))


def _place(anchor: Anchor, revision: ArticleRevision, last: int) -> AnchorPlace:
    before, after = sentence_around(revision.text, anchor.start, anchor.end)
    return AnchorPlace(
        figure=anchor.assertion.ref,
        before=before,
        exact=revision.text[anchor.start : anchor.end],
        after=after,
        revision=revision,
        is_approved=revision.approved_at is not None,
        is_newest=revision.number == last,
        is_lost=anchor.status == AnchorStatus.ORPHANED,
    )
