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
from claims.models import Act, Assertion, Claim, Party, Source
from tests import factories as make
from tests.admin.conftest import errors_of, messages_of
from tests.admin.test_pickers import NEW
from tests.admin.test_saving import change_url

pytestmark = pytest.mark.django_db
FormOf = Callable[[Client, str], dict[str, Any]]
ADD = "admin:claims_claim_add"


def rows(*filled: dict[str, Any], count: int = 0) -> dict[str, Any]:
    """The inputs of rows as a browser sends them; those that are not given are left empty."""
    sent = {"assertions-TOTAL_FORMS": max(count, len(filled)), "assertions-INITIAL_FORMS": 0}
    for number in range(max(count, len(filled))):
        row = {"stance": "asserts", "speaker_kind": "person", "id": "", "claim": ""}
        row |= filled[number] if number < len(filled) else {}
        sent |= {f"assertions-{number}-{name}": value for name, value in row.items()}
    return sent


def new_claim(*filled: dict[str, Any], kind: str = "quantity", **more: Any) -> dict[str, Any]:
    subject, measure = make.subject(), make.measure(slug=f"a-{kind}", value_kind=kind)
    return {**NEW["claim"], "subject": subject.pk, "measure": measure.pk, "reason": "Reported.",
            "_save": "Save", **rows(*filled, count=2), **more}  # fmt: skip


def row_errors(response: Any) -> list[dict[str, list[str]]]:
    return [dict(one) for one in response.context["inline_admin_formsets"][0].formset.errors]


def said(figure: Assertion) -> tuple[Any, ...]:
    chain = [link.party.name for link in figure.attributions.order_by("position")]
    return (figure.point, figure.low, figure.high, figure.source and figure.source.title, chain)


TOLD = (
    {"value": "about 60", "source_title": "Morning Post", "source_url": "https://post.example/1",
     "source_publisher": "Post", "source_issued": "2012-02-13", "speaker_name": "Ann Bell",
     "speaker_role": "mayor", "quote": "about 60"},
    {"value": "50-101", "as_above": "on", "speaker_name": "Ann Bell", "speaker_role": "mayor"},
    {"value": "1,204", "source_title": "Evening Herald", "speaker_name": "Col. Roe"},
    {"value": "at least 97", "as_above": "on", "relayer_name": "Post"},
)  # fmt: skip


def test_a_claim_with_all_that_its_figures_name_takes_two_forms_and_two_reasons(
    contributor: Client, editor: Client
) -> None:
    forms, reasons = [contributor.get(reverse(ADD))], 0
    data = new_claim(*TOLD) | {"_submit": "Save and submit for review"}
    data |= {"subject": "", "subject_title": "Mill fire", "subject_when": "2012-02-12"}
    del data["_save"]
    landed = contributor.post(reverse(ADD), data, follow=True)
    reasons += 1
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
    signed = set(Assertion.history.values_list("history_user__username", "history_change_reason"))
    assert signed == {(make.contributor().username, "Reported.")}
    url = reverse("admin:claims_claim_review", args=[claim.pk])
    forms += [landed, editor.get(url)]
    shown = forms[-1].context["form"]
    decision = {name: shown[name].value() for name in ("witness", "revision")}
    done = editor.post(url, {**decision, "decision": "approve", "reason": "Read."}, follow=True)
    reasons += 1
    forms.append(done)
    assert claim.versions.public().exists()
    assert (len(forms), reasons) == (4, 2)


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
         ""),
        ({"value": "97", "source_title": "A", "speaker_name": "\u200b"}, "speaker_name", ""),
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


def test_a_submitted_claim_without_evidence_is_not_stored(contributor: Client) -> None:
    data = {**new_claim(), "_submit": "1"}
    page = contributor.post(reverse(ADD), data)
    assert errors_of(page)["__all__"] == ["Add what at least one source says before submitting."]
    assert not Claim.objects.exists()


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


CITED = "{{cite report |title=Mill fire |author=Bell |publisher=Fire Office |date=13 March 2012}}"


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


def of_new_subject(**more: Any) -> dict[str, Any]:
    return new_claim(TOLD[0]) | {"subject": "", "subject_title": "Fire of Arden", **more}


def test_a_claim_names_a_new_subject_and_finds_it_again(contributor: Client) -> None:
    contributor.post(reverse(ADD), of_new_subject(subject_when="1987-05-04"))
    claim = Claim.objects.get()
    assert (claim.subject.title, claim.subject.when) == ("Fire of Arden", "1987-05-04")
    assert claim.subject.history.get().history_change_reason == "Reported."
    more = of_new_subject(subject_when="1987-05-04", question="How many fled?", population="all")
    assert contributor.post(reverse(ADD), more).status_code == 302
    assert Claim.objects.latest("pk").subject == claim.subject


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
        ({"assertions-INITIAL_FORMS": "1", "assertions-0-id": "{figure}"}, 1),
        ({"assertions-INITIAL_FORMS": "1", "assertions-0-id": "x"}, 0),
        ({"assertions-INITIAL_FORMS": "1"}, 1),
        ({"assertions-INITIAL_FORMS": "9"}, 1),
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
