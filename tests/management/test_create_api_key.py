"""create_api_key: shown once, stored as a hash, limited in life and number."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from claims.models import ApiKey
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_key_goes_to_stdout_and_only_its_hash_is_stored(capsys) -> None:
    account = factories.contributor()
    call_command("create_api_key", "contributor", days=3)
    key = capsys.readouterr().out.strip()
    stored = ApiKey.objects.get(user=account)
    assert len(key) >= 32
    assert key not in {stored.digest, stored.token_key}
    assert stored.scope == "read"
    assert stored.expiry - timezone.now() < dt.timedelta(days=3, minutes=1)


def test_a_key_opens_the_desk_until_the_second_it_ends(client: Client, capsys) -> None:
    account = factories.contributor()
    made_at = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    with time_machine.travel(made_at, tick=False) as clock:
        call_command("create_api_key", "contributor", days=3)
        key = {"Authorization": f"Token {capsys.readouterr().out.strip()}"}
        assert ApiKey.objects.get(user=account).expiry == made_at + dt.timedelta(days=3)
        clock.shift(dt.timedelta(days=3, seconds=-1))
        assert client.get("/api/v1/claims/", headers=key).status_code == 200
        clock.shift(dt.timedelta(seconds=2))
        assert client.get("/api/v1/claims/", headers=key).status_code == 401


def test_a_dry_run_makes_no_key(capsys) -> None:
    factories.contributor()
    call_command("create_api_key", "contributor", dry_run=True)
    assert capsys.readouterr().out == ""
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_life_out_of_bounds_is_a_usage_error(days: int) -> None:
    factories.contributor()
    with pytest.raises(CommandError) as refused:
        call_command("create_api_key", "contributor", days=days)
    assert refused.value.returncode == 2


def test_a_missing_or_switched_off_account_gets_no_key() -> None:
    account = factories.contributor()
    account.is_active = False
    account.save()
    for name in ("nobody", "contributor"):
        with pytest.raises(CommandError, match="no active account"):
            call_command("create_api_key", name)


def test_keys_are_limited_in_number(monkeypatch) -> None:
    monkeypatch.setattr("claims.workflow.api_keys.KEYS", 2)
    factories.contributor()
    for _ in range(2):
        call_command("create_api_key", "contributor")
    with pytest.raises(CommandError, match="2 keys"):
        call_command("create_api_key", "contributor")


def test_a_key_may_write_only_when_that_is_asked_for(capsys) -> None:
    factories.contributor()
    call_command("create_api_key", "contributor", "--scope", "write")
    assert ApiKey.objects.get().scope == "write"
    with pytest.raises(CommandError):
        call_command("create_api_key", "contributor", "--scope", "everything")


def test_a_key_needs_a_reason() -> None:
    factories.contributor()
    with pytest.raises(CommandError, match="why"):
        call_command("create_api_key", "contributor", reason=" ")
