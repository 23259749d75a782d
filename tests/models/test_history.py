"""History rows are signed for good, and nothing that people rely on can be deleted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import models

from claims.errors import AppendOnlyError
from claims.models import Claim, ClaimVersion, Party, ReviewEvent
from claims.models.history import digest_of, plain_value
from claims.workflow.parties import edit_party
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_every_history_row_says_who_and_why():
    party = make.party("MNLA")
    edit_party(party=party, by=make.editor(), reason="Its full name.", description="Movement")

    first, second = Party.history.filter(id=party.pk).order_by("history_id")
    assert (first.history_user, second.history_user) == (make.contributor(), make.editor())
    assert second.history_change_reason == "Its full name."


def test_a_signature_does_not_outlive_its_save():
    party = make.party("MNLA")
    edited = edit_party(party=party, by=make.editor(), reason="Its name.", name="M.N.L.A.")

    assert not hasattr(edited, "_change_reason")
    assert not hasattr(edited, "_history_user")


def test_digests_form_a_chain():
    party = make.party("MNLA")
    edit_party(party=party, by=make.editor(), reason="Its name.", name="M.N.L.A.")

    first, second = Party.history.filter(id=party.pk).order_by("history_id")
    assert first.history_digest == digest_of(first, "")
    assert second.history_digest == digest_of(second, first.history_digest)


def test_a_digest_depends_on_every_value_of_the_row():
    row = make.claim().history.get()
    seen = {digest_of(row, "")}
    for field in row._meta.concrete_fields:
        if field.name in ("history_id", "history_digest", "act"):
            continue
        before = getattr(row, field.attname)
        setattr(row, field.attname, "something else")
        seen.add(digest_of(row, ""))
        setattr(row, field.attname, before)

    assert len(seen) == len(row._meta.concrete_fields) - 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal(97), Decimal("97.00")),
        (Decimal("1E+2"), Decimal(100)),
        (
            dt.datetime(2012, 1, 1, 12, tzinfo=dt.UTC),
            dt.datetime(2012, 1, 1, 13, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        ),
    ],
)
def test_a_value_has_one_spelling_on_every_database(one, other):
    assert plain_value(one) == plain_value(other)


def test_a_user_who_signed_anything_cannot_be_deleted():
    make.party()

    with pytest.raises(models.ProtectedError):
        make.contributor().delete()


@pytest.mark.parametrize("model", [ReviewEvent, ClaimVersion])
def test_decisions_and_versions_are_never_deleted(model):
    make.published_claim()

    with pytest.raises(AppendOnlyError):
        model.objects.all().delete()


def test_decisions_are_never_changed():
    make.published_claim()

    with pytest.raises(AppendOnlyError):
        ReviewEvent.objects.all().update(comment="Another reason")


def test_a_claim_with_evidence_cannot_be_deleted():
    version = make.published_claim()

    with pytest.raises(models.ProtectedError):
        Claim.objects.get(pk=version.claim_id).delete()
