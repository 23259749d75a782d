"""A claim is split: statements go to a claim of their own, read by others, and come back."""

from __future__ import annotations

import pytest

from claims.errors import (
    DuplicateError,
    InvalidValueError,
    SelfApprovalError,
    SelfDecisionError,
    StaleRevisionError,
    TransitionError,
    UnpublishableError,
)
from claims.models import Assertion, Claim, ClaimRelation, Dispute
from claims.workflow.candidate import witness_of
from claims.workflow.claims import relate_claims, unrelate_claims
from claims.workflow.disputes import dispute_witness, open_dispute, resolve_dispute
from claims.workflow.evidence import supersede_assertion
from claims.workflow.relations import propose_relation
from claims.workflow.revert import revert_claim
from claims.workflow.review import approve_claim
from claims.workflow.splitting import resolve_by_split, split_claim, undo_split
from tests import factories as make
from tests.workflow.merges import clean, public

pytestmark = pytest.mark.django_db
ASKED = {"question": "How many civilians were killed?", "population": "civilians"}


def disputed(*points: int) -> Claim:
    return make.published_claim(*(points or (60, 97))).claim


def statement(claim: Claim, point: int) -> Assertion:
    return claim.assertions.get(point=point)


def split(claim: Claim, *points: int, **fields) -> Claim:
    chosen = [statement(claim, point) for point in points]
    by = fields.pop("by", None) or make.contributor()
    return split_claim(claim=Claim.objects.get(pk=claim.pk), statements=chosen, by=by,
                       reason="Civilians alone.", **{**ASKED, **fields})  # fmt: skip


def test_statement_goes_with_its_number_and_both_claims_wait():
    claim = disputed()
    figure = statement(claim, 97)
    new = split(claim, 97)
    claim.refresh_from_db()
    figure.refresh_from_db()
    assert (figure.claim, claim.state, new.state) == (new, "in_review", "in_review")
    assert (claim.contention, new.contention) == ("single_origin", "single_origin")
    assert (new.subject, new.measure, new.population) == (
        claim.subject, claim.measure, "civilians")  # fmt: skip
    clean()


def test_readers_keep_the_statement_until_both_are_approved_and_find_links_both_ways(client):
    claim = disputed()
    new = split(claim, 97)
    figure = statement(new, 97)
    assert len(public(claim)["figures"]) == 2
    with pytest.raises(UnpublishableError, match=f"still have {figure.ref} with {claim.ref}"):
        make.approve(new, by=make.second_editor())
    make.approve(Claim.objects.get(pk=claim.pk), by=make.second_editor())
    assert figure.ref in public(claim)["review"]["reason"]
    assert new.ref in public(claim)["review"]["reason"]
    make.approve(Claim.objects.get(pk=new.pk), by=make.second_editor())

    link = public(new)["relations"][0]
    assert (link["kind"], link["direction"], link["claim"]) == ("split_off", "to", claim.ref)
    page = client.get(f"/claims/{claim.ref}/").content.decode()
    assert f'<a href="/claims/{new.ref}/">{ASKED["question"]}</a>' in page
    assert f'href="/claims/{claim.ref}/"' in client.get(f"/claims/{new.ref}/").content.decode()
    clean()


def test_who_split_a_claim_approves_neither_half():
    claim = disputed()
    new = split(claim, 97, by=make.editor())
    for one in (claim, new):
        with pytest.raises(SelfApprovalError):
            approve_claim(claim=Claim.objects.get(pk=one.pk), by=make.editor(), reason="Mine.")


def test_split_of_drafts_leaves_drafts():
    claim = make.claim()
    for point in (60, 97):
        make.figure(claim, point)
    new = split(claim, 97)
    assert (Claim.objects.get(pk=claim.pk).state, new.state) == ("draft", "draft")


