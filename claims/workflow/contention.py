"""After each change of evidence: contention derived anew, the machine's disputes kept in step."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User

from claims.choices import (
    ClaimState,
    DisputeState,
    RelationKind,
    ReviewAction,
)
from claims.domain.agreement import (
    ExpectedDispute,
    contention,
    expected_disputes,
    fingerprint,
)
from claims.domain.derived import claim_severity
from claims.domain.vocabulary import DisputeKind
from claims.models import Claim, ClaimRelation, Dispute, DisputeAssertion
from claims.workflow.desk import Desk, read_desk, with_disputes_anew
from claims.workflow.events import log_event
from claims.workflow.history import signed_delete, signed_save
from claims.workflow.linked import read_linked, sum_of_parts
from claims.workflow.locking import lock_claims
from claims.workflow.rows import new_row
from claims.workflow.transitions import claim_state_after, dispute_state_after

# The machine opens and closes these; "editor" disputes belong to people alone.
_MACHINE_KINDS = (
    DisputeKind.VALUE,
    DisputeKind.DENIAL,
    DisputeKind.ATTRIBUTION,
    DisputeKind.DATE,
    DisputeKind.ARITHMETIC,
)
MACHINE_REASON = "Found by comparing the figures."
NOTHING_DISAGREES = "The evidence changed, and nothing disagrees any more."
REOPENED_WORDS = "The evidence changed since this was decided, and the conflict still holds."


def refresh_contention(claim: Claim, *, now: dt.datetime) -> None:
    """Derive the claim's fingerprint, disputes, contention and severity; the claim is locked.

    The caller saves the claim. Cost depends on this claim's own assertions only.
    """
    desk = read_desk(claim)
    claim.fingerprint = fingerprint(desk.evidence, desk.terms)
    if _sync_disputes(desk, now):
        desk = with_disputes_anew(desk)
    evidence, terms = desk.evidence, desk.terms
    claim.contention = contention(evidence, terms, desk.cases)
    claim.severity = claim_severity(evidence, terms, desk.cases)


def refresh_totals(part: Claim, words: str, *, now: dt.datetime) -> None:
    """Check the sums of the totals of a claim whose public figure changed; they are locked.

    ``words`` tell what became of the part. A total whose label changes goes before reviewers.
    """
    relations = ClaimRelation.objects.filter(from_claim=part, kind=RelationKind.PART_OF_TOTAL)
    totals = lock_claims(relations.values_list("to_claim_id", flat=True))
    for total in totals.values():
        if total.state == ClaimState.RETIRED:
            continue
        before = (total.contention, total.severity, total.fingerprint)
        refresh_contention(total, now=now)
        if before != (total.contention, total.severity, total.fingerprint):
            total.state = claim_state_after("decide", total.state)
            total.revision += 1
            signed_save(total, by=None, reason=words, now=now)
            log_event(total, None, ReviewAction.PART_PUBLISHED, words, now=now)


def _sync_disputes(desk: Desk, now: dt.datetime) -> bool:
    """Open, update, reopen or set aside the machine's disputes; tell whether any changed."""
    expected: dict[str, ExpectedDispute] = {dispute.kind: dispute for dispute in _expected(desk)}
    changed = False
    for kind in _MACHINE_KINDS:
        newest = max(
            (dispute for dispute in desk.disputes if dispute.kind == kind),
            key=lambda dispute: dispute.pk,
            default=None,
        )
        wanted = expected.get(str(kind))
        if wanted is not None:
            changed |= _hold_open(desk, newest, wanted, now)
        elif newest is not None and newest.is_unresolved and newest.opened_by is None:
            _set_aside(desk.claim, newest, now)
            changed = True
        elif newest is not None and newest.opened_by is not None:
            changed |= _follow(desk, newest, now)
    for case in desk.disputes:
        if case.kind == DisputeKind.EDITOR:
            changed |= _follow(desk, case, now)
    return changed


def _expected(desk: Desk) -> list[ExpectedDispute]:
    """What the evidence calls for, the claim's own sum included."""
    found = list(expected_disputes(desk.evidence, desk.terms))
    result = sum_of_parts(desk, read_linked(desk)) if desk.claim.is_total else None
    if result is not None and result.hard:
        members = tuple(row.pk for row in desk.assertions if row.is_live)
        words = "The parts and the total cannot both hold."
        found.append(ExpectedDispute(DisputeKind.ARITHMETIC, members, words))
    return found


