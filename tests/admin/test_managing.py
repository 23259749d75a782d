"""Chiefs invite, regroup and switch off; passwords are chosen by a link that works once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.conf import settings as project
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.urls import reverse

from claims.models import Act
from claims.workflow.accounts import invite_account, regroup_account, switch_account
from tests import factories as make
from tests.admin.conftest import messages_of

pytestmark = pytest.mark.django_db
PAGE, FORGOTTEN = reverse("admin:accounts"), reverse("admin_password_reset")
NEW = "an unlikely horse of 1987"
INVITED = {"username": "newcomer", "email": "new@example.org", "group": "contributor"}
WHY = {"reason": "Knows the archives."}


def link_in(message: Any) -> str:
    found = re.search(rf"{re.escape(project.SITE_URL)}(/admin/password_reset/\S+)", message.body)
    assert found is not None
    return found[1]


def choose(link: str, password: str = NEW) -> Any:
    """Follow a link as a browser would, and choose a password."""
    client = Client()
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(address, {"new_password1": password, "new_password2": password})


@pytest.fixture
def invited(chief: Client, django_capture_on_commit_callbacks: Any) -> User:
    with django_capture_on_commit_callbacks(execute=True):
        answer = chief.post(PAGE, {**INVITED, **WHY}, follow=True)
    assert messages_of(answer) == ["newcomer is invited."]
    return User.objects.get(username="newcomer")


def test_who_is_invited_chooses_a_password_once_and_signs_in(invited: User) -> None:
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    assert [group.name for group in invited.groups.all()] == ["contributor"]
    assert not Client().login(username="newcomer", password="")
    link = link_in(message)
    assert choose(link).status_code == 302
    data = {"username": "newcomer", "password": NEW}
    client = Client()
    assert client.post(reverse("admin:login"), data).status_code == 302
    assert client.get(reverse("admin:index")).status_code == 200
    again = choose(link, "another unlikely horse")
    assert b"password reset link was invalid" in again.content
    invited.refresh_from_db()
    assert invited.check_password(NEW)


def test_the_link_ends_after_its_time(invited: User) -> None:
    link = link_in(mail.outbox[0])
    late = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=project.PASSWORD_RESET_TIMEOUT + 60)
    with time_machine.travel(late):
        assert b"password reset link was invalid" in choose(link).content
    invited.refresh_from_db()
    assert not invited.has_usable_password()


def test_a_weak_password_is_refused(invited: User) -> None:
    assert b"too short" in choose(link_in(mail.outbox[0]), "short").content
    invited.refresh_from_db()
    assert not invited.has_usable_password()


def test_the_log_says_who_invited_whom_and_why(invited: User) -> None:
    done = Act.objects.get(verb="invite_account")
    assert (done.actor, done.reason) == (make.chief(), "Knows the archives.")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("username", "contributor", "an account has this name"),
        ("username", "Contributor", "an account has this name"),
        ("username", "two words", "valid username"),
        ("email", "taken@example.org", "an account has this address"),
        ("email", "Taken@Example.org", "an account has this address"),
        ("email", "nobody", "valid email"),
        ("group", "chief", "valid choice"),
        ("reason", "", "required"),
    ],
)
def test_an_invitation_at_fault_is_refused_at_its_input(
    chief: Client, field: str, value: str, words: str
) -> None:
    User.objects.filter(pk=make.contributor().pk).update(email="taken@example.org")
    before = User.objects.count()
    answer = chief.post(PAGE, {**INVITED, **WHY, field: value})
    assert words in str(answer.context["form"].errors[field])
    assert User.objects.count() == before
    assert mail.outbox == []


def test_a_site_without_mail_invites_nobody(chief: Client, settings: Any) -> None:
    settings.MAILERS = {}
    assert "sends no mail" in chief.get(PAGE).content.decode()
    chief.post(PAGE, {**INVITED, **WHY})
    assert not User.objects.filter(username="newcomer").exists()


def test_the_verb_gives_no_group_that_chiefs_have_not() -> None:
    from claims.errors import InvalidValueError, PermissionMissingError

    with pytest.raises(InvalidValueError, match="group"):
        invite_account(**{**INVITED, "group": "chief"}, by=make.chief(), **WHY)
    with pytest.raises(PermissionMissingError):
        invite_account(**INVITED, by=make.editor(), **WHY)
    other = make.account("chief", "second_chief")
    for who in (other, make.chief(), make.account("administrator")):
        with pytest.raises(PermissionMissingError, match="Chiefs manage"):
            switch_account(account=who, is_active=False, by=make.chief(), **WHY)
        with pytest.raises(PermissionMissingError, match="Chiefs manage"):
            regroup_account(account=who, group="editor", by=make.chief(), **WHY)
    User.objects.filter(pk=make.contributor().pk).update(is_superuser=True)
    with pytest.raises(PermissionMissingError, match="Chiefs manage"):
        switch_account(account=make.contributor(), is_active=False, by=make.chief(), **WHY)


def test_a_contributor_becomes_an_editor_and_is_switched_off_and_on(chief: Client) -> None:
    account = make.contributor()
    chief.post(reverse("admin:regroup", args=[account.pk]), {"group": "editor", **WHY})
    assert list(User.objects.get(pk=account.pk).groups.all()) == [Group.objects.get(name="editor")]
    page, own = reverse("admin:switch", args=[account.pk]), Client()
    own.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    chief.post(page, WHY)
    assert not User.objects.get(pk=account.pk).is_active
    assert own.get(reverse("admin:index")).status_code == 302
    chief.post(page, WHY)
    assert User.objects.get(pk=account.pk).is_active


def test_who_typed_a_wrong_password_too_often_is_let_in_again(chief: Client, settings: Any) -> None:
    settings.AXES_ENABLED, settings.FACTBASE_RATE_LIMITS = True, False
    account, login = make.contributor(), reverse("admin:login")
    page, button = reverse("admin:account", args=[account.pk]), "Let sign in again"
    assert button not in chief.get(page).content.decode()
    typed = {"username": "contributor", "password": "wrong"}
    for _ in range(settings.AXES_FAILURE_LIMIT):
        Client().post(login, typed)
    right = {**typed, "password": make.PASSWORD}
    assert Client().post(login, right).status_code == 429
    assert button in chief.get(page).content.decode()
    unlock = reverse("admin:unlock", args=[account.pk])
    assert chief.post(unlock, {"reason": ""}).context["form"].errors["reason"]
    assert chief.post(unlock, {"reason": "Rang me up."}).status_code == 302
    assert Client().post(login, right).status_code == 302
    assert "Let sign in again: Rang me up." in chief.get(page).content.decode()
    again = chief.post(unlock, {"reason": "Again."})
    assert "No sign-in of contributor has failed." in again.content.decode()


def test_a_forgotten_password_answers_alike_for_every_address() -> None:
    User.objects.filter(pk=make.contributor().pk).update(email="there@example.org")
    User.objects.create_user("off", "off@example.org", make.PASSWORD, is_active=False)
    addresses = ("there@example.org", "nowhere@example.org", "off@example.org")
    answers = [Client().post(FORGOTTEN, {"email": one}) for one in addresses]
    assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1
    (message,) = mail.outbox
    assert message.to == ["there@example.org"]
    assert choose(link_in(message)).status_code == 302
    assert User.objects.get(username="contributor").check_password(NEW)


def test_the_link_is_of_this_site_whatever_host_the_browser_names(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    User.objects.filter(pk=make.contributor().pk).update(email="there@example.org")
    Client().post(FORGOTTEN, {"email": "there@example.org"}, headers={"host": "evil.example"})
    assert "evil.example" not in mail.outbox[0].body


def test_asking_for_passwords_is_limited_as_signing_in_is() -> None:
    from django.test import RequestFactory

    from claims.views.limits import rate_scope

    make_request = RequestFactory()
    link = reverse("password_reset_confirm", args=["x", "y"])
    posts = [make_request.post(one) for one in (FORGOTTEN, link, reverse("admin:login"))]
    assert [rate_scope(one) for one in posts] == ["sign_in"] * 3
    assert rate_scope(make_request.get(FORGOTTEN)) == "page"


def test_the_sign_in_page_leads_to_it() -> None:
    assert FORGOTTEN.encode() in Client().get(reverse("admin:login")).content
