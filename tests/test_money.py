"""Amounts of money, a value kind from the form to the export."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.domain.document_plot import document_plot
from claims.domain.documents import read_document
from claims.errors import DuplicateError, InvalidValueError, RefusalError
from claims.exporters.streams import stream
from claims.exporters.whole_files import Tally, Wanted
from claims.models import Assertion, Claim, ClaimVersion, Measure
from claims.workflow.claims import draft_claim, edit_claim
from claims.workflow.measures import add_measure, edit_measure
from claims.workflow.merging import propose_merge
from tests import factories as make
from tests.kept import made_once
from tests.verifier.conftest import examine

pytestmark = pytest.mark.django_db


@made_once
def damage() -> Claim:
    """A claim of a sum in US dollars, without answers."""
    return make.claim("money", unit="USD")


@pytest.fixture
def disputed(damage: Claim) -> ClaimVersion:
    """Published: 1.2 against 1.5 thousand million dollars, and a third that agrees with one."""
    make.figure(damage, "1200000000")
    make.figure(damage, "1500000000.50")
    make.figure(damage, low="1400000000", high="1600000000")
    return make.approve(damage)


def document_of(version: ClaimVersion) -> dict[str, Any]:
    return read_document(version.payload.encode())


def asked(measure: Measure, **fields: Any) -> Claim:
    words = {"question": "How much was it?", "subject": make.subject(), **fields}
    return draft_claim(by=make.contributor(), reason="Asked.", measure=measure, **words)


@pytest.mark.parametrize("unit", ["", "usd", "$", "dollars", "XXQ"])
def test_a_claim_of_money_names_its_currency(unit: str) -> None:
    with pytest.raises(InvalidValueError, match="ISO 4217") as refused:
        asked(make.measure("money"), unit=unit)
    assert refused.value.field == "unit"


def test_a_claim_takes_the_currency_of_its_measure() -> None:
    cost = make.measure("money", slug="cost", default_unit="EUR")
    assert asked(cost).unit == "EUR"


def test_another_currency_is_another_claim(damage: Claim) -> None:
    terms = {"measure": damage.measure, "subject": damage.subject}
    assert asked(**terms, unit="EUR", question="How much in euros?").unit == "EUR"
    with pytest.raises(DuplicateError):
        asked(**terms, unit="USD", question="How much, then?")


def test_the_currency_of_amounts_that_are_there_stays(damage: Claim) -> None:
    signed = {"by": make.contributor(), "reason": "Corrected."}
    edit_claim(claim=damage, unit="EUR", **signed)
    make.figure(damage, 40)
    with pytest.raises(InvalidValueError, match="has amounts in EUR; draft another claim for GBP"):
        edit_claim(claim=damage, unit="GBP", **signed)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"is_count": True}, "is_count", "no whole numbers of zero or more"),
        ({"default_unit": "people"}, "default_unit", "people is no currency code"),
    ],
)
def test_a_measure_of_money_counts_nothing_and_is_in_a_currency(
    fields: dict[str, Any], field: str, words: str
) -> None:
    signed = {"by": make.contributor(), "reason": "Needed."}
    with pytest.raises(InvalidValueError, match=words) as refused:
        add_measure(slug="cost", label="cost", value_kind="money", **fields, **signed)
    assert refused.value.field == field
    with pytest.raises(InvalidValueError, match=words):
        edit_measure(measure=make.measure("money"), **fields, **signed)


@pytest.mark.parametrize("amount", ["-3.25", "0", "0.01", "999999999999999"])
def test_amounts_are_of_any_sign_and_size(damage: Claim, amount: str) -> None:
    row = make.figure(damage, amount)
    row.refresh_from_db()
    assert (row.point, row.is_count, row.value_kind) == (Decimal(amount), False, "money")


def test_amounts_that_exclude_each_other_are_a_dispute(disputed: ClaimVersion) -> None:
    document = document_of(disputed)
    assert (document["contention"], document["severity"]) == ("disputed", "moderate")
    assert document["measure"]["value_kind"] == "money"
    assert document["unit"] == "USD"


def test_every_sentence_says_the_currency(disputed: ClaimVersion) -> None:
    document = document_of(disputed)
    assert [entry["words"] for entry in document["figures"]] == [
        "1,200,000,000 USD",
        "1,500,000,000.5 USD",
        "1,400,000,000 to 1,600,000,000 USD",
    ]
    assert document["range"]["words"] == "1,200,000,000 to 1,600,000,000 USD"
    assert "3 amounts, 1,200,000,000 to 1,600,000,000 USD" in document["summary"]


def test_the_best_amount_is_said_in_its_currency(damage: Claim) -> None:
    make.figure(damage, 40_000)
    make.figure(damage, 40_000)
    document = document_of(make.approve(damage))
    assert document["best"]["words"] == "40,000 USD"
    assert document["contention"] == "corroborated"


def test_amounts_lie_on_an_axis(disputed: ClaimVersion) -> None:
    plot = document_plot(document_of(disputed))  # type: ignore[arg-type]
    assert plot.scale is not None
    assert [tick.label for tick in plot.scale.ticks][-1].endswith("billion") or plot.scale.high > 0
    assert len(plot.shapes) == 3


def test_pages_say_each_amount_once_with_its_currency(
    client: Client, disputed: ClaimVersion
) -> None:
    for address in (f"/claims/C{disputed.claim_id}/", "/claims/", "/disputes/"):
        page = client.get(address).content.decode()
        assert "1,200,000,000 to 1,600,000,000 USD" in page, address
        assert "USD USD" not in " ".join(page.split())
    assert "1,500,000,000.5 USD" in client.get(f"/claims/C{disputed.claim_id}/").content.decode()


def test_the_api_gives_amounts_exactly(client: Client, disputed: ClaimVersion) -> None:
    claim = read_document(client.get(f"/api/v1/claims/C{disputed.claim_id}/").content)
    assert [figure["point"] for figure in claim["figures"]][:2] == [
        1_200_000_000,
        Decimal("1500000000.5"),
    ]
    listed = json.loads(client.get("/api/v1/figures/?measure=money-measured").content)
    assert {(row["unit"], row["words"]) for row in listed["results"]} >= {
        ("USD", "1,200,000,000 USD"),
        ("USD", "1,500,000,000.5 USD"),
    }


def test_the_table_says_amount_and_currency(disputed: ClaimVersion) -> None:
    table = b"".join(stream(Wanted("csv"), Tally())).decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["point"], row["unit"], row["words"]) for row in rows][:2] == [
        ("1200000000", "USD", "1,200,000,000 USD"),
        ("1500000000.5", "USD", "1,500,000,000.5 USD"),
    ]


def test_readers_can_check_amounts_by_themselves(disputed: ClaimVersion) -> None:
    text = b"".join(stream(Wanted("ndjson"), Tally()))
    report = examine(text)
    assert report.holds, report
    assert not examine(text.replace(b"1,200,000,000 USD", b"1,200,000,000 EUR"), part=True).holds


def test_the_form_asks_for_an_amount_in_the_currency(damage: Claim) -> None:
    client = Client()
    client.force_login(make.contributor(), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:claims_assertion_add") + f"?claim={damage.ref}"
    page = client.get(address).content.decode()
    for label in ("Amount, in USD", "Lowest, in USD", "Highest, in USD", "Vague word, such as mil"):
        assert label in page
    assert "Fewer than the highest" not in page
    source = make.source()
    links = {f"{name}_{n}": value for n in range(3)
             for name, value in (("role", "speaker"), ("mode", "said"))}  # fmt: skip
    sent = {**links, "stance": "asserts", "value_state": "value", "point": "-1200.50"}
    client.post(address, {**sent, "source": source.pk, "reason": "As reported."})
    assert Assertion.objects.get(claim=damage).point == Decimal("-1200.50")


def test_the_desk_shows_a_claim_of_money_with_its_answers(disputed: ClaimVersion) -> None:
    client = Client()
    client.force_login(make.editor(), backend="django.contrib.auth.backends.ModelBackend")
    claim = client.get(reverse("admin:claims_claim_change", args=[disputed.claim_id]))
    source = client.get(
        reverse("admin:claims_source_change", args=[disputed.claim.assertions.first().source_id])
    )
    assert "1,200,000,000 USD" in claim.content.decode()
    assert "1,200,000,000 USD" in source.content.decode()


def test_claims_in_two_currencies_are_never_made_one(damage: Claim) -> None:
    terms = {"measure": damage.measure, "subject": damage.subject}
    euros = asked(**terms, unit="EUR", question="How much in euros?")
    with pytest.raises(RefusalError, match="the unit"):
        propose_merge(
            noun="claim",
            merged=euros.pk,
            into=damage.pk,
            by=make.contributor(),
            reason="The same.",
        )
