"""Traces that somebody removed with care."""

from __future__ import annotations

import pytest
from django.db import connection

from claims.audit.verification import verify_everything
from claims.models import Claim, ClaimVersion
from claims.workflow.disputes import resolve_dispute
from claims.workflow.index_tables import BORROWED, OF_EACH_VERSION, OWN, SHARED
from claims.workflow.proposals import drop_claim, restore_claim
from tests import factories as make
from tests.audit.tampering import bad_rows

pytestmark = pytest.mark.django_db


def remove(gone: ClaimVersion, before: ClaimVersion) -> None:
    """Take the newest version away with its traces; the one before it is the newest again."""
    with connection.cursor() as cursor:
        for table in (*OF_EACH_VERSION, *OWN, *SHARED, BORROWED):
            name = table.model._meta.db_table
            cursor.execute(f"DELETE FROM {name} WHERE version_id = %s", [gone.pk])
        cursor.execute("DELETE FROM claims_claimversion WHERE id = %s", [gone.pk])
        cursor.execute(
            "UPDATE claims_publicationhead SET sequence = %s, sha256 = %s",
            [before.sequence, before.sha256],
        )


def test_a_removed_tombstone_of_a_claim_that_was_dropped_once_is_missed() -> None:
    """A draft was retired without a version; that excuses no later retirement."""
    claim = make.claim()
    make.figure(claim, 97)
    signed = {"by": make.contributor(), "reason": "Misread."}
    drop_claim(claim=Claim.objects.get(pk=claim.pk), **signed)
    restore_claim(claim=claim, **signed)
    kept = make.approve(claim)
    gone = make.retire(claim)
    assert bad_rows() == []
    remove(gone, kept)
    assert "the version that it published is missing" in [row.what for row in bad_rows()]


def test_a_newest_version_removed_with_its_traces_is_missed() -> None:
    kept = make.published_claim(97)
    remove(make.published_claim(60), kept)
    assert [row.what for row in bad_rows()] == ["the version that it published is missing"]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("dispute_resolved", "submitted"),
        ("dispute_resolved", "dispute_dismissed"),
        ("dispute_resolved", "edited"),
        ("submitted", "edited"),
        ("edited", "submitted"),
    ],
)
def test_another_action_in_the_log_is_found(was: str, becomes: str) -> None:
    claim = make.published_claim(60, 97).claim
    resolve_dispute(
        dispute=claim.disputes.get(),
        by=make.second_editor(),
        reason="Read.",
        outcome="range_stands",
        rationale="Both stand.",
    )
    assert not verify_everything().bad
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_reviewevent SET action = %s WHERE action = %s", [becomes, was]
        )
        changed = cursor.rowcount
    assert len(bad_rows()) == changed > 0


def test_another_editor_of_a_version_is_found() -> None:
    make.published_claim(97)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claimversion SET edited_by_id = %s", [make.chief().pk])
    assert "its editor is not" in verify_everything().bad[0].what
