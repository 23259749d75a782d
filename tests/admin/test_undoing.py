"""Undo: a button for minutes, on a claim that was returned and on a dispute that was decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from claims.models import Claim, Dispute
from claims.workflow.review import return_claim
from tests import factories as make
from tests.admin.conftest import hidden_of, messages_of
from tests.workflow.cases import disputed, resolve

pytestmark = pytest.mark.django_db


def url_of(row: Any, verb: str) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_{verb}", args=[row.pk])


def returned() -> Claim:
    return return_claim(claim=make.submitted_claim(97), by=make.editor(), reason="Which page?")


def decided() -> Dispute:
    return resolve(disputed().disputes.get())


@pytest.mark.parametrize(
    ("make_row", "state", "told"),
    [(returned, "in_review", "before the reviewers again"), (decided, "open", "decision undone")],
)
def test_who_decided_undoes_it_by_a_button(
    editor: Client, make_row: Any, state: str, told: str
) -> None:
    row = make_row()
    url = url_of(row, "undo")
    assertContains(editor.get(url_of(row, "change")), url)

    data = {**hidden_of(editor.get(url)), "reason": "The wrong row."}
    page = editor.post(url, data, follow=True)

    assert messages_of(page) == [f"{row.ref}: {told}."]
    row.refresh_from_db()
    assert row.state == state
    assertNotContains(page, url)


@pytest.mark.parametrize("make_row", [returned, decided])
def test_others_are_told_that_they_cannot(chief: Client, make_row: Any) -> None:
    row = make_row()
    page = chief.get(url_of(row, "undo"))
    assertContains(page, "Only who decided can undo it.")
    assertNotContains(page, 'name="reason"')


@pytest.mark.parametrize("make_row", [returned, decided])
def test_the_button_goes_when_the_minutes_are_over(
    editor: Client, settings: Any, make_row: Any
) -> None:
    row = make_row()
    settings.FACTBASE_LIMITS = {**settings.FACTBASE_LIMITS, "undo_minutes": -1}
    assertNotContains(editor.get(url_of(row, "change")), url_of(row, "undo"))
