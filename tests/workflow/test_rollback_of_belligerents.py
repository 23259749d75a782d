"""A rollback puts the parties to a conflict back as they were, with their sides."""

from __future__ import annotations

import pytest
from django.utils import timezone

from claims.audit.verification import verify_everything
from claims.models import Subject
from claims.workflow.merging import approve_merge, propose_merge
from claims.workflow.subjects import edit_subject
from tests import factories as make
from tests.workflow.test_rollback import back, fresh, words

pytestmark = pytest.mark.django_db


def sides(subject: Subject) -> dict[str, str]:
    return {one.party.name: one.side for one in subject.belligerent_links.all()}


def test_parties_that_were_taken_out_or_put_elsewhere_stand_where_they_stood() -> None:
    army, rebels = make.party("Army"), make.party("Rebels")
    subject = make.subject(belligerents=[(army, "state"), (rebels, "north")])
    claim = make.published_claim(60, subject=subject).claim
    since = timezone.now()
    other = make.party("Martians")
    edit_subject(subject=subject, belligerents=[(rebels, "south"), (other, "")], **words())
    edit_subject(subject=fresh(subject), title="Lol", **words())
    found = back(since)
    assert found[subject.ref].endswith(": belligerents, title")
    assert sides(subject) == {"Army": "state", "Rebels": "north"}
    assert fresh(subject).title == subject.title
    assert fresh(claim).state == "in_review"
    assert verify_everything().bad == []


def test_parties_that_stand_as_before_are_no_change() -> None:
    army = make.party("Army")
    subject = make.subject(belligerents=[(army, "state")])
    since = timezone.now()
    edit_subject(subject=subject, belligerents=[], **words())
    edit_subject(subject=fresh(subject), belligerents=[(army, "state")], **words())
    assert back(since)[subject.ref] == "nothing to do: it says what it said before"
    assert sides(subject) == {"Army": "state"}


def test_a_party_that_was_merged_since_comes_back_as_what_it_is_by_now() -> None:
    army, whole = make.party("Army"), make.party("The Army")
    subject = make.subject(belligerents=[(army, "state")])
    since = timezone.now()
    edit_subject(subject=subject, belligerents=[], **words())
    rows = {"noun": "party", "merged": army.pk, "into": whole.pk}
    merge = propose_merge(**rows, by=make.chief(), reason="One.")
    if merge.state == "waiting":
        approve_merge(merge=merge, by=make.editor(), reason="Indeed.")
    back(since)
    assert sides(subject) == {"The Army": "state"}
