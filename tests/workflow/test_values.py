"""Values and what is derived from them on write."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.errors import InvalidValueError
from claims.models import Assertion, Claim, Source
from claims.workflow.articles import add_article
from claims.workflow.evidence import (
    add_assertion,
)
from tests import factories as make

pytestmark = pytest.mark.django_db


def add(claim: Claim | None = None, **fields):
    fields = {"by": make.contributor(), "reason": "As reported.", "point": "97", **fields}
    if "source" not in fields and not fields.get("citation_needed"):
        fields["source"] = make.source()
    return add_assertion(claim=claim or make.claim(), **fields)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def link(role: str = "speaker", **fields):
    return {"party": make.party(), "role": role, "mode": "said", **fields}


def test_a_number_keeps_all_of_its_15_digits():
    measure = make.measure(slug="cost", is_count=False)
    row = add(make.claim(measure=measure), point="12345678901.2345")

    assert fresh(row).point == Decimal("12345678901.2345")


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        ({"point": "97"}, 97, 97),
        ({"point": "60", "approximate": True}, 54, 66),
        ({"point": None, "low": "50", "high": "101"}, 50, 101),
        ({"point": None, "low": "200", "high_open": True}, 200, None),
        ({"point": None, "low": "200", "low_strict": True}, 201, None),
        ({"point": None, "high": "400"}, 0, 400),
        ({"point": None, "low": "1000", "high": "1500", "high_open": True}, 1000, None),
        ({"point": None, "vague_term": "dozens"}, 12, None),
        ({"point": None, "value_state": "unknown"}, None, None),
    ],
    ids=str,
)
def test_the_test_interval_is_derived_on_write(fields, low, high):
    row = fresh(add(**fields))

    assert (row.test_low, row.test_high) == (low, high)


def test_the_origin_is_the_speaker_else_the_publisher_else_the_source():
    speaker, publisher, source = make.party(), make.party(kind="outlet"), make.source()
    said = [
        {"party": speaker, "role": "speaker", "mode": "said"},
        {"party": publisher, "role": "publisher", "mode": "reported"},
    ]

    assert add(attributions=said).origin == speaker.ref
    assert add(attributions=said[1:]).origin == publisher.ref
    assert add(source=source).origin == source.ref
    assert add(citation_needed=True).origin == ""


@pytest.mark.parametrize("number", ["0.05", "0.001", "0.000001", "0.000000000000001"])
def test_a_figure_far_below_one_is_read_as_it_was_written(number: str) -> None:
    claim = make.claim()
    figure = make.figure(claim, number)
    figure.refresh_from_db()
    assert figure.point == Decimal(number)
    assert make.approve(claim).range_low == Decimal(number)


@pytest.mark.parametrize("text", ["1_000", "١٢", "１２", "۱۲", "1\u200b2", "٩٧.٥", "²", "−5"])
@pytest.mark.parametrize("field", ["point", "low", "high"])
def test_a_number_is_written_in_the_digits_0_to_9(field, text):
    with pytest.raises(InvalidValueError, match=r"digits 0 to 9; .* is U\+") as refused:
        add(**{"point": None, field: text})

    assert refused.value.field == field
    assert not Assertion.objects.exists()


@pytest.mark.parametrize("field", ["url", "archive_url"])
@pytest.mark.parametrize(
    "url", ["http://user:pw@example.org/", "http://169.254.169.254/", "http://exa\u202emple.org/"]
)
def test_addresses_that_mislead_are_refused(field, url):
    with pytest.raises(InvalidValueError) as refused:
        make.source(**{field: url, "url_status": "unknown"})

    assert refused.value.field == field
    assert not Source.objects.exists()


def test_the_address_of_an_article_is_held_to_the_same():
    with pytest.raises(InvalidValueError, match="inside a network"):
        add_article(
            by=make.contributor(), reason="New.", title="A", text="B", origin_url="http://[::1]/"
        )
