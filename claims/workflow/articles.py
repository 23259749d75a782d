"""Adding articles and their revisions, and approving what readers see of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max
from django.utils.text import slugify

from claims.choices import ArticleFormat
from claims.errors import InvalidValueError, SelfApprovalError, TransitionError
from claims.models import Article, ArticleRevision
from claims.querysets.lookup import rows_known_as
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed, signed_save
from claims.workflow.marks import remark_article
from claims.workflow.text import refuse_unstorable
from claims.workflow.values import assign, refuse_foreign_address
from claims.workflow.verbs import verb

FIELDS = frozenset({"title", "language", "origin_url", "licence"})


@verb("edit_desk")
def add_article(
    *,
    by: User,
    reason: str,
    title: str,
    text: str,
    format: str = ArticleFormat.PLAIN,  # noqa: A002  the word of the command line and the API
    slug: str = "",
    now: dt.datetime | None = None,
    **fields: Any,
) -> ArticleRevision:
    """Store a text as the newest revision of its article; the same text adds nothing.

    The text is kept in NFC. The article is found by its slug, which is made from the title.
    """
    at = moment(now)
    body = _checked_text(text)
    found = _find(slug or slugify(title)[:200])
    article = found or _fill(Article(slug=slug or slugify(title)[:200]), {"title": title, **fields})
    digest = hashlib.sha256(body.encode()).hexdigest()
    revisions = list(found.revisions.only("number", "sha256")) if found is not None else []
    same = next((row for row in revisions if row.sha256 == digest), None)
    if same is not None:
        return article.revisions.get(pk=same.pk)
    revision = ArticleRevision(
        article=article,
        number=max((row.number for row in revisions), default=0) + 1,
        title=article.title,
        format=format,
        text=body,
        sha256=digest,
        added_by=by,
        added_at=at,
    )
    new = [revision] if found is not None else [article, revision]
    bulk_create_signed(new, by=by, reason=reason, now=at)
    return revision


@verb("edit_desk")
def edit_article(
    *, article: Article, by: User, reason: str, now: dt.datetime | None = None, **changes: Any
) -> Article:
    """Change an article's data; readers see the title of the approved revision."""
    row = Article.objects.select_for_update().get(pk=article.pk)
    return _save(row, changes, by=by, reason=reason, now=moment(now))


@verb("review_claim")
def approve_revision(
    *, revision: ArticleRevision, by: User, reason: str, now: dt.datetime | None = None
) -> ArticleRevision:
    """Let readers see a revision; who added it cannot approve it."""
    Article.objects.select_for_update().get(pk=revision.article_id)
    row = ArticleRevision.objects.select_for_update().get(pk=revision.pk)
    if row.approved_at is not None:
        raise TransitionError("This revision is approved already.", field="approved_at")
    if row.added_by == by:
        raise SelfApprovalError("You added this revision; somebody else must approve it.")
    if _changed_data(row, by):
        raise SelfApprovalError(
            "You changed the article's data, which readers see with this revision; "
            "somebody else must approve it."
        )
    at = moment(now)
    row.approved_by, row.approved_at = by, at
    signed_save(row, by=by, reason=reason, now=at)
    remark_article(row)
    return row


def _changed_data(revision: ArticleRevision, by: User) -> bool:
    """Whether the person changed title, licence or origin since a revision was last approved."""
    approved = ArticleRevision.objects.approved().filter(article=revision.article_id)
    newest = approved.aggregate(newest=Max("approved_at"))["newest"]
    edits = revision.article.history.filter(history_type="~", history_user=by)
    return bool((edits.filter(history_date__gt=newest) if newest else edits).exists())


def _checked_text(text: str) -> str:
    body = unicodedata.normalize("NFC", refuse_unstorable(text, "text"))
    limit: int = settings.FACTBASE_LIMITS["article_bytes"]
    if not body.strip():
        raise InvalidValueError("text: the article is empty.", field="text")
    if len(body.encode()) > limit:
        raise InvalidValueError(f"text: at most {limit:,} bytes are taken.", field="text")
    return body


def _find(slug: str) -> Article | None:
    if not slug:
        raise InvalidValueError("title: give a title with letters or digits.", field="title")
    return next(iter(rows_known_as(Article, {"slug": [slug]}, lock=True)), None)


def _save(
    row: Article, fields: dict[str, Any], *, by: User, reason: str, now: dt.datetime
) -> Article:
    return signed_save(_fill(row, fields), by=by, reason=reason, now=now)


def _fill(row: Article, fields: dict[str, Any]) -> Article:
    assign(row, fields, FIELDS)
    if not row.title:
        raise InvalidValueError("title: an article needs a title.", field="title")
    refuse_foreign_address(row.origin_url, "origin_url")
    return row
