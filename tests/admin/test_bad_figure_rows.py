"""Rows of figures that are refused: at their input, with nothing written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Act, Assertion, Claim, Party, Source
from tests import factories as make
from tests.admin.conftest import errors_of
from tests.admin.figure_rows import ADD, CITED, TOLD, new_claim, of_new_subject, row_errors, rows
from tests.admin.test_saving import change_url

pytestmark = pytest.mark.django_db
FormOf = Callable[[Client, str], dict[str, Any]]


def test_a_claim_form_without_a_change_and_a_row_is_refused(
    contributor: Client, form_of: FormOf
) -> None:
    url = change_url(make.claim())
    response = contributor.post(url, {**form_of(contributor, url), "reason": "x", **rows(count=1)})
    assert errors_of(response)["__all__"] == ["Nothing was changed."]


def test_figures_need_the_reason_of_the_form(contributor: Client) -> None:
    response = contributor.post(reverse(ADD), new_claim(*TOLD, reason=""))
    assert "reason" in errors_of(response)
    assert not Claim.objects.exists()


def test_a_reason_that_is_too_long_is_refused_where_it_was_typed(contributor: Client) -> None:
    response = contributor.post(reverse(ADD), new_claim(*TOLD, reason="x" * 2001))
    assert "2001 characters" in errors_of(response)["reason"][0]
    assert not any(row_errors(response))


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"value": "97"}, "source", "Name the source"),
        ({"value": "97 or so", "source_title": "A"}, "value", "not understood as a figure"),
        ({"value": "9" * 40, "source_title": "A"}, "value", "digits"),
        ({"quote": "97 died", "source_title": "A"}, "value", "Give the quantity"),
        ({"value": "97", "source_url": "https://a.example/"}, "source_title", "needs a title"),
        ({"value": "97", "source_title": "A", "source_url": "ftp://a"}, "source_url", "full web"),
        ({"value": "97", "source_title": "A", "source_issued": "May"}, "source_issued", "EDTF"),
        ({"value": "97", "source_title": "A", "stance": "denies"}, "extent", "whole or a part"),
        ({"value": "97", "source_title": "A", "asserted_on": "May"}, "asserted_on", "EDTF"),
        ({"value": "97", "as_above": "on", "source_title": "A"}, "as_above", "Another source"),
        ({"value": "97", "source_title": "A", "quote": "a\x00b"}, "quote", "Null"),
        ({"value": "97", "source_title": "A", "source_publisher": "\u200b"}, "source_publisher",
         "nothing to see"),
        ({"value": "97", "source_title": "A", "speaker_name": "\u200b"}, "speaker_name",
         "nothing to see"),
        ({"value": "97", "source_title": "\u2800"}, "source_title", "nothing to see"),
        ({"value": "97", "source_typed": "Nowhere Gazette"}, "source", "Nothing of this kind"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_at_its_input_and_nothing_is_written(
    contributor: Client, row: dict[str, Any], field: str, words: str
) -> None:
    good = {"value": "60", "source_title": "Good", "speaker_name": "New"}
    before = Act.objects.count()
    response = contributor.post(reverse(ADD), new_claim(good, row))
    first, second = row_errors(response)
    assert first == {}
    assert list(second) == [field]
    assert words in second[field][0]
    assert errors_of(response) == {}
    for model in (Claim, Assertion, Source, Party):
        assert not model._default_manager.exists(), model
    assert Act.objects.count() == before + 2  # the subject and the measure of the test


def test_every_bad_row_is_told_at_once(contributor: Client) -> None:
    above = {"value": "97", "as_above": "on"}
    bad = ({"value": "soon", "source_title": "A"}, above, {**above, "as_above": "",
           "source_url": "https://a.example/"}, above)  # fmt: skip
    page = contributor.post(reverse(ADD), new_claim(*bad))
    assert [list(one) for one in row_errors(page)] == [["value"], [], ["source_title"], []]


def test_no_row_above_names_a_source(contributor: Client) -> None:
    response = contributor.post(reverse(ADD), new_claim({"value": "97", "as_above": "on"}))
    assert row_errors(response)[0]["as_above"] == ["No row above names a source."]


@pytest.mark.parametrize("count", ["x", "-1", "9" * 30, "٣", "24", "25"])
def test_rows_have_an_end(contributor: Client, count: str) -> None:
    data = {**new_claim(), "assertions-TOTAL_FORMS": count, "_more_figures": "1"}
    page = contributor.post(reverse(ADD), data)
    assert 2 <= len(page.context["inline_admin_formsets"][0].formset.forms) <= 25


def test_too_many_rows_are_refused(contributor: Client) -> None:
    data = new_claim(*[{"value": "97", "source_title": "A"}] * 26)
    page = contributor.post(reverse(ADD), data)
    assert "at most 25" in str(page.context["errors"])
    assert not Claim.objects.exists()


def test_a_submitted_claim_without_evidence_is_not_stored(contributor: Client) -> None:
    data = {**new_claim(), "_submit": "1"}
    page = contributor.post(reverse(ADD), data)
    assert errors_of(page)["__all__"] == ["Add what at least one source says before submitting."]
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"source_reference": "@misc{a, title={T"}, "source_reference", "Line 1, character 16"),
        ({"source_reference": "10.1234/mill"}, "source_title", "needs a title"),
        ({"source_reference": "@misc{a, title={T}, isbn={" + "9" * 21 + "}}"}, "source_reference",
         "isbn has 21"),
    ],
)  # fmt: skip
def test_a_pasted_reference_is_refused_at_its_input(
    contributor: Client, row: dict[str, Any], field: str, words: str
) -> None:
    page = contributor.post(reverse(ADD), new_claim({"value": "97", **row}))
    errors = row_errors(page)[0]
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert not Source.objects.exists()


def test_a_chosen_source_is_not_pasted_as_well(contributor: Client) -> None:
    row = {"value": "97", "source": make.source().pk, "source_reference": CITED}
    page = contributor.post(reverse(ADD), new_claim(row))
    assert "not both" in row_errors(page)[0]["source_reference"][0]


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"subject_title": ""}, "subject", "Choose a subject, or name"),
        ({"subject_typed": "Nowhere"}, "subject", "Nothing of this kind"),
        ({"subject_when": "May"}, "subject_when", "EDTF"),
        ({"subject_title": "x" * 301}, "subject_title", "at most 300"),
    ],
)
def test_a_new_subject_is_refused_at_its_input(
    contributor: Client, more: dict[str, str], field: str, words: str
) -> None:
    page = contributor.post(reverse(ADD), of_new_subject(**more))
    assert list(errors_of(page)) == [field]
    assert words.lower() in errors_of(page)[field][0].lower()
    assert not Source.objects.exists()
    assert not Claim.objects.exists()


def test_a_subject_is_chosen_or_named(contributor: Client) -> None:
    page = contributor.post(reverse(ADD), of_new_subject(subject=make.subject().pk))
    assert "not both" in errors_of(page)["subject_title"][0]


@pytest.mark.parametrize(
    ("sent", "added"),
    [
        ({"assertions-INITIAL_FORMS": "1", "assertions-0-id": "{figure}"}, 0),
        ({"assertions-INITIAL_FORMS": "1", "assertions-0-id": "x"}, 0),
        ({"assertions-INITIAL_FORMS": "1"}, 0),
        ({"assertions-INITIAL_FORMS": "9"}, 0),
        ({"assertions-INITIAL_FORMS": "x"}, 0),
        ({"assertions-TOTAL_FORMS": "x"}, 0),
        ({"assertions-TOTAL_FORMS": "-1"}, 0),
        ({"assertions-0-claim": "999999"}, 0),
        ({"assertions-0-stance": "shouts"}, 0),
        ({"assertions-0-speaker_kind": ""}, 0),
    ],
)
def test_rows_made_by_hand_change_no_figure_that_stands(
    contributor: Client, form_of: FormOf, sent: dict[str, str], added: int
) -> None:
    figure = make.figure(make.claim(), 97, quote="97 died")
    url = change_url(figure.claim)
    row = {"value": "5", "quote": "Forged", "citation_needed": "on"}
    data = {**form_of(contributor, url), "reason": "x", **rows(row)}
    data |= {name: value.format(figure=figure.pk) for name, value in sent.items()}
    assert contributor.post(url, data).status_code == (302 if added else 200)
    figure.refresh_from_db()
    assert (figure.point, figure.quote) == (97, "97 died")
    assert figure.claim.assertions.count() == 1 + added
