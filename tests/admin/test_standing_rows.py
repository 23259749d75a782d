"""Figures that stand, changed in the rows of their claim's form: by the same save and reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.choices import AttributionMode
from claims.models import Assertion, Claim, Party
from claims.workflow.evidence import withdraw_assertion
from tests import factories as make
from tests.admin.conftest import errors_of, messages_of
from tests.admin.figure_rows import row_errors
from tests.admin.test_quoting import filled
from tests.admin.test_saving import change_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db: None) -> Claim:
    """One claim with "about 60" by a speaker, and 97."""
    claim = make.claim()
    chain = [{"party": make.party("Ann Bell"), "role": "speaker", "mode": "reported"}]
    make.figure(claim, 60, approximate=True, attributions=chain, quote="about 60 died")
    make.figure(claim, 97)
    return claim


def opened(client: Client, claim: Claim) -> dict[str, Any]:
    return filled(client.get(change_url(claim))) | {"reason": "Read again.", "_save": "Save"}


def test_rows_start_from_what_stands(contributor: Client, claim: Claim) -> None:
    first, second = claim.assertions.order_by("pk")
    sent = opened(contributor, claim)
    assert sent["assertions-0-id"] == first.pk
    assert (sent["assertions-0-value"], sent["assertions-1-value"]) == ("about 60", "97")
    assert sent["assertions-0-speaker"] == Party.objects.get(name="Ann Bell").pk
    assert sent["assertions-0-quote"] == "about 60 died"
    assert sent["assertions-1-source"] == second.source_id
    assert "assertions-2-value" not in sent


def test_a_figure_is_changed_with_its_claim_by_one_save_and_one_reason(
    contributor: Client, claim: Claim
) -> None:
    first, second = claim.assertions.order_by("pk")
    data = opened(contributor, claim) | {
        "question": "How many died there?",
        "assertions-0-value": "at least 62",
        "assertions-0-speaker": "",
        "assertions-0-speaker_name": "Col. Roe",
        "assertions-2-value": "70",
        "assertions-2-source_title": "Evening Herald",
    }
    answer = contributor.post(change_url(claim), data, follow=True)
    assert messages_of(answer) == [
        f"{claim.ref} is saved; 1 figure is new, 1 figure is changed."
    ], row_errors(answer)
    first.refresh_from_db()
    link = first.attributions.get()
    assert (first.low, first.point, first.approximate) == (62, None, False)
    assert (link.party.name, link.mode) == ("Col. Roe", AttributionMode.REPORTED)
    assert second.history.count() == 1  # nobody touched it
    rows = (first, link.party, claim, Assertion.objects.get(point=70))
    assert {row.history.first().history_change_reason for row in rows} == {"Read again."}


def test_a_save_that_changes_no_row_is_no_change(contributor: Client, claim: Claim) -> None:
    page = contributor.post(change_url(claim), opened(contributor, claim))
    assert errors_of(page)["__all__"] == ["Nothing was changed."]


def test_the_same_value_in_other_words_changes_nothing(contributor: Client, claim: Claim) -> None:
    data = opened(contributor, claim) | {"assertions-0-value": "~ 60", "question": "Why?"}
    assert contributor.post(change_url(claim), data).status_code == 302
    assert claim.assertions.order_by("pk")[0].history.count() == 1


def test_a_refusal_of_a_row_stands_in_it_and_nothing_is_written(
    contributor: Client, claim: Claim
) -> None:
    data = opened(contributor, claim) | {"question": "Why?", "assertions-1-value": "97 or so"}
    page = contributor.post(change_url(claim), data)
    assert "not understood as a figure" in row_errors(page)[1]["value"][0]
    assert '<details class="standing-row" open>' in page.content.decode()
    claim.refresh_from_db()
    assert claim.question != "Why?"


def test_a_figure_that_was_withdrawn_meanwhile_does_not_come_back_as_a_new_one(
    contributor: Client, claim: Claim
) -> None:
    data = opened(contributor, claim) | {"assertions-1-value": "98"}
    figure = claim.assertions.order_by("pk")[1]
    withdraw_assertion(assertion=figure, by=make.editor(), reason="Misprint.")
    page = contributor.post(change_url(claim), data)
    assert row_errors(page)[1]["__all__"] == ["This figure no longer stands: open the claim anew."]
    assert not claim.assertions.filter(point=98).exists()


def test_a_row_of_another_claim_is_refused(contributor: Client, claim: Claim) -> None:
    other = make.figure(make.claim(), 5)
    data = opened(contributor, claim) | {"assertions-1-id": other.pk, "assertions-1-value": "98"}
    page = contributor.post(change_url(claim), data)
    assert row_errors(page)[1]["__all__"] == ["This figure no longer stands: open the claim anew."]
    other.refresh_from_db()
    assert other.point == 5


def test_what_one_line_cannot_say_is_shut_and_stays(contributor: Client) -> None:
    claim = make.claim()
    chain = [{"party": make.party(name), "role": role}
             for name, role in (("Roe", "speaker"), ("Post", "publisher"))]  # fmt: skip
    figure = make.figure(claim, 60, attributions=chain)
    forms = contributor.get(change_url(claim)).context["inline_admin_formsets"][0].formset.forms
    assert [forms[0].fields[name].disabled for name in ("speaker", "value")] == [True, False]
    data = opened(contributor, claim) | {"assertions-0-value": "61", "assertions-0-speaker": ""}
    assert contributor.post(change_url(claim), data).status_code == 302
    figure.refresh_from_db()
    assert (figure.point, figure.attributions.count()) == (61, 2)


def test_figures_beyond_the_rows_keep_their_own_pages(contributor: Client) -> None:
    claim, source = make.claim(), make.source()
    for number in range(27):
        make.figure(claim, number + 1, source=source)
    formset = contributor.get(change_url(claim)).context["inline_admin_formsets"][0].formset
    assert (len(formset.initial_forms), len(formset.extra_forms)) == (25, 1)


def test_the_form_costs_the_same_for_one_standing_figure_or_nine(
    contributor: Client,
) -> None:
    counts = []
    for many in (1, 9):
        claim = make.claim()
        for number in range(many):
            chain = [{"party": make.party(f"P{many}-{number}"), "role": "speaker"}]
            make.figure(claim, 9, attributions=chain, source=make.source(f"S{many}-{number}"))
        contributor.get(change_url(claim))
        with CaptureQueriesContext(connection) as asked:
            contributor.get(change_url(claim))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_one_save_did_is_told_in_one_line(contributor: Client, claim: Claim) -> None:
    data = opened(contributor, claim) | {
        "assertions-0-value": "61", "assertions-1-value": "98", "assertions-2-value": "70",
        "assertions-2-citation_needed": "on"}  # fmt: skip
    assert contributor.post(change_url(claim), data).status_code == 302
    text = contributor.get(change_url(claim)).content.decode()
    assert text.count("Read again.") == 1
    assert "(3 changes)" in text


def test_those_who_only_look_get_no_rows(signed_in: Callable[[Any], Client], claim: Claim) -> None:
    from tests.admin.test_sealed import viewer

    assert signed_in(viewer()).get(change_url(claim)).context["inline_admin_formsets"] == []


PLOT = "admin:claims_claim_plot"


def test_the_plot_of_what_is_typed_is_that_of_what_is_saved(
    contributor: Client, claim: Claim
) -> None:
    typed = ["about 60", "97", "50 to 101", "at least 30", "dozens", "?"]
    asked = {"measure": claim.measure_id, "unit": claim.unit, "value": typed}
    plot = contributor.get(reverse(PLOT), asked).context["plot"]
    for words in typed[2:]:
        sent = opened(contributor, claim)
        last = sent["assertions-TOTAL_FORMS"] - 1
        row = {f"assertions-{last}-value": words, f"assertions-{last}-citation_needed": "on"}
        assert contributor.post(change_url(claim), sent | row).status_code == 302
    saved = contributor.get(change_url(claim)).context["evidence"]
    assert [one.shape for one in plot.rows] == [one["shape"] for one in saved["rows"]]
    assert [tick.label for tick in plot.scale.ticks] == [
        one.label for one in saved["plot"].scale.ticks
    ]
    assert [one.words for one in plot.rows[:3]] == [
        f"{words} {claim.unit}".strip() for words in typed[:3]
    ]


def test_what_is_no_answer_is_told_beside_the_others(contributor: Client) -> None:
    measure = make.measure(slug="killed")
    answer = contributor.get(reverse(PLOT), {"measure": measure.pk, "value": ["97", "97 or so"]})
    first, second = answer.context["plot"].rows
    assert (first.fault, second.shape) == ("", None)
    assert "not understood" in second.fault
    assert answer.content.decode().count('<svg class="strip') == 1


@pytest.mark.parametrize("measure", ["", "x", "999999"])
def test_a_plot_without_a_measure_is_not_found(contributor: Client, measure: str) -> None:
    assert contributor.get(reverse(PLOT), {"measure": measure}).status_code == 404


def test_dates_are_drawn_and_a_plot_needs_the_right_to_write(
    contributor: Client, signed_in: Callable[[Any], Client]
) -> None:
    from tests.admin.test_sealed import viewer

    measure = make.measure(slug="day", value_kind="date")
    asked = {"measure": measure.pk, "value": ["2012-01-24", "2012-02~", "May"]}
    plot = contributor.get(reverse(PLOT), asked).context["plot"]
    assert [one.shape.kind for one in plot.rows[:2]] == ["exact", "range"]
    assert plot.rows[2].fault
    assert signed_in(viewer()).get(reverse(PLOT), asked).status_code == 403
