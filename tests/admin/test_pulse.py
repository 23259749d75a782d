"""How the review goes, on the first page of the desk: pictures, the median wait, self-approvals."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.admin import pulse as pulse_page
from claims.admin.pulse import WEEKS, pulse
from claims.choices import ReviewAction
from claims.models import Claim, ReviewEvent
from claims.workflow.review import approve_claim, return_claim, submit_claim
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)  # a Monday
DAY = dt.timedelta(days=1)


def decided(*, submitted: dt.datetime, at: dt.datetime, returns: bool = False) -> Claim:
    claim = make.claim()
    make.figure(claim, 5)
    claim = submit_claim(claim=claim, by=make.contributor(), reason="Ready.", now=submitted)
    decide = return_claim if returns else approve_claim
    decide(claim=claim, by=make.editor(), reason="Read.", now=at)
    return claim


def counts(picture: Any) -> list[int]:
    return [bar.count for bar in picture.bars]


def test_decisions_are_counted_by_their_week() -> None:
    decided(submitted=NOW - 9 * DAY, at=NOW - 8 * DAY)  # Sunday of the week before last
    decided(submitted=NOW - 9 * DAY, at=NOW - 7 * DAY, returns=True)  # Monday of last week
    decided(submitted=NOW - 9 * DAY, at=NOW - DAY)  # Sunday of last week
    decided(submitted=NOW - 90 * DAY, at=NOW - 89 * DAY)  # too long ago
    weeks = pulse(NOW)["pictures"][0]
    assert counts(weeks) == [0] * (WEEKS - 3) + [1, 2, 0]
    assert [weeks.bars[0].label, weeks.bars[-1].label] == ["2026-09-14", "2026-11-30"]
    assert "2026-11-23: 2" in weeks.words


def test_weeks_that_the_limit_cuts_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for days in (20, 13, 8, 1):
        decided(submitted=NOW - 40 * DAY, at=NOW - days * DAY)
    monkeypatch.setattr(pulse_page, "MOST", 3)
    weeks = pulse(NOW)["pictures"][0]
    assert [bar.label for bar in weeks.bars] == ["2026-11-23", "2026-11-30"]
    assert counts(weeks) == [1, 0]


def test_the_median_wait_is_from_the_submission_to_the_decision() -> None:
    for days in (1, 3, 12):
        decided(submitted=NOW - 20 * DAY, at=NOW - (20 - days) * DAY)
    assert pulse(NOW)["wait"] == "3\xa0days"


def test_what_waits_is_told_by_its_age() -> None:
    for days in (0.5, 2, 8, 29, 31, 400):
        claim = make.claim()
        make.figure(claim, 5)
        at = NOW - days * DAY
        submit_claim(claim=claim, by=make.contributor(), reason="Ready.", now=at)
    make.published_claim(5)
    ages = pulse(NOW)["pictures"][1]
    assert counts(ages) == [1, 1, 2, 2]
    assert ages.words.endswith("under 1 day: 1; 1 to 7 days: 1; 7 to 30 days: 2; over 30 days: 2")


def test_many_are_counted_no_further_than_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse_page, "WAITING", 2)
    for _ in range(4):
        make.submitted_claim(5)
    bar = pulse()["pictures"][1].bars[0]
    assert (bar.count, bar.more) == (2, True)


def test_nobody_approves_their_own_and_the_page_would_say_so(editor: Client) -> None:
    claim = make.published_claim(5).claim
    assert (pulse()["approvals"], pulse()["self_approvals"]) == (1, 0)
    author = User.objects.get(username="contributor")
    told = {"claim": claim, "actor": author, "comment": "Forged.", "revision": 1}
    for action in (ReviewAction.EDITED, ReviewAction.APPROVED):  # past every rule
        ReviewEvent(**told, action=action, at=timezone.now()).save(force_insert=True)
    assert (pulse()["approvals"], pulse()["self_approvals"]) == (2, 1)
    text = editor.get("/admin/").content.decode()
    assert "Self-approvals among the last 2: 1." in text


def test_an_author_of_an_earlier_version_may_approve_the_next() -> None:
    claim = make.published_claim(5).claim
    editor = make.editor()
    make.figure(claim, 6, by=editor)
    claim = submit_claim(claim=claim, by=editor, reason="Ready.")
    approve_claim(claim=claim, by=make.second_editor(), reason="Read.")
    make.figure(claim, 7)
    claim = submit_claim(claim=claim, by=make.contributor(), reason="Ready.")
    approve_claim(claim=claim, by=editor, reason="Read.")
    assert (pulse()["approvals"], pulse()["self_approvals"]) == (3, 0)


def test_pictures_have_words_and_an_empty_desk_has_a_page(editor: Client) -> None:
    page = editor.get("/admin/")
    text = page.content.decode()
    assert text.count('<svg role="img" aria-label="') == 2
    assert "Nothing was decided yet." in text
    assert all(bar.height == 0 for one in page.context["pulse"]["pictures"] for bar in one.bars)


def test_the_first_page_costs_the_same_for_one_decision_or_nine(editor: Client) -> None:
    costs = []
    for many in (1, 9):
        for _ in range(many):
            make.published_claim(5)
            make.submitted_claim(6)
        editor.get("/admin/")
        with CaptureQueriesContext(connection) as asked:
            editor.get("/admin/")
        costs.append(len(asked))
    assert costs[0] == costs[1]