def test_split_is_undone_before_readers_have_it():
    claim = disputed()
    new = split(claim, 97)
    old = undo_split(claim=new, by=make.contributor(), reason="One question after all.")
    assert (old, old.state, old.assertions.count()) == (claim, "in_review", 2)
    new.refresh_from_db()
    assert (new.state, new.assertions.count()) == ("retired", 0)
    assert not ClaimRelation.objects.exists()
    make.approve(old, by=make.second_editor())
    clean()


def test_what_was_said_in_the_new_claim_alone_is_dropped_with_it():
    claim = disputed()
    new = split(claim, 97)
    own = make.figure(Claim.objects.get(pk=new.pk), 3)
    undo_split(claim=Claim.objects.get(pk=new.pk), by=make.contributor(), reason="No.")
    own.refresh_from_db()
    assert (own.claim.pk, claim.assertions.count()) == (new.pk, 2)
    clean()


def test_split_that_readers_have_stays():
    claim = disputed()
    new = split(claim, 97)
    for one in (claim, new):
        make.approve(Claim.objects.get(pk=one.pk), by=make.second_editor())
    with pytest.raises(TransitionError, match=f"Readers have {new.ref} already"):
        undo_split(claim=Claim.objects.get(pk=new.pk), by=make.contributor(), reason="No.")


def test_only_what_was_split_off_is_put_back():
    with pytest.raises(TransitionError, match="was not split off"):
        undo_split(claim=disputed(), by=make.contributor(), reason="No.")


def test_dropped_split_is_not_undone_again():
    new = split(disputed(), 97)
    undo_split(claim=new, by=make.contributor(), reason="No.")
    with pytest.raises(TransitionError, match="not split off"):
        undo_split(claim=new, by=make.contributor(), reason="No.")


def test_going_back_does_not_fetch_what_was_split_off():
    claim = disputed()
    before = claim.versions.get()
    new = split(claim, 97)
    revert_claim(claim=Claim.objects.get(pk=claim.pk), version=before, by=make.contributor(),
                 reason="Back.")  # fmt: skip
    assert statement(new, 97).claim == new
    assert ClaimRelation.objects.get().kind == "split_off"
    clean()


@pytest.mark.parametrize(
    ("points", "words"),
    [((), "Choose the statements that go"), ((60, 97), "Every statement that counts would go")],
)
def test_neither_half_is_left_empty(points, words):
    with pytest.raises(InvalidValueError, match=words):
        split(disputed(), *points)


def test_statement_of_another_claim_is_refused():
    claim, other = disputed(), disputed(1, 2)
    with pytest.raises(InvalidValueError, match="belongs to another claim"):
        split_claim(claim=claim, statements=[statement(other, 1)], by=make.contributor(),
                    reason="?", **ASKED)  # fmt: skip


def test_the_same_scope_is_no_split():
    with pytest.raises(DuplicateError, match="asks the same of the same subject"):
        split(disputed(), 97, population="", question="How many again?")


def test_measure_of_other_values_is_refused():
    with pytest.raises(InvalidValueError, match="another kind of value"):
        split(disputed(), 97, measure=make.measure(slug="day", value_kind="date", is_count=False))


def test_statements_that_replace_one_another_stay_together():
    claim = make.claim()
    old, _ = make.figure(claim, 60), make.figure(claim, 97)
    new = supersede_assertion(assertion=old, by=make.contributor(), reason="Later.",
                              source=old.source, point=70)  # fmt: skip
    with pytest.raises(InvalidValueError, match=f"{new.ref} is about {old.ref}, or replaces it"):
        split(claim, 70)


def test_statement_that_a_decision_names_stays_until_the_case_is_reopened():
    claim = disputed()
    case = Dispute.objects.get()
    resolve_dispute(dispute=case, by=make.editor(), reason="?", outcome="prefer",
                    rationale="Counted.", preferred=statement(claim, 97))  # fmt: skip
    with pytest.raises(TransitionError, match=f"{case.ref} was decided for"):
        split(claim, 97)


