"""API keys on the desk: own ones for everybody, all of them for administrators."""

from __future__ import annotations

import pytest

from claims.models import ApiKey
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = "/admin/claims/apikey/"


def a_key(name: str) -> tuple[ApiKey, str]:
    owner = make.account("editor", name)
    key = make.api_key(owner)
    return ApiKey.objects.get(user=owner), key


def test_a_person_sees_and_revokes_their_own(signed_in) -> None:
    (mine, key), (other, _) = a_key("me"), a_key("somebody")
    client = signed_in(mine.user)
    page = client.get(LIST).content.decode()
    assert mine.prefix in page
    assert other.prefix not in page
    assert key not in page
    assert mine.digest not in page
    change = client.get(f"{LIST}{mine.pk}/change/").content.decode()
    assert f"{LIST}{mine.pk}/revoke/" in change
    assert mine.digest not in change
    client.post(f"{LIST}{mine.pk}/revoke/", {"reason": "Lost with my laptop."})
    stored = ApiKey.objects.get(pk=mine.pk)
    assert (stored.revoked_by, stored.revocation_reason) == (mine.user, "Lost with my laptop.")
    assert client.get(f"{LIST}{other.pk}/revoke/").status_code == 404
    assert client.post(f"{LIST}{other.pk}/revoke/", {"reason": "x"}).status_code == 404
    assert ApiKey.objects.get(pk=other.pk).revoked_at is None


def test_an_administrator_sees_and_revokes_all(signed_in) -> None:
    keys = [a_key("one")[0], a_key("two")[0]]
    client = signed_in(make.account("administrator"))
    page = client.get(LIST).content.decode()
    assert all(key.prefix in page for key in keys)
    client.post(f"{LIST}{keys[0].pk}/revoke/", {"reason": "Leaked."})
    assert ApiKey.objects.get(pk=keys[0].pk).revocation_reason == "Leaked."


def test_revoking_on_the_desk_needs_a_reason(signed_in) -> None:
    key = a_key("me")[0]
    response = signed_in(key.user).post(f"{LIST}{key.pk}/revoke/", {"reason": ""})
    assert response.status_code == 200
    assert ApiKey.objects.get().revoked_at is None


def test_a_password_changed_on_the_desk_ends_keys(signed_in) -> None:
    key, _ = a_key("me")
    administrator = signed_in(make.account("administrator"))
    new = "a wholly new pass phrase"
    data = {"password1": new, "password2": new, "usable_password": "true"}
    response = administrator.post(f"/admin/auth/user/{key.user_id}/password/", data)
    assert response.status_code == 302
    assert ApiKey.objects.select_related("user").get().death == "password changed"
    own = signed_in(make.account("editor", "me"))
    make.api_key(make.account("editor", "me"))
    data = {"old_password": new, "new_password1": make.PASSWORD, "new_password2": make.PASSWORD}
    assert own.post("/admin/password_change/", data).status_code == 302
    assert {str(one.death) for one in ApiKey.objects.all()} == {"password changed"}
