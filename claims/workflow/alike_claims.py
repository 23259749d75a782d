"""Asking whether claims that were drafted are ones that were there, in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.contrib.auth.models import User
from django.db.models import Q

from claims.domain.claim_likeness import ClaimTraits, claim_likeness
from claims.domain.likeness import LikelyRow, Match
from claims.models import Claim, ClaimRelation, SamenessQuestion, Subject
from claims.workflow.identity import ask_about_each

LOOKED_AT: Final = 200  # claims of one subject, and of those above and below it, that are compared
_LEVELS: Final = 3  # of subjects above and below


def ask_about_claims(drafted: Sequence[Claim], *, by: User, reason: str) -> list[SamenessQuestion]:
    """Ask people whether claims are others of their subject, or of one above or below it.

    Claims that are linked to one another are not asked about. The number of queries is the same
    for one claim and for a hundred, and what they read does not grow with what is there: of the
    claims and subjects near each one the newest are looked at.
    """
    return ask_about_each(list(_alike(drafted)), by=by, reason=reason) if drafted else []


def _alike(drafted: Sequence[Claim]) -> Iterator[tuple[Claim, Match[Claim]]]:
    """Each claim that may be another one, with the likeliest of those it may be."""
    near = _trees({claim.subject_id for claim in drafted})
    wanted = {subject for tree in near.values() for subject in tree}
    there = Claim.objects.active().filter(subject__in=wanted)
    rows = there.select_related("measure").order_by("-pk")[: LOOKED_AT * max(1, len(near))]
    by_subject: dict[int, list[Claim]] = defaultdict(list)
    for row in rows:
        by_subject[row.subject_id].append(row)
    linked, fresh = _linked(drafted), {claim.pk for claim in drafted}
    traits = {one.pk: _traits(one) for one in (*rows, *drafted)}
    for claim in drafted:
        others = [
            one
            for subject in near[claim.subject_id]
            for one in by_subject[subject]
            # Of two that were drafted together the later one is asked about.
            if one.pk != claim.pk and not (one.pk in fresh and one.pk > claim.pk)
        ]
        unlinked = [one for one in others if (claim.pk, one.pk) not in linked]
        found = _judged(claim, unlinked, traits)
        if found:
            yield claim, Match(None, tuple(found))


def _judged(
    claim: Claim, others: Iterable[Claim], traits: Mapping[int, ClaimTraits]
) -> list[LikelyRow[Claim]]:
    """Those that it may be, of the same measure first."""
    mine = traits[claim.pk]
    judged = [(one, claim_likeness(mine, traits[one.pk])) for one in others]
    likely = [(one, like) for one, like in judged if like.answer != "other"]
    likely.sort(key=lambda pair: (pair[0].measure_id != claim.measure_id, pair[0].pk))
    return [LikelyRow(one, like.why) for one, like in likely]


def _traits(claim: Claim) -> ClaimTraits:
    return ClaimTraits(
        question=claim.question,
        subject=claim.subject_id,
        measure=claim.measure_id,
        takes=(claim.measure.value_kind, claim.measure.is_count),
        unit=claim.unit,
        population=claim.population,
        aggregation=claim.aggregation,
        as_of=claim.as_of,
    )


def _linked(drafted: Collection[Claim]) -> set[tuple[int, int]]:
    numbers = [claim.pk for claim in drafted]
    links = ClaimRelation.objects.filter(Q(from_claim__in=numbers) | Q(to_claim__in=numbers))
    pairs = set(links.order_by().values_list("from_claim", "to_claim"))
    return pairs | {(other, one) for one, other in pairs}


def _trees(subjects: set[int]) -> dict[int, set[int]]:
    """Each subject with those up to three levels above and below it, the newest of a level.

    A fixed number of queries, which read at most LOOKED_AT subjects for each one of a level.
    """
    near = {number: {number} for number in subjects}
    for column, other in (("pk", "parent"), ("parent", "pk")):
        level = {number: {number} for number in subjects}
        for _ in range(_LEVELS):
            wanted = {one for found in level.values() for one in found}
            rows = Subject.objects.filter(**{f"{column}__in": wanted}).order_by("-pk")
            steps: dict[int, set[int]] = defaultdict(set)
            for start, end in rows.values_list(column, other)[: LOOKED_AT * len(subjects)]:
                if end is not None:
                    steps[start].add(end)
            level = {
                number: {end for one in found for end in steps[one]}
                for number, found in level.items()
            }
            for number, found in level.items():
                near[number] |= found
    return near
