"""Whom verbs tell of what they did: followers, once a deed, in the transaction, never oneself."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.choices import NOTIFIED_ACTIONS, SILENT, Notice, ReviewAction
from claims.errors import RefusalError
from claims.models import Claim, Correction, Notification
from claims.workflow import corrections
from claims.workflow.acts import act
from claims.workflow.assigning import assign_claim, take_claim
from claims.workflow.claims import edit_claim
from claims.workflow.comments import write_comment
from claims.workflow.corrections import approve_correction, publish_piece
from claims.workflow.events import log_event
from claims.workflow.notifying import NUMBERED
from claims.workflow.review import approve_claim, return_claim
from claims.workflow.sources import edit_source, rate_source, withdraw_source
from claims.workflow.subjects import edit_subject
from claims.workflow.text_edits import change_text
from claims.workflow.watching import mark_read, set_watch
from tests import factories as make

pytestmark = pytest.mark.django_db


def lines(account: User) -> list[str]:
    """What an account was told, without what it was told while the test was set up."""
    rows = Notification.objects.filter(account=account).select_related("actor").order_by("pk")
    return [f"{row}: {row.words}" for row in rows]


@pytest.fixture
def nothing_told(db):
    """Forget what the set-up told."""

    def forget() -> None:
        Notification.objects.all().delete()

    return forget


def watched(account: User, *claims: Claim) -> None:
    for claim in claims:
        set_watch(account=account, noun="claim", number=claim.pk, is_on=True)


def test_every_event_tells_or_is_silent_for_a_reason():
    told = {value for value, _ in NOTIFIED_ACTIONS}
    assert told == {*ReviewAction.values, *Notice.values}
    assert set(SILENT) < set(ReviewAction)
    assert all(SILENT.values())


@pytest.mark.parametrize("action", list(ReviewAction))
def test_an_event_of_each_kind_tells_who_watches_the_claim(action: ReviewAction):
    claim, by = make.claim(), make.editor()
    watched(make.second_editor(), claim)
    with transaction.atomic(), act("try", by=by, reason="Because."):
        log_event(claim, by, action, "Because.", now=timezone.now())
    label = str(action.label)
    expected = [] if action in SILENT else [f"{claim.ref}: {label} by editor: Because."]
    assert lines(make.second_editor()) == expected
    assert lines(by) == []


def test_a_return_is_told_to_who_wrote_the_claim_with_its_reason():
    claim = make.submitted_claim(97)
    return_claim(claim=claim, by=make.editor(), reason="The page is missing.")
    told = f"{claim.ref}: returned by editor: The page is missing."
    assert lines(make.contributor()) == [told]
    assert lines(make.editor()) == []


def test_what_is_refused_or_undone_is_told_to_nobody():
    claim = make.submitted_claim(97)
    with pytest.raises(RefusalError):
        approve_claim(claim=claim, by=make.contributor(), reason="Mine.")
    with transaction.atomic():
        return_claim(claim=claim, by=make.editor(), reason="No.")
        transaction.set_rollback(True)
    with transaction.atomic(), act("many", by=make.editor(), reason="Several."):
        with transaction.atomic():
            return_claim(claim=claim, by=make.editor(), reason="No.")
            transaction.set_rollback(True)
        write_comment(claim=claim, by=make.editor(), body="Still here.")
    assert lines(make.contributor()) == [f"{claim.ref}: commented on by editor: Still here."]


def test_an_assignment_is_told_to_both_and_taking_to_nobody():
    claim = make.claim()
    signed = {"claim": claim, "by": make.chief()}
    assign_claim(**signed, assignee=make.editor(), reason="Yours.")
    assign_claim(**signed, assignee=make.editor(), reason="Still yours.")
    assert lines(make.editor()) == [f"{claim.ref}: assigned to you by chief: Yours."]
    assign_claim(**signed, assignee=make.second_editor(), reason="He is away.")
    assert lines(make.editor())[1:] == [
        f"{claim.ref}: no longer assigned to you by chief: He is away."
    ]
    assert lines(make.second_editor()) == [f"{claim.ref}: assigned to you by chief: He is away."]
    other = make.claim()
    take_claim(claim=other, by=make.editor(), reason="I look.")
    assert len(lines(make.editor())) == 2


def test_one_deed_on_many_rows_is_one_line(nothing_told):
    source = make.source("Report")
    claims = [make.claim() for _ in range(3)]
    for claim in claims:
        make.figure(claim, 60, source=source)
    set_watch(account=make.editor(), noun="source", number=source.pk, is_on=True)
    nothing_told()
    withdraw_source(source=source, by=make.chief(), reason="Forged.")
    named = ", ".join(claim.ref for claim in claims)
    assert lines(make.editor()) == [f"{source.ref}: withdrawn by chief: Forged."]
    assert sorted(lines(make.contributor())) == sorted(
        [
            f"{named}: source withdrawn by chief: Forged.",
            f"{source.ref}: withdrawn by chief: Forged.",
        ]
    )


def test_a_correction_published_in_pieces_is_one_line_until_it_is_read(
    monkeypatch: pytest.MonkeyPatch, nothing_told
):
    monkeypatch.setattr(corrections, "PIECE", 1)
    source = make.source("Report")
    claims = [make.claim() for _ in range(4)]
    for claim in claims:
        make.figure(claim, 60, source=source)
        make.approve(claim)
    edit_source(source=source, by=make.contributor(), reason="A slip.", title="Report, corrected")
    watched(make.second_editor(), *claims)
    nothing_told()
    item = approve_correction(correction=Correction.objects.get(), by=make.editor(), reason="Yes.")
    publish_piece(item)
    (line,) = Notification.objects.filter(account=make.second_editor())
    assert len(line.numbers) == 2
    mark_read(account=make.second_editor())
    publish_piece(item)
    publish_piece(item)
    told = Notification.objects.filter(account=make.second_editor()).order_by("pk")
    assert [len(one.numbers) for one in told] == [2, 2]
    assert {number for one in told for number in one.numbers} == {claim.pk for claim in claims}


def test_what_was_mailed_takes_up_no_more_rows():
    one, other = make.submitted_claim(97), make.submitted_claim(60)
    return_claim(claim=one, by=make.editor(), reason="Pages.")
    Notification.objects.update(mailed_at=timezone.now())
    return_claim(claim=other, by=make.editor(), reason="Pages.")
    assert len(lines(make.contributor())) == 2


def test_a_line_names_no_more_rows_than_it_keeps_and_says_so(nothing_told):
    claims = [make.claim() for _ in range(NUMBERED + 1)]
    watched(make.second_editor(), *claims)
    with transaction.atomic(), act("try", by=make.editor(), reason="All."):
        for claim in claims:
            log_event(claim, make.editor(), ReviewAction.EDITED, "All.", now=timezone.now())
    (line,) = Notification.objects.filter(account=make.second_editor())
    assert (len(line.numbers), line.has_more) == (NUMBERED, True)
    assert "and more than 195 others" in str(line)


def test_many_rows_cost_as_many_statements_as_few():
    few, many = [make.claim()], [make.claim() for _ in range(9)]
    watched(make.second_editor(), *few, *many)
    assert _cost(few, "One.") == _cost(many, "Many.")


def _cost(claims: Iterable[Claim], words: str) -> int:
    now, by = timezone.now(), make.editor()
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        with act("try", by=by, reason=words):
            for claim in claims:
                log_event(claim, by, ReviewAction.EDITED, words, now=now)
            before = len(queries)
        return len(queries) - before


@pytest.mark.parametrize("lacking", ["account", "desk", "right"])
def test_who_may_not_see_the_claim_is_not_told(lacking: str):
    claim = make.claim()
    reader = make.account("contributor", "reader")
    watched(reader, claim)
    if lacking == "right":
        reader.groups.clear()
    else:
        lost = "is_active" if lacking == "account" else "is_staff"
        User.objects.filter(pk=reader.pk).update(**{lost: False})
    edit_claim(claim=claim, by=make.editor(), reason="Narrower.", population="soldiers")
    assert lines(reader) == []
    assert len(lines(make.contributor())) == 1


def test_who_wants_no_word_of_an_own_claim_gets_none():
    claim = make.claim()
    set_watch(account=make.contributor(), noun="claim", number=claim.pk, is_on=False)
    edit_claim(claim=claim, by=make.editor(), reason="Narrower.", population="soldiers")
    assert lines(make.contributor()) == []
    set_watch(account=make.contributor(), noun="claim", number=claim.pk, is_on=True)
    edit_claim(claim=claim, by=make.editor(), reason="Wider.", population="all")
    assert lines(make.contributor()) == [f"{claim.ref}: edited by editor: Wider."]


def test_a_subject_is_watched_with_its_claims():
    subject = make.subject("The raid")
    set_watch(account=make.editor(), noun="subject", number=subject.pk, is_on=True)
    claim = make.claim(subject=subject)
    edit_subject(subject=subject, by=make.contributor(), reason="Spelling.", title="The raids")
    assert lines(make.editor()) == [
        f"{claim.ref}: drafted by contributor: A question.",
        f"{subject.ref}: changed by contributor: Spelling.",
    ]


def test_a_source_is_told_of_when_it_is_judged():
    source = make.source()
    rate_source(source=source, by=make.chief(), reason="Careful work.", reliability="A")
    assert lines(make.contributor()) == [f"{source.ref}: rated by chief: Careful work."]


def test_an_article_is_told_of_when_its_text_changes(nothing_told):
    revision = make.article("Flood", "Ten men drowned.")
    nothing_told()
    change_text(base=revision, text="Nine men drowned.", by=make.editor(), reason="Recounted.")
    assert lines(make.contributor()) == [f"{revision.article.ref}: changed by editor: Recounted."]


@pytest.mark.parametrize(
    ("row", "field"),
    [({"noun": "party", "number": 1}, "noun"), ({"noun": "claim", "number": 999}, "number")],
)
def test_what_is_not_there_is_not_watched(row: dict, field: str):
    with pytest.raises(RefusalError) as refusal:
        set_watch(account=make.editor(), is_on=True, **row)
    assert refusal.value.field == field


def test_who_may_not_see_a_row_cannot_watch_it():
    stranger = User.objects.create_user("stranger", is_staff=True)
    with pytest.raises(RefusalError, match="may not look"):
        set_watch(account=stranger, noun="claim", number=make.claim().pk, is_on=True)
