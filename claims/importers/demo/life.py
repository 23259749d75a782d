"""What becomes of a drafted claim: review, decisions on disputes, a later change."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from claims.choices import ClaimState, DisputeState
from claims.importers.demo.bundle import ChangeRecord, ClaimRecord, DisputeRecord
from claims.importers.demo.drafting import Stage, add_answers, find_answer
from claims.models import Claim, Dispute
from claims.workflow.disputes import open_dispute, resolve_dispute, take_dispute
from claims.workflow.review import approve_claim, return_claim, submit_claim

SUBMITTED: Final = "Ready to be checked against the article"
APPROVED: Final = "Checked against the article, word by word"
DECIDED: Final = "Published with the dispute as it stands"
TAKEN: Final = "I look into it"


@transaction.atomic
def live(record: ClaimRecord, stage: Stage) -> None:
    """Lead a fresh draft to the state that the record names; all of it or nothing."""
    life, claim = record.life, stage.claims[record.key]
    if life.state != ClaimState.PUBLISHED:
        _open_disputes(record, claim, stage)
    if life.state == ClaimState.DRAFT:
        return
    submit_claim(claim=_now(claim), by=stage.accounts[life.drafted_by], reason=SUBMITTED)
    if life.state == ClaimState.CHANGES_REQUESTED:
        returner = stage.accounts[life.returned_by]
        return_claim(claim=_now(claim), by=returner, reason=life.return_reason)
    if life.state == ClaimState.PUBLISHED:
        _publish(record, claim, stage)


def _publish(record: ClaimRecord, claim: Claim, stage: Stage) -> None:
    _approve(claim, record.life.approved_by, APPROVED, stage)
    _open_disputes(record, claim, stage)
    for dispute in record.disputes:
        _decide(record, dispute, claim, stage)
        _approve(claim, dispute.approved_by, DECIDED, stage)
    if record.life.change:
        _change(record, record.life.change, claim, stage)


def _open_disputes(record: ClaimRecord, claim: Claim, stage: Stage) -> None:
    for dispute in record.disputes:
        if dispute.opened_by:
            open_dispute(
                claim=_now(claim),
                by=stage.accounts[dispute.opened_by],
                kind=dispute.kind,
                reason=dispute.reason,
            )


def _decide(record: ClaimRecord, case: DisputeRecord, claim: Claim, stage: Stage) -> None:
    """Take or resolve the claim's open dispute of this kind, as the record says."""
    dispute = Dispute.objects.unresolved().get(claim=claim, kind=case.kind)
    if case.taken_by:
        take_dispute(dispute=dispute, by=stage.accounts[case.taken_by], reason=TAKEN)
    if case.state == DisputeState.RESOLVED:
        preferred = record.quote_of(case.preferred)
        resolve_dispute(
            dispute=dispute,
            by=stage.accounts[case.decided_by],
            reason=case.rationale,
            outcome=case.outcome,
            rationale=case.rationale,
            preferred=find_answer(claim, preferred) if preferred else None,
        )


def _change(record: ClaimRecord, change: ChangeRecord, claim: Claim, stage: Stage) -> None:
    """Add answers to the published claim; without an approver the change stays in review."""
    added = [each for each in record.assertions if each.key in change.adds]
    add_answers(record, added, change.drafted_by, stage)
    author = stage.accounts[change.drafted_by]
    submit_claim(claim=_now(claim), by=author, reason=change.reason)
    if change.approved_by:
        _approve(claim, change.approved_by, change.reason, stage)


def _approve(claim: Claim, username: str, reason: str, stage: Stage) -> None:
    approve_claim(claim=_now(claim), by=stage.accounts[username], reason=reason)


def _now(claim: Claim) -> Claim:
    """The claim as stored now: who decides must have read the latest revision."""
    return Claim.objects.get(pk=claim.pk)
