"""Adding articles and their revisions, and editing what is known about them."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.text import slugify

from claims.choices import ArticleFormat, BorrowedNoun
from claims.errors import InvalidValueError
from claims.models import Article, ArticleRevision
from claims.querysets.lookup import rows_known_as
from claims.workflow.corrections import note_edit
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed, signed_save
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
    """Store a text as the newest revision of its article; the newest text again adds nothing.

    The text is kept in NFC. The article is found by its slug, which is made from the title.
    """
    at = moment(now)
    body = checked_text(text)
    found = _find(slug or slugify(title)[:200])
    article = found or _fill(Article(slug=slug or slugify(title)[:200]), {"title": title, **fields})
    digest = hashlib.sha256(body.encode()).hexdigest()
    newest = found.revisions.newest_first().first() if found is not None else None
    if newest is not None and newest.sha256 == digest:
        return newest
    revision = ArticleRevision(
        article=article,
        number=newest.number + 1 if newest is not None else 1,
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
    """Change an article's data; readers see it when somebody else has approved it."""
    row, at = Article.objects.select_for_update().get(pk=article.pk), moment(now)
    _save(row, changes, by=by, reason=reason, now=at)
    note_edit(BorrowedNoun.ARTICLE, row, by=by, reason=reason, now=at)
    return row


def checked_text(text: str) -> str:
    """The text in NFC; refused when it is empty, too long or not to be stored."""
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
