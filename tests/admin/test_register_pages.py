"""The page of a row of a register: what it is, what uses it, what follows from a change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Correction
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.identity import ask_about, look_alikes_of
from claims.workflow.sources import edit_source, rate_source
from tests import factories as make
from tests.admin.test_sealed import viewer

pytestmark = pytest.mark.django_db
LIST = reverse("admin:claims_source_changelist")


def uses(client: Client, row: Any, **asked: str) -> Any:
    noun = row._meta.model_name
    return client.get(reverse(f"admin:claims_{noun}_uses", args=[row.pk]), asked)


def rows_of(claim: Claim) -> list[Any]:
    """One row of each register that the claim uses."""
    figure = claim.assertions.get()
    assert figure.source is not None
    return [figure.source, figure.attributions.get().party, claim.subject, claim.measure]


def used() -> Claim:
    claim = make.claim()
    make.figure(claim, 97)
    return claim


def test_each_register_names_the_claims_that_use_its_row(contributor: Client) -> None:
    claim = used()
    make.figure(make.claim(measure=make.measure(slug="lost")), 5)  # uses other rows
    for row in rows_of(claim):
        page = uses(contributor, row)
        assert [one.ref for one in page.context["page"]] == [claim.ref], row
        assert str(row) in page.content.decode()
        noun = row._meta.model_name
        form = contributor.get(reverse(f"admin:claims_{noun}_change", args=[row.pk]))
        assert reverse(f"admin:claims_{noun}_uses", args=[row.pk]) in form.content.decode()


def test_a_party_is_used_as_publisher_and_as_an_answer_too(contributor: Client) -> None:
    publisher, answer = make.party("Post"), make.party("Army")
    published, named = make.claim(), make.claim("party")
    make.figure(published, 5, source=make.source("Report", publisher=publisher))
    make.figure(named, parties=[answer])
    assert [one.pk for one in uses(contributor, publisher).context["page"]] == [published.pk]
    assert [one.pk for one in uses(contributor, answer).context["page"]] == [named.pk]


def test_what_was_withdrawn_uses_nothing(contributor: Client) -> None:
    claim = used()
    source = claim.assertions.get().source
    withdraw_assertion(assertion=claim.assertions.get(), by=make.editor(), reason="A slip.")
    assert list(uses(contributor, source).context["page"]) == []


def test_what_a_change_reaches_is_counted_and_what_waits_is_linked(contributor: Client) -> None:
    claim = make.published_claim(97).claim
    source = claim.assertions.get().source
    assert source is not None
    page = uses(contributor, source)
    assert (page.context["public_count"], page.context["waiting"]) == ("1", None)
    edit_source(source=source, by=make.contributor(), reason="A slip.", title="Better")
    waits = uses(contributor, source)
    address = reverse("admin:claims_correction_review", args=[Correction.objects.get().pk])
    assert address in waits.content.decode()
    drafted = uses(contributor, make.source()).content.decode()
    assert "No public claim shows it" in drafted


def test_open_questions_of_sameness_stand_on_the_page(contributor: Client) -> None:
    one, other = make.subject("Fire of Arden"), make.subject("fire of arden")
    ask_about(other, look_alikes_of(other), by=make.contributor(), reason="Alike.")
    for row in (one, other):
        asked = uses(contributor, row).context["same"]["questions"]
        assert [{question.first, question.second} for question in asked] == [{one.pk, other.pk}]


def test_reliability_stands_there_with_its_note(contributor: Client) -> None:
    source = make.source()
    rate_source(source=source, by=make.chief(), reason="Known.", reliability="B", note="Careful.")
    text = uses(contributor, source).content.decode()
    assert "Careful." in text
    assert source._meta.get_field("reliability").verbose_name.capitalize() in text


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"url": "https://a.example/r", "issued": "2012-02-13"},
         "https://web.archive.org/web/20120213/https://a.example/r"),
        ({"url": "https://a.example/r", "issued": "2012-02-13",
          "accessed_on": dt.date(2013, 1, 2)},
         "https://web.archive.org/web/20130102/https://a.example/r"),
        ({"url": "https://a.example/r"}, "https://web.archive.org/web/*/https://a.example/r"),
        ({"url": "https://a.example/r", "archive_url": "https://archive.example/r"}, ""),
        ({}, ""),
    ],
    ids=["published", "accessed", "no day", "archived", "no address"],
)  # fmt: skip
def test_an_archive_is_suggested_by_its_pattern(
    contributor: Client, fields: dict[str, Any], wanted: str
) -> None:
    status = "live" if "url" in fields else "none"
    source = make.source("Report", url_status=status, **fields)
    page = uses(contributor, source)
    assert page.context["suggested"] == wanted
    assert ("looked up by nobody" in page.content.decode()) is bool(wanted)


def test_works_that_are_named_alone_and_works_without_archive_are_lists(
    contributor: Client,
) -> None:
    named = make.source("Named")
    make.source("Numbered", isbn="9780306406157")
    live = make.source("Live", url="https://a.example/r", url_status="live", issued="2012")
    page = contributor.get(LIST, {"located": "named"})
    assert list(page.context["cl"].result_list) == [named]
    page = contributor.get(LIST, {"located": "no-archive"})
    assert list(page.context["cl"].result_list) == [live]
    assert "https://web.archive.org/web/20120101/https://a.example/r" in page.content.decode()
    assert "web.archive.org" not in contributor.get(LIST).content.decode()


def test_the_claims_come_in_pages_at_the_same_cost(contributor: Client) -> None:
    measure, counts = make.measure(slug="killed"), []
    for many in (1, 60):
        for _ in range(many - Claim.objects.count()):
            make.claim(measure=measure)
        uses(contributor, measure)
        with CaptureQueriesContext(connection) as asked:
            page = uses(contributor, measure)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(page.context["page"]) == 50
    assert len(uses(contributor, measure, p="2").context["page"]) == 10
    assert len(uses(contributor, measure, p="x").context["page"]) == 50  # the first one


def test_who_only_looks_reads_the_page_and_edits_nothing(
    signed_in: Callable[[Any], Client],
) -> None:
    claim, looks = used(), viewer()
    for row in rows_of(claim):
        page = uses(signed_in(looks), row)
        assert page.status_code == 200
        assert page.context["may_edit"] is False
    assert signed_in(looks).get(reverse("admin:claims_source_uses", args=[999])).status_code == 404
