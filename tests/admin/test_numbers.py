"""Numbers as people type them: thousands parted, and what could be read in two ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from claims.models import Assertion
from tests import factories as make
from tests.admin.conftest import errors_of
from tests.admin.test_pickers import add_figure

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "point"),
    [("1,240", "1240"), ("12,345,678.5", "12345678.5"), ("1 240", "1240"), ("1\u00a0240", "1240"),
     ("4\u202f120", "4120"), ("+1,240", "1240"), ("1240.5", "1240.5")],
)  # fmt: skip
def test_thousands_are_parted_as_people_write_them(
    contributor: Client, typed: str, point: str
) -> None:
    measure = make.measure(slug="degrees", is_count=False)
    add_figure(contributor, make.claim(measure=measure), source=make.source().pk, point=typed)
    assert Assertion.objects.get().point == Decimal(point)


@pytest.mark.parametrize(
    "typed", ["1,5", "1,24", "12,34,567", "0,123", "1,240 000", "1.240,5", ",5"]
)
def test_a_comma_that_may_be_a_point_is_asked_about(contributor: Client, typed: str) -> None:
    response = add_figure(contributor, make.claim(), source=make.source().pk, point=typed)
    assert "without commas" in errors_of(response)["point"][0]
    assert not Assertion.objects.exists()


def test_one_comma_is_asked_about_where_it_is_a_decimal_point(contributor: Client) -> None:
    claim, source = make.claim(), make.source()
    contributor.cookies["django_language"] = "fr"
    response = add_figure(contributor, claim, source=source.pk, point="1,240")
    assert "1240" in errors_of(response)["point"][0]
    assert "1.240" in errors_of(response)["point"][0]
    assert add_figure(contributor, claim, source=source.pk, point="1,240,000").status_code == 302
