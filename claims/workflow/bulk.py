"""Drafting many claims at once, each table written once whatever their number."""

# The rows, their signatures and what derives from them are what draft_claim and add_assertion
# write; a test compares them. A claim drafted here has one revision and one event.

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User

from claims.choices import AttributionMode, ReviewAction
from claims.domain.agreement import Evidence, contention, expected_disputes, fingerprint
from claims.domain.anchors import anchor_for
from claims.domain.derived import claim_severity
from claims.models import (
    Anchor,
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    Dispute,
    DisputeAssertion,
    ReviewEvent,
    Subject,
    SubjectBelligerent,
)
from claims.workflow.assertions import fill_assertion
from claims.workflow.claims import new_claim
from claims.workflow.contention import MACHINE_REASON, new_dispute
from claims.workflow.desk import belligerents_of, evidence_from, subject_path, terms_of
from claims.workflow.events import moment, new_event
from claims.workflow.history import BATCH, bulk_create_signed, bulk_insert, bulk_sign
from claims.workflow.plans import AssertionPlan, ClaimPlan
from claims.workflow.verbs import verb


@dataclass(slots=True)
class _Draft:
    """One claim on its way into the tables."""

    claim: Claim
    plans: Sequence[AssertionPlan]
    assertions: list[Assertion] = field(default_factory=list)
    chains: list[list[Attribution]] = field(default_factory=list)
    disputes: list[tuple[Dispute, tuple[int, ...]]] = field(default_factory=list)


@verb("edit_desk")
def draft_claims(
    *, plans: Sequence[ClaimPlan], by: User, reason: str, now: dt.datetime | None = None
) -> list[Claim]:
    """Draft these claims with their assertions; all or nothing.

    Raises DuplicateError when one asks what an active claim asks, and whatever draft_claim and
    add_assertion refuse.
    """
    at = moment(now)
    drafts = [_draft(plan, by, at) for plan in plans]
    bulk_insert([draft.claim for draft in drafts])
    for draft in drafts:
        draft.assertions = [_assertion(draft.claim, plan) for plan in draft.plans]
    rows = [row for draft in drafts for row in draft.assertions]
    bulk_create_signed(rows, by=by, reason=reason, now=at)
    for draft in drafts:
        draft.chains = [
            _chain(row, plan) for row, plan in zip(draft.assertions, draft.plans, strict=True)
        ]
    links = [link for draft in drafts for chain in draft.chains for link in chain]
    bulk_create_signed(links, by=by, reason=reason, now=at)
    bulk_create_signed(_parties(drafts), by=by, reason=reason, now=at)
    bulk_create_signed(_anchors(drafts), by=by, reason=reason, now=at)
    _derive(drafts, at)
    claims = [draft.claim for draft in drafts]
    Claim.objects.bulk_update(claims, ["fingerprint", "contention", "severity"], batch_size=BATCH)
    bulk_sign(claims, by=by, reason=reason, now=at)
    _open_disputes(drafts, at)
    _log(drafts, by, reason, at)
    return claims


def _draft(plan: ClaimPlan, by: User, now: dt.datetime) -> _Draft:
    claim = new_claim(
        by,
        now,
        question=plan.question,
        subject=plan.subject,
        measure=plan.measure,
        **plan.fields,
    )
    return _Draft(claim, plan.assertions)


def _assertion(claim: Claim, plan: AssertionPlan) -> Assertion:
    row = Assertion(claim=claim)
    links = {"attributions": plan.attributions, "parties": plan.parties}
    fill_assertion(row, claim, {**plan.fields, **links})
    return row


def _chain(row: Assertion, plan: AssertionPlan) -> list[Attribution]:
    return [
        Attribution(
            assertion=row,
            position=position,
            party=link["party"],
            role=link["role"],
            mode=link.get("mode", AttributionMode.SAID),
        )
        for position, link in enumerate(plan.attributions)
    ]


def _parties(drafts: list[_Draft]) -> list[AssertionParty]:
    return [
        AssertionParty(assertion=row, party=party)
        for draft in drafts
        for row, plan in zip(draft.assertions, draft.plans, strict=True)
        for party in plan.parties
    ]


def _anchors(drafts: list[_Draft]) -> list[Anchor]:
    return [
        _anchor(row, plan, start, end)
        for draft in drafts
        for row, plan in zip(draft.assertions, draft.plans, strict=True)
        if plan.revision is not None
        for start, end in plan.places
    ]


def _anchor(row: Assertion, plan: AssertionPlan, start: int, end: int) -> Anchor:
    revision = plan.revision
    text = revision.text if revision is not None else ""
    exact, prefix, suffix = anchor_for(text, start, end)
    return Anchor(
        assertion=row,
        revision=revision,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        start=start,
        end=end,
    )


def _derive(drafts: list[_Draft], now: dt.datetime) -> None:
    """Contention, severity, fingerprint and the disputes that the evidence calls for."""
    known = _belligerents({draft.claim.subject for draft in drafts})
    for draft in drafts:
        claim, terms = draft.claim, terms_of(draft.claim)
        evidence = _evidence(draft, known[claim.subject_id])
        claim.fingerprint = fingerprint(evidence, terms)
        claim.contention = contention(evidence, terms)
        claim.severity = claim_severity(evidence, terms, ())
        for wanted in expected_disputes(evidence, terms):
            draft.disputes.append((new_dispute(claim, wanted, now), wanted.members))


def _belligerents(subjects: set[Subject]) -> dict[int, frozenset[int]]:
    """The belligerents of each subject, those of its parents included, by party number."""
    parents = {subject.parent for subject in subjects if subject.parent is not None}
    above = {parent.pk: frozenset(belligerents_of(subject_path(parent))) for parent in parents}
    own: dict[int, set[int]] = {subject.pk: set() for subject in subjects}
    links = SubjectBelligerent.objects.filter(subject__in=own)
    for subject_id, party_id in links.values_list("subject_id", "party_id"):
        own[subject_id].add(party_id)
    return {
        subject.pk: frozenset(own[subject.pk]) | above.get(subject.parent_id or 0, frozenset())
        for subject in subjects
    }


def _evidence(draft: _Draft, belligerents: frozenset[int]) -> list[Evidence]:
    rows = zip(draft.assertions, draft.chains, draft.plans, strict=True)
    return [
        evidence_from(row, chain, [party.pk for party in plan.parties], belligerents)
        for row, chain, plan in rows
    ]


def _open_disputes(drafts: list[_Draft], now: dt.datetime) -> None:
    opened = [pair for draft in drafts for pair in draft.disputes]
    cases = [dispute for dispute, _ in opened]
    bulk_create_signed(cases, by=None, reason=MACHINE_REASON, now=now)
    members = [
        DisputeAssertion(dispute=dispute, assertion_id=number)
        for dispute, numbers in opened
        for number in numbers
    ]
    bulk_create_signed(members, by=None, reason=MACHINE_REASON, now=now)


def _log(drafts: list[_Draft], by: User, reason: str, now: dt.datetime) -> None:
    events = []
    for draft in drafts:
        events.append(new_event(draft.claim, by, ReviewAction.DRAFTED, reason, now=now))
        events += [
            new_event(
                draft.claim,
                None,
                ReviewAction.DISPUTE_OPENED,
                dispute.reason,
                now=now,
                dispute=dispute,
            )
            for dispute, _ in draft.disputes
        ]
    ReviewEvent.objects.bulk_create(events, batch_size=BATCH)