def test_relation_that_holds_for_the_claim_alone_is_decided_first():
    claim = disputed()
    one, other = (statement(claim, point).source for point in (60, 97))
    ends = {"from_source": one, "to_source": other, "kind": "relays", "words": "It says so."}
    relation = propose_relation(claim=claim, by=make.contributor(), reason="Same.", **ends)
    with pytest.raises(TransitionError, match=f"{relation.ref} holds for {claim.ref} alone"):
        split(claim, 97)


def test_claim_that_changed_since_it_was_read_is_not_split():
    claim = disputed()
    seen = witness_of(claim)
    make.figure(claim, 61)
    with pytest.raises(StaleRevisionError):
        split(claim, 97, witness=seen)


def test_link_of_a_split_is_not_made_or_removed_by_hand():
    claim = disputed()
    new = split(claim, 97)
    signed = {"by": make.contributor(), "reason": "?"}
    with pytest.raises(InvalidValueError, match="by splitting the other"):
        relate_claims(from_claim=claim, to_claim=new, kind="split_off", **signed)
    with pytest.raises(InvalidValueError, match="undoing that"):
        unrelate_claims(relation=ClaimRelation.objects.get(), **signed)


def resolved(case: Dispute, *points: int, **more) -> Claim:
    chosen = [statement(case.claim, point) for point in points]
    return resolve_by_split(dispute=case, statements=chosen, rationale="One counts civilians.",
                            by=make.editor(), reason="Two questions.", **ASKED, **more)  # fmt: skip


def test_case_is_decided_by_splitting_the_claim():
    claim = disputed()
    case = Dispute.objects.get()
    new = resolved(case, 97, witness=dispute_witness(case))
    case.refresh_from_db()
    claim.refresh_from_db()
    assert (case.state, case.outcome, claim.contention, new.contention) == (
        "resolved", "different_scope", "single_origin", "single_origin")  # fmt: skip
    for one in (claim, new):
        make.approve(Claim.objects.get(pk=one.pk), by=make.second_editor())
    clean()


def test_case_that_a_split_decided_waits_again_once_that_is_undone():
    claim = disputed()
    case = Dispute.objects.get()
    new = resolved(case, 97)
    undo_split(claim=new, by=make.contributor(), reason="One question after all.")
    case.refresh_from_db()
    assert (case.state, case.outcome, Claim.objects.get(pk=claim.pk).contention) == (
        "open", "", "disputed")  # fmt: skip
    clean()


def test_case_stays_open_where_the_others_still_disagree():
    claim = disputed(60, 80, 97)
    resolved(Dispute.objects.get(), 97)
    claim.refresh_from_db()
    case = Dispute.objects.get()
    assert (claim.contention, case.state, case.outcome) == ("disputed", "open", "")
    clean()


def test_doubt_of_an_editor_is_decided_by_splitting():
    claim = disputed(60, 60)
    case = open_dispute(claim=claim, by=make.second_editor(), reason="Two?")
    first = claim.assertions.order_by("pk").first()
    resolve_by_split(dispute=case, statements=[first], rationale="Two.", by=make.editor(),
                     reason="Two questions.", **ASKED)  # fmt: skip
    case.refresh_from_db()
    assert (case.state, Claim.objects.get(pk=claim.pk).contention) == ("resolved", "resolved")
    clean()


def test_who_opened_a_case_does_not_split_it():
    claim = disputed(60, 60)
    case = open_dispute(claim=claim, by=make.editor(), reason="Two?")
    with pytest.raises(SelfDecisionError):
        resolve_by_split(dispute=case, statements=[claim.assertions.first()], rationale="Two.",
                         by=make.editor(), reason="?", **ASKED)  # fmt: skip


def test_split_that_decides_a_case_takes_a_statement_of_it():
    claim = disputed(60, 97)
    third = make.figure(claim, stance="asserts", value_state="unknown")
    case = Dispute.objects.get()
    assert third.pk not in case.members.values_list("assertion", flat=True)
    with pytest.raises(InvalidValueError, match="at least one of the statements in dispute"):
        resolve_by_split(dispute=case, statements=[third], rationale="Two.", by=make.editor(),
                         reason="?", **ASKED)  # fmt: skip
