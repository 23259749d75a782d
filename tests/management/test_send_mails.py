"""Mails about notifications: at whose pace, each line once, nothing lost, ended by one click."""

from __future__ import annotations

import datetime as dt
import re
import threading
from email import message_from_bytes
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from claims import mailing
from claims.mailing import account_of_token, send_due, unsubscribe_token
from claims.models import Claim, MailChoice, Notification
from claims.workflow.mail_batches import mark_batch
from claims.workflow.review import return_claim
from claims.workflow.watching import choose_mail, mark_read
from tests import factories as make

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
REASON = "The page <b>is</b> missing & so on."


def reader(pace: str, language: str = "") -> User:
    User.objects.filter(username="contributor").update(email="reader@example.org")
    account = User.objects.get(username="contributor")
    choose_mail(account=account, pace=pace, language=language)
    return account


def returned(reason: str = REASON) -> Claim:
    return return_claim(claim=make.submitted_claim(97), by=make.editor(), reason=reason)


def sent(at: dt.datetime) -> int:
    return len(list(send_due(now=at)))


def test_a_mail_tells_what_the_desk_tells_as_text_and_as_a_page(settings: Any) -> None:
    settings.SITE_URL = "https://facts.example.org"
    make.contributor()
    reader("daily")
    claim = returned()
    assert list(send_due()) == ["contributor"]
    (message,) = mail.outbox
    page = f"https://facts.example.org/admin/claims/claim/{claim.pk}/change/"
    assert message.to == ["reader@example.org"]
    assert message.subject == f"factbase: {claim.ref}: returned by editor"
    assert f"* {claim.ref}: returned by editor: {REASON}" in message.body
    assert page in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert f'<a href="{page}">{claim.ref}</a>' in html
    assert "The page &lt;b&gt;is&lt;/b&gt; missing &amp; so on." in html
    raw = message_from_bytes(message.message().as_bytes())
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = f"https://facts.example.org{reverse('unsubscribe', args=[token_in(message)])}"
    assert raw["List-Unsubscribe"] == f"<{link}>"
    assert link in message.body
    assert link in html


def test_a_mail_comes_in_the_language_that_was_chosen() -> None:
    make.contributor()
    reader("daily", "fr")
    claim = returned()
    assert list(send_due()) == ["contributor"]
    (message,) = mail.outbox
    assert message.subject == f"factbase : {claim.ref}: renvoyé par editor"
    assert "Ce qui est arrivé à ce que vous suivez, contributor" in message.body
    assert "Plus de courriels :" in message.body
    html = message.alternatives[0][0]
    assert '<html lang="fr">' in html
    assert "Tout voir" in html


def token_in(message: Any) -> str:
    found = re.search(r"/mail/stop/([^/]+)/", message.body)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("pace", "hours", "mails"),
    [
        ("never", (0, 1, 24, 24 * 7), (0, 0, 0, 0)),
        ("at_once", (0, 0.1, 0.2, 24), (1, 0, 1, 1)),
        ("daily", (0, 14, 15, 24), (1, 0, 1, 0)),
        ("weekly", (0, 24, 24 * 6, 24 * 7), (1, 0, 0, 1)),
    ],
)
def test_a_mail_comes_at_the_pace_that_was_chosen(
    pace: str, hours: tuple[float, ...], mails: tuple[int, ...]
) -> None:
    make.contributor()
    reader(pace)
    found = []
    for number, later in enumerate(hours):
        at = MONDAY + dt.timedelta(hours=later)
        with time_machine.travel(at, tick=False):
            returned(f"Reason {number}.")
            found.append(sent(at))
    assert tuple(found) == mails


def test_each_line_is_in_one_mail_and_what_was_read_is_in_none() -> None:
    make.contributor()
    account = reader("daily")
    returned("First.")
    first = Notification.objects.get()
    returned("Second.")
    mark_read(account=account, numbers=[first.pk])
    assert sent(MONDAY) == 1
    assert sent(MONDAY + dt.timedelta(days=1)) == 0
    returned("Third.")
    assert sent(MONDAY + dt.timedelta(days=1)) == 1
    said = [re.findall(r"First|Second|Third", message.body) for message in mail.outbox]
    assert said == [["Second"], ["Third"]]


@pytest.mark.parametrize("lacking", ["is_active", "email", "right"])
def test_who_may_not_see_it_any_more_gets_no_mail(lacking: str) -> None:
    make.contributor()
    account = reader("daily")
    returned()
    if lacking == "right":
        account.groups.clear()
    else:
        User.objects.filter(pk=account.pk).update(**{lacking: "" if lacking == "email" else False})
    assert sent(MONDAY) == 0
    assert mail.outbox == []


