"""Figures on the form of their claim: added with it, by one save and one reason, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import ClaimState
from claims.models import Assertion, Claim, Party, Source
from tests import factories as make
from tests.admin.conftest import errors_of, messages_of
from tests.admin.figure_rows import ADD, CITED, TOLD, new_claim, of_new_subject, row_errors, rows
from tests.admin.test_saving import change_url

pytestmark = pytest.mark.django_db
FormOf = Callable[[Client, str], dict[str, Any]]


def said(figure: Assertion) -> tuple[Any, ...]:
    chain = [link.party.name for link in figure.attributions.order_by("position")]
    return (figure.point, figure.low, figure.high, figure.source and figure.source.title, chain)


def typed_reasons(claim: Claim) -> set[tuple[str, str]]:
    """Who signed what is kept of the claim and of all that it names, and the reasons given."""
    events = claim.events.filter(actor__isnull=False).values_list("actor__username", "comment")
    columns = ("history_user__username", "history_change_reason")
    records = [model.history.values_list(*columns) for model in (Claim, Assertion, Source)]
    names = [row.history.values_list(*columns) for row in (claim.subject, *Party.objects.all())]
    return {signed for rows in (events, *records, *names) for signed in rows}


def test_a_claim_with_all_that_its_figures_name_takes_four_pages_and_two_reasons(
    contributor: Client, editor: Client
) -> None:
    pages = [contributor.get(reverse(ADD))]
    data = new_claim(*TOLD) | {"_submit": "Save and submit for review"}
    data |= {"subject": "", "subject_title": "Mill fire", "subject_when": "2012-02-12"}
    del data["_save"]
    landed = contributor.post(reverse(ADD), data, follow=True)
    claim = Claim.objects.get()
    assert landed.redirect_chain == [(change_url(claim), 302)]
    assert messages_of(landed) == [f"{claim.ref} is saved and waits for its review."]
    assert claim.state == ClaimState.IN_REVIEW
    found = [said(one) for one in claim.assertions.order_by("pk")]
    assert found == [
        (60, None, None, "Morning Post", ["Ann Bell"]),
        (None, 50, 101, "Morning Post", ["Ann Bell"]),
        (1204, None, None, "Evening Herald", ["Col. Roe"]),
        (None, 97, None, "Evening Herald", ["Post"]),
    ]
    assert Source.objects.get(title="Morning Post").publisher == Party.objects.get(name="Post")
    assert (Source.objects.count(), Party.objects.count()) == (2, 3)
    url = reverse("admin:claims_claim_review", args=[claim.pk])
    pages += [landed, editor.get(url)]
    shown = pages[-1].context["form"]
    decision = {name: shown[name].value() for name in ("witness", "revision")}
    done = editor.post(url, {**decision, "decision": "approve", "reason": "Read."}, follow=True)
    pages.append(done)
    assert claim.versions.public().exists()
    assert [page.status_code for page in pages] == [200] * 4
    assert typed_reasons(claim) == {("contributor", "Reported."), ("editor", "Read.")}


def test_rows_that_stay_empty_add_nothing(contributor: Client) -> None:
    response = contributor.post(reverse(ADD), new_claim(), follow=True)
    claim = Claim.objects.get()
    assert response.redirect_chain == [(change_url(claim), 302)]
    assert messages_of(response) == [f"{claim.ref} is saved. Add what a source says."]
    assert not Assertion.objects.exists()


def test_a_figure_is_added_to_a_claim_that_stands(contributor: Client, form_of: FormOf) -> None:
    version = make.published_claim(97)
    claim, source = version.claim, make.source()
    url = change_url(claim)
    revision = claim.revision
    data = {**form_of(contributor, url), "reason": "Another report.", "_save": "Save",
            **rows({"value": "60", "source": source.pk})}  # fmt: skip
    response = contributor.post(url, data, follow=True)
    assert response.redirect_chain == [(url, 302)]
    assert messages_of(response) == [f"{claim.ref} is saved; 1 figure is new."]
    claim.refresh_from_db()
    assert (claim.state, claim.revision) == (ClaimState.DRAFT, revision + 1)
    assert claim.assertions.filter(point=60, source=source).exists()
    assert claim.versions.get().pk == version.pk


def test_more_rows_come_without_a_script_and_keep_what_was_typed(contributor: Client) -> None:
    data = new_claim(TOLD[0], reason="", question="") | {"_more_figures": "Add more figures"}
    del data["_save"]
    page = contributor.post(reverse(ADD), data)
    formset = page.context["inline_admin_formsets"][0].formset
    assert len(formset.forms) == 4
    assert formset.forms[0]["source_publisher"].value() == "Post"
    assert errors_of(page) == {}
    assert not page.context["errors"]
    assert not Claim.objects.exists()
    text = page.content.decode()
    assert '<noscript><p class="more-figures"><input type="submit" name="_more_figures"' in text


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        ("date", "2012-02~", {"edtf": "2012-02~"}),
        ("boolean", "No", {"boolean": False}),
        ("text", "By the river", {"text": "By the river"}),
        ("party", "Army; rebels", {"party_mode": "unspecified"}),
        ("text", "?", {"value_state": "unknown"}),
        ("quantity", "dozens", {"vague_term": "dozens"}),
        ("quantity", "more than 30", {"low": 30, "low_strict": True}),
        ("quantity", "?", {"value_state": "unknown"}),
    ],
)
def test_the_measure_says_how_a_value_is_read(
    contributor: Client, kind: str, value: str, wanted: dict[str, Any]
) -> None:
    make.party("Army"), make.party("Rebels")
    row = {"value": value, "source_title": "A report"}
    response = contributor.post(reverse(ADD), new_claim(row, kind=kind))
    assert response.status_code == 302, row_errors(response)
    figure = Assertion.objects.get()
    assert {name: getattr(figure, name) for name in wanted} == wanted
    if kind == "party":
        assert {link.party.name for link in figure.party_links.all()} == {"Army", "Rebels"}


def test_parties_of_an_answer_are_added_on_the_spot_when_asked(contributor: Client) -> None:
    row = {"value": "Red Band", "source_title": "A report"}
    data = new_claim(row, kind="party")
    refused = contributor.post(reverse(ADD), data)
    assert "Nothing of this kind is called" in row_errors(refused)[0]["value"][0]
    contributor.post(reverse(ADD), {**data, "assertions-0-adds_parties": "on"})
    assert Assertion.objects.get().party_links.get().party.name == "Red Band"


def test_an_amount_may_carry_the_currency_of_the_claim_and_no_other(contributor: Client) -> None:
    row = {"value": "USD 5 million", "source_title": "A report"}
    data = new_claim(row, kind="money", unit="USD")
    wrong = {**data, "assertions-0-value": "5 million EUR"}
    assert "value" in row_errors(contributor.post(reverse(ADD), wrong))[0]
    contributor.post(reverse(ADD), data)
    assert Assertion.objects.get().point == 5_000_000


def test_readers_of_the_desk_get_no_rows(signed_in: Callable[[Any], Client]) -> None:
    from tests.admin.test_sealed import viewer

    claim = make.claim()
    page = signed_in(viewer()).get(change_url(claim))
    assert page.context["inline_admin_formsets"] == []
    assert b"_submit" not in page.content


def test_the_form_costs_the_same_for_one_row_or_nine(contributor: Client) -> None:
    source = make.source()
    counts = []
    for many in (1, 9):
        claim = make.claim()
        contributor.get(change_url(claim))
        sent = {"_more_figures": "1", **rows(*[{"value": "1"}] * many)}
        with CaptureQueriesContext(connection) as asked:
            page = contributor.post(change_url(claim), sent)
        assert page.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert source.assertions.count() == 0


def test_a_row_takes_a_pasted_reference_and_what_is_typed_goes_before_it(
    contributor: Client,
) -> None:
    row = {"value": "97", "source_reference": CITED, "source_issued": "2012-02-14"}
    response = contributor.post(reverse(ADD), new_claim(row, {"value": "98", "as_above": "on"}))
    assert response.status_code == 302, row_errors(response)
    source = Source.objects.get()
    assert (source.title, source.issued, source.csl_type, source.authors) == (
        *("Mill fire", "2012-02-14", "report", "Bell"),
    )
    assert str(source.publisher) == "Fire Office"
    assert source.assertions.count() == 2


def test_a_claim_names_a_new_subject_and_finds_it_again(contributor: Client) -> None:
    contributor.post(reverse(ADD), of_new_subject(subject_when="1987-05-04"))
    claim = Claim.objects.get()
    assert (claim.subject.title, claim.subject.when) == ("Fire of Arden", "1987-05-04")
    assert claim.subject.history.get().history_change_reason == "Reported."
    more = of_new_subject(subject_when="1987-05-04", question="How many fled?", population="all")
    assert contributor.post(reverse(ADD), more).status_code == 302
    assert Claim.objects.latest("pk").subject == claim.subject
