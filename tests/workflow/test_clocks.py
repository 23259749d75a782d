"""No clock of a server accuses honest work: what a version borrows is sealed with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine

from claims.audit.verification import verify_everything
from claims.models import BorrowedRow, Claim, Correction, PublishedAnchor, Source
from claims.workflow.articles import edit_article
from claims.workflow.corrections import approve_correction
from claims.workflow.evidence import change_assertion
from claims.workflow.measures import edit_measure
from claims.workflow.parties import edit_party
from claims.workflow.sources import edit_source, rate_source, withdraw_source
from claims.workflow.subjects import edit_subject
from claims.workflow.texts import approve_revision
from tests import factories as make

pytestmark = pytest.mark.django_db


BACK = [dt.timedelta(seconds=10), dt.timedelta(hours=1)]
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


def _edits() -> list[Any]:
    """Each verb that changes a row which a claim borrows, as (noun, call)."""
    by, chief = ({"by": who, "reason": "x"} for who in (make.contributor(), make.chief()))
    source = Source.objects.get(title="Report")
    claim = Claim.objects.get()
    party = make.party("Somebody else")
    return [
        lambda: edit_source(source=source, title="Other", issued="2011", **by),
        lambda: edit_source(source=source, publisher=party, **by),
        lambda: rate_source(source=source, reliability="B", **chief),
        lambda: withdraw_source(source=source, **chief),
        lambda: edit_party(party=speaker(claim), name="Another", **by),
        lambda: edit_party(party=speaker(claim), kind="unnamed", description="A nurse", **by),
        lambda: edit_subject(subject=claim.subject, title="Other", **by),
        lambda: edit_subject(subject=claim.subject, parent=make.subject(), **by),
        lambda: edit_subject(subject=claim.subject, belligerents=[(party, "left")], **by),
        lambda: edit_measure(measure=claim.measure, label="counted", **by),
        lambda: edit_article(article=article(claim), title="Other", **by),
    ]


def speaker(claim: Claim) -> Any:
    return claim.assertions.get().attributions.get().party


def article(claim: Claim) -> Any:
    return claim.assertions.get().anchors.get().revision.article


@pytest.mark.parametrize("back", BACK, ids=["10 s", "1 h"])
@pytest.mark.parametrize("which", range(11))
@pytest.mark.parametrize("by_itself", [True, False], ids=["claim", "correction"])
def test_a_clock_that_is_ahead_at_the_edit_accuses_nobody(back, which, by_itself):
    with time_machine.travel(NOW - dt.timedelta(days=1)):
        revision = make.article("Mill", "Some 47 men died.")
        claim = make.claim()
        place = {"revision": revision, "start": 5, "end": 7}
        source, who = make.source("Report"), make.party("Somebody")
        make.figure(claim, 47, source=source, speaker=who, anchors=[place])
        make.approve(claim)
    with time_machine.travel(NOW):
        _edits()[which]()
    with time_machine.travel(NOW - back):
        item = Correction.objects.waiting().first()
        if by_itself or item is None:
            make.figure(Claim.objects.get(pk=claim.pk), 48)
            make.approve(claim, by=make.second_editor())
        else:
            approve_correction(correction=item, by=make.second_editor(), reason="x")

    with time_machine.travel(NOW):
        assert verify_everything().bad == []


def test_a_borrowed_row_that_claims_later_edits_than_were_sealed_is_named():
    version = make.published_claim(47)
    source = version.claim.assertions.get().source
    edit_source(source=source, by=make.second_editor(), reason="x", title="Mine")
    newest = Source.history.latest("history_id").history_id

    BorrowedRow.objects.of("source", source.pk).update(shown=newest)

    assert [row.what for row in verify_everything().bad] == [
        "its version was built before that history row"
    ]


@pytest.mark.parametrize("apart", [dt.timedelta(hours=1), -dt.timedelta(hours=1)])
def test_a_place_is_seen_with_its_text_only_if_it_was_noted_before(apart: dt.timedelta) -> None:
    """Whatever the clocks say of the two: before and after are the order of the work."""
    text = "First 97 dead were told of, later about 60 people."
    with time_machine.travel(NOW, tick=False):
        revision = make.article("Ford", text, approved=False)
        claim = make.published_claim(97, 60).claim
    told = dict(zip(("97 dead", "about 60"), claim.assertions.order_by("pk"), strict=True))

    def note(quote: str, at: dt.datetime) -> None:
        start = text.index(quote)
        place = {"revision": revision, "start": start, "end": start + len(quote)}
        change_assertion(
            assertion=told[quote], anchors=[place], by=make.contributor(), reason="Here.", now=at
        )

    note("97 dead", NOW - apart)
    approve_revision(revision=revision, by=make.editor(), reason="Read.", now=NOW)
    note("about 60", NOW + apart)
    assert [mark.assertion_id for mark in PublishedAnchor.objects.all()] == [told["97 dead"].pk]
    assert verify_everything().bad == []
