"""Writing the log of decisions, and what every change of a claim leaves behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils import timezone

from claims.choices import ReviewAction, WatchedNoun
from claims.models import Claim, Dispute, ReviewEvent
from claims.models.acts import Deed, current_act, current_act_id
from claims.models.states import ordered_key, row_digest
from claims.workflow.rows import new_row


def moment(now: dt.datetime | None) -> dt.datetime:
    """The time of a change: the one passed in, else the clock's."""
    return now if now is not None else timezone.now()


def log_event(
    claim: Claim,
    actor: User | None,
    action: ReviewAction,
    comment: str,
    *,
    now: dt.datetime,
    dispute: Dispute | None = None,
) -> ReviewEvent:
    """Append one event; ``actor`` is None for the machine."""
    event = new_event(claim, actor, action, comment, now=now, dispute=dispute)
    event.save(force_insert=True)
    cover_events([event])
    return event


def cover_events(events: Iterable[ReviewEvent]) -> None:
    """Let the act in progress cover events that have their numbers, and tell of them."""
    held = current_act()
    if held is not None:
        table, found = ReviewEvent._meta.db_table, list(events)
        held.note_many([(table, ordered_key(event.pk), row_digest(event)) for event in found])
        held.note_deeds(deed_of(event) for event in found)


def deed_of(event: ReviewEvent) -> Deed:
    """What those who follow the claim may be told of the event."""
    return Deed(event.action, WatchedNoun.CLAIM, event.claim_id, event.actor_id, event.comment)


def new_event(
    claim: Claim,
    actor: User | None,
    action: ReviewAction,
    comment: str,
    *,
    now: dt.datetime,
    dispute: Dispute | None = None,
) -> ReviewEvent:
    """An event of the claim as it stands now, not yet stored."""
    return new_row(
        ReviewEvent,
        claim_id=claim.pk,
        dispute_id=dispute.pk if dispute is not None else None,
        actor_id=actor.pk if actor is not None else None,
        action=str(action),
        comment=comment,
        fingerprint=claim.fingerprint,
        revision=claim.revision,
        at=now,
        act=current_act_id(),
    )
