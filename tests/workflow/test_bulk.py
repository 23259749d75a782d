"""Drafting many claims at once writes what one verb after another writes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.choices import Contention
from claims.errors import DuplicateError, EvidenceError, PermissionMissingError
from claims.models import Assertion, Claim, Dispute
from claims.models.history import digest_of
from claims.workflow.bulk import draft_claims
from claims.workflow.claims import draft_claim
from claims.workflow.contention import refresh_contention
from claims.workflow.evidence import add_assertion
from claims.workflow.plans import AssertionPlan, ClaimPlan
from tests import factories as make

pytestmark = pytest.mark.django_db

OWN = {"id", "claim_id", "assertion_id", "dispute_id", "subject_id", "fingerprint", "revision"}


def plan(*points: int, **fields: Any) -> ClaimPlan:
    revision = make.article()
    assertions = [
        AssertionPlan(
            fields={"source": make.source("Report"), "point": Decimal(point), "quote": "60"},
            attributions=[{"party": make.party(), "role": "speaker", "mode": "said"}],
            revision=revision,
            places=[(revision.text.index("60"), revision.text.index("60") + 2)],
        )
        for point in points
    ]
    return ClaimPlan(
        question="How many were killed?",
        subject=make.subject(),
        measure=make.measure(),
        fields=fields,
        assertions=assertions,
    )


def drafted_one_by_one(made: ClaimPlan) -> Claim:
    claim = draft_claim(
        by=make.contributor(),
        reason="Imported.",
        question=made.question,
        subject=make.subject(),
        measure=made.measure,
        **made.fields,
    )
    for one in made.assertions:
        places = [{"revision": one.revision, "start": a, "end": b} for a, b in one.places]
        add_assertion(
            claim=claim,
            by=make.contributor(),
            reason="Imported.",
            attributions=one.attributions,
            anchors=places,
            **one.fields,
        )
    return Claim.objects.get(pk=claim.pk)


def values(row: Any) -> dict[str, Any]:
    """The columns of a row that do not name another row or a moment."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in OWN and not field.attname.endswith("_at")
    }


def test_draft_claims_writes_the_rows_that_the_single_verbs_write():
    made = plan(60, 97, population="soldiers")

    bulk = Claim.objects.get(pk=draft(made)[0].pk)
    single = drafted_one_by_one(made)

    assert values(bulk) == values(single)
    assert bulk.contention == Contention.DISPUTED
    for one, other in zip(bulk.assertions.all(), single.assertions.all(), strict=True):
        assert values(one) == values(other)
        assert values(one.attributions.get()) == values(other.attributions.get())
        assert values(one.anchors.get()) == values(other.anchors.get())
    assert values(bulk.disputes.get()) == values(single.disputes.get())
    assert bulk.disputes.get().members.count() == 2


def draft(*plans: ClaimPlan, by: User | None = None) -> list[Claim]:
    return draft_claims(plans=plans, by=by or make.contributor(), reason="Imported.")


def test_draft_claims_signs_and_seals_every_row():
    claim = draft(plan(60, 97))[0]

    rows: list[Any] = [Claim.objects.get(pk=claim.pk), *Assertion.objects.all()]
    rows += [link for row in Assertion.objects.all() for link in row.attributions.all()]
    rows += [anchor for row in Assertion.objects.all() for anchor in row.anchors.all()]
    for row in rows:
        entry = row.history.get()
        assert entry.history_user == make.contributor()
        assert entry.history_change_reason == "Imported."
        assert entry.history_digest == digest_of(entry, "")
        own = {field.attname for field in row._meta.concrete_fields}
        assert {name: getattr(entry, name) for name in own} == {
            name: getattr(row, name) for name in own
        }
    assert Dispute.objects.get().history.get().history_user is None


def test_draft_claims_derives_what_a_fresh_derivation_finds():
    claim = Claim.objects.get(pk=draft(plan(60, 97))[0].pk)
    stored = (claim.fingerprint, claim.contention, claim.severity)

    refresh_contention(claim, now=timezone.now())

    assert (claim.fingerprint, claim.contention, claim.severity) == stored


def test_draft_claims_costs_the_same_for_one_claim_or_nine(django_assert_max_num_queries):
    first, second = make.contributor(), make.contributor()
    draft_claims(
        plans=[plan(50)], by=make.contributor(), reason="The first row of a table costs more."
    )
    one, nine = [plan(60)], [plan(60) for _ in range(9)]
    subject = one[0].subject
    nine = [
        ClaimPlan(p.question, subject, p.measure, {"population": str(n)}, p.assertions)
        for n, p in enumerate(nine)
    ]
    with django_assert_max_num_queries(23) as alone:
        draft_claims(plans=one, by=first, reason="Imported.")
    with django_assert_max_num_queries(23) as together:
        draft_claims(plans=nine, by=second, reason="Imported.")
    assert len(together) == len(alone)


def test_draft_claims_keeps_nothing_when_one_is_refused():
    good, bad = plan(60), plan(97)
    bad.assertions[0].fields["text"] = "of another family"

    with pytest.raises(EvidenceError), transaction.atomic():
        draft(good, bad)

    assert not Claim.objects.exists()


def test_draft_claims_refuses_a_scope_that_is_asked_already():
    made = plan(60)
    draft(made)

    with pytest.raises(DuplicateError):
        draft(made)


def test_draft_claims_refuses_accounts_without_the_permission():
    with pytest.raises(PermissionMissingError):
        draft(plan(60), by=make.account("administrator"))
