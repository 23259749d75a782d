"""Changing an article's text on the desk: what the preview showed is what is stored for review."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.choices import AnchorStatus, ArticleFormat
from claims.errors import InvalidValueError, StaleRevisionError
from claims.models import Anchor, Article, ArticleRevision
from claims.workflow.anchors import MovedAnchor, follow_anchors, foresee_anchors, is_open
from claims.workflow.articles import checked_text
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed
from claims.workflow.texts import TextCandidate, foreseen_candidate
from claims.workflow.verbs import verb


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement whose words stand changed in the text: the words before and now."""

    anchor: Anchor
    words: str


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of the statements of an article in a text of it.

    ``kept`` is how many stand there in the same words; ``lost`` are the last places of those
    that count and that the text does not hold, those that an earlier text lost included.
    """

    kept: int
    moved: list[Moved]
    lost: list[Anchor]


@dataclass(frozen=True, slots=True)
class TextPreview:
    """What storing a text would do: what readers would get of it, and where statements go."""

    candidate: TextCandidate
    fates: Fates


@verb("edit_desk")
def change_text(
    *,
    base: ArticleRevision,
    text: str,
    by: User,
    reason: str,
    format: str = "",  # noqa: A002  the word of the command line and the API
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> ArticleRevision:
    """Store a changed text as the newest of its article, its statements followed into it.

    ``base`` is the text that was edited; without ``format`` the text keeps that of the base.
    Readers see it when somebody else approved it. ``witness`` is that of the preview's candidate.
    Raises StaleRevisionError when a newer text than the base is there, or when what was shown is
    no longer what would be stored.
    """
    article = Article.objects.select_for_update().get(pk=base.article_id)
    newest = article.revisions.newest_first()[0]
    if newest.pk != base.pk:
        raise StaleRevisionError(
            f"{article.ref}: somebody submitted revision {newest.number} while you edited "
            f"revision {base.number}; merge both texts."
        )
    at = moment(now)
    revision = _next_revision(article, base, text, format, by, at)
    if witness is not None and witness != _preview(revision).candidate.witness:
        raise StaleRevisionError(
            f"{article.ref}: this is not what the preview showed; look at it again."
        )
    bulk_create_signed([revision], by=by, reason=reason, now=at)
    follow_anchors(revision=revision, by=by, reason=reason, now=at)
    return revision


def preview_text(
    *,
    base: ArticleRevision,
    text: str,
    by: User,
    format: str = "",  # noqa: A002  as above
) -> TextPreview:
    """Tell what change_text would store; nothing is written. Refuses texts as it does."""
    article = Article.objects.get(pk=base.article_id)
    return _preview(_next_revision(article, base, text, format, by, moment(None)))


def fates_in(revision: ArticleRevision) -> Fates:
    """What became of the statements in a stored text."""
    here = revision.anchors.select_related("assertion__claim")
    rows = [row for row in here.order_by("start", "end", "pk") if is_open(row)]
    changed = [row for row in rows if row.status == AnchorStatus.MOVED]
    before = Anchor.objects.filter(
        assertion__in=[row.assertion_id for row in changed],
        revision__article=revision.article_id,
        revision__number__lt=revision.number,
    ).select_related("assertion__claim")
    last = {row.assertion_id: row for row in before.order_by("revision__number", "pk")}
    moved = [Moved(last.get(row.assertion_id, row), row.exact) for row in changed]
    lost = Anchor.objects.lost().filter(
        revision__article=revision.article_id, revision__number__lt=revision.number
    )
    gone = sorted(lost.select_related("assertion__claim"), key=_place_of)
    return Fates(len(rows) - len(changed), moved, gone)


def _next_revision(
    article: Article,
    base: ArticleRevision,
    text: str,
    format: str,  # noqa: A002  as above
    by: User,
    at: dt.datetime,
) -> ArticleRevision:
    """The text as the revision after the base, not yet stored."""
    body, written = checked_text(text), format or base.format
    if written not in ArticleFormat.values:
        raise InvalidValueError(f"format: {written!r} is none of the formats.", field="format")
    if (body, written) == (base.text, base.format):
        raise InvalidValueError(
            "text: nothing was changed; this is the newest text of the article.", field="text"
        )
    return ArticleRevision(
        article=article,
        number=base.number + 1,
        title=article.title,
        format=written,
        text=body,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        added_by=by,
        added_at=at,
    )


def _preview(revision: ArticleRevision) -> TextPreview:
    places = foresee_anchors(revision)
    return TextPreview(foreseen_candidate(revision, places), _fates_of(revision, places))


def _fates_of(revision: ArticleRevision, places: Sequence[MovedAnchor]) -> Fates:
    text = revision.text
    counted = [one for one in places if is_open(one.anchor)]
    moved = [
        Moved(one.anchor, text[one.then.start : one.then.end])
        for one in counted
        if one.then is not None and one.status == AnchorStatus.MOVED
    ]
    lost = [one.anchor for one in counted if one.then is None]
    return Fates(len(counted) - len(moved) - len(lost), moved, sorted(lost, key=_place_of))


def _place_of(anchor: Anchor) -> tuple[int, int, int]:
    return anchor.start, anchor.end, anchor.pk
