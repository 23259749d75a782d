"""Rows written many at a time are numbered, checked and signed as single saves are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from claims.errors import InvalidValueError
from claims.models import (
    Anchor,
    Assertion,
    Attribution,
    Claim,
    Dispute,
    Party,
    PartyName,
    ReviewEvent,
    Source,
    SourceTitle,
    Subject,
    SubjectTitle,
)
from claims.querysets.lookup import rows_known_as
from claims.workflow.checking import check_row
from claims.workflow.desk import relations_above
from claims.workflow.history import bulk_create_signed
from claims.workflow.parties import add_party
from claims.workflow.rows import new_row, number_rows, write_rows
from tests import factories as make

pytestmark = pytest.mark.django_db

VALUES: list[tuple[Any, list[Any]]] = [
    (
        Party(name="Red Cross", kind="person"),
        [
            ("name", ""),
            ("name", "x" * 200),
            ("name", "x" * 201),
            ("kind", "outlet"),
            ("kind", "nobody"),
            ("kind", ""),
            ("description", ""),
            ("description", "two\nlines"),
            ("aliases", ["RC"]),
            ("aliases", None),
        ],
    ),
    (
        Claim(question="How many?", last_edited_by_id=1, edited_at=timezone.now()),
        [
            ("tolerance_pct", Decimal("12.50")),
            ("tolerance_pct", Decimal(1234567)),
            ("tolerance_pct", "many"),
            ("revision", 7),
            ("revision", -1),
            ("revision", 2**40),
            ("edited_at", None),
            ("as_of_earliest", None),
        ],
    ),
    (Anchor(exact="97", start=1, end=3), [("exact", ""), ("start", None), ("status", "lost")]),
    (Source(title="Report"), [("archived_on", "yesterday"), ("url_status", "gone")]),
    (
        Assertion(value_kind="quantity"),
        [
            ("boolean", None),
            ("boolean", "perhaps"),
            ("is_count", None),
            ("point", Decimal(97)),
            ("test_low", None),
        ],
    ),
]
CASES = [(row, name, value) for row, pairs in VALUES for name, value in pairs]


@pytest.mark.parametrize(("row", "name", "value"), CASES)
def test_check_row_refuses_what_django_refuses(row: Any, name: str, value: Any) -> None:
    before = getattr(row, name)
    setattr(row, name, value)
    links = [field.name for field in row._meta.concrete_fields if field.is_relation]
    try:
        row.clean_fields(exclude=links)
        refused = False
    except ValidationError as error:
        refused = name in error.message_dict

    try:
        check_row(row)
        words = ""
    except InvalidValueError as error:
        words = error.field
    setattr(row, name, before)

    assert words == (name if refused else "")


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x85", "\ud800", "\ufffe", "\uffff"])
def test_check_row_refuses_what_cannot_be_stored(character: str) -> None:
    with pytest.raises(InvalidValueError, match="character 4 is U"):
        check_row(Party(name=f"Red{character}", kind="person"))


def test_number_rows_takes_turns_with_single_saves() -> None:
    by = make.contributor()
    first = [Party(name=name, kind="person") for name in "ABC"]
    number_rows(first)
    between = add_party(by=by, reason="Seen.", name="D", kind="person")
    bulk_create_signed(first, by=by, reason="Seen.", now=timezone.now())
    after = add_party(by=by, reason="Seen.", name="E", kind="person")

    numbers = [*(row.pk for row in first), between.pk, after.pk]
    assert len(set(numbers)) == len(numbers)
    assert Party.objects.count() == len(numbers)


def test_number_rows_ties_rows_that_were_built_before_they_had_numbers() -> None:
    whole = Subject(title="Storm", kind="event")
    part = Subject(title="Storm in Arvel", kind="event", parent=whole)

    bulk_create_signed([whole, part], by=make.contributor(), reason="Seen.", now=timezone.now())

    assert Subject.objects.get(pk=part.pk).parent == whole


@pytest.mark.parametrize(
    "model",
    [
        *(Anchor, Assertion, Attribution, Claim, Dispute, ReviewEvent),
        *(PartyName, Source, SourceTitle, Subject, SubjectTitle),
    ],
)
def test_new_row_makes_what_the_model_makes(model: Any) -> None:
    """Of every model that it is used for, or the defaults would be shared between rows."""
    own, swift = model(pk=7), new_row(model, id=7)
    for field in model._meta.concrete_fields:
        assert not callable(field.default) or not field.has_default()
        assert getattr(swift, field.attname) == getattr(own, field.attname)
    assert swift._state.adding


def test_rows_known_as_gives_the_rows_as_a_queryset_does() -> None:
    second = make.party("Police", aliases=["the police"])
    first = Source(title="Report", url="https://example.org/1", issued_earliest=date(2024, 4, 8))
    other = Source(title="Leaflet", doi="10.1000/ABC")
    by, now = make.contributor(), timezone.now()
    bulk_create_signed([first, other], by=by, reason="Seen.", now=now)

    found = rows_known_as(Source, {"lower(doi)": ["10.1000/abc"], "url": {first.url}, "isbn": []})

    assert found == [first, other]
    assert found[0].issued_earliest == date(2024, 4, 8)
    assert rows_known_as(Party, {"name": ["Police"]}, lock=True)[0].aliases == second.aliases
    assert rows_known_as(Party, {"name": []}) == []


def test_called_gives_those_of_a_name_and_the_unnamed_of_an_article() -> None:
    police = make.party("Police", aliases=["the police"])
    make.party("Fire brigade")
    unnamed = make.party("a witness", kind="unnamed", description="In “Flood”")
    make.party("a witness", kind="unnamed", description="In “Storm”")

    assert Party.objects.called(["police", "the police"], []) == [police]
    assert Party.objects.called(["police"], ["In “Flood”"]) == [police, unnamed]
    assert Party.objects.called([], []) == []


def test_titled_gives_the_oldest_first_however_the_title_is_written() -> None:
    first, second = make.subject("The Flood"), make.subject("FLOOD")
    make.subject("Flood of 1953")

    assert Subject.objects.titled("flood") == [first, second]


def test_sources_that_rest_on_nothing_cost_one_short_query(
    django_assert_num_queries: Any,
) -> None:
    claim = make.claim()
    rows = [make.figure(claim, number, source=make.source()) for number in (60, 97)]

    with django_assert_num_queries(1):
        assert relations_above(rows, claim.pk) == []


def test_write_rows_names_the_constraint_that_is_broken() -> None:
    row = Party(name="Red Cross", kind="nobody")
    number_rows([row])

    with pytest.raises(IntegrityError, match="party_kind_is_known"):
        write_rows([row])
