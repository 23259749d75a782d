"""API keys: made with a scope, dead with the password and the account, revoked by whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from claims.errors import (
    InvalidValueError,
    PermissionMissingError,
    ReasonRequiredError,
    TransitionError,
)
from claims.models import ApiKey
from claims.workflow.api_keys import make_key, revoke_key, revoke_keys_of
from tests import factories as make

pytestmark = pytest.mark.django_db
WHY = "It was in a public file."


def made(owner: User, **more: Any) -> ApiKey:
    return make_key(**{"owner": owner, "by": None, "reason": "A program.", **more})[0]


def fresh(key: ApiKey) -> ApiKey:
    return ApiKey.objects.select_related("user").get(pk=key.pk)


def test_a_key_that_lives_has_no_reason_to_be_dead() -> None:
    assert fresh(made(make.editor())).death == ""


def by_form(owner: User) -> None:
    owner.set_password("a wholly new pass phrase")
    owner.save()


def by_update(owner: User) -> None:
    owner.set_password("a wholly new pass phrase")
    User.objects.filter(pk=owner.pk).update(password=owner.password)


def by_bulk_update(owner: User) -> None:
    owner.set_unusable_password()
    User.objects.bulk_update([owner], ["password"])


@pytest.mark.parametrize("change", [by_form, by_update, by_bulk_update])
def test_a_key_dies_with_the_password_however_it_is_changed(change: Any) -> None:
    owner = make.editor()
    key = made(owner)
    change(owner)
    assert fresh(key).death == "password changed"
    assert fresh(made(User.objects.get(pk=owner.pk))).death == ""


def test_the_same_password_set_again_ends_a_key_too() -> None:
    owner = make.editor()
    key = made(owner)
    owner.set_password(make.PASSWORD)
    owner.save()
    assert fresh(key).death == "password changed"


def test_other_changes_of_an_account_leave_its_keys_alone() -> None:
    owner = make.editor()
    key = made(owner)
    User.objects.filter(pk=owner.pk).update(email="x@example.org", last_login=timezone.now())
    assert fresh(key).death == ""


def test_a_key_is_dead_while_its_account_is_switched_off() -> None:
    key = made(make.editor())
    User.objects.update(is_active=False)
    assert fresh(key).death == "account switched off"


def test_a_key_expires() -> None:
    key = made(make.editor(), days=1)
    key.expiry = timezone.now() - dt.timedelta(seconds=1)
    assert key.death == "expired"


def test_a_secret_key_that_is_rotated_ends_keys_unless_the_old_one_is_kept(settings: Any) -> None:
    key, old = made(make.editor()), settings.SECRET_KEY
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[old]):
        assert fresh(key).death == ""
    with override_settings(SECRET_KEY="another"):
        assert fresh(key).death == "password changed"


def test_a_revoked_key_says_who_and_why() -> None:
    key = revoke_key(key=made(make.editor()), by=make.editor(), reason=WHY)
    stored = fresh(key)
    assert stored.death == "revoked"
    assert (stored.revoked_by, stored.revocation_reason) == (make.editor(), WHY)
    with pytest.raises(TransitionError, match="revoked already"):
        revoke_key(key=key, by=make.editor(), reason=WHY)


def test_revoking_needs_a_reason() -> None:
    with pytest.raises(ReasonRequiredError):
        revoke_key(key=made(make.editor()), by=make.editor(), reason=" ")


@pytest.mark.parametrize("role", ["contributor", "editor", "chief"])
def test_the_keys_of_others_are_for_administrators(role: str) -> None:
    key, other = made(make.second_editor()), make.account(role)
    with pytest.raises(PermissionMissingError):
        revoke_key(key=key, by=other, reason=WHY)
    with pytest.raises(PermissionMissingError):
        make_key(owner=make.second_editor(), by=other, reason="Mine now.")
    assert fresh(key).death == ""
    assert revoke_key(key=key, by=make.account("administrator"), reason=WHY).revoked_at


def test_an_account_that_is_switched_off_revokes_and_gets_nothing() -> None:
    owner = make.editor()
    key = made(owner)
    owner.is_active = False
    owner.save()
    with pytest.raises(PermissionMissingError):
        revoke_key(key=key, by=owner, reason=WHY)
    with pytest.raises(PermissionMissingError, match="switched off"):
        made(owner)


def test_all_keys_of_an_account_end_at_once() -> None:
    mine, other = [made(make.editor()) for _ in range(3)], made(make.chief())
    revoke_key(key=mine[0], by=None, reason=WHY)
    done = revoke_keys_of(owner=make.editor(), by=None, reason="Left us.")
    assert [key.pk for key in done] == [key.pk for key in mine[1:]]
    assert fresh(mine[0]).revocation_reason == WHY
    assert fresh(other).death == ""


def test_revoked_and_expired_keys_make_room_for_new_ones(monkeypatch: Any) -> None:
    monkeypatch.setattr("claims.workflow.api_keys.KEYS", 2)
    keys = [made(make.editor()) for _ in range(2)]
    with pytest.raises(InvalidValueError, match="2 keys"):
        made(make.editor())
    revoke_key(key=keys[0], by=None, reason=WHY)
    assert made(make.editor()).pk


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 366}, {"scope": "all"}])
def test_a_life_or_a_scope_out_of_bounds_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        made(make.editor(), **wrong)
    assert not ApiKey.objects.exists()


def test_the_password_command_ends_keys(monkeypatch: Any) -> None:
    key = made(make.editor())
    monkeypatch.setattr("getpass.getpass", lambda *args, **kwargs: "a wholly new pass phrase")
    call_command("changepassword", "editor")
    assert fresh(key).death == "password changed"
