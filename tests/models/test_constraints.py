"""The database itself refuses what the model forbids, and names the rule."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from claims.models import (
    Article,
    ArticleRevision,
    ClaimVersion,
    Dispute,
    ImportedPage,
    ImportedTable,
    ImportRun,
    Measure,
)
from claims.workflow.queue_views import save_view
from claims.workflow.sequencing import seal_log
from tests import factories as make
from tests.models.constraint_cases import CHECKS, COPIES, Case
from tests.world import build_world

pytestmark = pytest.mark.django_db

EARLY, LATE = dt.date(2012, 1, 1), dt.date(2012, 1, 2)
NOW = dt.datetime(2012, 1, 1, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)


def fill() -> None:
    """One of everything, an import under way, and the log of it."""
    build_world()
    make.relation(make.source(), make.source())
    make.submitted_claim()
    seal_log()
    by, revision = make.contributor(), ArticleRevision.objects.get()
    run = ImportRun(file_sha256="0" * 64, started_by=by, reason="A dump.", started_at=NOW)
    run.save()
    ImportedPage(run=run, position=0, outcome="imported", revision=revision).save()
    ImportedTable(run=run, outcome="waiting", content="a,b").save()
    save_view(name="Mine", query="queue=review", by=by)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def add_twin(case: Case, row: models.Model) -> None:
    """Copy the row. Some rules hold for some rows only: make the first row one of them."""
    if case.model is Dispute or case.name == "source_doi_is_unique":
        rows_of(case).filter(pk=row.pk).update(**case.values)
        row.refresh_from_db()
    models.QuerySet(case.model).bulk_create([copy_of(row, case.values)])


def copy_of(row: models.Model, changes: dict[str, Any]) -> models.Model:
    copy = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    if isinstance(row._meta.pk, models.UUIDField):
        copy[row._meta.pk.attname] = uuid.uuid4()
    else:
        del copy[row._meta.pk.attname]
    changed = {row._meta.get_field(name).attname: value for name, value in changes.items()}
    return type(row)(**copy | changed)


def rows_of(case: Case) -> models.QuerySet[Any]:
    """The rows past any manager that refuses changes."""
    return models.QuerySet(case.model).filter(**case.where)


def names(case: Case) -> list[str]:
    """What the database may call the rule: its name; SQLite calls unique ones by columns."""
    if case.name == "attribution_has_at_most_one_speaker" and connection.vendor == "postgresql":
        # A second speaker also takes the first one's position, and that rule is asked first.
        return ["attribution_position_is_taken_once"]
    constraint = next(one for one in case.model._meta.constraints if one.name == case.name)
    columns_only = isinstance(constraint, models.UniqueConstraint) and constraint.fields
    if connection.vendor == "sqlite" and columns_only:
        columns = [case.model._meta.get_field(name).column for name in constraint.fields]
        return [f"{case.model._meta.db_table}.{column}" for column in columns]
    return [case.name]


def test_the_database_refuses_values_that_break_a_rule(subtests):
    fill()
    for case in CHECKS:
        row = rows_of(case).order_by("pk").first()
        with subtests.test(case.name), pytest.raises(IntegrityError) as refusal, undone():
            rows_of(case).filter(pk=row.pk).update(**case.values)
        assert case.name in str(refusal.value)


def test_the_database_refuses_a_second_row_of_its_kind(subtests):
    fill()
    for case in COPIES:
        row = rows_of(case).order_by("pk").first()
        with subtests.test(case.name), pytest.raises(IntegrityError) as refusal, undone():
            add_twin(case, row)
        assert all(name in str(refusal.value) for name in names(case)), str(refusal.value)


def test_every_named_constraint_has_a_case():
    named = {
        constraint.name
        for model in apps.get_app_config("claims").get_models()
        for constraint in model._meta.constraints
    }

    assert {case.name for case in [*CHECKS, *COPIES]} == named


@pytest.mark.parametrize(
    ("model", "column"),
    [(Measure, "slug"), (ClaimVersion, "sequence")],
    ids=["measure", "version"],
)
def test_names_and_sequences_are_taken_once(model, column):
    build_world()
    one, other = models.QuerySet(model).order_by("pk")[:2]

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(model).filter(pk=other.pk).update(**{column: getattr(one, column)})


def test_the_slug_of_an_article_is_taken_once():
    slug = make.article().article.slug

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Article).bulk_create([Article(slug=slug, title="Another")])
