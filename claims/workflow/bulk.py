"""Drafting many claims at once, each table written once whatever their number."""

# The rows, their signatures and what derives from them are what draft_claim and add_assertion
# write; a test compares them. A claim drafted here has one revision and one event.

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from claims.choices import AssertionStatus, AttributionMode, ReviewAction, Stance
from claims.domain.agreement import Evidence, expected_contention, expected_disputes, fingerprint
from claims.domain.anchors import anchor_for
from claims.domain.derived import conflict_severity
from claims.domain.resting import Rest, follow
from claims.models import (
    Anchor,
    ArticleRevision,
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
from claims.workflow.anchors import noted_at
from claims.workflow.assertions import fill_assertion
from claims.workflow.claims import new_claim
from claims.workflow.contention import MACHINE_REASON, new_dispute
from claims.workflow.desk import evidence_from, relations_above, rests_of, terms_of
from claims.workflow.events import cover_events, moment, new_event
from claims.workflow.history import write_signed
from claims.workflow.plans import AssertionPlan, ClaimPlan
from claims.workflow.rows import Numbers, new_row, take_numbers, write_rows
from claims.workflow.values import shown_only
from claims.workflow.verbs import verb

type _Taken = Mapping[type[Model], Numbers]


@dataclass(slots=True)
class _Draft:
    """One claim on its way into the tables, with what hangs on it."""

    claim: Claim
    answers: list[_Answer]
    disputes: list[tuple[Dispute, tuple[int, ...]]] = field(default_factory=list)

    @property
    def denies(self) -> bool:
        """Whether it matters who is a belligerent: only a denial is weighed by it."""
        return any(answer.assertion.stance == Stance.DENIES for answer in self.answers)

    def rows(self) -> Iterator[Model]:
        yield self.claim
        yield from (answer.assertion for answer in self.answers)
        for answer in self.answers:
            yield from answer.links()


@dataclass(frozen=True, slots=True)
class _Answer:
    """One assertion with its links."""

    assertion: Assertion
    chain: list[Attribution]
    parties: list[AssertionParty]
    anchors: list[Anchor]

    def links(self) -> Iterator[Model]:
        yield from self.chain
        yield from self.parties
        yield from self.anchors


@verb("edit_desk", savepoint=False)
def draft_claims(
    *, plans: Sequence[ClaimPlan], by: User, reason: str, now: dt.datetime | None = None
) -> list[Claim]:
    """Draft these claims with their assertions; all or nothing.

    Raises DuplicateError when one asks what an active claim asks, and whatever draft_claim and
    add_assertion refuse.
    """
    texts = (one.revision for plan in plans for one in plan.assertions if one.revision)
    at = noted_at(texts, moment(now))
    numbers = take_numbers(_counts(plans))
    drafts = [_draft(plan, numbers, by, reason, at) for plan in plans]
    rows = [row for draft in drafts for row in draft.rows()]
    _derive(drafts, at)
    write_signed(rows, by=by, reason=reason, now=at)
    later = take_numbers(_later_counts(drafts))
    _open_disputes(drafts, later, at)
    _log(drafts, later, by, reason, at)
    return [draft.claim for draft in drafts]


def _counts(plans: Sequence[ClaimPlan]) -> dict[type[Model], int]:
    """How many rows of each model the plans lead to; disputes come of what these hold."""
    answers = [one for plan in plans for one in plan.assertions]
    return {
        Claim: len(plans),
        Assertion: len(answers),
        Attribution: sum(len(one.attributions) for one in answers),
        AssertionParty: sum(len(one.parties) for one in answers),
        Anchor: sum(len(one.places) for one in answers if one.revision),
    }


def _draft(plan: ClaimPlan, numbers: _Taken, by: User, reason: str, now: dt.datetime) -> _Draft:
    asked = {"question": plan.question, "subject": plan.subject, "measure": plan.measure}
    claim = new_claim(by, now, **shown_only({**asked, **plan.fields}))
    claim.pk = next(numbers[Claim])
    draft = _Draft(claim, [_answer(claim, one, numbers) for one in plan.assertions])
    for answer, one in zip(draft.answers, plan.assertions, strict=True):
        if one.replaces is not None:
            _supersede(draft.answers[one.replaces].assertion, answer.assertion, reason)
    return draft


def _supersede(old: Assertion, new: Assertion, reason: str) -> None:
    """As supersede_assertion leaves the two."""
    old.status, old.status_reason = AssertionStatus.SUPERSEDED, reason
    new.supersedes_id = old.pk


def _answer(claim: Claim, plan: AssertionPlan, numbers: _Taken) -> _Answer:
    row = new_row(Assertion, id=next(numbers[Assertion]), claim_id=claim.pk)
    links = {"attributions": plan.attributions, "parties": plan.parties}
    fill_assertion(row, claim, {**plan.fields, **links})
    return _Answer(
        assertion=row,
        chain=[
            _link(row, position, link, next(numbers[Attribution]))
            for position, link in enumerate(plan.attributions)
        ],
        parties=[
            new_row(
                AssertionParty,
                id=next(numbers[AssertionParty]),
                assertion_id=row.pk,
                party_id=party.pk,
            )
            for party in plan.parties
        ],
        anchors=[
            _anchor(row, plan.revision, place, next(numbers[Anchor]))
            for place in plan.places
            if plan.revision
        ],
    )


def _link(row: Assertion, position: int, link: Mapping[str, Any], number: int) -> Attribution:
    made = new_row(
        Attribution,
        id=number,
        assertion_id=row.pk,
        position=position,
        party_id=link["party"].pk,
        role=link["role"],
        mode=link.get("mode", AttributionMode.SAID),
    )
    made.party = link["party"]  # it is at hand; its kind is asked for
    return made


def _anchor(
    row: Assertion, revision: ArticleRevision, place: tuple[int, int], number: int
) -> Anchor:
    exact, prefix, suffix = anchor_for(revision.text, *place)
    return new_row(
        Anchor,
        id=number,
        assertion_id=row.pk,
        revision_id=revision.pk,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        start=place[0],
        end=place[1],
    )


def _derive(drafts: list[_Draft], now: dt.datetime) -> None:
    """Contention, severity, fingerprint and the disputes that the evidence calls for."""
    known = _belligerents({draft.claim.subject for draft in drafts if draft.denies})
    rests = _rests(drafts)
    for draft in drafts:
        claim, terms = draft.claim, terms_of(draft.claim)
        evidence = follow(_evidence(draft, known.get(claim.subject_id, frozenset())), rests)
        claim.fingerprint = fingerprint(evidence, terms)
        expected = expected_disputes(evidence, terms)
        claim.contention = expected_contention(evidence, expected, (), claim.fingerprint)
        claim.severity = conflict_severity(expected)
        for wanted in expected:
            draft.disputes.append((new_dispute(claim, wanted, now), wanted.members))


def _rests(drafts: list[_Draft]) -> list[Rest]:
    """What is known of the sources cited; nothing can be known for a claim that is new."""
    answers = (answer.assertion for draft in drafts for answer in draft.answers)
    return rests_of(relations_above(answers, None))


def _belligerents(subjects: set[Subject]) -> dict[int, frozenset[int]]:
    """The belligerents of each subject, those of its parents included, by party number."""
    if not subjects:
        return {}
    lines = {subject.pk: _line(subject) for subject in subjects}
    own: dict[int, set[int]] = defaultdict(set)
    links = SubjectBelligerent.objects.filter(subject__in=set().union(*lines.values()))
    for subject_id, party_id in links.order_by().values_list("subject_id", "party_id"):
        own[subject_id].add(party_id)
    return {
        number: frozenset(party for one in line for party in own[one])
        for number, line in lines.items()
    }


def _line(subject: Subject) -> set[int]:
    """The numbers of the subject and its parents; a parent that is at hand is not fetched."""
    numbers: set[int] = set()
    one: Subject | None = subject
    while one is not None and one.pk not in numbers:
        numbers.add(one.pk)
        one = one.parent
    return numbers


def _evidence(draft: _Draft, belligerents: frozenset[int]) -> list[Evidence]:
    return [
        evidence_from(
            answer.assertion,
            answer.chain,
            [link.party_id for link in answer.parties],
            belligerents,
        )
        for answer in draft.answers
    ]


def _later_counts(drafts: list[_Draft]) -> dict[type[Model], int]:
    """How many rows of each model follow from what was drafted."""
    opened = [pair for draft in drafts for pair in draft.disputes]
    return {
        Dispute: len(opened),
        DisputeAssertion: sum(len(ids) for _, ids in opened),
        ReviewEvent: len(drafts) + len(opened),
    }


def _open_disputes(drafts: list[_Draft], numbers: _Taken, now: dt.datetime) -> None:
    opened = [pair for draft in drafts for pair in draft.disputes]
    members = []
    for dispute, assertions in opened:
        dispute.pk = next(numbers[Dispute])
        members += [
            new_row(
                DisputeAssertion,
                id=next(numbers[DisputeAssertion]),
                dispute_id=dispute.pk,
                assertion_id=number,
            )
            for number in assertions
        ]
    cases = [dispute for dispute, _ in opened]
    write_signed([*cases, *members], by=None, reason=MACHINE_REASON, now=now)


def _log(drafts: list[_Draft], numbers: _Taken, by: User, reason: str, now: dt.datetime) -> None:
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
    for event in events:
        event.pk = next(numbers[ReviewEvent])
    write_rows(events)
    cover_events(events)
