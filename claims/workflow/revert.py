"""Going back to a version, or to a moment of the history: a new edit that goes to review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import User

from claims.choices import AssertionStatus, ReviewAction, VersionOp
from claims.errors import InvalidValueError, StaleRevisionError, UnpublishableError
from claims.models import Assertion, Claim, ClaimRelation, ClaimVersion
from claims.workflow.assertions import fill_assertion, fill_links
from claims.workflow.candidate import witness_of
from claims.workflow.changes import record_change, record_decision
from claims.workflow.claims import (
    EDITABLE,
    answer_rules,
    check_fields,
    refuse_circle,
)
from claims.workflow.earlier import (
    EarlierClaim,
    EarlierLink,
    EarlierLinks,
    EarlierStatement,
    bundle_of_record,
    bundle_of_version,
    links_now,
    said_now,
)
from claims.workflow.events import moment
from claims.workflow.history import signed_delete, signed_save
from claims.workflow.locking import lock_with_totals
from claims.workflow.scopes import refuse_same_scope
from claims.workflow.values import assign
from claims.workflow.verbs import verb


@verb("edit_desk")
def revert_claim(
    *,
    claim: Claim,
    version: ClaimVersion,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Claim:
    """Make the desk say again what a version said; assertions added since are withdrawn.

    Disputes are not turned back: they follow from the evidence as it then is. Nothing public
    changes before somebody else approves. ``witness`` is that of the candidate that was seen.
    """
    if version.claim_id != claim.pk or version.op != VersionOp.PUBLISH:
        raise InvalidValueError("Choose a published version of this claim.", field="version")
    read = partial(bundle_of_version, version)
    return _go_back(claim, read, witness, by=by, reason=reason, now=moment(now))


@verb("edit_desk")
def rewind_claim(
    *,
    claim: Claim,
    record: Any,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Claim:
    """The same for what the claim said when a row of its own history was written."""
    if record.id != claim.pk:
        raise InvalidValueError("Choose a moment of this claim's history.", field="record")
    read = partial(bundle_of_record, record)
    return _go_back(claim, read, witness, by=by, reason=reason, now=moment(now))


def _go_back(
    claim: Claim, read: Callable[[], EarlierClaim], witness: str | None, **signed: Any
) -> Claim:
    """Write what differs from the bundle, and put the claim before the reviewers."""
    locked = _lock(claim, read().links)
    if witness is not None and witness != witness_of(locked):
        raise StaleRevisionError(f"{locked.ref} changed since you read it; read it again.")
    bundle = read()  # what a merge that we waited for made of its rows
    kind = answer_rules(locked)
    assign(locked, bundle.terms, EDITABLE)
    check_fields(locked)
    if answer_rules(locked) != kind and locked.assertions.exists():
        raise InvalidValueError(
            "The claim has assertions of another kind of value by now; draft a new claim.",
            field="measure",
        )
    refuse_same_scope(locked)
    rows = Assertion.objects.for_evidence().select_related("target").filter(claim=locked)
    for row in rows:
        _restore_assertion(row, locked, bundle.statements.get(row.pk), **signed)
    others = _restore_links(locked, bundle, **signed)
    action = ReviewAction.REVERTED
    done = record_change(locked, action=action, verb="revert", **signed)
    record_decision(others, ReviewAction.EDITED, **signed)
    if not done.assertions.live().exists() and not done.versions.public().exists():
        raise UnpublishableError("Nobody had said anything then that still stands.")
    return done


def _lock(claim: Claim, links: EarlierLinks) -> Claim:
    """Lock the claim and all that it is or was linked to."""
    linked = {number for one, other, _ in (*links, *links_now(claim.pk)) for number in (one, other)}
    locked = lock_with_totals({claim.pk, *linked}).get(claim.pk)
    if locked is None:
        raise InvalidValueError("That claim does not exist.", field="claim")
    return locked


def _restore_assertion(
    row: Assertion, claim: Claim, said: EarlierStatement | None, **signed: Any
) -> None:
    if said is None:
        if row.is_live:
            row.status, row.status_reason = AssertionStatus.WITHDRAWN, signed["reason"]
            signed_save(row, **signed)
        return
    if said == said_now(row):
        return
    row.status, row.status_reason = said.status, said.status_reason
    fill_assertion(row, claim, said.fields)
    signed_save(row, **signed)
    fill_links(row, said.fields, **signed)


def _restore_links(claim: Claim, bundle: EarlierClaim, **signed: Any) -> list[Claim]:
    """Link the claim as it was; return the other ends of what changed.

    Links to claims that are retired stay as they are: nothing is written about these.
    """
    now = links_now(claim.pk)
    changed = [link for link in {**now, **bundle.links} if now.get(link) != bundle.links.get(link)]
    others = {_other(link, claim.pk): link for link in changed}
    active = {one.pk: one for one in Claim.objects.active().filter(pk__in=others)}
    for link in changed:
        if _other(link, claim.pk) in active:
            _restore_link(link, bundle.links.get(link), **signed)
    return [active[number] for number in sorted(active)]


def _restore_link(link: EarlierLink, flags: dict[str, bool] | None, **signed: Any) -> None:
    one, other, kind = link
    row = ClaimRelation.objects.filter(from_claim=one, to_claim=other, kind=kind).first()
    if flags is None:
        assert row is not None  # it stands, and stood not then
        signed_delete(row, **signed)
        return
    if row is None:
        first, second = Claim.objects.get(pk=one), Claim.objects.get(pk=other)
        refuse_circle(first, second, kind)
        row = ClaimRelation(kind=kind, from_claim=first, to_claim=second)
    row.exhaustive, row.scope_exact = flags["exhaustive"], flags["scope_exact"]
    signed_save(row, **signed)


def _other(link: EarlierLink, claim: int) -> int:
    one, other, _ = link
    return other if one == claim else one
