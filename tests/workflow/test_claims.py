"""Drafting, editing, assigning and linking claims; sums of parts."""

from __future__ import annotations

import pytest

from claims.choices import ClaimState, Contention, RelationKind
from claims.errors import (
    DuplicateError,
    InvalidValueError,
    PermissionMissingError,
    TransitionError,
)
from claims.models import Claim, ClaimRelation
from claims.workflow.claims import (
    draft_claim,
    edit_claim,
    relate_claims,
    unrelate_claims,
)
from claims.workflow.evidence import change_assertion
from claims.workflow.retiring import retire_claim
from tests import factories as make

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def relate(part: Claim, total: Claim, **fields) -> ClaimRelation:
    fields = {"kind": RelationKind.PART_OF_TOTAL, **fields}
    return relate_claims(
        from_claim=part, to_claim=total, by=make.contributor(), reason="A part of it.", **fields
    )


def total_of(high: int, *parts: int, **fields) -> Claim:
    """A total with its published parts, each from an origin of its own."""
    total = make.claim()
    make.figure(total, high)
    for number in parts:
        part = make.claim()
        make.figure(part, number)
        relate(part, total, **fields)
        make.approve(part)
    return fresh(total)


@pytest.mark.parametrize(
    "fields",
    [
        {"question": ""},
        {"question": "x" * 301},
        {"question": "a\x00b"},
        {"unit": "x" * 41},
        {"population": "x" * 201},
        {"aggregation": "lost"},
        {"as_of": "yesterday"},
        {"cardinality": "some"},
        {"tolerance_pct": "-1"},
        {"tolerance_pct": "101"},
        {"tolerance_pct": 1.5},
        {"best_policy": "loudest"},
        {"state": "published"},
        {"contention": "resolved"},
    ],
    ids=str,
)
def test_draft_claim_and_edit_claim_refuse(fields):
    claim = make.claim()

    with pytest.raises(InvalidValueError):
        make.claim(**fields)
    with pytest.raises(InvalidValueError):
        edit_claim(claim=claim, by=make.contributor(), reason="So.", **fields)

    assert Claim.objects.count() == 1
    assert fresh(claim).revision == claim.revision


def test_draft_claim_takes_the_unit_of_its_measure():
    measure = make.measure(slug="killed", default_unit="people")

    assert make.claim(measure=measure).unit == "people"


def test_draft_claim_refuses_those_who_may_not():
    reader = make.account("contributor", "reader")
    reader.groups.clear()

    with pytest.raises(PermissionMissingError):
        draft_claim(
            by=reader,
            reason="x",
            question="How many?",
            subject=make.subject(),
            measure=make.measure(),
        )


def test_another_population_is_another_question():
    claim = make.claim(population="soldiers")

    other = make.claim(subject=claim.subject, population="civilians")

    assert other.pk != claim.pk


def test_a_retired_question_can_be_asked_again():
    claim = make.claim()
    retire_claim(claim=claim, by=make.chief(), reason="Badly put.")

    assert make.claim(subject=claim.subject).pk != claim.pk


def test_edit_claim_refuses_the_scope_of_another_claim():
    claim = make.claim(population="soldiers")
    other = make.claim(subject=claim.subject, population="civilians")

    with pytest.raises(DuplicateError):
        edit_claim(claim=other, by=make.contributor(), reason="So.", population="soldiers")


def test_edit_claim_refuses_a_counting_measure_once_it_has_answers():
    """A half is no count: what was checked against one measure was not against the other."""
    claim = make.claim(measure=make.measure(slug="tonnes", is_count=False))
    make.figure(claim, "97.5")

    with pytest.raises(InvalidValueError, match="another kind of value"):
        edit_claim(
            claim=claim, by=make.contributor(), reason="So.", measure=make.measure(slug="killed")
        )


def test_edit_claim_refuses_a_measure_of_another_kind_once_it_has_answers():
    claim = make.claim()
    make.figure(claim, 97)

    with pytest.raises(InvalidValueError):
        edit_claim(claim=claim, by=make.contributor(), reason="So.", measure=make.measure("date"))


