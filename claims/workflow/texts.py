"""Approving article texts: what was read of a text and its data is what readers get."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from claims.choices import BorrowedNoun
from claims.domain.documents import dump_document
from claims.errors import SelfApprovalError, StaleRevisionError, TransitionError
from claims.models import Anchor, Article, ArticleRevision, PublishedArticle
from claims.querysets.article import APPROVED_DATA
from claims.workflow.anchors import MovedAnchor, approved_after
from claims.workflow.authors import row_authors
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.marks import remark_article
from claims.workflow.passages import write_passages
from claims.workflow.rows import write_newest
from claims.workflow.verbs import verb


@dataclass(frozen=True, slots=True)
class TextCandidate:
    """What approving an article's revision publishes: its text, its data and its marks.

    ``document`` has slug, title, language, licence, origin_url, revision, format, text and
    anchors, a list of {"figure", "start", "end"} in code points; ``authors`` may not approve.
    """

    revision: ArticleRevision
    document: dict[str, Any]
    authors: frozenset[int]

    @property
    def witness(self) -> str:
        """SHA-256 (hex) of the document: what an approval names."""
        return hashlib.sha256(dump_document(self.document).encode()).hexdigest()


def read_text_candidate(revision: ArticleRevision) -> TextCandidate:
    """Build what approving the revision would publish from one reading of its rows."""
    article = Article.objects.get(pk=revision.article_id)
    row = ArticleRevision.objects.get(pk=revision.pk)
    anchors = Anchor.objects.filter(revision=row).order_by("start", "end", "pk")
    marks = anchors.values_list("assertion_id", "start", "end")
    return TextCandidate(row, _document(article, row, marks), _authors(article, row))


def foreseen_candidate(revision: ArticleRevision, places: Sequence[MovedAnchor]) -> TextCandidate:
    """The candidate of a text that is not stored yet, its statements at ``places``.

    Once it is stored with these places its candidate is the same, witness included.
    """
    found = [(one.anchor.assertion_id, one.then) for one in places if one.then is not None]
    marks = [(figure, then.start, then.end) for figure, then in found]
    marks.sort(key=lambda mark: mark[1:])
    article = revision.article
    return TextCandidate(revision, _document(article, revision, marks), _authors(article, revision))


def text_witness(revision: ArticleRevision) -> str:
    """The witness of what approving the revision would publish now."""
    return read_text_candidate(revision).witness


@verb("review_claim")
def approve_revision(
    *,
    revision: ArticleRevision,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> ArticleRevision:
    """Let readers see a text with its title, licence and origin; its authors cannot approve it.

    ``witness`` is that of the candidate that the approver saw.
    """
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    candidate = read_text_candidate(revision)
    row = candidate.revision
    if row.approved_at is not None:
        raise TransitionError("This revision is approved already.", field="approved_at")
    if by.pk in candidate.authors:
        raise SelfApprovalError(
            "You wrote this text, or changed what readers are told about the article; "
            "somebody else must approve it."
        )
    if witness is not None and witness != candidate.witness:
        raise StaleRevisionError(
            f"{row.article.ref} changed since you read it; read its text and data again."
        )
    at = approved_after(row, moment(now))
    row.title = candidate.document["title"]
    row.approved_by, row.approved_at = by, at
    signed_save(row, by=by, reason=reason, now=at)
    if not row.article.revisions.approved().filter(number__gt=row.number).exists():
        show_article_data(article, row)
    remark_article(row)
    return row


def _document(
    article: Article, revision: ArticleRevision, marks: Iterable[tuple[int, int, int]]
) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        **{name: getattr(article, name) for name in APPROVED_DATA},
        "revision": revision.number,
        "format": revision.format,
        "text": revision.text,
        "anchors": [
            {"figure": f"F{figure}", "start": start, "end": end} for figure, start, end in marks
        ],
    }


def _authors(article: Article, revision: ArticleRevision) -> frozenset[int]:
    """Who added the text, and who wrote data that no approval has shown yet."""
    shown = PublishedArticle.objects.filter(article=article).first()
    since = shown.shown if shown is not None else 0
    return row_authors(BorrowedNoun.ARTICLE, article.pk, since) | {revision.added_by_id}


def show_article_data(article: Article, revision: ArticleRevision) -> None:
    """Give readers the locked article's data as they stand, beside this approved revision."""
    data = {name: getattr(article, name) for name in APPROVED_DATA}
    newest = article.history.latest("history_id").history_id
    row = PublishedArticle(article=article, revision=revision, shown=newest, **data)
    write_newest([row], key="article")
    write_passages(revision)
