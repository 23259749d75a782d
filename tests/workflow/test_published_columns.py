"""Each column of the desk is published, or private with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import models

from claims.audit.histories import tracked_models
from claims.domain.documents import dump_document, read_document
from claims.domain.quantity import FigureError
from claims.models import (
    Claim,
    ClaimVersion,
    Source,
)
from claims.workflow.desk import Desk, read_desk
from claims.workflow.document import build_document
from claims.workflow.linked import Linked, read_linked
from claims.workflow.published_columns import PRIVATE, published_columns
from tests import factories as make
from tests.kept import undone_after
from tests.world import build_world

pytestmark = pytest.mark.django_db
ALONE = "ONE EDITOR ALONE WROTE THIS"


def fresh(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def public(claim: Claim) -> dict[str, Any]:
    return read_document(ClaimVersion.objects.current().get(claim=claim).payload)


def as_editor(**fields: Any) -> dict[str, Any]:
    return {"by": make.editor(), "reason": "Alone.", **fields}


def test_every_column_is_published_or_private_with_a_reason():
    for model in tracked_models():
        private = PRIVATE.get(model, {})
        columns = {one.attname for one in model._meta.concrete_fields}
        assert set(private) <= columns, model
        assert all(private.values()), model


def another_value(field: Any, value: Any) -> Any:
    """Another value that the column may hold."""
    if field.choices:
        return next(one for one, _ in field.flatchoices if one not in (value, ""))
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DecimalField):
        return (value or Decimal(0)) + 1
    if isinstance(field, models.IntegerField):
        return (value or 0) + 2
    if isinstance(field, models.DateTimeField):
        return dt.datetime(2001, 2, 3, tzinfo=dt.UTC)
    if isinstance(field, models.DateField):
        return dt.date(2001, 2, 3)
    return [value] if isinstance(field, models.JSONField) else "2001"


def rows_read(desk: Desk, linked: Linked) -> Iterator[Any]:
    """One row of each table that a document is read from, as the reading holds it."""
    row = desk.assertions[0]
    link = row.attributions.all()[0]
    fighter = next(iter(desk.belligerents.values()))
    yield from (desk.claim, row, row.source, link, link.party, desk.claim.measure, desk.path[-1])
    yield from (fighter, desk.disputes[0], linked.links[0].relation)
    yield next(iter(row.anchors.all()))
    yield desk.source_relations[0]


@pytest.fixture(scope="module")
def reading(django_db_setup, django_db_blocker):
    """A claim read with all that it borrows: its rows are changed in memory, and put back."""
    with undone_after(django_db_blocker):
        claim = build_world()
        first, second = Source.objects.filter(assertions__claim=claim).order_by("pk")[:2]
        make.relation(second, first, kind="cites")
        desk = read_desk(fresh(claim))
        yield desk, read_linked(desk)


@pytest.mark.parametrize("number", range(12))
def test_published_columns_are_those_that_change_a_document(number, reading):
    """Every column of every table that a claim's document is read from, changed one by one."""
    desk, linked = reading
    row = list(rows_read(desk, linked))[number]
    before = dump_document(build_document(desk, linked))
    wrong = {}
    for field in row._meta.concrete_fields:
        stored = getattr(row, field.attname)
        if field.primary_key or field.is_relation:
            continue
        setattr(row, field.attname, another_value(field, stored))
        try:
            changes = dump_document(build_document(desk, linked)) != before
        except FigureError:  # no document can hold this value beside the others
            changes = True
        setattr(row, field.attname, stored)
        if changes != (field.attname in published_columns(type(row))):
            wrong[field.attname] = changes
    assert wrong == {}, type(row)
