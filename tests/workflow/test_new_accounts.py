"""New accounts do so much in a day: refused at the one place where acts begin, by every verb."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.errors import PermissionMissingError
from claims.importers.articles import import_text
from claims.models import Act
from claims.querysets.log import FOREIGN_VERBS
from claims.workflow import verbs as door
from claims.workflow.comments import resolve_comment, write_comment, write_comments
from claims.workflow.foreign import foreign_models
from claims.workflow.parties import add_party
from tests import factories as make
from tests.workflow.test_life import all_verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(settings: Any) -> User:
    """May do three things a day, in the first two days; begins now."""
    settings.NEW_ACCOUNT_ACTS, settings.NEW_ACCOUNT_DAYS = 3, 2
    return make.account("contributor", "newcomer")


def do(by: User, times: int = 1) -> None:
    for number in range(times):
        name = f"{by.username} {number} {Act.objects.count()}"
        add_party(by=by, reason="Needed.", name=name, kind="person")


@pytest.fixture
def spent(newcomer: User) -> User:
    do(newcomer, 3)
    return newcomer


def test_what_comes_after_the_last_is_refused_with_the_time(newcomer: User) -> None:
    now = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
    User.objects.filter(pk=newcomer.pk).update(date_joined=now)
    newcomer.date_joined = now
    for hour in range(3):
        with time_machine.travel(now + dt.timedelta(hours=hour), tick=False):
            do(newcomer)
    before = Act.objects.count()
    later = time_machine.travel(now + dt.timedelta(hours=3), tick=False)
    with later, pytest.raises(PermissionMissingError) as refusal:
        do(newcomer)
    assert refusal.value.message == (
        "The account newcomer is new and may do 3 things in 24 hours; "
        "go on after 2030-01-02 12:00 UTC."
    )
    assert Act.objects.count() == before
    with time_machine.travel(now + dt.timedelta(hours=24, seconds=1), tick=False):
        do(newcomer)
        with pytest.raises(PermissionMissingError):
            do(newcomer)
    with time_machine.travel(now + dt.timedelta(days=2), tick=False):
        do(newcomer, 5)  # no longer new


def test_every_verb_refuses_it(spent: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every permission in the world, before anything else is looked at."""
    monkeypatch.setattr(door, "require_permission", lambda by, *permissions: None)
    found = all_verbs()
    assert len(found) > 50
    before = Act.objects.count()
    for function in found:
        refused = pytest.raises(PermissionMissingError, match="is new and may do 3 things")
        with refused, transaction.atomic():
            function(by=spent, reason="Because.")
    assert Act.objects.count() == before


def test_comments_and_imports_are_refused_too(spent: User) -> None:
    claim = make.claim()
    comment = write_comment(claim=claim, by=make.editor(), body="Which list?")
    calls: list[Any] = [
        lambda: write_comment(claim=claim, by=spent, body="This one."),
        lambda: write_comments(notes=[(claim, "This one.")], by=spent),
        lambda: resolve_comment(comment=comment, by=spent),
        lambda: import_text("Ten men died.", by=spent),
    ]
    before = Act.objects.count()
    for call in calls:
        with pytest.raises(PermissionMissingError, match="is new"):
            call()
    assert Act.objects.count() == before


def test_a_verb_inside_another_is_a_part_of_it(newcomer: User) -> None:
    do(newcomer, 2)
    text = "On 4 May 1987, between 50 and 200 people were killed in Arden. Ten houses burnt."
    import_text(text, by=newcomer, title="Flood")  # several verbs, one act, the last that it may do
    with pytest.raises(PermissionMissingError):
        do(newcomer)


@pytest.mark.parametrize("who", ["editor", "chief", "old", "unlimited"])
def test_reviewers_and_older_accounts_are_not_limited(
    newcomer: User, who: str, settings: Any
) -> None:
    account = newcomer if who in ("old", "unlimited") else make.account(who)
    if who == "old":
        account.date_joined = timezone.now() - dt.timedelta(days=2)
    if who == "unlimited":
        settings.NEW_ACCOUNT_ACTS = 0
    do(account, 5)
    assert Act.objects.of_workflow(account.pk).count() == 5


def test_a_new_password_is_neither_refused_nor_counted(spent: User, client: Any) -> None:
    spent.set_password("another battery staple horse")
    spent.save()
    names = {str(model._meta.model_name) for model in foreign_models()}
    assert {verb.partition("_")[2] for verb in FOREIGN_VERBS} == names


def test_the_desk_says_it_in_its_form(spent: User, signed_in_as: Any) -> None:
    client = signed_in_as(spent)
    data = {"name": "Somebody", "kind": "person", "reason": "Needed."}
    answer = client.post("/admin/claims/party/add/", data)
    assert b"is new and may do 3 things in 24 hours" in answer.content


@pytest.fixture
def signed_in_as(client: Any) -> Any:
    def sign_in(user: User) -> Any:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
