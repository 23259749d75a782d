"""Who may do what: every model field sent by every role changes nothing past the verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import models
from django.test import Client
from django.urls import reverse

from claims.models import ArticleRevision, Assertion, Claim, Dispute, Source
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of
from tests.kept import made_once

pytestmark = pytest.mark.django_db
ROLES = ("contributor", "editor", "chief", "administrator", "superuser")

# What the desk derives, decides or signs: no form may set it, whatever is sent.
GUARDED = {
    Claim: {"state", "revision", "last_edited_by", "edited_at", "contention", "severity",
            "fingerprint", "assignee", "priority"},
    Assertion: {"claim", "value_kind", "is_count", "status", "status_reason", "supersedes",
                "origin", "test_low", "test_high", "earliest", "latest"},
    Source: {"reliability", "reliability_note", "withdrawn_on", "withdrawal_note",
             "issued_earliest", "issued_latest"},
    Dispute: {"kind", "state", "private_note", "opened_by", "opened_at", "taken_by", "fingerprint",
              "decided_by", "decided_at"},
    ArticleRevision: {"number", "title", "format", "text", "sha256", "added_by", "added_at",
                      "approved_by", "approved_at"},
}  # fmt: skip
# A field that a form does set: the forged ones travel with an edit that goes through.
EDITED = {Claim: "question", Assertion: "quote", Source: "title"}


def person(role: str) -> User:
    if role == "superuser":
        return User.objects.create_superuser("root", password=make.PASSWORD)
    return make.account(role)


def forged(field: Any, row: Any) -> str:
    """A value that differs from the row's and that the column would take."""
    if field.choices:
        current = getattr(row, field.attname)
        return [str(value) for value, _ in field.choices if value not in ("", current)][-1]
    if isinstance(field, models.ForeignKey):
        rows = field.remote_field.model._default_manager.order_by("-pk")
        return str(rows.values_list("pk", flat=True).first())
    if isinstance(field, models.BooleanField):
        return str(not getattr(row, field.attname))
    if isinstance(field, models.DateTimeField):
        return "2001-02-03 04:05:06+00:00"
    if isinstance(field, models.DateField):
        return "2001-02-03"
    return "77" if isinstance(field, models.DecimalField | models.IntegerField) else "forged"


@made_once
def desk() -> None:
    """One row of each kind to attack, and newer rows that a forged link would name."""
    make.published_claim(60, 97)
    make.article()
    make.submitted_claim(5)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_no_form_sets_what_the_workflow_decides(
    desk: None,
    role: str,
    model: Any,
    signed_in: Callable[[User], Client],
    form_of: Callable[[Client, str], dict[str, Any]],
) -> None:
    client = signed_in(person(role))
    User.objects.create_user("decoy")
    row = model._default_manager.order_by("pk").first()
    url = reverse(f"admin:claims_{model._meta.model_name}_change", args=[row.pk])
    may_edit = model in EDITED and client.get(url).context["has_change_permission"]
    own = form_of(client, url) if may_edit else {}
    edit = {EDITED[model]: "Edited in earnest."} if may_edit else {}
    fields = [row._meta.get_field(name) for name in GUARDED[model]]
    lies = {field.name: forged(field, row) for field in fields}
    lies |= {field.attname: lies[field.name] for field in fields}
    response = client.post(url, {**lies, **own, **edit, "reason": "Because."})
    assert response.status_code in ((302,) if may_edit else (200, 403))
    after = model._default_manager.get(pk=row.pk)
    believed = [field.name for field in fields
                if str(getattr(after, field.attname)) == lies[field.name]]  # fmt: skip
    assert believed == []
    if may_edit:
        assert getattr(after, EDITED[model]) == "Edited in earnest."


