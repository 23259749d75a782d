"""The claims whose figures count otherwise after an edit of a register: what each would publish."""

# A withdrawal, a rating, another date, parent or belligerent puts claims before the reviewers.
# Those that wait for nothing else are decided with the row, in one go (docs/adr/0017).

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef

from claims.choices import UNRESOLVED, BorrowedNoun, ClaimState, ReviewAction, ReviewedAlone
from claims.domain.corrections import Corrected, correct, judged
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument, DisputeEntry, SubjectEntry, Tombstone
from claims.models import (
    BorrowedRow,
    Claim,
    ClaimVersion,
    Correction,
    Dispute,
    ReviewEvent,
    Subject,
    SubjectBelligerent,
)
from claims.workflow.borrowing import HISTORIES
from claims.workflow.desk import Desk, line_of
from claims.workflow.document import OF_A_VERSION
from claims.workflow.document_parts import dispute_entry
from claims.workflow.entries import key_of
from claims.workflow.subject_entries import subject_entry


@dataclass(frozen=True, slots=True)
class Moved:
    """A public claim that an edit of a row put before the reviewers.

    ``after`` is what readers would get in place of ``before``; ``alone`` says why the claim is
    reviewed by itself, '' when it is decided with the row.
    """

    claim: Claim
    before: ClaimDocument
    after: ClaimDocument
    alone: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all that readers would get."""
        return hashlib.sha256(dump_document(_without(self.after)).encode()).hexdigest()

    def is_published_by(self, document: ClaimDocument | Tombstone) -> bool:
        """Whether a document built from the desk says exactly this."""
        return _without(read_claim(dump_document(document))) == _without(self.after)


def _without(document: Mapping[str, Any]) -> dict[str, Any]:
    plain: Mapping[str, Any] = read_claim(dump_document(document))
    return {name: value for name, value in plain.items() if name not in OF_A_VERSION}


def read_moved(
    noun: str,
    number: int,
    entry: Mapping[str, Any],
    *,
    upto: int,
    only: Collection[int] | None = None,
) -> dict[int, Moved]:
    """The moved claims by number, for the edits of a row up to one row of its history.

    ``entry`` is the row as readers would get it; ``only`` keeps to these claims. A fixed number
    of queries.
    """
    rows = BorrowedRow.objects.of(noun, number).older_than(upto).order_by()
    wanted = rows if only is None else rows.filter(claim__in=only)
    busy = moved_claims(noun, number, wanted, upto)
    if not busy:
        return {}
    claims = Claim.objects.for_evidence().in_bulk(list(busy))
    reading = _Reading(noun, number, claims)
    key = key_of(noun, number)
    versions = ClaimVersion.objects.public().filter(claim__in=claims).order_by("claim_id")
    found = {}
    for version in versions:
        claim, before = claims[version.claim_id], read_claim(version.payload)
        after = reading.judged(claim, correct(before, noun, key, entry))
        alone = reading.alone(claim, before, after, is_busy=busy[claim.pk])
        found[claim.pk] = Moved(claim, before, after, alone)
    return found


def moved_claims(noun: str, number: int, rows: Any, upto: int) -> dict[int, bool]:
    """{claim that the edits of a row put before the reviewers: whether something else did, too}.

    ``rows`` are those of the claims, which show the row as it was before ``upto``.
    """
    acts = _acts_of(noun, number, rows, upto)
    return _since_approval(rows.values("claim"), acts) if acts else {}


def _acts_of(noun: str, number: int, rows: Any, upto: int) -> list[Any]:
    """The acts that edited a row after the state of it that some claim shows."""
    model, _ = HISTORIES[noun]
    shown = rows.values_list("shown", flat=True).order_by("shown").first()
    later = model.history.filter(id=number, history_id__gt=shown or 0, history_id__lte=upto)
    return list(later.exclude(act=None).order_by().values_list("act", flat=True).distinct())


def _since_approval(claims: Any, acts: Collection[Any]) -> dict[int, bool]:
    """{claim that one of the acts moved since it was last approved: whether others did, too}."""
    events = ReviewEvent.objects.filter(claim__in=claims).order_by()
    approved = dict(
        events.filter(action=ReviewAction.APPROVED).values_list("claim").annotate(Max("pk"))
    )
    found: dict[int, set[bool]] = {}
    for claim, number, act in events.authoring().values_list("claim", "pk", "act"):
        if number > approved.get(claim, 0):
            found.setdefault(claim, set()).add(act in acts)
    return {claim: False in ours for claim, ours in found.items() if True in ours}


class _Reading:
    """What the desk has of the moved claims, read at once for all of them."""

    def __init__(self, noun: str, number: int, claims: Mapping[int, Claim]) -> None:
        self.disputes: dict[int, list[Dispute]] = {}
        for dispute in Dispute.objects.for_evidence().filter(claim__in=claims):
            self.disputes.setdefault(dispute.claim_id, []).append(dispute)
        self.subjects: dict[int, SubjectEntry] = {}
        if noun == BorrowedNoun.SUBJECT:
            self.subjects = subject_entries(claims.values())
        self.elsewhere = _otherwise_corrected(noun, number, claims)

    def judged(self, claim: Claim, found: Corrected) -> ClaimDocument:
        disputes = [dispute_entry(one) for one in self.disputes.get(claim.pk, ())]
        return judged(found, disputes, self.subjects.get(claim.subject_id))

    def alone(
        self, claim: Claim, before: ClaimDocument, after: ClaimDocument, *, is_busy: bool
    ) -> str:
        """Why the claim is not decided with the others, '' when it is."""
        desk = (claim.contention, claim.severity, claim.fingerprint)
        if is_busy or claim.state != ClaimState.IN_REVIEW:
            return ReviewedAlone.EDITED
        if _is_reopened(before["disputes"], after["disputes"]):
            return ReviewedAlone.REOPENED
        if claim.pk in self.elsewhere:
            return ReviewedAlone.CORRECTED
        if desk != (after["contention"], after["severity"], after["fingerprint"]):
            return ReviewedAlone.EDITED
        return ""


def _is_reopened(before: Iterable[DisputeEntry], after: Iterable[DisputeEntry]) -> bool:
    """Whether a case that readers know as decided is open again: a person must decide."""
    decided = {one["ref"] for one in before if one["decided_at"] is not None}
    return any(one["ref"] in decided and one["state"] in UNRESOLVED for one in after)


def _otherwise_corrected(noun: str, number: int, claims: Iterable[int]) -> set[int]:
    """Those of the claims that show another row, too, of which a correction is not with them.

    It waits, is approved and has not reached the claim, or was returned: the desk has its words.
    """
    others = Correction.objects.filter(noun=OuterRef("noun"), number=OuterRef("number"))
    apart = others.unfinished() | others.returned()
    newer = apart.filter(shown__gt=OuterRef("shown"))
    rows = BorrowedRow.objects.filter(Exists(others.waiting()) | Exists(newer))
    theirs = rows.filter(claim__in=claims).exclude(noun=noun, number=number).order_by()
    return set(theirs.values_list("claim_id", flat=True))


def subject_entries(claims: Iterable[Claim]) -> dict[int, SubjectEntry]:
    """What documents would say of the subjects of claims, by number of the subject."""
    by_subject = {claim.subject_id: claim for claim in claims}
    subjects = Subject.objects.with_ancestors().in_bulk(list(by_subject))
    paths = {number: line_of(subject) for number, subject in subjects.items()}
    above = {one.pk for path in paths.values() for one in path}
    links = list(SubjectBelligerent.objects.filter(subject__in=above).select_related("party"))
    found = {}
    for number, path in paths.items():
        lying = {one.pk for one in path}
        fighting = {link.party_id: link for link in links if link.subject_id in lying}
        found[number] = subject_entry(Desk(by_subject[number], [], [], fighting, path))
    return found
