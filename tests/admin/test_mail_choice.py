"""The page where an account chooses how soon it is told by mail."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from claims.models import MailChoice
from factbase.mail import mailers, site_address
from tests import factories as make
from tests.admin.conftest import messages_of

PAGE = reverse("admin:mail")


@pytest.mark.django_db
def test_a_pace_is_chosen_and_shown(contributor: Client) -> None:
    User.objects.update(email="a@example.org")
    answer = contributor.post(PAGE, {"pace": "weekly"}, follow=True)
    assert messages_of(answer) == ["Saved."]
    assert MailChoice.objects.get(account=make.contributor()).pace == "weekly"
    assert answer.context["form"]["pace"].value() == "weekly"
    assert "Mails go to a@example.org." in answer.content.decode()


@pytest.mark.django_db
def test_mails_come_in_the_language_of_the_page_unless_another_one_is_chosen(
    contributor: Client,
) -> None:
    User.objects.update(email="a@example.org")
    french = {"accept-language": "fr"}
    assert contributor.get(PAGE, headers=french).context["form"]["language"].value() == "fr"
    assert contributor.post(PAGE, {"pace": "weekly", "language": "fr"}).status_code == 302
    assert MailChoice.objects.get(account=make.contributor()).language == "fr"
    assert contributor.get(PAGE).context["form"]["language"].value() == "fr"
    page = contributor.post(PAGE, {"pace": "weekly", "language": "xx"})
    assert page.context["form"].errors["language"]


@pytest.mark.django_db
def test_a_refusal_is_told_in_the_language_of_the_page(contributor: Client) -> None:
    answer = contributor.post(PAGE, {"pace": "daily"}, headers={"accept-language": "fr"})
    assert "adresse" in answer.context["form"].errors["pace"][0]


@pytest.mark.django_db
@pytest.mark.parametrize("pace", ["", "hourly"])
def test_a_pace_that_is_none_is_refused_at_its_input(contributor: Client, pace: str) -> None:
    assert contributor.post(PAGE, {"pace": pace}).context["form"].errors["pace"]
    assert not MailChoice.objects.exists()


@pytest.mark.django_db
def test_mail_without_an_address_is_refused(contributor: Client) -> None:
    answer = contributor.post(PAGE, {"pace": "daily"})
    assert "no e-mail address" in answer.context["form"].errors["pace"][0]
    assert not MailChoice.objects.exists()


def test_the_address_of_a_mail_server_is_read() -> None:
    found = mailers("smtp+tls://me%40here:p%2Fw@mail.example.org")["default"]
    assert found["OPTIONS"] == {
        "host": "mail.example.org",
        "port": 587,
        "username": "me@here",
        "password": "p/w",
        "use_tls": True,
        "use_ssl": False,
        "timeout": 20,
    }
    assert mailers("smtp+ssl://mail.example.org:2465")["default"]["OPTIONS"]["port"] == 2465
    assert mailers("console:")["default"]["BACKEND"].endswith("console.EmailBackend")
    assert mailers("") == {}


@pytest.mark.parametrize(
    "address", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port"]
)
def test_an_address_that_is_no_mail_server_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mailers(address)


def test_links_in_mails_begin_with_the_address_of_the_site() -> None:
    assert site_address("https://facts.example.org/", [], is_secure=True) == (
        "https://facts.example.org"
    )
    assert site_address("", [".example.org", "b"], is_secure=True) == "https://example.org"
    assert site_address("", ["localhost"], is_secure=False) == "http://localhost:8000"
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        site_address("facts.example.org", [], is_secure=True)
