"""Administrators of accounts do not widen their own rights."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_an_administrator_cannot_join_another_group():
    administrator = make.account("administrator")
    client = Client()
    client.force_login(administrator)
    url = reverse("admin:auth_user_change", args=[administrator.pk])

    page = client.get(url)
    fields = {
        **page.context["adminform"].form.initial,
        "groups": [Group.objects.get(name="chief").pk],
    }
    client.post(url, {name: value for name, value in fields.items() if value not in (None, "")})

    assert "groups" not in page.context["adminform"].form.fields
    assert [group.name for group in administrator.groups.all()] == ["administrator"]