def test_a_mail_names_no_more_lines_than_the_limit_and_counts_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mailing, "LINES", 2)
    make.contributor()
    reader("daily")
    for number in range(5):
        returned(f"Reason {number}.")
    assert sent(MONDAY) == 1
    assert mail.outbox[0].subject == "factbase: 5 notifications"
    assert "And 3 more on the desk." in mail.outbox[0].body
    assert sent(MONDAY + dt.timedelta(days=1)) == 0


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_interrupted_mail_is_sent_after_the_lease_as_it_was(
    monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """Killed before the server took it, or after: none lost, twice at most, one Message-ID."""
    make.contributor()
    reader("daily")
    returned("First.")
    send = EmailBackend.send_messages

    def killed(self: Any, messages: Any) -> int:
        if when == "after":
            send(self, messages)
        raise KeyboardInterrupt

    monkeypatch.setattr(EmailBackend, "send_messages", killed)
    with pytest.raises(KeyboardInterrupt):
        sent(MONDAY)
    monkeypatch.setattr(EmailBackend, "send_messages", send)
    returned("First.")  # the same words: no part of the mail that is on its way
    assert sent(MONDAY + dt.timedelta(minutes=9)) == 0
    assert sent(MONDAY + dt.timedelta(minutes=11)) == 1
    assert sent(MONDAY + dt.timedelta(minutes=12)) == 0
    assert len(mail.outbox) == (2 if when == "after" else 1)
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert {message.body.count("returned by editor") for message in mail.outbox} == {1}
    assert sent(MONDAY + dt.timedelta(days=1)) == 1


def test_a_mail_that_somebody_is_sending_is_left_to_them() -> None:
    make.contributor()
    reader("daily")
    returned()
    choice = MailChoice.objects.get()
    assert mark_batch(choice, MONDAY) is not None
    assert mark_batch(choice, MONDAY) is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_senders_send_one_mail() -> None:
    make.contributor()
    reader("daily")
    returned()
    start, found = threading.Barrier(4), []

    def work() -> None:
        start.wait()
        found.append(sent(MONDAY))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 0, 1]
    assert connection.vendor == "postgresql"


def test_who_wants_mail_at_once_gets_it_after_the_commit(
    django_capture_on_commit_callbacks: Any,
) -> None:
    make.contributor()
    reader("at_once")
    claim = make.submitted_claim(97)
    with django_capture_on_commit_callbacks(execute=True):
        return_claim(claim=claim, by=make.editor(), reason=REASON)
        assert mail.outbox == []
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("post", [{"List-Unsubscribe": "One-Click"}, {}])
def test_one_click_ends_the_mails_without_a_sign_in(post: dict[str, str]) -> None:
    make.contributor()
    account = reader("daily")
    client = Client(enforce_csrf_checks=True)
    address = reverse("unsubscribe", args=[unsubscribe_token(account.pk)])
    assert b"Send no more mails" in client.get(address).content
    assert MailChoice.objects.get().pace == "daily"  # a program that looks at links ends nothing
    assert client.post(address, post).status_code == 200
    assert MailChoice.objects.get().pace == "never"
    returned()
    assert sent(MONDAY) == 0


@pytest.mark.parametrize("token", ["x", "", "IjEi:1abc:def"])
def test_a_token_that_is_none_ends_nothing(token: str) -> None:
    assert account_of_token(token) is None
    if token:
        page = Client().post(
            reverse("unsubscribe", args=[token]), headers={"accept-language": "fr"}
        )
        assert page.status_code == 404
        assert "Ce lien ne met fin à rien" in page.content.decode()


def test_tokens_of_two_accounts_differ_and_none_can_be_made_from_another() -> None:
    one, other = unsubscribe_token(1), unsubscribe_token(2)
    assert account_of_token(one) == 1
    mixed = other.split(":")[0] + ":" + ":".join(one.split(":")[1:])
    assert account_of_token(mixed) is None


def test_the_command_sends_and_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    make.contributor()
    reader("daily")
    returned()
    call_command("send_mails")
    call_command("send_mails")
    assert capsys.readouterr().out == "1 mails sent.\n0 mails sent.\n"


def test_the_command_says_what_the_server_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    make.contributor()
    reader("daily")
    returned()

    def refuse(self: Any, messages: Any) -> int:
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(CommandError, match=r"refused: nobody listens\. 0 sent\."):
        call_command("send_mails")


def test_a_site_without_mail_says_so(settings: Any) -> None:
    settings.MAILERS = {}
    with pytest.raises(CommandError, match="set EMAIL_URL"):
        call_command("send_mails")
