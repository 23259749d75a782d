"""What the queue knows of a claim follows its log, whatever step brings it about."""

from __future__ import annotations

import datetime as dt
import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from claims.audit.verification import verify_everything
from claims.models import Claim, QueueEntry
from claims.workflow.claims import edit_claim
from claims.workflow.rebuilding import rebuild_index
from claims.workflow.review import approve_claim, return_claim, submit_claim
from claims.workflow.undoing import undo_return
from claims.workflow.waiting import entries_of, misdrawn, refresh_queue, waiting_claims
from tests import factories as make

pytestmark = pytest.mark.django_db

EARLY, LATE = (dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in (1, 9))
BACK = importlib.import_module("claims.migrations.0037_speed_up_the_queue")


def known() -> list[tuple[str, str, dt.datetime]]:
    rows = QueueEntry.objects.order_by("claim", "account")
    return [(row.account.username, row.state, row.since) for row in rows]


def waiting() -> Claim:
    claim = make.claim()
    make.figure(claim, 97)
    return submit_claim(claim=claim, by=make.contributor(), reason="Ready.", now=EARLY)


def test_a_claim_is_in_the_queue_from_its_submission_to_its_approval() -> None:
    claim = waiting()
    assert known() == [("contributor", "in_review", EARLY)]
    approve_claim(claim=claim, by=make.editor(), reason="Fits.", now=LATE)
    assert known() == []


def test_a_returned_claim_waits_for_who_wrote_it_and_an_undone_return_for_nobody() -> None:
    claim = waiting()
    return_claim(claim=claim, by=make.editor(), reason="A page?", now=LATE)
    assert [row[:2] for row in known()] == [("contributor", "changes_requested")]
    undo_return(claim=Claim.objects.get(), by=make.editor(), reason="Found it.", now=LATE)
    assert known() == [("contributor", "in_review", EARLY)]


def test_an_edit_takes_a_claim_from_the_queue_and_adds_a_writer() -> None:
    claim = waiting()
    edit_claim(claim=claim, by=make.second_editor(), reason="Clearer.", population="civilians")
    assert known() == []
    submit_claim(claim=Claim.objects.get(), by=make.contributor(), reason="Ready.", now=LATE)
    assert [row[:2] for row in known()] == [
        ("contributor", "in_review"), ("second_editor", "in_review")]  # fmt: skip


def test_the_queue_is_drawn_again_from_the_log_by_hand_and_by_the_migration() -> None:
    """A wrong row goes, a lost one comes back, a right one keeps its number."""
    claim = waiting()
    submit_other = waiting_returned_twice()
    kept, lost = QueueEntry.objects.get(claim=claim), QueueEntry.objects.get(claim=submit_other)
    lost.delete()
    QueueEntry(claim=claim, account=make.chief(), state="in_review", since=EARLY).save()
    refresh_queue([claim.pk, submit_other.pk])
    assert set(QueueEntry.objects.values_list("claim", "account__username")) == {
        (claim.pk, "contributor"), (submit_other.pk, "contributor")}  # fmt: skip
    assert QueueEntry.objects.get(claim=claim).pk == kept.pk

    before = known()
    QueueEntry.objects.all().delete()
    BACK.draw_entries(apps, SimpleNamespace(connection=connection))
    assert known() == before


def waiting_returned_twice() -> Claim:
    claim = make.claim(question="How many were hurt?", population="soldiers")
    make.figure(claim, 97)
    by, reads = {"by": make.contributor()}, {"by": make.editor()}
    for _ in range(2):
        submit_claim(claim=Claim.objects.get(pk=claim.pk), reason="Ready.", now=EARLY, **by)
        return_claim(claim=Claim.objects.get(pk=claim.pk), reason="No.", now=LATE, **reads)
    undo_return(claim=Claim.objects.get(pk=claim.pk), reason="Yes.", now=LATE, **reads)
    return claim


def test_the_queue_asks_as_much_of_many_claims_as_of_one(
    django_assert_num_queries: object,
) -> None:
    claims = [waiting().pk, waiting_returned_twice().pk]
    for numbers in (claims[:1], claims):
        with django_assert_num_queries(3):  # type: ignore[operator]
            entries_of(numbers)


def test_an_audit_names_what_the_queue_has_wrong_and_a_command_mends_it() -> None:
    claim = waiting()
    approve_claim(claim=waiting(), by=make.editor(), reason="Fits.", now=LATE)
    assert not verify_everything().bad
    QueueEntry.objects.update(since=LATE)
    found = [one.what for one in verify_everything().bad]
    assert any(f"C{claim.pk} " in one for one in found), found
    for _ in rebuild_index():
        pass
    assert not verify_everything().bad


def test_the_audit_knows_a_row_too_many_and_one_too_few() -> None:
    claim = waiting()
    row = QueueEntry.objects.get()
    QueueEntry.objects.all().delete()
    assert misdrawn([claim.pk]) == [claim.pk]
    approve_claim(claim=Claim.objects.get(), by=make.editor(), reason="Fits.", now=LATE)
    row.save()
    assert [some for some in waiting_claims() if misdrawn(some)] == [(claim.pk,)]
