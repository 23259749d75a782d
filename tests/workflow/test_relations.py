"""Relations between sources: proposed, decided, counted along, and read by others first."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from claims.audit.verification import verify_everything
from claims.domain.agreement import contention
from claims.domain.documents import read_document
from claims.domain.recheck import misstatements
from claims.domain.recompute import recompute_from_document
from claims.errors import (
    SelfApprovalError,
    StaleRevisionError,
)
from claims.models import BorrowedRow, Claim, ClaimVersion
from claims.workflow.bulk import draft_claims
from claims.workflow.candidate import read_candidate
from claims.workflow.desk import read_desk
from claims.workflow.evidence import add_assertion
from claims.workflow.parties import edit_party
from claims.workflow.plans import AssertionPlan, ClaimPlan
from claims.workflow.relations import (
    confirm_relation,
    withdraw_relation,
)
from claims.workflow.retiring import reverse_takedown, take_down_claim
from claims.workflow.review import approve_claim
from claims.workflow.sources import rate_source, restore_source, withdraw_source
from tests import factories as make
from tests.workflow.printing import origins, printed, reports

pytestmark = pytest.mark.django_db


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def public(claim: Claim) -> dict[str, Any]:
    return read_document(ClaimVersion.objects.public().get(claim=claim).payload)


def test_ten_relayed_reports_are_one_origin_once_a_person_says_so_and_another_reads_it():
    claim, sources = reports(10)
    version = make.approve(claim)
    proposals = [make.relation(one, sources[0], confirmed=False) for one in sources[1:]]
    assert len(origins(read_document(version.payload))) == 10
    assert fresh(claim).contention == "corroborated"
    assert ClaimVersion.objects.filter(claim=claim).count() == 1

    for proposal in proposals:
        confirm_relation(relation=proposal, by=make.chief(), reason="It says so itself.")
    assert fresh(claim).state == "in_review"
    assert fresh(claim).contention == "single_origin"
    assert len(origins(public(claim))) == 10  # readers keep the old count

    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(claim), by=make.chief(), reason="Mine.")
    make.approve(claim)

    document = public(claim)
    assert origins(document) == [sources[0].ref]
    assert document["contention"] == "single_origin"
    assert len(document["source_relations"]) == 9
    again = recompute_from_document(document)
    assert again["origins"] == document["origins"]
    assert list(misstatements(document)) == []
    assert verify_everything().bad == []


def test_a_document_tells_what_speaks_for_a_relation_and_who_confirmed_it():
    claim, (first, second) = reports(2)
    make.relation(second, first, claim=claim, kind="cites", words="Its note 3 names it.")
    make.approve(claim)
    (entry,) = public(claim)["source_relations"]
    assert {name: value for name, value in entry.items() if name not in ("ref", "decided_at")} == {
        "kind": "cites",
        "from": second.ref,
        "to": first.ref,
        "scope": "claim",
        "evidence": [{"signal": "seen", "words": "Its note 3 names it."}],
        "proposed_by": "contributor",
        "decided_by": "chief",
        "reason": "It says so itself.",
    }


def test_a_source_that_nobody_cites_is_named_once_others_rest_on_it():
    claim, sources = reports(2)
    wire = make.source("Dispatch of the agency")
    for source in sources:
        make.relation(source, wire)
    make.approve(claim)
    document = public(claim)
    assert wire.ref in {one["ref"] for one in document["sources"]}
    assert origins(document) == [wire.ref]
    nouns = set(BorrowedRow.objects.filter(claim=claim).values_list("noun", "number"))
    assert ("source", wire.pk) in nouns
    assert {noun for noun, _ in nouns} >= {"relation"}
    assert verify_everything().bad == []


@pytest.mark.parametrize(
    ("kind", "scoped", "counted"),
    [
        ("republishes", False, 1),
        ("relays", False, 1),
        ("compiled_from", False, 1),
        ("cites", False, 2),
        ("cites", True, 1),
        ("relays", True, 1),
    ],
)
def test_a_whole_work_that_cites_another_has_figures_of_its_own(kind, scoped, counted):
    claim, (first, second) = reports(2)
    make.relation(second, first, kind=kind, claim=claim if scoped else None)
    make.approve(claim)
    assert len(origins(public(claim))) == counted


def test_a_relation_of_one_claim_counts_in_that_claim_only():
    claim, (first, second) = reports(2)
    other = make.claim()
    printed(other, first)
    printed(other, second)
    make.relation(second, first, claim=claim)
    assert (fresh(claim).contention, fresh(other).contention) == ("single_origin", "corroborated")
    assert fresh(other).revision == 3


def test_what_was_copied_from_an_article_corroborates_nothing():
    article = make.article().article
    claim, (first, second) = reports(2)
    make.relation(second, None, to_article=article)
    make.approve(claim)
    document = public(claim)
    assert origins(document) == [first.ref]
    assert document["source_relations"][0]["to"] == article.ref
    copied = claim.assertions.get(source=second)
    assert {"origin": "", "counted": None, "figures": [copied.ref]} in document["origins"]
    assert list(misstatements(document)) == []
    assert verify_everything().bad == []


def test_a_withdrawn_relation_counts_no_more_and_goes_before_the_reviewers():
    claim, (first, second) = reports(2)
    relation = make.relation(second, first)
    make.approve(claim)
    withdraw_relation(relation=relation, by=make.chief(), reason="It is the other way round.")
    assert fresh(claim).state == "in_review"
    assert len(origins(public(claim))) == 1
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(claim), by=make.chief(), reason="Mine.")
    make.approve(claim)
    assert len(origins(public(claim))) == 2
    assert public(claim)["source_relations"] == []
    assert verify_everything().bad == []


def test_who_confirmed_a_relation_may_not_approve_a_later_claim_that_shows_it_first():
    _, (first, second) = reports(2)
    make.relation(second, first, by=make.editor())
    later = make.claim()
    printed(later, second)
    make.figure(later, 97)
    with pytest.raises(SelfApprovalError):
        make.approve(later, by=make.editor())
    make.approve(later, by=make.second_editor())
    again = make.claim()
    printed(again, second)
    make.approve(again, by=make.editor())  # it was read by somebody else before


def test_what_a_reviewer_read_is_stale_once_a_relation_is_confirmed():
    claim, (first, second) = reports(2)
    make.approve(claim)
    proposal = make.relation(second, first, confirmed=False)
    seen = read_candidate(fresh(claim)).witness
    confirm_relation(relation=proposal, by=make.chief(), reason="It says so itself.")
    with pytest.raises(StaleRevisionError):
        approve_claim(claim=fresh(claim), by=make.editor(), reason="Read.", witness=seen)


def test_a_relation_farther_up_the_chain_concerns_the_claims_below():
    claim, (first, second) = reports(2)
    wire = make.source()
    make.relation(second, wire)
    make.approve(claim)
    make.relation(wire, first)
    assert fresh(claim).state == "in_review"
    assert fresh(claim).contention == "single_origin"


def test_a_rating_concerns_the_claims_that_rest_on_the_source():
    claim, (_, second) = reports(2)
    wire = make.source()
    make.relation(second, wire)
    make.approve(fresh(claim))
    rate_source(source=wire, reliability="E", by=make.chief(), reason="It invents.")
    assert fresh(claim).state == "in_review"


@pytest.mark.parametrize("scoped", [False, True])
def test_a_withdrawal_concerns_the_claims_that_rest_on_the_source(scoped: bool):
    claim, (_, second) = reports(2)
    other = reports(1)[0]
    wire = make.source()
    make.relation(second, wire, claim=claim if scoped else None)
    for one in (claim, other):
        make.approve(fresh(one))
    by = {"by": make.chief(), "reason": "The agency took it back."}
    withdraw_source(source=wire, **by)
    assert [fresh(one).state for one in (claim, other)] == ["in_review", "published"]
    make.approve(fresh(claim))
    shown = {one["ref"]: one["withdrawn_on"] for one in public(claim)["sources"]}
    assert shown[wire.ref] is not None
    restore_source(source=wire, **by)
    assert fresh(claim).state == "in_review"
    assert verify_everything().bad == []


def test_a_new_statement_and_an_import_know_what_was_confirmed_before():
    _, (first, second) = reports(2)
    make.relation(second, first)
    later = make.claim()
    printed(later, first)
    printed(later, second)
    assert fresh(later).contention == "single_origin"
    answers = [
        AssertionPlan({"source": one, "point": Decimal(60)}, [], []) for one in (first, second)
    ]
    plan = ClaimPlan("How many?", make.subject(), later.measure, {}, answers)
    (drafted,) = draft_claims(plans=[plan], by=make.contributor(), reason="Imported.")
    desk = read_desk(fresh(drafted))
    assert drafted.contention == "single_origin"
    assert drafted.contention == contention(desk.evidence, desk.terms, desk.cases)


def test_naming_a_speaker_puts_the_claims_where_it_matters_before_the_reviewers():
    officer = make.party("An officer", kind="unnamed")
    claim, (first, second) = reports(2)
    make.relation(second, first)
    said = [{"party": officer, "role": "speaker", "mode": "said"}]
    other = make.claim()
    printed(other, first, 60)
    printed(other, second, 60, attributions=said)
    make.approve(other)
    assert fresh(other).contention == "single_origin"
    edit_party(party=officer, by=make.chief(), reason="Named since.", kind="person", name="Jo")
    assert fresh(other).state == "in_review"
    desk = read_desk(fresh(other))
    assert fresh(other).contention == contention(desk.evidence, desk.terms, desk.cases)
    assert fresh(claim).state == "draft"


def test_a_claim_that_comes_back_from_a_takedown_is_derived_anew():
    claim, (first, second) = reports(2)
    make.approve(claim)
    take_down_claim(claim=fresh(claim), by=make.chief(), reason="A threat.", cause="safety")
    make.relation(second, first)
    withdraw_source(source=first, by=make.chief(), reason="Forged.")
    reverse_takedown(claim=fresh(claim), by=make.editor(), reason="No threat.")
    desk = read_desk(fresh(claim))
    assert fresh(claim).contention == contention(desk.evidence, desk.terms, desk.cases)
    assert fresh(claim).contention == "single_origin"


def test_a_statement_added_later_is_counted_along_the_relation():
    claim, (first, second) = reports(2)
    make.relation(second, first)
    make.approve(claim)
    add_assertion(
        claim=claim,
        source=second,
        point=Decimal(97),
        asserted_on="2031",
        by=make.contributor(),
        reason="A later page.",
    )
    assert fresh(claim).contention == "single_origin"  # the wire's own answer stands