@pytest.mark.parametrize("role", ROLES)
def test_records_take_no_write_at_all(
    desk: None, role: str, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(person(role))
    for noun in ("reviewevent", "claimversion", "articlerevision"):
        row = admin.site._registry[_model(noun)].model._default_manager.first()
        before = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        data = dict.fromkeys(before, "forged") | {"reason": "Because."}
        change = reverse(f"admin:claims_{noun}_change", args=[row.pk])
        assert client.post(change, data).status_code == 403
        assert client.post(reverse(f"admin:claims_{noun}_add"), data).status_code == 403
        row.refresh_from_db()
        assert before == {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def _model(noun: str) -> Any:
    return next(model for model in admin.site._registry if model._meta.model_name == noun)


def test_administrators_look_and_change_no_fact(signed_in: Callable[[User], Client]) -> None:
    claim = make.submitted_claim(97)
    client = signed_in(person("administrator"))
    url = reverse("admin:claims_claim_change", args=[claim.pk])
    page = client.get(url)
    assert page.status_code == 200
    assert b'name="question"' not in page.content
    assert client.post(url, {"question": "Mine?", "reason": "x"}).status_code == 403
    figure = claim.assertions.get()
    assert client.get(reverse("admin:claims_assertion_change", args=[figure.pk])).status_code == 200


def test_only_chiefs_judge_and_withdraw_sources(editor: Client, chief: Client) -> None:
    source = make.published_claim(97).claim.assertions.get().source
    assert source is not None
    rate = reverse("admin:claims_source_rate", args=[source.pk])
    data = {"reliability": "B", "note": "Careful so far.", "reason": "Track record."}
    assert editor.post(rate, data).status_code == 403
    chief.post(rate, data)
    withdraw = reverse("admin:claims_source_withdraw", args=[source.pk])
    assert editor.post(withdraw, {"reason": "Retracted."}).status_code == 403
    response = chief.post(withdraw, {"reason": "Retracted."}, follow=True)
    source.refresh_from_db()
    assert messages_of(response)[-1] == f"{source.ref}: withdrawn."
    assert (source.reliability, source.withdrawal_note) == ("B", "Retracted.")


def test_a_revision_is_approved_by_somebody_else(contributor: Client, editor: Client) -> None:
    revision = make.article(approved=False)
    url = reverse("admin:claims_articlerevision_approve", args=[revision.pk])
    assert contributor.post(url, {"reason": "Mine."}).status_code == 403
    editor.post(url, {**hidden_of(editor.get(url)), "reason": "Read."})
    revision.refresh_from_db()
    assert revision.approved_by == make.editor()


def user_form(client: Client, url: str) -> dict[str, Any]:
    form = client.get(url).context["adminform"].form
    return {name: form[name].value() for name in form.fields if form[name].value()}


def test_administrators_make_no_superusers(signed_in: Callable[[User], Client]) -> None:
    administrator = person("administrator")
    client = signed_in(administrator)
    url = reverse("admin:auth_user_change", args=[administrator.pk])
    data = {**user_form(client, url), "is_superuser": "on", "user_permissions": ["1", "2"]}
    data["groups"] = [str(group.pk) for group in Group.objects.filter(name="administrator")]
    client.post(url, data)
    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert not administrator.user_permissions.exists()


def test_administrators_leave_superusers_alone(signed_in: Callable[[User], Client]) -> None:
    root = person("superuser")
    client = signed_in(person("administrator"))
    data = {"username": "mine", "is_active": ""}
    assert client.post(reverse("admin:auth_user_change", args=[root.pk]), data).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    new = {
        "password1": make.PASSWORD * 2,
        "password2": make.PASSWORD * 2,
        "usable_password": "true",
    }
    assert client.post(password, new).status_code == 403


def test_administrators_deactivate_accounts(signed_in: Callable[[User], Client]) -> None:
    client, gone = signed_in(person("administrator")), make.editor()
    url = reverse("admin:auth_user_change", args=[gone.pk])
    data = {name: value for name, value in user_form(client, url).items() if name != "is_active"}
    data["groups"] = [str(group.pk) for group in gone.groups.all()]
    joined = gone.date_joined
    response = client.post(url, data)
    assert response.status_code == 302
    gone.refresh_from_db()
    assert not gone.is_active
    assert gone.date_joined == joined
