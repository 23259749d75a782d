"""The claims that readers get with a merge: approved once, published piece by piece."""

# Whoever approves a merge, or its undoing, has read both rows and what becomes of the first
# COMPARED public claims. Claims that change by it alone, and in the way that was shown, are
# published with that approval; of the claims beyond these, those that say the same under the
# other name. All others wait for an approval of their own.

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from django.contrib.auth.models import User
from django.db.transaction import atomic

from claims.choices import ClaimState, MergedNoun
from claims.domain.document_format import read_claim
from claims.domain.merging import Sums, sums_of, sums_when_one
from claims.domain.published import ClaimDocument
from claims.domain.refs import FIGURE, format_ref
from claims.errors import TransitionError
from claims.models import AssertionParty, Attribution, Claim, ClaimVersion, Merge
from claims.workflow.acts import act
from claims.workflow.candidate import lock_for_decision, read_candidate
from claims.workflow.entries import entry_of
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.linked import linked_to
from claims.workflow.locking import lock_claims
from claims.workflow.merge_moves import REMOVED, moves_of
from claims.workflow.merge_parts import claims_of_parts
from claims.workflow.merge_rules import row_of
from claims.workflow.review import is_as_published, publish_candidate

PIECE: Final = 50  # claims that one transaction publishes
COMPARED: Final = 200  # claims of which a page tells what becomes of them
_COUNTED: Final = (MergedNoun.PARTY, MergedNoun.SOURCE)  # rows that are origins


@dataclass(frozen=True, slots=True)
class SumsOfClaim:
    """What a merge, or undoing it, makes of the sums of one public claim."""

    claim: Claim
    before: Sums
    after: Sums

    @property
    def changes(self) -> bool:
        return self.before != self.after


def going_along(merge: Merge, claims: Iterable[Claim]) -> list[Claim]:
    """The claims that readers get with the merge, if nothing that they borrow waits."""
    # What the statements of two claims come to together is read with the claim.
    if merge.noun == MergedNoun.CLAIM:
        return []
    tied = claims_of_parts(merge)
    return [one for one in claims if one.state == ClaimState.PUBLISHED and one.pk not in tied]


def sums_of_claims(merge: Merge, claims: list[Claim]) -> list[SumsOfClaim]:
    """What becomes of these public claims; a fixed number of queries, however many they are."""
    with_it = {claim.pk: claim for claim in claims}
    sums = _Sums(merge)
    versions = ClaimVersion.objects.public().filter(claim__in=with_it).order_by("claim_id")
    return [
        SumsOfClaim(with_it[number], sums_of(document), sums.after(document))
        for number, text in versions.values_list("claim", "payload")
        if (document := read_claim(text))
    ]


def expected_sums(merge: Merge, numbers: set[int]) -> dict[int, Sums]:
    """What the sums of each claim will be that changes by nothing but the merge; all locked.

    Leaves out what nobody reads before the approval: claims beyond those that the page compares
    which would say something else.
    """
    rows = Claim.objects.for_evidence().filter(pk__in=numbers, state=ClaimState.PUBLISHED)
    along = going_along(merge, rows.order_by("pk"))
    read = {claim.pk for claim in along[:COMPARED]}
    return {
        one.claim.pk: one.after
        for one in sums_of_claims(merge, along)
        if (one.claim.pk in read or not one.changes) and is_as_published(one.claim)
    }


def publish_with(merge: Merge, expected: Mapping[int, Sums], *, by: User, now: dt.datetime) -> None:
    """Publish the claims that came out as expected: a piece at once, the others stay listed."""
    found = {}
    rows = Claim.objects.for_evidence().filter(pk__in=expected, state=ClaimState.IN_REVIEW)
    for claim in rows.order_by("pk"):
        candidate = read_candidate(claim)
        alone = candidate.authors <= {merge.proposed_by_id}  # else it brought what nobody read
        if alone and sums_of(cast("ClaimDocument", candidate.document)) == expected[claim.pk]:
            found[str(claim.pk)] = candidate.witness
    if found:
        merge.to_publish = found
        signed_save(merge, by=by, reason=merge.reason, now=now)
        _publish_next(merge, by, now)


def publish_merge_piece(merge: Merge, *, now: dt.datetime | None = None) -> int:
    """Publish an approved merge for the next claims, whole or not at all.

    Returns how many claims still wait. Doing it again after the last does nothing, so that
    whoever was interrupted may start anew. A claim that changed since stays before reviewers.
    """
    with act("publish_merge_piece", by=merge.decided_by, reason=merge.reason), atomic():
        by = merge.decided_by
        return _publish_next(merge, by, moment(now)) if by is not None else 0


def refuse_unfinished(merge: Merge) -> None:
    """Refuse to undo a merge that has not reached all its claims."""
    if merge.to_publish:
        raise TransitionError(
            "It is not published for all its claims yet; publish_corrections goes on with that.",
            field="state",
        )


class _Sums:
    """The sums of public claims after one merge, or after its undoing."""

    def __init__(self, merge: Merge) -> None:
        ends = (merge.merged, merge.into)
        before, after = reversed(ends) if merge.is_done else ends
        self._figures = _moved_figures(merge) if merge.is_done else None
        row = row_of(merge.noun, after)
        self._refs = (row_of(merge.noun, before).ref, row.ref) if _counts(merge) else None
        self._entry = entry_of(merge.noun, row) if _counts(merge) else {}

    def after(self, document: ClaimDocument) -> Sums:
        """Those of one claim; subjects and measures are no origins and change none."""
        if self._refs is None:
            return sums_of(document)
        return sums_when_one(document, *self._refs, self._entry, self._figures)


def _counts(merge: Merge) -> bool:
    return merge.noun in _COUNTED


def _moved_figures(merge: Merge) -> set[str]:
    """The statements that a merge moved, directly or by their chain or answer."""
    moved: dict[str, set[int]] = defaultdict(set)
    for name, number, _ in moves_of(merge.moved):
        moved[name].add(number)
    chains = Attribution.objects.filter(pk__in=moved["attribution"])
    answers = AssertionParty.objects.filter(pk__in=moved["assertionparty"])
    numbers = {
        *moved["assertion"],
        *chains.values_list("assertion", flat=True),
        *answers.values_list("assertion", flat=True),
        *(entry[2]["assertion_id"] for entry in merge.moved
          if entry[0] == REMOVED and "assertion_id" in entry[2]),
    }  # fmt: skip
    return {format_ref(FIGURE, number) for number in numbers}


def _publish_next(merge: Merge, by: User, now: dt.datetime) -> int:
    numbers = sorted(int(number) for number in merge.to_publish)[:PIECE]
    lock_claims({*numbers, *linked_to(numbers)})
    item = Merge.objects.select_for_update().get(pk=merge.pk)
    left: dict[str, str] = dict(item.to_publish)
    for number in numbers:
        witness = left.pop(str(number), None)  # None where somebody was faster
        if witness is not None:
            _approve(number, witness, item, by, now)
    if left != item.to_publish:
        item.to_publish = left
        signed_save(item, by=by, reason=item.reason, now=now)
    merge.to_publish = left
    return len(left)


def _approve(number: int, witness: str, merge: Merge, by: User, now: dt.datetime) -> None:
    """Approve one claim as the merge left it; what changed since waits for its own approval."""
    claim = lock_for_decision(Claim.objects.get(pk=number))
    candidate = read_candidate(claim)
    if claim.state != ClaimState.IN_REVIEW or candidate.witness != witness:
        return
    if by.pk not in candidate.authors:
        publish_candidate(candidate, by=by, reason=merge.reason, now=now)
