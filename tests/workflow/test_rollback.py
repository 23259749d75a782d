"""All that one account did since a moment, taken back: each row by its verb, with its result."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from claims.audit.histories import tracked_models
from claims.audit.verification import verify_everything
from claims.domain.documents import dump_document
from claims.errors import InvalidValueError, PermissionMissingError, ReasonRequiredError
from claims.models import (
    ArticleRevision,
    Claim,
    ClaimVersion,
    Comment,
    Correction,
    Dispute,
    Merge,
    Source,
)
from claims.workflow.articles import add_article
from claims.workflow.candidate import document_of
from claims.workflow.claims import edit_claim, relate_claims
from claims.workflow.evidence import change_assertion, withdraw_assertion
from claims.workflow.parties import edit_party
from claims.workflow.revert import rewind_claim
from claims.workflow.review import submit_claim
from claims.workflow.rollback import plan_rollback, roll_back
from claims.workflow.rollback_claims import WITH_CLAIM
from claims.workflow.rollback_left import LEFT, OWN
from claims.workflow.rollback_registers import REGISTERS, WITH_ROW
from claims.workflow.sources import edit_source
from claims.workflow.subjects import edit_subject
from claims.workflow.text_edits import change_text
from tests import factories as make
from tests.world import build_world

pytestmark = pytest.mark.django_db
WHY = "Vandalism."


def vandal() -> User:
    return make.account("contributor", "vandal")


def words() -> dict[str, Any]:
    return {"by": vandal(), "reason": "lol"}


def back(since: dt.datetime, by: User | None = None) -> dict[str, str]:
    """What came of it, by the reference of the row."""
    found = roll_back(account=vandal(), since=since, by=by or make.chief(), reason=WHY)
    return {one.step.row.ref: one.words for one in found}  # type: ignore[attr-defined]


def said(claim: Claim) -> dict[str, Any]:
    """What the desk says of a claim, without what counts its changes."""
    document: Any = document_of(Claim.objects.for_evidence().get(pk=claim.pk))
    text = {name: document[name] for name in ("question", "population", "figures", "range")}
    return {"text": dump_document(text)}


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def test_every_table_with_a_history_is_taken_back_or_named() -> None:
    """No row that an account wrote is passed over in silence."""
    build_world()
    taken = {*WITH_CLAIM, *REGISTERS, *WITH_ROW, ArticleRevision}
    assert taken | set(LEFT) | OWN == set(tracked_models())
    assert not taken & set(LEFT)
    seen = set()
    for account in (make.contributor(), make.editor()):
        plan = plan_rollback(account, timezone.now() - dt.timedelta(days=1))
        for model in {*REGISTERS, *LEFT}:
            mine = set(model.history.filter(history_user=account).values_list("id", flat=True))
            assert mine <= {step.row.pk for step in plan if type(step.row) is model}, model
        seen |= {type(step.row) for step in plan}
    assert {Claim, Source, Dispute, Merge, Comment} <= seen


def test_edits_of_claims_are_gone_back_from_and_wait_for_a_second_person() -> None:
    claims = [make.published_claim(60, 97).claim for _ in range(3)]
    before, versions = [said(claim) for claim in claims], ClaimVersion.objects.count()
    since = timezone.now()
    edit_claim(claim=claims[0], population="nobody at all", **words())
    figure = claims[1].assertions.get(point=97)
    change_assertion(assertion=figure, point=Decimal(970_000), **words())
    withdraw_assertion(assertion=claims[2].assertions.get(point=60), **words())
    make.figure(fresh(claims[2]), 5, by=vandal())
    assert [said(claim) for claim in claims] != before

    found = back(since)

    expected = dict.fromkeys((one.ref for one in claims), "reverted, goes before reviewers")
    assert {ref: found[ref] for ref in expected} == expected
    texts = [said(claim)["text"] for claim in claims[:2]]
    assert texts == [one["text"] for one in before[:2]]
    assert {one.point: one.status for one in claims[2].assertions.all()} == {
        60: "live",
        97: "live",
        5: "withdrawn",
    }
    assert [fresh(claim).state for claim in claims] == ["in_review"] * 3
    assert ClaimVersion.objects.count() == versions  # readers have what they had
    assert verify_everything().bad == []


@pytest.mark.parametrize("submitted", [False, True])
def test_own_drafts_are_dropped(submitted: bool) -> None:
    since = timezone.now()
    claim = make.claim(by=vandal())
    make.figure(claim, 97, by=vandal())
    if submitted:
        submit_claim(claim=fresh(claim), **words())
    assert back(since)[claim.ref] == "draft dropped"
    assert fresh(claim).state == "retired"


def test_what_somebody_else_edited_later_stays_and_says_who() -> None:
    claim, source = make.published_claim(60).claim, make.source("Report")
    article = make.article("Flood", "Ten men drowned.").article
    since = timezone.now()
    edit_claim(claim=claim, population="nobody", **words())
    edit_source(source=source, title="Rubbish", **words())
    text = add_article(slug=article.slug, title="Flood", text="Rubbish.", **words())
    editor: dict[str, Any] = {"by": make.editor(), "reason": "Better."}
    edit_claim(claim=fresh(claim), population="soldiers", **editor)
    edit_source(source=fresh(source), title="Report of May", **editor)
    change_text(base=text, text="Nine men drowned.", **editor)

    found = back(since)

    assert found[claim.ref] == "skipped: editor edited it later"
    assert found[source.ref] == "skipped: editor edited it later"
    assert found[article.ref] == "skipped: editor wrote a later text"
    assert fresh(claim).population == "soldiers"
    assert fresh(source).title == "Report of May"


def test_edits_of_registers_are_edited_back_and_what_is_public_waits() -> None:
    claim = make.published_claim(60).claim
    figure = claim.assertions.get()
    source, subject = figure.source, claim.subject
    speaker = figure.attributions.get().party
    title, name, event = source.title, speaker.name, subject.title
    since = timezone.now()
    edit_source(source=source, title="Rubbish", authors="Nobody", **words())
    edit_party(party=speaker, name="Rubbish", **words())
    edit_subject(subject=subject, title="Rubbish", place="Nowhere", **words())

    found = back(since)

    assert found[source.ref].endswith("before reviewers: authors, title")
    assert found[speaker.ref].endswith("before reviewers: name")
    assert found[subject.ref].endswith("before reviewers: place, title")
    assert (fresh(source).title, fresh(source).authors) == (title, "")
    assert (fresh(speaker).name, fresh(subject).title) == (name, event)
    assert not Correction.objects.waiting().exists()  # readers have these words already


def test_new_sources_are_withdrawn_and_other_new_rows_stay() -> None:
    since = timezone.now()
    with time_machine.travel(since + dt.timedelta(seconds=1)):
        source = _added()
        claim = make.claim()
        make.figure(claim, 5, source=source)
        make.approve(claim)
    found = back(since)
    assert found[source.ref] == "withdrawn; claims that rest on it go before reviewers"
    assert fresh(source).is_withdrawn
    assert fresh(claim).state == "in_review"
    assert ClaimVersion.objects.public().of_claim(claim.pk).exists()


def _added() -> Source:
    from claims.workflow.parties import add_party
    from claims.workflow.sources import add_source

    add_party(name="Nobody", kind="person", **words())
    return add_source(title="Spam", csl_type="report", url_status="none", **words())


def test_the_former_text_of_an_article_waits_for_approval() -> None:
    revision = make.article("Flood", "Ten men drowned.")
    since = timezone.now()
    change_text(base=revision, text="Rubbish.", **words())
    assert back(since)[revision.article.ref] == "the former text waits for approval"
    newest = ArticleRevision.objects.order_by("-number").first()
    assert newest is not None
    assert (newest.text, newest.approved_at) == (revision.text, None)


def test_what_was_done_before_the_moment_stays() -> None:
    claim = make.published_claim(60).claim
    edit_claim(claim=claim, population="soldiers", **words())
    since = timezone.now()
    other = make.published_claim(7).claim
    edit_claim(claim=other, population="nobody", **words())
    assert set(back(since)) == {other.ref}
    assert fresh(claim).population == "soldiers"


def test_doing_it_again_changes_nothing() -> None:
    claim = make.published_claim(60).claim
    since = timezone.now()
    edit_claim(claim=claim, population="nobody", **words())
    back(since)
    revision = fresh(claim).revision
    assert back(since) == {claim.ref: "skipped: chief edited it later"}
    assert fresh(claim).revision == revision


def test_one_row_that_is_refused_leaves_the_others() -> None:
    asked, other = make.published_claim(60).claim, make.published_claim(7).claim
    since = timezone.now()
    edit_claim(claim=asked, population="nobody", **words())
    edit_claim(claim=other, population="nobody", **words())
    make.claim(question=asked.question, subject=asked.subject, measure=asked.measure)
    found = back(since)
    assert found[asked.ref].startswith("skipped: ")
    assert found[other.ref] == "reverted, goes before reviewers"
    assert (fresh(asked).population, fresh(other).population) == ("nobody", "")


def test_links_to_other_claims_are_put_back() -> None:
    part, total = make.published_claim(5).claim, make.published_claim(60).claim
    since = timezone.now()
    relate_claims(from_claim=part, to_claim=total, kind="part_of_total", **words())
    found = back(since)
    assert set(found.values()) == {"reverted, goes before reviewers"}
    assert not part.relations_from.exists()


@pytest.mark.parametrize("who", [make.contributor, make.editor])
def test_only_chiefs_take_back_what_others_did(who: Any) -> None:
    with pytest.raises(PermissionMissingError):
        roll_back(account=vandal(), since=timezone.now(), by=who(), reason=WHY)


def test_it_needs_a_reason_and_another_account() -> None:
    now = timezone.now()
    with pytest.raises(ReasonRequiredError):
        roll_back(account=vandal(), since=now, by=make.chief(), reason=" ")
    with pytest.raises(InvalidValueError, match="one by one"):
        roll_back(account=make.chief(), since=now, by=make.chief(), reason=WHY)


def test_a_plan_writes_nothing() -> None:
    claim = make.published_claim(60).claim
    since = timezone.now()
    edit_claim(claim=claim, population="nobody", **words())
    (step,) = plan_rollback(vandal(), since)
    assert step.words == "reverted, goes before reviewers"
    assert fresh(claim).population == "nobody"


def test_edits_at_one_moment_are_told_apart_by_their_order() -> None:
    with time_machine.travel(timezone.now(), tick=False):
        since = timezone.now()
        claim = make.published_claim(60, 97).claim
        record = claim.history.latest("history_id")
        figure = claim.assertions.get(point=97)
        change_assertion(assertion=figure, point=Decimal(970_000), **words())
        make.figure(fresh(claim), 5, by=vandal())
        assert {one.history_date for one in claim.history.all()} == {since}
        rewind_claim(claim=fresh(claim), record=record, by=make.chief(), reason=WHY)
    live = [one["words"] for one in _figures(claim) if one["status"] == "live"]
    assert live == ["60", "97"]


def _figures(claim: Claim) -> list[Any]:
    document: Any = document_of(Claim.objects.for_evidence().get(pk=claim.pk))
    return list(document["figures"])
