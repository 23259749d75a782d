"""The claims whose evidence or meaning hangs on rows that are merged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from claims.choices import MergedNoun
from claims.models import (
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    ClaimRelation,
    Source,
    SourceRelation,
    Subject,
    SubjectBelligerent,
)
from claims.workflow import subjects
from claims.workflow.linked import linked_to
from claims.workflow.merge_moves import ALIAS, REMOVED
from claims.workflow.relations import claims_concerned


def claims_shown(noun: str, numbers: Iterable[int]) -> set[int]:
    """The claims, retired ones included, whose evidence or meaning hangs on these rows."""
    wanted = list(numbers)
    if noun == MergedNoun.CLAIM:
        return {*wanted, *linked_to(wanted)}
    if noun == MergedNoun.MEASURE:
        return set(Claim.objects.filter(measure__in=wanted).values_list("pk", flat=True))
    if noun == MergedNoun.SUBJECT:
        return _about(wanted)
    if noun == MergedNoun.SOURCE:
        confirmed = SourceRelation.objects.confirmed()
        resting = {one for number in wanted for one in confirmed.below(number)}
        return set(Assertion.objects.filter(source__in=resting).values_list("claim", flat=True))
    named = Q(attributions__party__in=wanted) | Q(party_links__party__in=wanted)
    fought = SubjectBelligerent.objects.filter(party__in=wanted)
    printed = Source.objects.filter(publisher__in=wanted).values_list("pk", flat=True)
    spoken = set(Assertion.objects.filter(named).values_list("claim", flat=True))
    spoken |= claims_shown(MergedNoun.SOURCE, printed)
    return spoken | _about(fought.values_list("subject", flat=True))


def claims_moved(moved: Iterable[list[Any]]) -> set[int]:
    """The claims that what was moved belongs to."""
    found: dict[str, set[int]] = {}
    for entry in moved:
        if entry[0] == REMOVED:
            for column, number in entry[2].items():  # those that name rows are asked for
                found.setdefault(column, set()).add(number)
        elif entry[0] != ALIAS:
            found.setdefault(entry[0], set()).add(entry[1])
    spoken = Attribution.objects.filter(pk__in=found.get("attribution", ()))
    named = AssertionParty.objects.filter(pk__in=found.get("assertionparty", ()))
    fought = SubjectBelligerent.objects.filter(pk__in=found.get("subjectbelligerent", ()))
    statements = {
        *spoken.values_list("assertion", flat=True),
        *named.values_list("assertion", flat=True),
        *found.get("assertion", ()),
        *found.get("assertion_id", ()),
    }
    places = {
        *fought.values_list("subject", flat=True),
        *found.get("subject", ()),
        *found.get("subject_id", ()),
    }
    claims = Assertion.objects.filter(pk__in=statements).values_list("claim", flat=True)
    told: set[int] = set()
    relations = SourceRelation.objects.confirmed().filter(pk__in=found.get("sourcerelation", ()))
    for relation in relations:
        told |= set(claims_concerned(relation).values_list("pk", flat=True))
    told |= claims_shown(MergedNoun.SOURCE, found.get("source", ()))
    links = ClaimRelation.objects.filter(pk__in=found.get("claimrelation", ()))
    told |= {number for pair in links.values_list("from_claim", "to_claim") for number in pair}
    told |= {*found.get("from_claim_id", ()), *found.get("to_claim_id", ())}
    return {*claims, *found.get("claim", ()), *_about(places), *told}


def _about(numbers: Iterable[int]) -> set[int]:
    """The claims about these subjects or subjects below them."""
    tree: set[int] = set()
    for subject in Subject.objects.filter(pk__in=list(numbers)):
        tree |= subjects.subtree(subject)
    return set(Claim.objects.filter(subject__in=tree).values_list("pk", flat=True))
