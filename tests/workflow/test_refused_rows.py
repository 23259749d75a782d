"""No word of the database reaches an editor, whichever rule is broken."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, models, transaction

from claims.errors import DuplicateError, InvalidValueError, RefusalError
from claims.models import Measure, Party
from claims.workflow.claims import draft_claim, edit_claim
from claims.workflow.measures import add_measure, edit_measure
from claims.workflow.parties import add_party, edit_party
from claims.workflow.refused_rows import naming, refusal_of
from claims.workflow.revert import revert_claim
from claims.workflow.sources import add_source
from tests import factories as make
from tests.models.constraint_cases import CHECKS, COPIES
from tests.models.test_constraints import add_twin, fill, rows_of, undone

pytestmark = pytest.mark.django_db
OF_A_DATABASE = re.compile(r"constraint|UNIQUE|CHECK|NOT NULL|DETAIL|Key \(|claims_|_id\b")
WHAT_TO_DO = re.compile(
    r"\b(Use it|Go on|Wait|Undo|Answer|Decide|Give|Name|Add|read it again|correct it)\b"
)


def said(error: IntegrityError) -> str:
    refusal = refusal_of(error)
    assert not OF_A_DATABASE.search(refusal.message), refusal.message
    assert WHAT_TO_DO.search(refusal.message), refusal.message
    return refusal.message


def test_each_rule_on_a_value_is_said_with_the_row(subtests) -> None:
    fill()
    for case in CHECKS:
        row = rows_of(case).order_by("pk").first()
        with subtests.test(case.name):
            with pytest.raises(IntegrityError) as refused, undone(), naming(row):
                rows_of(case).filter(pk=row.pk).update(**case.values)
            words = said(refused.value)
            assert str(row) in words
            assert case.name not in words
            assert isinstance(refusal_of(refused.value), InvalidValueError)


def test_each_rule_on_two_rows_is_said_with_the_one_in_the_way(subtests) -> None:
    fill()
    for case in COPIES:
        row = rows_of(case).order_by("pk").first()
        with subtests.test(case.name):
            with pytest.raises(IntegrityError) as refused, undone():
                add_twin(case, row)
            words = said(refused.value)
            assert case.name not in words
            assert isinstance(refusal_of(refused.value), DuplicateError)
            assert words.startswith(f"Another {row._meta.verbose_name} ")


def test_a_column_that_must_be_filled_is_named() -> None:
    party = make.party()
    with pytest.raises(IntegrityError) as refused, undone(), naming(party):
        models.QuerySet(Party).filter(pk=party.pk).update(name=None)
    assert said(refused.value).startswith(f"{party.ref} “{party}”: name is missing.")


def refused_by(verb, **arguments) -> RefusalError:
    with pytest.raises(RefusalError) as refused, transaction.atomic():
        verb(by=make.contributor(), reason="Tried.", **arguments)
    assert not OF_A_DATABASE.search(refused.value.message), refused.value.message
    return refused.value


def test_revert_into_a_scope_that_is_taken_names_the_other_claim() -> None:
    version = make.published_claim(60, 97, population="people")
    claim = version.claim
    edit_claim(
        claim=claim, by=make.contributor(), reason="Told apart.", population="soldiers",
        question="How many soldiers?",
    )  # fmt: skip
    terms = {"subject": claim.subject, "measure": claim.measure, "unit": claim.unit}
    other = draft_claim(
        by=make.contributor(), reason="Asked.", question="How many people?", population="people",
        **terms,
    )  # fmt: skip
    refusal = refused_by(revert_claim, claim=claim, version=version)
    assert refusal.message == f"{other.ref} asks the same of the same subject: How many people?"


def test_a_measure_names_the_one_that_has_its_short_name() -> None:
    first = make.measure(slug="killed")
    fields = {"slug": "killed", "label": "slain", "value_kind": "quantity"}
    for refusal in (
        refused_by(add_measure, **fields),
        refused_by(edit_measure, measure=make.measure(slug="hurt"), slug="killed"),
    ):
        assert f"“{first}” has the same slug already. Use it" in refusal.message
        assert refusal.field == "slug"
    assert Measure.objects.filter(slug="killed").count() == 1


def test_a_party_names_the_one_that_is_like_it() -> None:
    first = make.party("Jane Holt", description="minister")
    likeness = {"name": "Jane Holt", "kind": "person", "description": "minister"}
    other = make.party("John Holt", description="minister")
    for refusal in (
        refused_by(add_party, **likeness),
        refused_by(edit_party, party=other, **likeness),
    ):
        assert first.ref in refusal.message


def test_a_source_names_the_one_that_has_its_doi() -> None:
    first = make.source("First", doi="10.1000/1")
    fields = {"title": "Second", "csl_type": "report", "url_status": "none"}
    assert first.ref in refused_by(add_source, doi="10.1000/1", **fields).message
