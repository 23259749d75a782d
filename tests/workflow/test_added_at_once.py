"""Two who name the same new row at once make one: whoever comes second finds that of the first."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from claims.audit.verification import verify_everything
from claims.importers.articles import import_text
from claims.importers.registers import Registers
from claims.models import Claim, Party, SamenessQuestion, Source
from tests import factories as make
from tests.admin.figure_rows import ADD, new_claim
from tests.workflow.test_concurrency import WRITERS, cast, marked
from tests.workflow.writers import at_once, refused

WORK = {"title": "Mill fire", "url": "https://post.example.org/mill", "issued": "1903-05-13"}
# The same work as others write it.
WRITTEN = [
    WORK,
    {**WORK, "url": "http://www.post.example.org/mill/?utm_source=x"},
    {**WORK, "title": "MILL FIRE"},
    {**WORK, "title": "The mill fire"},
]


def registers() -> Registers:
    return Registers(by=make.contributor(), reason="Needed.")


@marked
@pytest.mark.parametrize("noun", ["work", "subject", "party", "measure"])
def test_one_row_comes_of_many_who_add_it_at_once(noun: str) -> None:
    cast()
    asked = {
        "work": [(told, "Morning Post") for told in WRITTEN],
        "subject": [("Fire of Arden", "1903"), ("FIRE OF ARDEN", "1903")],
        "party": [("Ann Bell",), ("ANN BELL",)],
        "measure": [("burnt",), ("Burnt",)],
    }[noun]

    def add(number: int) -> int:
        with transaction.atomic():
            row = getattr(registers(), noun)(*asked[number % len(asked)])
        return int(row.pk)

    results = at_once([partial(add, number) for number in range(WRITERS)])
    assert refused(results) == []
    assert len(set(results)) == 1
    assert not SamenessQuestion.objects.exists()
    assert verify_everything().bad == []


@marked
def test_forms_that_name_the_same_new_works_in_another_order_make_one_of_each() -> None:
    """Each saves a claim of its own; nobody waits for somebody who waits for him."""
    cast()
    named = [f"Report {number}" for number in range(4)]
    data = []
    for turn in range(4):
        titles = named if turn % 2 else named[::-1]
        rows = [
            {"value": "60", "source_title": title, "speaker_name": f"Speaker of {title}"}
            for title in titles
        ]
        data.append(new_claim(*rows, question=f"How many fell on day {turn}?"))

    def save(sent: dict[str, object]) -> int:
        client = Client()
        client.force_login(make.contributor())
        return client.post(reverse(ADD), sent).status_code

    assert at_once([partial(save, one) for one in data]) == [302] * len(data)
    assert Claim.objects.count() == len(data)
    assert sorted(Source.objects.values_list("title", flat=True)) == named
    assert Party.objects.filter(name__startswith="Speaker of").count() == len(named)


@marked
def test_an_article_and_a_form_that_cite_the_same_new_work_make_one() -> None:
    cast()
    text = (
        "The mayor of Arden said that 60 people were killed in Arden on 13 May 1903."
        "<ref>{{cite news |title=Mill fire |url=https://post.example.org/mill |date=1903-05-13}}"
        "</ref>\n"
    )

    def article() -> None:
        import_text(text, by=make.contributor(), title="Fire of Arden")

    def form() -> None:
        with transaction.atomic():
            registers().work(WORK)

    refused(at_once([article, form, form]))
    assert Source.objects.filter(url=WORK["url"]).count() == 1
    assert Claim.objects.count() == 1


@marked
def test_of_two_who_type_one_new_work_on_its_page_the_second_is_asked() -> None:
    cast()
    sent = {"title": "Mill fire", "csl_type": "report", "url_status": "none", "reason": "New."}

    def save() -> int:
        client = Client()
        client.force_login(make.contributor())
        return client.post(reverse("admin:claims_source_add"), sent).status_code

    assert at_once([save, save, save]) == [302] * 3
    assert Source.objects.count() == 3
    assert SamenessQuestion.objects.count() >= 2
