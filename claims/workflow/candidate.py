"""The one object of an approval: what the page shows, what the witness names, what is sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from claims.choices import AUTHORING_ACTIONS, ClaimState, VersionOp
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument, Tombstone
from claims.models import Claim, ReviewEvent
from claims.workflow.authors import authors_of, newest_shown
from claims.workflow.borrowing import Borrowed, borrowed_by, hold_borrowed, newest_histories
from claims.workflow.desk import read_desk
from claims.workflow.document import build_document, build_tombstone
from claims.workflow.linked import linked_claims, read_linked
from claims.workflow.locking import lock_claims

UNCHANGED = "Approved again without a change."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that waits for approval, with everything that the decision needs to know.

    ``document`` is all that readers would get but for what the approval itself adds (number,
    sequence, names of editor and approver, time, hashes); ``reason`` is the public reason, in
    the words of the last author; ``shown`` and ``borrowed`` name the newest history row of all
    that was read; ``authors`` are the accounts that may not approve.
    """

    claim: Claim
    op: VersionOp
    document: ClaimDocument | Tombstone
    reason: str
    shown: dict[str, int]
    borrowed: Borrowed
    authors: frozenset[int]

    @property
    def witness(self) -> str:
        """SHA-256 (hex) of document and reason: what an approval names."""
        return witness_to(self.document, self.reason)


def witness_to(document: ClaimDocument | Tombstone, reason: str) -> str:
    """The witness of a document and the public reason of its approval."""
    text = dump_document({"document": document, "reason": reason})
    return hashlib.sha256(text.encode()).hexdigest()


def lock_for_decision(claim: Claim) -> Claim:
    """Lock the claim, the claims it is linked to, and every row it borrows, in one order.

    Returns the claim as stored now. Nothing that its document shows can change before the
    transaction ends.
    """
    wanted = {claim.pk, *linked_claims(claim)}
    locked = lock_claims(wanted)
    while missed := linked_claims(locked[claim.pk]) - wanted:  # linked while we waited
        wanted |= missed
        locked = lock_claims(wanted)
    hold_borrowed(locked[claim.pk])
    return locked[claim.pk]


def read_candidate(claim: Claim) -> Candidate:
    """Read the claim and all it borrows once, and build from that what approving would publish.

    Before a decision the claim comes from lock_for_decision(); for a page it need not.
    """
    desk = read_desk(claim)
    linked = read_linked(desk)
    borrowed = newest_histories(borrowed_by(desk))
    retiring = claim.state == ClaimState.RETIRING
    return Candidate(
        claim=claim,
        op=VersionOp.TOMBSTONE if retiring else VersionOp.PUBLISH,
        document=build_tombstone(claim) if retiring else build_document(desk, linked),
        reason=public_reason(claim),
        shown=newest_shown(desk),
        borrowed={} if retiring else borrowed,
        authors=authors_of(desk, linked, borrowed) | {claim.last_edited_by_id},
    )


def public_reason(claim: Claim) -> str:
    """Why the public claim changes, in the words of the last author since an approval.

    Readers get no words of the approver: nobody else would have read them before.
    """
    events = ReviewEvent.objects.since_last_approval(claim).filter(action__in=AUTHORING_ACTIONS)
    newest = events.order_by("-pk").values_list("comment", flat=True).first()
    return newest or UNCHANGED


def document_of(claim: Claim) -> ClaimDocument:
    """The claim as readers would see it if it were approved now, retired or not."""
    desk = read_desk(claim)
    return build_document(desk, read_linked(desk))


def witness_of(claim: Claim) -> str:
    """The witness of what an approval of the claim would publish now."""
    return read_candidate(claim).witness
