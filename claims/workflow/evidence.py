"""Adding, changing, superseding, withdrawing, rejecting and restoring assertions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from claims.choices import AssertionStatus
from claims.errors import InvalidValueError, TransitionError
from claims.models import Assertion, Claim
from claims.workflow.assertions import fill_assertion, fill_links
from claims.workflow.changes import record_change
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
from claims.workflow.merge_rules import refuse_merged_in
from claims.workflow.verbs import verb


@verb("edit_desk")
def add_assertion(
    *,
    claim: Claim,
    by: User,
    reason: str,
    status: str = AssertionStatus.LIVE,
    now: dt.datetime | None = None,
    **fields: Any,
) -> Assertion:
    """Add one source's answer. Fields: those of Assertion, and ``attributions``
    ([{"party", "role", "mode"}], speaker first), ``parties`` ([Party]), ``anchors``
    ([{"revision", "start", "end"}]).

    With another status than live it is on record and never counted: no dispute rests on it.
    """
    locked = lock_claim(claim)
    at = moment(now)
    if status not in AssertionStatus.values:
        known = ", ".join(AssertionStatus.values)
        raise InvalidValueError(f"status: {status!r} is not one of {known}.", field="status")
    assertion = _add(locked, fields, by=by, reason=reason, now=at, status=status)
    record_change(locked, by=by, reason=reason, now=at)
    return assertion


@verb("edit_desk")
def change_assertion(
    *,
    assertion: Assertion,
    by: User,
    reason: str,
    now: dt.datetime | None = None,
    **changes: Any,
) -> Assertion:
    """Correct how an answer was recorded; the history keeps what stood there before."""
    locked = lock_claim(assertion.claim)
    at = moment(now)
    row = _live_row(assertion)
    fill_assertion(row, locked, changes)
    signed_save(row, by=by, reason=reason, now=at)
    fill_links(row, changes, by=by, reason=reason, now=at)
    refuse_merged_in(row)
    record_change(locked, by=by, reason=reason, now=at)
    return row


@verb("edit_desk")
def supersede_assertion(
    *,
    assertion: Assertion,
    by: User,
    reason: str,
    now: dt.datetime | None = None,
    **fields: Any,
) -> Assertion:
    """Add what the same origin says now; the old answer stays readable as superseded."""
    locked = lock_claim(assertion.claim)
    at = moment(now)
    old = _live_row(assertion)
    _set_status(old, AssertionStatus.SUPERSEDED, by=by, reason=reason, now=at)
    row = _add(locked, fields, by=by, reason=reason, now=at, supersedes=old)
    record_change(locked, by=by, reason=reason, now=at)
    return row


@verb("edit_desk")
def withdraw_assertion(
    *, assertion: Assertion, by: User, reason: str, now: dt.datetime | None = None
) -> Assertion:
    """Take an answer out of the reckoning: it was recorded by mistake."""
    return _retire(assertion, AssertionStatus.WITHDRAWN, by=by, reason=reason, now=now)


@verb("edit_desk")
def reject_assertion(
    *, assertion: Assertion, by: User, reason: str, now: dt.datetime | None = None
) -> Assertion:
    """Take an answer out of the reckoning: it does not hold up."""
    return _retire(assertion, AssertionStatus.REJECTED, by=by, reason=reason, now=now)


@verb("edit_desk")
def restore_assertion(
    *, assertion: Assertion, by: User, reason: str, now: dt.datetime | None = None
) -> Assertion:
    """Let an answer count again that was withdrawn, rejected or superseded: an edit of its claim.

    It must still fit its claim, and not stand beside the answer that it replaced or that
    replaced it.
    """
    locked = lock_claim(assertion.claim)
    at = moment(now)
    row = _stored_row(assertion)
    if row.is_live:
        raise TransitionError(f"{row.ref} is live; there is nothing to restore.", field="status")
    _refuse_beside_its_other(row)
    row.status, row.status_reason = AssertionStatus.LIVE, ""
    fill_assertion(row, locked, {})
    signed_save(row, by=by, reason=reason, now=at)
    refuse_merged_in(row)
    record_change(locked, by=by, reason=reason, now=at)
    return row


def _add(
    claim: Claim,
    fields: dict[str, Any],
    *,
    by: User,
    reason: str,
    now: dt.datetime,
    supersedes: Assertion | None = None,
    status: str = AssertionStatus.LIVE,
) -> Assertion:
    row = Assertion(claim=claim, supersedes=supersedes, status=status)
    row.status_reason = "" if row.is_live else reason
    fill_assertion(row, claim, fields)
    signed_save(row, by=by, reason=reason, now=now)
    fill_links(row, fields, by=by, reason=reason, now=now)
    refuse_merged_in(row)
    return row


def _retire(
    assertion: Assertion,
    status: AssertionStatus,
    *,
    by: User,
    reason: str,
    now: dt.datetime | None,
) -> Assertion:
    locked = lock_claim(assertion.claim)
    at = moment(now)
    row = _live_row(assertion)
    _set_status(row, status, by=by, reason=reason, now=at)
    record_change(locked, by=by, reason=reason, now=at)
    return row


def _set_status(
    row: Assertion, status: AssertionStatus, *, by: User, reason: str, now: dt.datetime
) -> None:
    row.status, row.status_reason = status, reason
    signed_save(row, by=by, reason=reason, now=now)


def _refuse_beside_its_other(row: Assertion) -> None:
    """What an origin says now and what it said before never count both, however often it spoke."""
    replaced = dict(Assertion.objects.filter(claim=row.claim_id).values_list("pk", "supersedes"))
    family = {row.pk}
    while (
        more := {
            number
            for pair in replaced.items()
            if not family.isdisjoint(pair)
            for number in pair
            if number is not None
        }
        - family
    ):
        family |= more
    other = Assertion.objects.live().filter(pk__in=family).order_by("pk").first()
    if other is not None:
        raise TransitionError(
            f"{other.ref} stands in place of {row.ref}; withdraw that one first.", field="status"
        )


def _stored_row(assertion: Assertion) -> Assertion:
    """The assertion as stored now, under the lock of its claim."""
    row = Assertion.objects.select_related("source").filter(pk=assertion.pk).first()
    if row is None:
        raise InvalidValueError("That assertion does not exist.", field="assertion")
    return row


def _live_row(assertion: Assertion) -> Assertion:
    """The same; refuses one that no longer counts."""
    row = _stored_row(assertion)
    if not row.is_live:
        raise TransitionError(
            f"{row.ref} is {row.get_status_display()}; only a live assertion can be changed.",
            field="status",
        )
    return row
