"""Making two rows one, and undoing it: proposed by one person, decided by another."""

# A merge changes the desk: what named the merged row names the other one. Readers get with the
# one approval each claim that changes by nothing else; any other goes before reviewers by itself.
# The merged row stays where it is, is found by nothing, and its address leads on.

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User

from claims.choices import ClaimState, MergedNoun, MergeState, ReviewAction
from claims.domain.merging import Sums
from claims.errors import InvalidValueError, SelfApprovalError, StaleRevisionError, TransitionError
from claims.models import Claim, Merge
from claims.workflow.candidate import read_candidate
from claims.workflow.changes import record_change
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.importing import lock_names
from claims.workflow.linked import linked_to
from claims.workflow.locking import lock_claim, lock_with_totals
from claims.workflow.merge_candidate import claims_of, is_public, read_merge
from claims.workflow.merge_claims import claims_moved
from claims.workflow.merge_moves import (
    MoveSignature,
    give_names_back,
    hide,
    lock_rows,
    move_back,
    move_links,
    show_again,
    take_names,
)
from claims.workflow.merge_parts import merges_of_claims, sign_as
from claims.workflow.merge_publishing import expected_sums, publish_with, refuse_unfinished
from claims.workflow.merge_rules import (
    name_of,
    refuse_proposed,
    refuse_unfit,
    refuse_unfit_twins,
    row_of,
)
from claims.workflow.merged_claims import end_claim, revive_claim
from claims.workflow.review import refuse_own
from claims.workflow.sameness import settle_question
from claims.workflow.scopes import refuse_same_scope
from claims.workflow.verbs import verb


@verb("edit_desk")
def propose_merge(
    *, noun: str, merged: int, into: int, by: User, reason: str, now: dt.datetime | None = None
) -> Merge:
    """Make the row ``merged`` one with ``into``, both numbers of a kind (MergedNoun).

    Done at once where readers see nothing of the merged row; else it waits for somebody else.
    """
    if merged == into:
        raise InvalidValueError("A row cannot be merged into itself.", field="into")
    for number in (merged, into):
        row_of(noun, number)
    item = Merge(noun=noun, merged=merged, into=into, reason=reason, proposed_by=by)
    item.proposed_at = at = moment(now)
    _lock(item)
    refuse_unfit(noun, row_of(noun, merged), row_of(noun, into))
    refuse_proposed(noun, row_of(noun, merged))
    signed_save(item, by=by, reason=reason, now=at)
    if not is_public(item):
        _carry_out(item, by, at)
    return item


