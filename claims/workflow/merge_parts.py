"""Merges of claims that come with the merge of two subjects, or of two measures."""

# Claims that ask the same of the same subject are one claim. Where two subjects become one, those
# that differ in nothing but the subject therefore become one with them: proposed, shown, decided on
# and undone as one merge.

from __future__ import annotations

from claims.choices import MergedNoun
from claims.models import Merge
from claims.workflow.merge_claims import claims_shown
from claims.workflow.scopes import twins_of


def merges_of_claims(merge: Merge) -> list[Merge]:
    """The merges of claims that the merge brings along, or brought along; not stored yet before."""
    if merge.is_done:
        return list(merge.parts.done().order_by("pk"))
    return [
        Merge(
            noun=MergedNoun.CLAIM,
            merged=old,
            into=new,
            reason=merge.reason,
            proposed_by_id=merge.proposed_by_id,
            proposed_at=merge.proposed_at,
            part_of=merge,
        )
        for old, new in twins_of(merge.noun, merge.merged, merge.into)
    ]


def claims_of_parts(merge: Merge) -> set[int]:
    """The claims that the merges of claims change; none of them comes out as it was."""
    ends = [number for part in merges_of_claims(merge) for number in (part.merged, part.into)]
    return claims_shown(MergedNoun.CLAIM, ends) if ends else set()


def sign_as(part: Merge, whole: Merge) -> Merge:
    """Let a part be proposed, or its undoing, and decided on with the whole."""
    part.reason, part.proposed_by, part.proposed_at = (
        whole.reason,
        whole.proposed_by,
        whole.proposed_at,
    )
    part.decided_by, part.decided_at = whole.decided_by, whole.decided_at
    return part
