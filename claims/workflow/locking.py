"""One lock order for everybody: claim rows first, lowest number first."""

from __future__ import annotations

from collections.abc import Iterable

from claims.choices import RelationKind
from claims.errors import InvalidValueError
from claims.models import Claim, ClaimRelation


def lock_claim(claim: Claim) -> Claim:
    """Lock the claim and the totals it is a part of; return the claim as stored now."""
    rows = lock_claims([claim.pk, *_totals_of(claim.pk)])
    missed = set(_totals_of(claim.pk)) - rows.keys()  # linked while we waited for the lock
    if missed:
        lock_claims(missed)
    if claim.pk not in rows:
        raise InvalidValueError("That claim does not exist.", field="claim")
    return rows[claim.pk]


def lock_claims(numbers: Iterable[int]) -> dict[int, Claim]:
    """Lock these claims in ascending order; return them by number.

    The lock takes no joins: when a writer that we waited for has changed who edited the claim
    last, PostgreSQL finds the joined row no longer fitting and would leave the claim out.
    """
    wanted = Claim.objects.filter(pk__in=set(numbers))
    locked = list(wanted.order_by("pk").select_for_update().values_list("pk", flat=True))
    return {claim.pk: claim for claim in Claim.objects.for_evidence().filter(pk__in=locked)}


def lock_with_totals(numbers: Iterable[int]) -> dict[int, Claim]:
    """Lock these claims and the totals they are parts of, in one ascending order.

    Whoever changes several claims takes all locks at once: a total that was locked later, one
    claim at a time, could wait for somebody who waits for us. Returns the claims asked for.
    """
    wanted = set(numbers)
    locked = lock_claims(wanted | set(_totals_of(*wanted)))
    return {number: claim for number, claim in locked.items() if number in wanted}


def _totals_of(*numbers: int) -> list[int]:
    relations = ClaimRelation.objects.filter(
        from_claim__in=numbers, kind=RelationKind.PART_OF_TOTAL
    )
    return list(relations.values_list("to_claim_id", flat=True))
