"""Claims that may ask what another one asks: asked about on save and after imports, remembered."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.importers.articles import import_text
from claims.importers.page_reading import DumpPage, DumpSite, read_page
from claims.importers.pages import import_page
from claims.models import Claim, SamenessQuestion
from claims.workflow import alike_claims
from claims.workflow.alike_claims import ask_about_claims
from claims.workflow.claims import relate_claims
from claims.workflow.importing import start_import
from claims.workflow.sameness import answer_sameness
from tests import factories as make
from tests.admin.conftest import BACKEND, hidden_of
from tests.admin.figure_rows import new_claim, rows
from tests.workflow.merges import measure

pytestmark = pytest.mark.django_db
EXECUTED = "How many Malian soldiers were executed at Aguelhok on 24 January 2012?"
TROOPS = "What number of Malian soldiers were executed in Aguelhok?"


def asked(*claims: Claim) -> list[SamenessQuestion]:
    return ask_about_claims(claims, by=make.contributor(), reason="Drafted.")


def pair(first: dict[str, Any] | None = None, **second: Any) -> tuple[Claim, Claim]:
    """A question about an event, and one in other words about the place above it."""
    above, executed = make.subject(), measure()
    below = make.subject(parent=above)
    one = {"subject": below, "measure": executed, "question": EXECUTED, **(first or {})}
    other = {"subject": above, "measure": executed, "question": TROOPS, "population": "soldiers"}
    return make.claim(**one), make.claim(**{**other, **second})


def test_other_words_about_the_place_above_are_asked_about():
    first, second = pair()
    (question,) = asked(second)
    assert (question.first, question.second, question.noun) == (first.pk, second.pk, "claim")
    assert question.why == "the same measure, and in both: Malian, soldiers, executed, Aguelhok"


def test_nearly_the_same_words_are_asked_about_where_the_measure_is_another():
    _, second = pair(measure=measure(), question=EXECUTED.replace("How many", "What number of"))
    (question,) = asked(second)
    assert question.why.startswith("nearly the same words: ")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"question": "How many houses burned?", "population": "houses"}),
        ({"unit": "people"}, {"unit": "families"}),
        ({"as_of": "2012"}, {"as_of": "2013"}),
        ({"population": "civilians"}, {}),
        ({"aggregation": "stock"}, {"aggregation": "cumulative"}),
    ],
)
def test_other_questions_are_not(first, second):
    assert asked(pair(first, **second)[1]) == []


def test_few_words_are_not_enough_where_the_measure_is_another():
    assert asked(pair(measure=measure(), question="How many soldiers came?")[1]) == []


def test_measure_of_other_answers_is_not():
    when = make.measure("date", slug="day-of-it")
    assert asked(pair(measure=when, question=EXECUTED, population="")[1]) == []


def test_claims_of_other_events_are_not():
    assert asked(pair(subject=make.subject())[1]) == []


def test_linked_claims_are_not():
    first, second = pair()
    relate_claims(from_claim=first, to_claim=second, kind="part_of_total", by=make.contributor(),
                  reason="A part.")  # fmt: skip
    assert asked(second) == []


def test_no_is_remembered():
    _, second = pair()
    (question,) = asked(second)
    answer_sameness(question=question, answer="no", by=make.contributor(), reason="Two events.")
    assert [one.answer for one in asked(second)] == ["no"]


def test_looking_costs_the_same_for_nine_claims_as_for_one():
    what, event = measure(), make.subject()
    counted = []
    for number in (1, 9):
        rows = [
            make.claim(subject=event, measure=what, population=f"Zq{number}x{one}",
                       question=f"Zw{number}x{one}")
            for one in range(number)
        ]  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert asked(*rows) == []
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_no_is_asked_again_on_other_grounds():
    _, second = pair()
    (question,) = asked(second)
    answer_sameness(question=question, answer="no", by=make.contributor(), reason="Two events.")
    Claim.objects.filter(pk=second.pk).update(question="What number of soldiers were executed?")
    (again,) = asked(Claim.objects.get(pk=second.pk))
    assert (again.pk, again.answer, again.asked_by_id) == (
        question.pk,
        "open",
        make.contributor().pk,
    )


def test_asking_costs_the_same_for_nine_claims_as_for_one():
    what, event, counted = measure(), make.subject(), []
    make.claim(subject=event, measure=what, question=EXECUTED, population="soldiers")
    for number in (1, 9):
        rows = [
            make.claim(subject=event, measure=what, question=EXECUTED, population=f"soldiers {one}")
            for one in range(number * 10, number * 11)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert len(asked(*rows)) >= number
        counted.append(len(queries))
    assert counted[1] <= counted[0]


def test_of_many_events_below_one_the_newest_are_looked_at(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(alike_claims, "LOOKED_AT", 2)
    above, what = make.subject(), measure()
    below = [make.claim(subject=make.subject(parent=above), measure=what, question=EXECUTED)
             for _ in range(3)]  # fmt: skip
    (question,) = asked(make.claim(subject=above, measure=what, question=TROOPS))
    assert question.first == below[2].pk


def by_text(text: str) -> None:
    import_text(text, by=make.contributor())


def by_dump(text: str) -> None:
    by, site = make.contributor(), DumpSite("https://wiki.example.org/wiki/", "en")
    run = start_import(
        by=by, reason="A dump.", file_name="a.xml", file_sha256=sha256(text.encode()).hexdigest()
    )
    page = DumpPage(0, title="Flood of Arden", text=text)
    assert import_page(page, read_page(page), site, run, by).outcome == "imported"


@pytest.mark.parametrize("take_in", [by_text, by_dump])
def test_an_import_asks_about_what_it_drafts(take_in):
    text = "= Flood of Arden =\n\nOn 4 May 1987, {} were killed in Arden.\n"
    take_in(text.format("between 50 and 200 people"))
    old = Claim.objects.get()
    take_in(text.format("80 villagers"))
    new = Claim.objects.exclude(pk=old.pk).get()
    question = SamenessQuestion.objects.get(noun="claim")
    assert (question.first, question.second) == (old.pk, new.pk)


def test_a_save_asks_and_yes_leads_to_the_merge(client: Client, form_of: Any):
    first, other = pair(subject=make.subject(), question="Something else altogether?")
    client.force_login(make.contributor(), backend=BACKEND)
    address = reverse("admin:claims_claim_change", args=[other.pk])
    asks = {**form_of(client, address), "question": TROOPS, "subject": first.subject_id}
    sent = {**asks, "reason": "Needed.", **rows(count=1)}
    assert client.post(address, sent).status_code == 302
    question = SamenessQuestion.objects.get(noun="claim")
    assert (question.first, question.second) == (first.pk, other.pk)
    assert question.why in client.get(address).content.decode()
    answer = reverse("admin:claims_samenessquestion_yes", args=[question.pk])
    done = client.post(answer, {**hidden_of(client.get(answer)), "reason": "One question."})
    assert done["Location"].startswith(reverse("admin:claims_claim_merge", args=[other.pk]))
    assert f'value="{first.ref}"' in client.get(done["Location"]).content.decode()


def test_a_new_claim_is_asked_about(client: Client):
    first, _ = pair(subject=make.subject(), question="Something else altogether?")
    client.force_login(make.contributor(), backend=BACKEND)
    asks = {"question": TROOPS, "population": "soldiers", "subject": first.subject_id}
    sent = new_claim(**asks, measure=first.measure_id)
    assert client.post("/admin/claims/claim/add/", sent).status_code == 302
    assert SamenessQuestion.objects.get(noun="claim").second == Claim.objects.latest("pk").pk
