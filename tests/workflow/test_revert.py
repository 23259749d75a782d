"""Going back to a published version, or to a moment of the history."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.audit.verification import verify_everything
from claims.choices import AssertionStatus, ClaimState, ReviewAction
from claims.domain.documents import read_document
from claims.errors import (
    InvalidValueError,
    SelfApprovalError,
    StaleRevisionError,
    UnpublishableError,
)
from claims.models import Assertion, Claim, ClaimRelation
from claims.workflow.candidate import document_of, witness_of
from claims.workflow.claims import edit_claim, relate_claims, unrelate_claims
from claims.workflow.earlier import links_now
from claims.workflow.evidence import change_assertion, withdraw_assertion
from claims.workflow.retiring import retire_claim
from claims.workflow.revert import revert_claim, rewind_claim
from claims.workflow.review import approve_claim
from tests import factories as make

pytestmark = pytest.mark.django_db
HISTORIES = (Claim, Assertion, ClaimRelation)


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def signed(**fields: Any) -> dict[str, Any]:
    return {"by": make.contributor(), "reason": "As it was.", **fields}


def newest(claim: Claim) -> Any:
    return claim.history.latest("history_id")


def link(one: Claim, other: Claim, kind: str = "same_as", **flags: bool) -> ClaimRelation:
    return relate_claims(from_claim=one, to_claim=other, kind=kind, **flags, **signed())


def test_revert_claim_makes_the_desk_say_what_the_version_said():
    version = make.published_claim(60, 97)
    first, second = version.claim.assertions.order_by("pk")
    change_assertion(
        assertion=first, by=make.contributor(), reason="Wrong.", point="61", approximate=True
    )
    withdraw_assertion(assertion=second, by=make.contributor(), reason="Wrong too.")
    edit_claim(claim=version.claim, by=make.contributor(), reason="Shorter.", question="How many?")
    added = make.figure(version.claim, 5)

    reverted = revert_claim(
        claim=version.claim, version=version, by=make.contributor(), reason="Vandalism."
    )

    published, desk = read_document(version.payload), document_of(reverted)
    assert desk["question"] == published["question"]
    assert desk["fingerprint"] == published["fingerprint"]
    kept = [entry for entry in desk["figures"] if entry["ref"] != added.ref]
    assert [entry["words"] for entry in kept] == ["60", "97"]
    assert [entry["status"] for entry in kept] == ["live", "live"]
    added.refresh_from_db()
    assert added.status == AssertionStatus.WITHDRAWN


def test_what_was_reverted_waits_for_somebody_else():
    version = make.published_claim(60)
    edit_claim(claim=version.claim, **signed(by=make.second_editor()), population="aliens")

    claim = revert_claim(claim=version.claim, version=version, **signed(by=make.editor()))

    assert claim.state == ClaimState.IN_REVIEW
    assert claim.events.latest("pk").action == ReviewAction.REVERTED
    with pytest.raises(SelfApprovalError):
        approve_claim(claim=fresh(claim), by=make.editor(), reason="Mine.")
    make.approve(claim, by=make.chief())
    assert verify_everything().bad == []


def test_a_version_brings_its_links_back_also_those_that_readers_did_not_see():
    claim, draft, later = make.claim(), make.claim(), make.claim()
    make.figure(claim, 60)
    public = make.published_claim(97).claim
    gone = link(claim, public, "part_of_total", exhaustive=True)
    link(draft, claim)
    version = make.approve(claim)
    before = links_now(claim.pk)
    unrelate_claims(relation=gone, **signed())
    link(claim, later)
    make.approve(public, by=make.second_editor())

    revert_claim(claim=claim, version=version, **signed())

    assert links_now(claim.pk) == before
    assert ClaimRelation.objects.get(kind="part_of_total").exhaustive
    assert fresh(public).state == ClaimState.IN_REVIEW
    assert fresh(later).state == ClaimState.DRAFT
    assert verify_everything().bad == []


def test_links_to_retired_claims_are_left_alone():
    version, other = make.published_claim(60), make.claim()
    link(version.claim, other)
    retire_claim(claim=fresh(other), by=make.chief(), reason="Not needed.")

    revert_claim(claim=fresh(version.claim), version=version, **signed())

    assert ClaimRelation.objects.count() == 1


def test_a_link_that_would_close_a_circle_by_now_is_refused():
    version, other, part = make.published_claim(60), make.claim(), make.claim()
    link(part, version.claim, "part_of_total")
    row = link(version.claim, other, "part_of_total")
    moment = newest(version.claim)
    unrelate_claims(relation=row, **signed())
    link(other, part, "part_of_total")

    with pytest.raises(InvalidValueError, match="circular"):
        rewind_claim(claim=version.claim, record=moment, **signed())
    assert ClaimRelation.objects.count() == 2


def test_a_link_that_was_turned_round_is_turned_back():
    version, other = make.published_claim(60), make.claim()
    row = link(version.claim, other, "part_of_total")
    moment = newest(version.claim)
    unrelate_claims(relation=row, **signed())
    link(other, version.claim, "part_of_total")

    rewind_claim(claim=version.claim, record=moment, **signed())

    assert links_now(version.claim_id) == {
        (version.claim_id, other.pk, "part_of_total"): {"exhaustive": False, "scope_exact": False}
    }


def test_statements_that_stay_the_same_are_not_written_again():
    version = make.published_claim(60, 97)
    first, second = version.claim.assertions.order_by("pk")
    withdraw_assertion(assertion=first, **signed())

    revert_claim(claim=version.claim, version=version, **signed())

    assert first.history.count() == 3
    assert second.history.count() == 1
    assert second.attributions.get().history.count() == 1


def test_revert_claim_refuses_the_version_of_another_claim():
    one, other = make.published_claim(1), make.published_claim(2)

    with pytest.raises(InvalidValueError):
        revert_claim(claim=one.claim, version=other, by=make.contributor(), reason="Oops.")


def test_rewind_claim_refuses_a_moment_of_another_claim():
    one, other = make.claim(), make.claim()

    with pytest.raises(InvalidValueError, match="of this claim's history"):
        rewind_claim(claim=one, record=newest(other), **signed())


def test_rewind_claim_refuses_a_claim_that_is_not_there():
    record = newest(make.claim())
    record.id = 10**9

    with pytest.raises(InvalidValueError, match="does not exist"):
        rewind_claim(claim=Claim(pk=10**9), record=record, **signed())


def test_revert_claim_refuses_what_changed_since_it_was_read():
    version = make.published_claim(60)
    seen = witness_of(version.claim)
    make.figure(version.claim, 97)

    with pytest.raises(StaleRevisionError):
        revert_claim(claim=version.claim, version=version, **signed(), witness=seen)
    assert Assertion.objects.live().count() == 2


def test_rewind_claim_refuses_a_moment_in_which_nobody_had_said_anything():
    claim = make.claim()
    moment = newest(claim)
    make.figure(claim, 60)

    with pytest.raises(UnpublishableError, match="Nobody had said anything"):
        rewind_claim(claim=claim, record=moment, **signed())
    assert Assertion.objects.live().count() == 1


def test_rewind_claim_refuses_another_kind_of_value():
    claim = make.claim("date")
    moment = newest(claim)
    edit_claim(claim=claim, measure=make.measure("quantity"), **signed())
    make.figure(claim, 60)

    with pytest.raises(InvalidValueError, match="another kind of value"):
        rewind_claim(claim=fresh(claim), record=moment, **signed())


STEPS = ("add", "change", "chain", "withdraw", "edit", "link", "unlink", "approve")


@given(
    steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), min_size=2, max_size=6),
    back=st.integers(0, 6),
)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_moment_comes_back_as_it_was_and_the_history_only_grows(transactional, steps, back):
    with transactional():
        claim, others = make.claim(), [make.claim(), make.claim()]
        make.figure(claim, 60)
        states = [as_it_stands(claim)]
        for name, number in steps:
            step(name, number, fresh(claim), others)
            states.append(as_it_stands(claim))
        record, bundle = states[back % len(states)]
        histories = [list(model.history.order_by("history_id").values()) for model in HISTORIES]

        done = rewind_claim(claim=fresh(claim), record=record, **signed())

        _, again = as_it_stands(claim)
        later = again["statements"].keys() - bundle["statements"].keys()
        assert {again["statements"].pop(ref)["status"] for ref in later} <= {"withdrawn"}
        assert again == bundle
        assert done.state == ClaimState.IN_REVIEW
        for model, old in zip(HISTORIES, histories, strict=True):
            assert list(model.history.order_by("history_id").values())[: len(old)] == old
        assert verify_everything().bad == []


@pytest.fixture
def transactional():
    """A transaction that is rolled back, for each example."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def rolled_back():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return rolled_back


