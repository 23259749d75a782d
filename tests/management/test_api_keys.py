"""list_api_keys and revoke_api_key: names to stdout, words to stderr, never a key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims.models import ApiKey
from tests import factories as make

pytestmark = pytest.mark.django_db


def listed(capsys: Any, *arguments: str) -> list[dict[str, Any]]:
    call_command("list_api_keys", *arguments, "--output", "json")
    out = capsys.readouterr().out
    assert all(key.digest not in out for key in ApiKey.objects.all())
    return json.loads(out)


def states(capsys: Any) -> list[str]:
    return [row["state"] for row in listed(capsys)]


def test_keys_are_listed_without_the_key(capsys: Any) -> None:
    key = make.api_key(make.editor(), "write")
    make.api_key(make.chief())
    rows = listed(capsys)
    assert [row["user"] for row in rows] == ["editor", "chief"]
    assert [row["scope"] for row in rows] == ["write", "read"]
    assert rows[0]["prefix"] == key[:8]
    assert [row["user"] for row in listed(capsys, "chief")] == ["chief"]
    call_command("list_api_keys")
    table, words = capsys.readouterr()
    assert table.splitlines()[0].split() == [
        "ref", "prefix", "user", "scope", "state", "created", "expires",
    ]  # fmt: skip
    assert key not in table
    assert "2 keys, 2 living." in words


def test_why_a_key_is_dead_is_listed(capsys: Any) -> None:
    for name in ("first", "second", "third"):
        make.api_key(make.account("editor", name))
    call_command("revoke_api_key", "--user", "first", "--all", "--reason", "Left us.")
    User.objects.filter(username="second").update(is_active=False)
    third = User.objects.get(username="third")
    third.set_password("a wholly new pass phrase")
    third.save()
    capsys.readouterr()
    assert states(capsys) == ["revoked", "account switched off", "password changed"]
    assert listed(capsys, "first")[0]["revocation_reason"] == "Left us."


def test_a_key_is_revoked_by_itself_or_its_number(capsys: Any) -> None:
    keys = [make.api_key(make.editor()) for _ in range(4)]
    numbers = list(ApiKey.objects.values_list("pk", flat=True))
    for name in (keys[0], f"K{numbers[1]}", str(numbers[2])):
        call_command("revoke_api_key", name)
    assert capsys.readouterr().out.split() == [f"K{number}" for number in numbers[:3]]
    assert states(capsys) == ["revoked"] * 3 + ["living"]


def test_all_keys_of_a_switched_off_account_are_revoked(capsys: Any) -> None:
    make.api_key(make.editor())
    User.objects.update(is_active=False)
    call_command("revoke_api_key", "--user", "editor", "--all")
    assert ApiKey.objects.get().revoked_at


@pytest.mark.parametrize(
    "arguments",
    [(), ("K1", "--user", "editor", "--all"), ("--user", "editor"), ("--all",), ("K1", "--all"),
     ("K1", "--user", "editor")],
)  # fmt: skip
def test_other_uses_are_usage_errors(arguments: tuple[str, ...]) -> None:
    make.api_key(make.editor())
    with pytest.raises(CommandError) as refused:
        call_command("revoke_api_key", *arguments)
    assert refused.value.returncode == 2
    assert not ApiKey.objects.filter(revoked_at__isnull=False).exists()


@pytest.mark.parametrize(
    "arguments",
    [("K999",), ("0",), ("f" * 64,), ("9" * 64,), ("\u0661",), ("--user", "nobody", "--all")],
)
def test_what_is_not_there_is_an_error(arguments: tuple[str, ...]) -> None:
    make.api_key(make.editor())
    with pytest.raises(CommandError, match="There is no") as refused:
        call_command("revoke_api_key", *arguments)
    assert refused.value.returncode == 1
    with pytest.raises(CommandError, match="no account"):
        call_command("list_api_keys", "nobody")


def test_a_key_is_revoked_once(capsys: Any) -> None:
    key = make.api_key(make.editor())
    call_command("revoke_api_key", key)
    with pytest.raises(CommandError, match="revoked already"):
        call_command("revoke_api_key", key)


def test_revoking_needs_a_reason() -> None:
    key = make.api_key(make.editor())
    with pytest.raises(CommandError, match="why"):
        call_command("revoke_api_key", key, "--reason", " ")
