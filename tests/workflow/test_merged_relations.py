"""Relations between sources go along when sources or claims become one, and come back."""

from __future__ import annotations

import pytest

from claims.errors import TransitionError
from claims.models import Claim, SourceRelation
from tests import factories as make
from tests.workflow.merges import approve_all, approved, clean, measure, merged, undone

pytestmark = pytest.mark.django_db


def test_the_other_source_rests_on_what_the_merged_one_did():
    old, new, wire = make.source("Paper"), make.source("The paper"), make.source("Wire")
    claim = make.claim()
    for source in (new, wire):
        make.figure(claim, 5, source=source, attributions=[])
    relation = make.relation(old, wire)
    make.approve(claim)
    assert Claim.objects.get().contention == "corroborated"
    item = merged("source", old, new)
    relation.refresh_from_db()
    assert (relation.from_source, relation.to_source) == (new, wire)
    assert (Claim.objects.get().contention, Claim.objects.get().state) == (
        "single_origin",
        "in_review",
    )
    clean()
    item = undone(item)
    relation.refresh_from_db()
    assert (item.state, relation.from_source) == ("undone", old)
    approve_all()
    assert Claim.objects.get().contention == "corroborated"
    clean()


def test_sources_below_rest_on_the_other_one():
    old, new, paper = make.source("Wire"), make.source("The wire"), make.source("Paper")
    claim = make.claim()
    for source in (old, paper):
        make.figure(claim, 5, source=source, attributions=[])
    relation = make.relation(paper, old)
    make.approve(claim)
    approved(merged("source", old, new))
    relation.refresh_from_db()
    assert relation.to_source == new
    assert {row.origin for row in claim.assertions.all()} == {new.ref, paper.ref}
    approve_all()
    clean()


def test_a_relation_that_stands_already_stays_behind():
    old, new, wire = make.source(), make.source(), make.source()
    make.relation(old, wire, confirmed=False)
    make.relation(new, wire)
    merged("source", old, new)
    assert set(SourceRelation.objects.values_list("from_source", flat=True)) == {old.pk, new.pk}
    clean()


def test_relation_of_a_claim_goes_with_its_statements():
    where, what = make.subject(), measure()
    one, two = (make.claim(subject=where, measure=what, unit=unit) for unit in ("person", "people"))
    paper, wire = make.source(), make.source()
    for source in (paper, wire):
        make.figure(one, 5, source=source, attributions=[])
    relation = make.relation(paper, wire, claim=one)
    merged("claim", one, two)
    relation.refresh_from_db()
    two.refresh_from_db()
    assert (relation.claim, two.contention) == (two, "single_origin")
    clean()


def test_sources_that_rest_on_one_another_are_two():
    old, new = make.source(), make.source()
    relation = make.relation(old, new, confirmed=False)
    with pytest.raises(TransitionError, match=f"{relation.ref} says that one of them rests"):
        merged("source", old, new)


def test_sources_that_rest_on_one_another_along_others_are_two():
    old, between, new = make.source(), make.source(), make.source()
    for source in (old, between, new):
        make.figure(make.claim(), 5, source=source)
    make.relation(old, between)
    make.relation(between, new)
    for pair in ((old, new), (new, old)):
        with pytest.raises(TransitionError, match="along other sources"):
            merged("source", *pair)


def test_relation_that_counts_does_not_give_way_to_one_that_waits():
    old, new, wire = make.source(), make.source(), make.source()
    make.relation(old, wire)
    waits = make.relation(new, wire, confirmed=False)
    with pytest.raises(TransitionError, match=f"{waits.ref} says what .* does and waits"):
        merged("source", old, new)
