"""A reference pasted on the form of a new source fills its inputs; nothing is fetched."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Party, Source
from tests import factories as make
from tests.admin.conftest import errors_of
from tests.admin.test_saving import change_url

pytestmark = pytest.mark.django_db
URL = "/admin/claims/source/add/"
EMPTY = {"title": "", "csl_type": "document", "url_status": "unknown", "url": "", "reason": ""}
RIS = (
    "TY  - NEWS\nTI  - Mill fire\nAU  - Bell, Ann\nT2  - Morning Post\n"
    "DA  - 2012/02/13\nUR  - https://post.example/mill\nER  - "
)


def typed(page: Any) -> dict[str, Any]:
    form = page.context["adminform"].form
    return {name: form[name].value() for name in form.fields}


def test_filling_in_shows_what_the_reference_says_and_stores_nothing(contributor: Client) -> None:
    page = contributor.post(URL, {**EMPTY, "issued": "2012", "reference": RIS, "_fill": "Fill"})
    assert errors_of(page) == {}
    shown = typed(page)
    assert shown.items() >= {
        "title": "Mill fire", "csl_type": "article-newspaper", "authors": "Bell, Ann",
        "issued": "2012", "url": "https://post.example/mill", "publisher_name": "Morning Post",
        "reference": "",
    }.items()  # fmt: skip
    assert not Source.objects.exists()
    data = {name: value or "" for name, value in shown.items()}
    data |= {"authors": "", "reason": "Cited."}
    assert contributor.post(URL, data).status_code == 302
    source = Source.objects.get()
    assert (source.title, source.authors, str(source.publisher)) == (
        *("Mill fire", "", "Morning Post"),
    )


def test_a_reference_is_saved_at_once_with_the_publisher_that_is_there(contributor: Client) -> None:
    post = make.party("Morning Post", kind="outlet")
    data = {**EMPTY, "reference": RIS, "reason": "Cited.", "_save": "Save"}
    assert contributor.post(URL, data).status_code == 302
    assert Source.objects.get().publisher == post
    assert Party.objects.count() == 1


def test_a_reference_without_an_address_says_that_it_was_not_located(contributor: Client) -> None:
    data = {**EMPTY, "reference": "@book{a, title={T}}", "reason": "Cited."}
    contributor.post(URL, data)
    assert Source.objects.get().url_status == "none"


@pytest.mark.parametrize("button", ["_fill", "_save"])
def test_a_bad_reference_is_refused_where_it_is_pasted(contributor: Client, button: str) -> None:
    data = {
        **EMPTY,
        "reference": "@misc{a,\n title={T",
        "title": "Mine",
        "reason": "x",
        button: "1",
    }
    page = contributor.post(URL, data)
    assert list(errors_of(page)) == ["reference"]
    assert "Line 2, character 8" in errors_of(page)["reference"][0]
    assert typed(page)["title"] == "Mine"
    assert typed(page)["reference"] == data["reference"]
    assert not Source.objects.exists()


def test_a_publisher_is_chosen_or_named(contributor: Client) -> None:
    data = {**EMPTY, "title": "T", "reason": "x", "publisher_name": "Post",
            "publisher": make.party().pk}  # fmt: skip
    assert "not both" in errors_of(contributor.post(URL, data))["publisher_name"][0]


def test_a_publisher_without_a_visible_name_is_refused_at_its_input(contributor: Client) -> None:
    data = {**EMPTY, "title": "T", "reason": "x", "publisher_name": "\u2800"}
    assert list(errors_of(contributor.post(URL, data))) == ["publisher_name"]
    assert not Source.objects.exists()


def test_the_form_of_a_source_that_stands_takes_no_reference(contributor: Client) -> None:
    page = contributor.get(change_url(make.source()))
    assert "reference" not in page.context["adminform"].form.fields
    assert b"_fill" not in page.content
    assert b'name="_fill"' in contributor.get(reverse("admin:claims_source_add")).content