def as_it_stands(claim: Claim) -> tuple[Any, dict[str, Any]]:
    """The newest row of the claim's history, and what the desk says of the claim."""
    document = document_of(fresh(claim))
    names = ("question", "unit", "population", "best_policy", "tolerance_pct", "fingerprint")
    quiet = ("anchors", "status_reason")
    statements = {
        entry["ref"]: {name: value for name, value in entry.items() if name not in quiet}
        for entry in document["figures"]
    }
    terms = {name: document[name] for name in names}
    return newest(claim), {**terms, "statements": statements, "links": links_now(claim.pk)}


def step(name: str, number: int, claim: Claim, others: list[Claim]) -> None:
    """One of the things that people do to a claim."""
    rows = list(claim.assertions.live().order_by("pk"))
    row = rows[number % len(rows)] if rows else None
    links = list(ClaimRelation.objects.order_by("pk"))
    other = others[number % len(others)]
    if name == "add":
        make.figure(claim, number)
    elif name == "change" and row:
        change_assertion(assertion=row, point=str(70 + number), quote=f"Q{number}", **signed())
    elif name == "chain" and row:
        chain = [{"party": make.party(), "role": "speaker", "mode": "said"}]
        change_assertion(assertion=row, attributions=chain[: number % 2], **signed())
    elif name == "withdraw" and len(rows) > 1:  # one stays: else there is nothing to review
        withdraw_assertion(assertion=row, **signed())
    elif name == "edit":
        edit_claim(claim=claim, population=f"group {number}", tolerance_pct=number, **signed())
    elif name == "link" and not links:
        link(claim, other, "part_of_total", exhaustive=bool(number % 2))
    elif name == "unlink" and links:
        unrelate_claims(relation=links[0], **signed())
    elif name == "approve" and row and claim.state != "published":
        make.approve(claim)
