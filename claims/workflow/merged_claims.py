"""What becomes of a claim that is merged: its end, and its question once that is undone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from claims.choices import ReviewAction, VersionOp
from claims.models import Claim, ClaimVersion, Merge
from claims.workflow.contention import refresh_contention
from claims.workflow.document import build_tombstone
from claims.workflow.locking import lock_claim
from claims.workflow.merge_moves import MoveSignature
from claims.workflow.publication import Edition, publish
from claims.workflow.review import move
from claims.workflow.transitions import claim_state_after


def end_claim(item: Merge, by: User, signed: MoveSignature) -> None:
    """Retire the merged claim; readers who have it learn where its statements are.

    The log shows it as any retirement: proposed by one, and where readers have the claim
    approved by another.
    """
    old, new = lock_claim(Claim.objects.get(pk=item.merged)), Claim.objects.get(pk=item.into)
    before = ClaimVersion.objects.public().filter(claim=old).first()
    words = signed.words
    if before is None:
        refresh_contention(old, now=signed.now)
        state = claim_state_after("retire", old.state)
        move(old, state, ReviewAction.RETIRED, **words)
        return
    _change(old, claim_state_after("propose retirement of", old.state), signed, ReviewAction.MERGED)
    state = claim_state_after("approve", old.state)
    move(old, state, ReviewAction.RETIRED, **words | {"by": by})
    edition = Edition(
        claim=old,
        op=VersionOp.TOMBSTONE,
        document=build_tombstone(old, question=before.question, merged_into=new.ref),
        edited_by=signed.by,
        reason=signed.reason,
        shown=before.shown,
        borrowed={},
    )
    publish(edition, by=by, now=signed.now)


def revive_claim(item: Merge, signed: MoveSignature) -> None:
    """Let the merged claim ask its question again; readers get it when it is approved."""
    old = lock_claim(Claim.objects.get(pk=item.merged))
    was_public = old.versions.exists()
    verb = "unmerge" if was_public else "unmerge the draft"
    _change(old, claim_state_after(verb, old.state), signed, ReviewAction.UNMERGED)


def _change(claim: Claim, state: str, signed: MoveSignature, action: ReviewAction) -> None:
    claim.revision += 1
    claim.last_edited_by, claim.edited_at = signed.by, signed.now
    refresh_contention(claim, now=signed.now)
    words: dict[str, Any] = signed.words
    move(claim, state, action, **words)
