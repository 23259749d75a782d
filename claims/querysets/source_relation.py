"""Reading which source rests on which."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from claims.choices import SourceRelationState

if TYPE_CHECKING:
    from claims.models import SourceRelation


class SourceRelationQuerySet(QuerySet["SourceRelation"]):
    def proposed(self) -> SourceRelationQuerySet:
        """Those that wait for a person to decide."""
        return self.filter(state=SourceRelationState.PROPOSED)

    def confirmed(self) -> SourceRelationQuerySet:
        """Those along which origins are counted."""
        return self.filter(state=SourceRelationState.CONFIRMED)

    def for_claim(self, claim: int | None) -> SourceRelationQuerySet:
        """Those of whole sources, and those of this claim."""
        return self.filter(Q(claim__isnull=True) | Q(claim=claim))

    def for_claims(self, claims: Iterable[int]) -> SourceRelationQuerySet:
        """Those of whole sources, and those of any of these claims."""
        return self.filter(Q(claim__isnull=True) | Q(claim__in=list(claims)))

    def with_ends(self) -> SourceRelationQuerySet:
        """With everything that a claim's document shows of them."""
        return self.select_related("to_source__publisher", "proposed_by", "decided_by")

    def above(self, sources: Iterable[int]) -> list[SourceRelation]:
        """Those of these relations on all chains that start at the sources, by number."""
        found: dict[int, SourceRelation] = {}
        seen: set[int] = set()
        fresh = set(sources)
        while fresh:
            seen |= fresh
            rows = self.filter(from_source__in=fresh).with_ends()
            found |= {row.pk: row for row in rows}
            fresh = {row.to_source_id for row in found.values() if row.to_source_id} - seen
        return [found[number] for number in sorted(found)]

    def below(self, source: int) -> set[int]:
        """The sources from which chains of these relations lead to this one, and itself."""
        seen: set[int] = set()
        fresh: Collection[int] = {source}
        while fresh:
            seen |= set(fresh)
            rows = self.filter(to_source__in=fresh)
            fresh = set(rows.values_list("from_source_id", flat=True)) - seen
        return seen

    def claims_on(self, source: int) -> Q:
        """Which claims cite the source or, along these relations, one that rests on it."""
        whole = self.filter(claim__isnull=True).below(source)
        found = Q(assertions__source__in=whole)
        scoped = self.filter(claim__isnull=False, from_source__in=self.below(source))
        for claim in scoped.order_by("claim").values_list("claim", flat=True).distinct():
            found |= Q(pk=claim, assertions__source__in=self.for_claim(claim).below(source))
        return found


def reached_from(
    relations: Iterable[SourceRelation], sources: Iterable[int], claim: int
) -> list[SourceRelation]:
    """Those of the relations on the chains that start at the sources and hold for the claim."""
    own = [one for one in relations if one.claim_id in (None, claim)]
    reached, size = set(sources), -1
    while size != len(reached):
        size = len(reached)
        onward = (one.to_source_id for one in own if one.from_source_id in reached)
        reached |= {number for number in onward if number is not None}
    return [one for one in own if one.from_source_id in reached]
