"""Too many wrong passwords: the page says for how long, and a command ends it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/login/"


@pytest.fixture(autouse=True)
def _counted(settings: Any) -> None:
    settings.AXES_ENABLED = True


def sign_in(client: Client, password: str, **how: Any) -> Any:
    return client.post(ADDRESS, {"username": "editor", "password": password}, **how)


def lock_out(client: Client, settings: Any) -> None:
    make.editor()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "wrong")


def test_the_page_and_its_head_say_for_how_long(client: Client, settings: Any) -> None:
    lock_out(client, settings)
    page = sign_in(client, make.PASSWORD)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "900"
    assert page.headers["Cache-Control"] == "no-store"
    assert "Wait 15 minutes, then sign in again" in page.content.decode()


def test_the_page_speaks_the_language_of_its_reader(client: Client, settings: Any) -> None:
    lock_out(client, settings)
    page = sign_in(client, make.PASSWORD, headers={"accept-language": "fr"})
    assert "Attendez 15 minutes" in page.content.decode()


def test_another_address_is_not_hit(client: Client, settings: Any) -> None:
    lock_out(client, settings)
    assert sign_in(client, make.PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302


@pytest.mark.parametrize(
    "command",
    [("axes_reset_username", "editor"), ("axes_reset_ip_username", "127.0.0.1", "editor")],
)
def test_the_commands_of_the_guide_end_it(
    client: Client, settings: Any, command: tuple[str, ...]
) -> None:
    lock_out(client, settings)
    call_command(*command)
    assert sign_in(client, make.PASSWORD).status_code == 302
