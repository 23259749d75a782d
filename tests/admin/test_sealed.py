"""Nothing is deleted and no history URL takes a write, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from claims.admin.base import SealedAdmin
from claims.admin.site import ROOMS
from claims.importers.figures.uploads import keep_table
from claims.importers.uploads import note_upload
from claims.models import Claim, Party
from claims.workflow.comments import write_comment
from claims.workflow.merging import propose_merge
from claims.workflow.sameness import ask_sameness
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.admin.conftest import as_seen
from tests.kept import made_once

pytestmark = pytest.mark.django_db
WRITES = ("post", "put", "patch", "delete")


@made_once
def desk() -> Claim:
    """At least one row of every registered model."""
    version = make.published_claim(60, 97)
    total = make.claim()
    from claims.workflow.claims import relate_claims

    make.article()
    make.api_key(make.contributor())
    note_upload("Ten died.", by=make.contributor(), file_name="a.txt", title="A")
    write_comment(claim=total, by=make.contributor(), body="Which list?")
    source = version.claim.assertions.first().source
    edit_source(source=source, by=make.contributor(), reason="A slip.", title="Other words")
    make.relation(source, make.source())
    ask_and_merge(make.party(), make.party())
    keep_table(b"place,dead\nArden,9\n", file_name="a.csv", by=make.contributor())
    relate_claims(
        from_claim=version.claim,
        to_claim=total,
        kind="part_of_total",
        by=make.contributor(),
        reason="A part.",
    )
    return version.claim


def ask_and_merge(one: Party, other: Party) -> None:
    signed = {"by": make.contributor(), "reason": "Their names are alike."}
    ask_sameness(noun="party", one=one.pk, other=other.pk, why="alike", **signed)
    propose_merge(noun="party", merged=one.pk, into=other.pk, **signed)


def superuser() -> User:
    return User.objects.create_superuser("root", password=make.PASSWORD)


def viewer() -> User:
    """Staff who may only look."""
    user = User.objects.create_user("viewer", password=make.PASSWORD, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    return user


PEOPLE = {"superuser": superuser, "viewer": viewer, "editor": make.editor, "chief": make.chief}


def rows() -> Iterator[Any]:
    """The first row of every registered model."""
    for model in admin.site._registry:
        row = model._default_manager.first()
        assert row is not None, f"no row of {model.__name__} to try"
        yield row


def history_urls() -> Iterator[tuple[Any, str]]:
    """Every history URL of every registered model that has a row."""
    for row in rows():
        model = type(row)
        noun = f"{model._meta.app_label}_{model._meta.model_name}"
        yield row, reverse(f"admin:{noun}_history", args=[row.pk])
        if hasattr(model, "history"):
            record = row.history.first()
            args = [row.pk, record.history_id]
            yield row, reverse(f"admin:{noun}_simple_history", args=args)


def columns(row: Any) -> dict[str, Any]:
    fresh = type(row)._default_manager.get(pk=row.pk)
    return {field.attname: getattr(fresh, field.attname) for field in row._meta.concrete_fields}


def test_every_registered_admin_is_sealed() -> None:
    loose = [
        model for model, one in admin.site._registry.items() if not isinstance(one, SealedAdmin)
    ]
    assert loose == []
    assert len(admin.site._registry) >= 13


def test_every_registered_model_is_in_one_room_of_the_desk(client: Client) -> None:
    named = [name for _, names in ROOMS for name in names]
    assert sorted(named) == sorted(model.__name__ for model in admin.site._registry)
    client.force_login(make.editor())
    page = client.get(reverse("admin:index")).content.decode()
    assert page.index("To decide") < page.index("Registers") < page.index("Record")
    assert "API keys" in page
    assert "Groups" not in page  # of which an editor may see nothing


@pytest.mark.parametrize("person", PEOPLE)
def test_history_urls_refuse_every_write(
    desk: Claim, person: str, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(PEOPLE[person]())
    tried = 0
    for row, url in history_urls():
        before = columns(row)
        for method in WRITES:
            data = {"_save": "Revert", "_change_history": "1", **_as_form(before)}
            response = getattr(client, method)(url, data if method == "post" else "{}")
            assert response.status_code in (403, 405), f"{method} {url}"
            tried += 1
        assert columns(row) == before, url
    assert tried >= 80


def _as_form(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value is not None}


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_can_be_deleted(
    desk: Claim, person: str, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(PEOPLE[person]())
    for row in rows():
        model = type(row)
        noun = f"{model._meta.app_label}_{model._meta.model_name}"
        url = reverse(f"admin:{noun}_delete", args=[row.pk])
        assert client.get(url).status_code == 403, url
        assert client.post(url, {"post": "yes"}).status_code == 403, url
        action = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
        client.post(reverse(f"admin:{noun}_changelist"), action)
        assert model._default_manager.filter(pk=row.pk).exists(), url


def test_history_shows_who_when_why_and_what(editor: Client) -> None:
    from claims.workflow.parties import edit_party

    party = make.party("Army")
    edit_party(party=party, by=make.editor(), reason="Its full name.", name="Malian Army")
    page = as_seen(editor.get(reverse("admin:claims_party_history", args=[party.pk])))
    assert "Its full name." in page
    assert "<td>editor</td>" in page
    assert "<del>Army</del> <ins>Malian Army</ins>" in page


def test_history_tells_columns_that_no_form_edits(editor: Client) -> None:
    claim = make.submitted_claim(97)
    page = as_seen(editor.get(reverse("admin:claims_claim_history", args=[claim.pk])))
    assert "<del>draft</del> <ins>in review</ins>" in page


def test_an_old_state_is_shown_without_inputs(editor: Client) -> None:
    party = make.party("Army")
    record = party.history.first()
    url = reverse("admin:claims_party_simple_history", args=[party.pk, record.history_id])
    page = editor.get(url)
    assert page.status_code == 200
    assert b'name="name"' not in page.content
    assert b'type="submit" value="Revert"' not in page.content


def test_a_missing_row_has_no_history(editor: Client) -> None:
    assert editor.get(reverse("admin:claims_party_history", args=[10**9])).status_code == 404
    assert not Party.objects.filter(pk=10**9).exists()