@verb("review_claim")
def approve_merge(
    *,
    merge: Merge,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Merge:
    """Carry out a merge, or undo one, that somebody else proposed."""
    item, at = _locked_for_decision(merge, by, witness), moment(now)
    item.decided_by, item.decided_at = by, at
    if item.state == MergeState.UNDOING:
        _refuse_held(item)
        _undo(item, by, at)
    else:
        refuse_unfit(item.noun, row_of(item.noun, item.merged), row_of(item.noun, item.into))
        _refuse_own(item, by)
        _carry_out(item, by, at)
    return item


@verb("review_claim")
def return_merge(
    *,
    merge: Merge,
    by: User,
    reason: str,
    witness: str | None = None,
    now: dt.datetime | None = None,
) -> Merge:
    """Leave the rows as they are: a merge is not made, or not undone."""
    item, at = _locked_for_decision(merge, by, witness), moment(now)
    item.decided_by, item.decided_at = by, at
    item.state = MergeState.DONE if item.is_done else MergeState.RETURNED
    return signed_save(item, by=by, reason=reason, now=at)


@verb("edit_desk")
def unmerge(*, merge: Merge, by: User, reason: str, now: dt.datetime | None = None) -> Merge:
    """Undo a merge: what it moved goes back, where nothing else has changed it since.

    Done at once where readers see neither row; else it waits for somebody else.
    """
    _lock(merge)
    item, at = Merge.objects.select_for_update().get(pk=merge.pk), moment(now)
    if item.state != MergeState.DONE:
        raise TransitionError(
            f"This merge is {item.get_state_display()}; only one that is done is undone.",
            field="state",
        )
    _refuse_part(item)
    refuse_unfinished(item)
    _refuse_held(item)
    item.state, item.reason = MergeState.UNDOING, reason
    item.proposed_by, item.proposed_at = by, at
    item.decided_by, item.decided_at = None, None
    signed_save(item, by=by, reason=reason, now=at)
    if not is_public(item):
        _undo(item, by, at)
    return item


def _lock(item: Merge) -> None:
    """Lock the claims, then the rows that name the two, then the two: the one lock order."""
    if item.noun != MergedNoun.PARTY:
        lock_names("relation", ["decided"])  # before the claims, as decisions on relations do
    wanted = claims_of(item)
    lock_with_totals(wanted | linked_to(wanted))
    lock_rows(item.noun, [item.merged, item.into])
    if claims_of(item) - wanted:
        raise StaleRevisionError("More claims show these rows by now; try again.")


def _locked_for_decision(merge: Merge, by: User, witness: str | None) -> Merge:
    _lock(Merge.objects.get(pk=merge.pk))
    item = Merge.objects.select_for_update().get(pk=merge.pk)
    if item.state not in (MergeState.PROPOSED, MergeState.UNDOING):
        raise TransitionError(
            f"This merge is {item.get_state_display()}; only one that waits is decided.",
            field="state",
        )
    if item.proposed_by_id == by.pk:
        raise SelfApprovalError("You proposed this; somebody else must decide.")
    if witness is not None and witness != read_merge(item).witness:
        raise StaleRevisionError("What it is about changed since you read it; read it again.")
    return item


def _refuse_own(item: Merge, by: User) -> None:
    """The tombstone of a merged claim ends what was edited there: no author approves that."""
    for one in (item, *merges_of_claims(item)):
        if one.noun == MergedNoun.CLAIM:
            refuse_own(read_candidate(Claim.objects.get(pk=one.merged)), by)


def _refuse_part(item: Merge) -> None:
    if item.part_of is not None:
        old, new = (row_of(item.part_of.noun, n) for n in (item.part_of.merged, item.part_of.into))
        raise TransitionError(
            f"This came with the merge of {name_of(old)} into {name_of(new)}; undo that one.",
            field="state",
        )


def _refuse_held(item: Merge, whole: Merge | None = None) -> None:
    """Refuse to undo what a later merge, or a review under way, builds on; ``whole`` goes first."""
    new = row_of(item.noun, item.into)
    if Merge.objects.done().filter(noun=item.noun, merged=item.into).exists():
        raise TransitionError(
            f"{name_of(new)} was itself merged since; undo that first.", field="into"
        )
    for part in merges_of_claims(item):
        _refuse_held(part, item)
    if item.noun != MergedNoun.CLAIM:
        return
    if new.state in (ClaimState.IN_REVIEW, ClaimState.RETIRING, ClaimState.RETIRED):
        raise TransitionError(
            f"{new.ref} is {new.get_state_display()}; its statements stay until that is over.",
            field="state",
        )
    old = row_of(item.noun, item.merged)
    old.state = ClaimState.DRAFT
    if whole is not None:
        setattr(old, whole.noun, row_of(whole.noun, whole.merged))
    refuse_same_scope(old)


def _carry_out(item: Merge, by: User, now: dt.datetime) -> None:
    """Move all that names the merged row, in the name of who proposed it."""
    signed = MoveSignature(item.proposed_by, item.reason, now)
    for part in merges_of_claims(item):
        _carry_out_part(part, item, by, now)
    expected = _expected(item)
    item.moved = [*move_links(item, signed), *take_names(item, signed)]
    hide(item.noun, item.merged)
    item.state = MergeState.DONE
    signed_save(item, by=by, reason=item.reason, now=now)
    settle_question(item.noun, item.merged, item.into, **signed.words)
    touched = claims_moved(item.moved)
    if item.noun == MergedNoun.CLAIM:
        end_claim(item, by, signed)
        touched = {item.into, *touched} - {item.merged}
    _record(touched, signed, ReviewAction.MERGED)
    _publish(item, expected, now)


def _carry_out_part(part: Merge, item: Merge, by: User, now: dt.datetime) -> None:
    """Merge two claims whose rows are about to be one; what they come to is read by itself."""
    old, new = row_of(part.noun, part.merged), row_of(part.noun, part.into)
    refuse_unfit_twins(old, new, apart=item.noun)  # a part before it may have tied the two
    _carry_out(sign_as(part, item), by, now)


def _undo(item: Merge, by: User, now: dt.datetime) -> None:
    signed = MoveSignature(item.proposed_by, item.reason, now)
    parts = merges_of_claims(item)
    expected = _expected(item)
    touched = claims_moved(item.moved)
    give_names_back(item, signed)
    move_back(item, signed)
    show_again(item.noun, item.merged)
    item.state = MergeState.UNDONE
    signed_save(item, by=by, reason=item.reason, now=now)
    if item.noun == MergedNoun.CLAIM:
        revive_claim(item, signed)
        touched = {item.into, *touched} - {item.merged}
    _record(touched, signed, ReviewAction.UNMERGED)
    for part in reversed(parts):  # the claims are told apart by the rows again
        _undo(sign_as(part, item), by, now)
    _publish(item, expected, now)


def _expected(item: Merge) -> dict[int, Sums]:
    """What the claims come to that readers get with it; none where no second person decides."""
    return expected_sums(item, claims_of(item)) if item.decided_by is not None else {}


def _publish(item: Merge, expected: dict[int, Sums], now: dt.datetime) -> None:
    if item.decided_by is not None:
        publish_with(item, expected, by=item.decided_by, now=now)


def _record(numbers: set[int], signed: MoveSignature, action: ReviewAction) -> None:
    """Send what readers have to the reviewers again, in the words of who proposed it."""
    active = Claim.objects.active().filter(pk__in=numbers).order_by("pk")
    for claim in active:
        # Read anew: recording a part may have moved its total on.
        record_change(lock_claim(claim), action=action, verb="decide", **signed.words)