def test_a_tolerance_lets_close_figures_agree():
    claim = make.claim()
    make.figure(claim, 95)
    make.figure(claim, 97)

    edit_claim(claim=claim, by=make.contributor(), reason="Counts.", tolerance_pct="5")

    assert fresh(claim).contention == Contention.CORROBORATED


def test_relate_claims_refuses_a_claim_with_itself():
    claim = make.claim()

    with pytest.raises(InvalidValueError):
        relate(claim, claim)


def test_relate_claims_refuses_a_second_link_of_its_kind():
    part, total = make.claim(), make.claim()
    relate(part, total)

    with pytest.raises(DuplicateError):
        relate(part, total)


def test_relate_claims_refuses_an_unknown_kind():
    with pytest.raises(InvalidValueError):
        relate(make.claim(), make.claim(), kind="cousin")


def test_relate_claims_refuses_circles_however_long():
    first, second, third = make.claim(), make.claim(), make.claim()
    relate(first, second)
    relate(second, third)

    with pytest.raises(InvalidValueError):
        relate(third, first)


def test_relate_claims_refuses_retired_claims():
    part, total = make.claim(), make.claim()
    retire_claim(claim=total, by=make.chief(), reason="Asked twice.")

    with pytest.raises(TransitionError):
        relate(part, total)
    assert not ClaimRelation.objects.exists()


def test_unrelate_claims_keeps_the_link_in_its_history():
    link = relate(make.claim(), make.claim())
    number = link.pk

    unrelate_claims(relation=link, by=make.contributor(), reason="Not a part.")

    last = ClaimRelation.history.filter(id=number).latest("history_id")
    assert (last.history_type, last.history_change_reason) == ("-", "Not a part.")


def test_parts_above_their_total_are_a_soft_check_unless_scopes_are_the_same():
    total = total_of(1500, 1000, 600)

    assert not total.disputes.exists()
    assert total.contention == Contention.SINGLE_ORIGIN


def test_parts_above_their_total_open_a_dispute_when_scopes_are_the_same():
    total = total_of(1500, 1000, 600, scope_exact=True)

    assert total.disputes.get().kind == "arithmetic"


def test_parts_below_their_total_open_one_only_when_they_are_all_its_parts():
    assert not total_of(1500, 1000, scope_exact=True).disputes.exists()
    assert total_of(1500, 1000, scope_exact=True, exhaustive=True).disputes.exists()


def test_losses_of_the_sample_are_a_soft_check():
    total = make.claim()
    make.figure(total, low="1000", high="1500", high_open=True)
    for values in (
        {"low": "200", "high_open": True},
        {"point": "400"},
        {"low": "1000", "high": "1600"},
    ):
        part = make.claim()
        make.figure(part, **values)
        relate(part, total)
        make.approve(part)

    assert not fresh(total).disputes.exists()


def test_a_changed_part_opens_the_dispute_of_its_total():
    total = total_of(1500, 1000, 400, scope_exact=True)
    assert not total.disputes.exists()
    row = fresh(total).relations_to.last().from_claim.assertions.get()

    change_assertion(assertion=row, by=make.contributor(), reason="It says 600.", point="600")
    assert not total.disputes.exists()  # a draft is no evidence about what readers see
    make.approve(row.claim)

    assert total.disputes.get().kind == "arithmetic"


def test_a_part_that_breaks_a_published_total_sends_it_to_review():
    total = total_of(1500, 1000, 400, scope_exact=True)
    make.approve(total)
    row = total.relations_to.last().from_claim.assertions.get()

    change_assertion(assertion=row, by=make.contributor(), reason="It says 600.", point="600")
    make.approve(row.claim)

    assert fresh(total).state == ClaimState.IN_REVIEW
    assert fresh(total).contention == Contention.DISPUTED


def test_every_move_of_a_total_is_a_revision_of_its_own():
    total, part = make.claim(), make.claim()
    make.figure(total, 1500)
    make.figure(part, 1600)
    relate(part, total, scope_exact=True)

    make.approve(part)

    revisions = list(total.history.order_by("history_id").values_list("revision", flat=True))
    assert revisions == sorted(set(revisions))