def _hold_open(
    desk: Desk, newest: Dispute | None, wanted: ExpectedDispute, now: dt.datetime
) -> bool:
    """Make sure that a dispute of this kind is open unless a decision covers the evidence."""
    today = desk.claim.fingerprint
    if newest is None:
        _open(desk, wanted, now)
        return True
    if newest.fingerprint == today and newest.state != DisputeState.MOOT:
        return False
    if not newest.is_unresolved:
        _reopen(desk.claim, newest, now)
    newest.fingerprint = today
    signed_save(newest, by=None, reason=MACHINE_REASON, now=now)
    set_members(newest, wanted.members, by=None, reason=MACHINE_REASON, now=now)
    return True


def _follow(desk: Desk, case: Dispute, now: dt.datetime) -> bool:
    """Keep what a person opened up to date: new evidence reopens a decision.

    What no longer stands leaves the case; one of which nothing stands is set aside.
    """
    claim = desk.claim
    if case.fingerprint == claim.fingerprint:
        return False
    if case.state == DisputeState.RESOLVED:
        _reopen(claim, case, now)
    if not case.is_unresolved:
        return False
    members = {link.assertion_id for link in case.members.all()}
    standing = members & {row.pk for row in desk.assertions if row.is_live}
    if members and not standing:
        _set_aside(claim, case, now, "None of its statements stands any more.")
        return True
    case.fingerprint = claim.fingerprint
    signed_save(case, by=None, reason=MACHINE_REASON, now=now)
    set_members(case, tuple(standing), by=None, reason=MACHINE_REASON, now=now)
    return True


def _open(desk: Desk, wanted: ExpectedDispute, now: dt.datetime) -> None:
    dispute = new_dispute(desk.claim, wanted, now)
    signed_save(dispute, by=None, reason=MACHINE_REASON, now=now)
    set_members(dispute, wanted.members, by=None, reason=MACHINE_REASON, now=now)
    log_event(
        desk.claim, None, ReviewAction.DISPUTE_OPENED, dispute.reason, now=now, dispute=dispute
    )


def new_dispute(claim: Claim, wanted: ExpectedDispute, now: dt.datetime) -> Dispute:
    """A case that the machine opens, not yet stored."""
    return new_row(
        Dispute,
        claim_id=claim.pk,
        kind=wanted.kind,
        reason=f"{wanted.reason[:1].upper()}{wanted.reason[1:]}".rstrip(".") + ".",
        opened_at=now,
        fingerprint=claim.fingerprint,
    )


def _reopen(claim: Claim, dispute: Dispute, now: dt.datetime) -> None:
    """The evidence changed and the conflict holds: the old decision stays in the history."""
    clear_decision(dispute)
    dispute.state = dispute_state_after("reopen", dispute.state)
    log_event(claim, None, ReviewAction.DISPUTE_REOPENED, REOPENED_WORDS, now=now, dispute=dispute)


def _set_aside(
    claim: Claim, dispute: Dispute, now: dt.datetime, words: str = NOTHING_DISAGREES
) -> None:
    dispute.state = dispute_state_after("moot", dispute.state)
    dispute.fingerprint = claim.fingerprint
    signed_save(dispute, by=None, reason=words, now=now)
    log_event(claim, None, ReviewAction.DISPUTE_MOOT, words, now=now, dispute=dispute)


def clear_decision(dispute: Dispute) -> None:
    """Take the decision off the case file; history and review events keep it."""
    dispute.outcome, dispute.rationale = "", ""
    dispute.preferred, dispute.decided_by, dispute.decided_at = None, None, None
    dispute.taken_by = None


def set_members(
    dispute: Dispute,
    members: tuple[int, ...],
    *,
    by: User | None,
    reason: str,
    now: dt.datetime,
) -> None:
    """Make exactly these assertions the members of the dispute."""
    have = {link.assertion_id: link for link in dispute.members.all()}
    for number in sorted(have.keys() - set(members)):
        signed_delete(have[number], by=by, reason=reason, now=now)
    for number in sorted(set(members) - have.keys()):
        link = DisputeAssertion(dispute=dispute, assertion_id=number)
        signed_save(link, by=by, reason=reason, now=now)
