"""Which statements can leave a claim for one that asks another question."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from claims.choices import DisputeState, SourceRelationState
from claims.errors import InvalidValueError, TransitionError
from claims.models import Assertion, Claim, SourceRelation

_LIVING = (SourceRelationState.PROPOSED, SourceRelationState.CONFIRMED)


def chosen_of(claim: Claim, statements: Sequence[Assertion]) -> list[Assertion]:
    """The chosen statements as stored now; refuses a choice that leaves either claim empty."""
    wanted = {one.pk for one in statements}
    rows = list(Assertion.objects.filter(pk__in=wanted).order_by("pk"))
    foreign = next((row for row in rows if row.claim_id != claim.pk), None)
    if foreign is not None:
        raise InvalidValueError(f"{foreign.ref} belongs to another claim.", field="statements")
    live = set(claim.assertions.live().values_list("pk", flat=True))
    if not wanted & live:
        raise InvalidValueError(
            "Choose the statements that go; one of them at least must count.", field="statements"
        )
    if live <= wanted:
        raise InvalidValueError(
            "Every statement that counts would go; edit the question instead.", field="statements"
        )
    return rows


def refuse_tied_statements(claim: Claim, rows: Sequence[Assertion]) -> None:
    """Refuse to part statements of which one denies or replaces the other."""
    going = {row.pk for row in rows}
    for row in claim.assertions.order_by("pk"):
        for other in (row.target_id, row.supersedes_id):
            if other is not None and (row.pk in going) != (other in going):
                raise InvalidValueError(
                    f"{row.ref} is about F{other}, or replaces it: both go, or both stay.",
                    field="statements",
                )


def refuse_unsplittable(claim: Claim, rows: Sequence[Assertion]) -> None:
    """Refuse statements that a decision on this claim is about."""
    going = {row.pk for row in rows}
    decided = claim.disputes.filter(state=DisputeState.RESOLVED, preferred__in=going)
    case = decided.order_by("pk").first()
    if case is not None:
        raise TransitionError(
            f"{case.ref} was decided for F{case.preferred_id}; reopen it first.",
            field="statements",
        )
    cited = {row.source_id for row in rows} - {None}
    ends = Q(from_source__in=cited) | Q(to_source__in=cited)
    own = SourceRelation.objects.filter(ends, claim=claim, state__in=_LIVING)
    relation = own.order_by("pk").first()
    if relation is not None:
        raise TransitionError(
            f"{relation.ref} holds for {claim.ref} alone and is about a source that goes; decide "
            "on it, or withdraw it, first, and propose it for the new claim.",
            field="statements",
        )
