"""Traces that somebody removed with care."""

from __future__ import annotations

import pytest
from django.db import connection

from claims.audit.verification import verify_everything
from claims.workflow.disputes import resolve_dispute
from claims.workflow.index_tables import BORROWED, OF_EACH_VERSION, OWN, SHARED
from tests import factories as make
from tests.audit.tampering import bad_rows

pytestmark = pytest.mark.django_db


def test_a_newest_version_removed_with_its_traces_is_missed() -> None:
    kept = make.published_claim(97)
    gone = make.published_claim(60)
    with connection.cursor() as cursor:
        for table in (*OF_EACH_VERSION, *OWN, *SHARED, BORROWED):
            name = table.model._meta.db_table
            cursor.execute(f"DELETE FROM {name} WHERE version_id = %s", [gone.pk])
        cursor.execute("DELETE FROM claims_claimversion WHERE id = %s", [gone.pk])
        cursor.execute(
            "UPDATE claims_publicationhead SET sequence = %s, sha256 = %s",
            [kept.sequence, kept.sha256],
        )
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
