"""The list of claims narrowed by address to people, a subject or an article."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.forms.narrowing import NAMES
from claims.models import Claim
from claims.workflow.assigning import take_claim
from claims.workflow.claims import edit_claim
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db
QUEUE = "/admin/claims/claim/"
HOSTILE = ("x", "-1", "0", "99999", "9" * 30, "\u0661", "1,2", "S1", "%", "\u202e", "a" * 300)


def listed(client: Client, **asked: Any) -> list[Claim]:
    return list(client.get(QUEUE, asked).context["cl"].result_list)


@made_once
def claim() -> Claim:
    """In an article, taken by the editor; beside it stands a claim of which none of it is true."""
    make.claim()
    revision = make.article("Flood of Arden", "Some 60 men drowned.")
    found = make.claim(subject=make.subject("Flood of 1987"))
    make.figure(found, 60, anchors=[{"revision": revision, "start": 5, "end": 7}])
    fresh = Claim.objects.get(pk=found.pk)
    edit_claim(claim=fresh, by=make.second_editor(), reason="Who.", population="men")
    return take_claim(claim=found, by=make.editor(), reason="Mine.")


@pytest.mark.parametrize(
    "asked",
    [
        {"author": "second_editor"},
        {"assignee": "editor"},
        {"subject": "{0.subject.pk}"},
        {"subject": "{0.subject.ref}"},
        {"subject": "flood of 1987"},
        {"subject_typed": "{0.subject.ref}"},
        {"article": "flood-of-arden"},
        {"article": "A1"},
        {"article_typed": "Flood of Arden"},
        {"author": "contributor", "assignee": "editor", "subject": "{0.subject.ref}"},
    ],
)
def test_an_address_narrows_the_list(editor: Client, claim: Claim, asked: dict[str, str]) -> None:
    article = claim.assertions.get().anchors.get().revision.article
    given = {name: value.format(claim).replace("A1", article.ref) for name, value in asked.items()}
    assert listed(editor, **given) == [claim]
    assert len(listed(editor)) == 2


def test_what_fits_one_parameter_alone_is_left_out(editor: Client, claim: Claim) -> None:
    assert listed(editor, author="second_editor", assignee="second_editor") == []


def test_a_view_is_narrowed_and_the_form_keeps_it(editor: Client, claim: Claim) -> None:
    assert listed(editor, queue="assigned", author="second_editor") == [claim]
    assert listed(editor, queue="returned", author="second_editor") == []
    page = editor.get(QUEUE, {"queue": "assigned", "author": "second_editor"}).text
    assert '<input type="hidden" name="queue" value="assigned">' in page
    assert 'name="author" value="second_editor"' in page


@pytest.mark.parametrize("name", NAMES)
def test_what_names_nothing_is_told_at_its_input(editor: Client, claim: Claim, name: str) -> None:
    for value in HOSTILE:
        page = editor.get(QUEUE, {name: value})
        assert (page.status_code, len(page.context["cl"].result_list)) == (200, 0), value
        assert 'class="errorlist"' in page.text
    assert len(listed(editor, **{name: ""})) == 2


def test_an_account_without_the_desk_is_told_with_those_near(editor: Client, claim: Claim) -> None:
    assert "Near: second_editor" in editor.get(QUEUE, {"author": "secondo"}).text


def test_no_input_lists_rows(editor: Client, claim: Claim) -> None:
    for _ in range(3):
        make.subject("Another flood")
        make.article()
    page = editor.get(QUEUE).text
    assert "Another flood" not in page
    assert "second_editor</option>" not in page


def test_a_narrowed_list_costs_the_same_for_one_row_or_nine(editor: Client, claim: Claim) -> None:
    asked = {"author": "contributor", "subject": claim.subject_id}

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as found:
            rows = len(listed(editor, **asked))
        return rows, len(found)

    cost()  # the first request fills Django's caches
    one = cost()
    for number in range(8):
        make.figure(make.claim(subject=claim.subject, population=f"group {number}"), 5)
    nine = cost()
    assert (one[0], nine[0]) == (1, 9)
    assert nine[1] == one[1]
