"""Tests that commit leave the rows that migrations made, whatever the order."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_committing_test_finds_the_groups_and_no_leftovers(turn: int) -> None:
    assert Group.objects.count() == 4
    assert not User.objects.filter(username="left over").exists()
    User.objects.create_user("left over")
