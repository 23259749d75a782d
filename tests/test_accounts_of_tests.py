"""The accounts of the factories are as the database has them, however seldom they are read."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from tests import factories as make

pytestmark = pytest.mark.django_db
MAY = "claims.edit_desk"


def test_an_account_is_read_once_with_its_rights(django_assert_num_queries) -> None:
    make.contributor()
    with django_assert_num_queries(0):
        one, other = make.contributor(), make.contributor()
        assert one.has_perm(MAY)
        assert other.has_perm(MAY)
    assert one == other
    assert one is not other


def test_a_change_of_one_object_shows_in_no_other() -> None:
    make.contributor().is_active = False
    assert make.contributor().is_active


def test_whoever_loses_a_right_has_it_no_more() -> None:
    before, too = make.contributor(), make.contributor()
    Group.objects.get(name="contributor").permissions.remove(
        Permission.objects.get(codename="edit_desk")
    )
    assert not any(user.has_perm(MAY) for user in (before, too, make.contributor()))


def test_an_update_past_the_model_is_seen() -> None:
    make.contributor()
    User.objects.filter(username="contributor").update(is_active=False)
    assert not make.contributor().is_active


def test_what_is_undone_is_forgotten() -> None:
    with transaction.atomic():
        make.contributor()
        transaction.set_rollback(True)
    assert User.objects.filter(pk=make.contributor().pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_reads_each_time() -> None:
    from django.db import connection

    make.contributor()
    with CaptureQueriesContext(connection) as asked:
        make.contributor()
    assert len(asked) > 0
