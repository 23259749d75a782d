"""What the desk doubts of figures, seen on documents that the desk itself writes."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Claim
from claims.reading.second_look import doubts_about
from claims.workflow.candidate import document_of
from claims.workflow.evidence import withdraw_assertion
from tests import factories as make

pytestmark = pytest.mark.django_db


def told(claim: Claim) -> list[tuple[str, str, str]]:
    document = document_of(Claim.objects.get(pk=claim.pk))
    places = {one["ref"]: number for number, one in enumerate(document["figures"], 1)}
    return [(f"{places[one.ref]}", one.kind, one.told) for one in doubts_about(document)]


@pytest.mark.parametrize(
    ("point", "quote", "doubted"),
    [
        (97, "97 men died", False),
        (97, "ninety-seven men died", False),
        (4120, "4 120 tués", False),
        (4120, "4.120 Tote", False),
        (5_000_000, "some 5 million left", False),
        (97, "", False),
        (1, "they had killed a girl", False),
        (97, "many died", True),
        (97, "98 men died on 7 May", True),
        (97, "1997 men died", True),
    ],
)
def test_a_quote_holds_the_number(point: int, quote: str, doubted: bool) -> None:
    claim = make.claim()
    make.figure(claim, point, quote=quote)
    wanted = [("1", "no_number", f"{point:,}")] if doubted else []
    assert told(claim) == wanted


@pytest.mark.parametrize(
    ("issued", "when", "doubted"),
    [
        ("2012-01-23", "2012-01-24", True),
        ("2011", "2012-01-24", True),
        ("2012-01", "2012-01-24", False),
        ("2012-01-24", "2012-01-24", False),
        ("", "2012-01-24", False),
        ("2011", "", False),
    ],
)
def test_a_source_is_not_older_than_the_event(issued: str, when: str, doubted: bool) -> None:
    claim = make.claim(subject=make.subject(when=when))
    make.figure(claim, 97, source=make.source(issued=issued))
    assert told(claim) == ([("1", "too_old", f"{issued}, {when}")] if doubted else [])


def test_one_origin_says_it_twice() -> None:
    claim, mayor = make.claim(), make.party()
    first = make.figure(claim, 97, speaker=mayor)
    make.figure(claim, 97, speaker=mayor)
    make.figure(claim, 97)
    make.figure(claim, stance="denies", extent="whole", speaker=mayor)
    assert told(claim) == [("2", "same_origin", first.ref)]


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ((60, 97, 9700), [("3", "far_off", "60 – 97")]),
        ((60, 97, 5), [("3", "far_off", "60 – 97")]),
        ((60, 97, 970), []),
        ((60, 9700), []),
        ((0, 60, 97), []),
    ],
)
def test_a_value_is_far_from_the_others(points: tuple[int, ...], wanted: Any) -> None:
    claim = make.claim()
    for point in points:
        make.figure(claim, point)
    assert told(claim) == wanted


def test_what_is_withdrawn_is_not_doubted() -> None:
    claim = make.claim()
    make.figure(claim, 60)
    odd = make.figure(claim, 97, quote="many")
    withdraw_assertion(assertion=odd, by=make.contributor(), reason="A slip.")
    assert told(claim) == []
