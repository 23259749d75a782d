"""Accounts, groups, API keys and the admin's log: every change of a row is an act."""

from __future__ import annotations

from functools import partial
from io import StringIO

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.test import Client

from claims.admin.base import SealedAdmin
from claims.audit.acts import state_models
from claims.audit.verification import verify_everything
from claims.models import Act, ActRow, ApiKey
from claims.workflow.api_keys import revoke_key
from claims.workflow.foreign import foreign_models
from tests import factories as make

pytestmark = pytest.mark.django_db


def verbs_of(work) -> list[str]:
    """Do the work; return the verbs of the acts that it was, which cover all of it."""
    before = Act.objects.count()
    work()
    assert verify_everything().bad == []
    return [done.verb for done in Act.objects.order_by("pk")[before:]]


def test_a_new_account_is_an_act():
    assert verbs_of(lambda: User.objects.create_user("ann", password="x")) == ["add_user"]


def test_a_superuser_by_command_is_an_act():
    def work():
        call_command("createsuperuser", "--noinput", username="root", email="", stdout=StringIO())

    assert verbs_of(work) == ["add_user"]


def test_a_changed_password_is_an_act():
    user = make.editor()

    def work():
        user.set_password("another")
        user.save()

    assert verbs_of(work) == ["change_user"]


def test_a_row_saved_as_it_was_is_no_act():
    assert verbs_of(make.editor().save) == []


def test_a_sign_in_is_no_act():
    user = make.editor()
    assert verbs_of(lambda: Client().force_login(user)) == []
    user.refresh_from_db()
    assert user.last_login is not None


GROUPS = {
    "joins": (lambda user, group: user.groups.add(group), 1),
    "leaves": (lambda user, group: user.groups.remove(Group.objects.get(name="editor")), 1),
    "is given groups": (lambda user, group: user.groups.set([group]), 2),
    "leaves all": (lambda user, group: user.groups.clear(), 1),
    "is added": (lambda user, group: group.user_set.add(user), 1),
    "is removed": (lambda user, group: Group.objects.get(name="editor").user_set.remove(user), 1),
    "members go": (lambda user, group: Group.objects.get(name="editor").user_set.clear(), 1),
    "is permitted": (lambda user, group: user.user_permissions.add(permission()), 1),
}


@pytest.mark.parametrize("case", GROUPS)
def test_a_change_of_membership_is_an_act(case):
    user, group = make.editor(), Group.objects.get(name="chief")
    work, count = GROUPS[case]
    assert verbs_of(lambda: work(user, group)) == ["change_user"] * count


def permission() -> Permission:
    return Permission.objects.get(codename="retire_claim")


RIGHTS = {
    "granted": lambda group: group.permissions.add(permission()),
    "set": lambda group: group.permissions.set([permission()]),
    "taken": lambda group: group.permissions.clear(),
    "granted the other way": lambda group: permission().group_set.add(group),
    "taken the other way": lambda group: permission().group_set.clear(),
    "renamed": lambda group: Group.objects.filter(pk=group.pk).first() and _rename(group),
}


def _rename(group: Group) -> None:
    group.name = "others"
    group.save()


@pytest.mark.parametrize("case", RIGHTS)
def test_a_change_of_a_group_is_an_act(case):
    group = Group.objects.get(name="contributor")
    verbs = verbs_of(lambda: RIGHTS[case](group))
    assert set(verbs) == {"change_group"}


def test_a_group_that_is_deleted_leaves_its_members_covered():
    user, group = make.editor(), Group.objects.create(name="guests")
    user.groups.add(group)

    assert sorted(verbs_of(group.delete)) == ["change_user", "delete_group"]
    assert ActRow.objects.filter(table="auth_group", is_gone=True).count() == 1


def test_a_permission_that_is_deleted_leaves_its_holders_covered():
    user, group = make.editor(), Group.objects.get(name="contributor")
    gone = Permission.objects.create(
        codename="fly", name="Can fly", content_type=permission().content_type
    )
    user.user_permissions.add(gone)
    group.permissions.add(gone)

    assert sorted(verbs_of(gone.delete)) == ["change_group", "change_user"]


def test_a_key_made_and_revoked_is_an_act():
    user = make.editor()
    assert verbs_of(lambda: make.api_key(user)) == ["add_apikey"]
    key = ApiKey.objects.get()
    revoke = partial(revoke_key, key=key, by=user, reason="Lost.")
    assert verbs_of(revoke) == ["change_apikey"]
    assert verbs_of(ApiKey.objects.all().delete) == ["delete_apikey"]


def test_an_account_that_is_deleted_is_an_act_with_its_keys():
    user = User.objects.create_user("gone")
    ApiKey.objects.create(user=user, reason="Needed.")

    assert sorted(verbs_of(user.delete)) == ["delete_apikey", "delete_user"]


def test_an_entry_of_the_admin_s_log_is_an_act():
    user = make.editor()

    def work():
        LogEntry.objects.log_actions(user.pk, [user], ADDITION, "Added.")

    assert verbs_of(work) == ["add_logentry"]


def test_who_is_signed_in_is_the_actor():
    chief = User.objects.create_superuser("boss", password=make.PASSWORD)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(chief)
    user = make.editor()
    before = Act.objects.count()
    url = f"/admin/auth/user/{user.pk}/password/"
    words = "a new horse battery staple"
    fields = {"password1": words, "password2": words, "usable_password": "true"}
    assert client.post(url, fields).status_code == 302

    done = list(Act.objects.order_by("pk")[before:])
    assert {row.verb for row in done} == {"change_user", "add_logentry"}
    assert {row.actor for row in done} == {chief}
    assert verify_everything().bad == []


def test_no_admin_deletes_many_rows_at_once():
    """Django writes the log of that in bulk, without a signal."""
    from django.contrib import admin

    others = [
        model for model, desk in admin.site._registry.items() if not isinstance(desk, SealedAdmin)
    ]
    assert [model for model in others if model._meta.app_label in ("auth", "claims", "knox")] == []


def test_what_migrations_left_of_groups_is_said_to_be_theirs():
    from django.apps import apps

    group = Group.objects.get(name="contributor")
    Group.permissions.through.objects.create(group=group, permission=permission())
    assert [row.id for row in verify_everything().bad] == [str(group.pk)]

    def work(plan):
        config = apps.get_app_config("claims")
        post_migrate.send(config, app_config=config, plan=plan, using="default")

    work([])
    assert len(verify_everything().bad) == 1
    migration = type(
        "Applied", (), {"app_label": "claims", "name": "0099_grant", "operations": []}
    )()
    assert verbs_of(lambda: work([(migration, False)])) == ["migrate"]
    assert "claims.0099_grant" in Act.objects.order_by("pk").last().reason


def test_the_tables_of_others_are_those_that_say_who_may_do_what():
    tables = {model._meta.db_table for model in foreign_models()}
    assert tables == {"auth_user", "auth_group", "claims_apikey", "django_admin_log"}
    assert set(foreign_models()) < set(state_models())
