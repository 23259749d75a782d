"""The thread on a claim, for the desk only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from claims.choices import Notice, WatchedNoun
from claims.errors import InvalidValueError, TransitionError
from claims.models import Claim, Comment
from claims.workflow.acts import act
from claims.workflow.events import moment
from claims.workflow.followers import followers_of
from claims.workflow.history import bulk_create_signed, signed_save
from claims.workflow.named_accounts import accounts_named_in
from claims.workflow.telling import tell
from claims.workflow.verbs import require_permission


def write_comments(
    *, notes: Sequence[tuple[Claim, str]], by: User, now: dt.datetime | None = None
) -> list[Comment]:
    """Add a message to each of these claims, as write_comment does."""
    require_permission(by, "edit_desk")
    at = moment(now)
    rows = [
        Comment(claim=claim, author=by, body=_body(text), written_at=at) for claim, text in notes
    ]
    with act("write_comments", by=by, reason="Commented."):
        bulk_create_signed(rows, by=by, reason="Commented.", now=at)
        _tell(rows, by)
    return rows


def write_comment(*, claim: Claim, by: User, body: str, now: dt.datetime | None = None) -> Comment:
    """Add a message to the claim's thread; it is never published."""
    require_permission(by, "edit_desk")
    at = moment(now)
    comment = Comment(claim=claim, author=by, body=_body(body), written_at=at)
    with transaction.atomic(), act("write_comment", by=by, reason="Commented."):
        _tell([comment], by)
        return signed_save(comment, by=by, reason="Commented.", now=at)


def resolve_comment(*, comment: Comment, by: User, now: dt.datetime | None = None) -> Comment:
    """Mark a message as dealt with."""
    require_permission(by, "edit_desk")
    at = moment(now)
    with transaction.atomic(), act("resolve_comment", by=by, reason="Resolved the comment."):
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        if row.resolved_at is not None:
            raise TransitionError("This comment is resolved already.", field="resolved_at")
        row.resolved_by, row.resolved_at = by, at
        return signed_save(row, by=by, reason="Resolved the comment.", now=at)


def _tell(comments: Sequence[Comment], by: User) -> None:
    """Tell those whom a comment names that it does, and all others that follow its claim."""
    following = followers_of(WatchedNoun.CLAIM, [one.claim_id for one in comments])
    for one in comments:
        named = {account.pk for account in accounts_named_in(one.body).accounts}
        told: dict[str, Any] = {"by": by, "words": one.body}
        tell(Notice.NAMED, one.claim_id, to=named, **told)
        others = following.get(one.claim_id, set()) - named
        tell(Notice.COMMENTED, one.claim_id, to=others, **told)


def _body(text: str) -> str:
    limit: int = settings.FACTBASE_LIMITS["comment_characters"]
    if not text.strip() or len(text) > limit:
        raise InvalidValueError(f"body: write 1 to {limit} characters.", field="body")
    return text.strip()
