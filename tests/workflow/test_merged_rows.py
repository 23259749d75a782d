"""Rows that were merged: all that named them is moved, and nobody goes on using them."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from claims.choices import MergedNoun
from claims.errors import (
    TransitionError,
)
from claims.models import (
    Measure,
    Party,
    Source,
    Subject,
)
from claims.workflow.claims import draft_claim, edit_claim
from claims.workflow.evidence import add_assertion, change_assertion
from claims.workflow.measures import edit_measure
from claims.workflow.merge_moves import LINKS
from claims.workflow.parties import edit_party
from claims.workflow.sameness import MODELS
from claims.workflow.sources import (
    add_source,
    edit_source,
    rate_source,
    withdraw_source,
)
from claims.workflow.subjects import add_subject, edit_subject
from tests import factories as make
from tests.workflow.merges import measure, merged

pytestmark = pytest.mark.django_db


def test_every_column_that_names_a_row_is_moved_or_known_to_stay():
    """A new link to a party, work, event, measure or claim has to be decided on here."""
    stays = {
        "claimversion.claim", "claimversion.subject", "claimversion.measure",
        "publishedfigure.claim", "publishedfigure.source", "publishedfigure.speaker",
        "publishedfigure.subject", "publishedfigure.measure", "publisheddispute.claim",
        "publisheddispute.subject", "publisheddispute.measure", "publishedsource.source",
        "publishedsubject.subject", "publishedanchor.claim", "publishedclaim.claim",
        "borrowedrow.claim",
        "partyname.party", "sourcetitle.source", "subjecttitle.subject",
        "reviewevent.claim", "comment.claim",
        "queueentry.claim",  # drawn from the log when an act ends
    }  # fmt: skip
    found = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("claims").get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model in MODELS.values()
    }
    moved = {
        f"{link.model._meta.model_name}.{link.column.removesuffix('_id')}"
        for links in LINKS.values()
        for link in links
    }
    assert found == moved | stays
    assert set(LINKS) == set(MODELS) == set(MergedNoun.values)


def used(noun: str) -> list[Any]:
    """Each way in which a person may still try to use a merged row."""
    signed = {"by": make.contributor(), "reason": "Needed."}
    chief = {"by": make.chief(), "reason": "Needed."}
    claim, party = make.claim(), make.claim("party")
    row = make.figure(claim, 5)
    speaks = [{"role": "speaker", "mode": "said"}]
    return {
        "party": [
            lambda old: edit_party(party=old, name="Other", **signed),
            lambda old: add_source(title="Report", publisher=old, **signed),
            lambda old: add_subject(title="S", kind="event", belligerents=[(old, "")], **signed),
            lambda old: change_assertion(
                assertion=row, attributions=[{"party": old, **speaks[0]}], **signed
            ),
            lambda old: make.figure(party, parties=[old]),
        ],
        "source": [
            lambda old: edit_source(source=old, title="Other", **signed),
            lambda old: rate_source(source=old, reliability="A", **chief),
            lambda old: withdraw_source(source=old, **chief),
            lambda old: add_assertion(claim=claim, source=old, point=7, **signed),
        ],
        "subject": [
            lambda old: edit_subject(subject=old, title="Other", **signed),
            lambda old: add_subject(title="Below", kind="event", parent=old, **signed),
            lambda old: draft_claim(question="How many?", subject=old, measure=measure(), **signed),
        ],
        "measure": [
            lambda old: edit_measure(measure=old, label="Other", **signed),
            lambda old: edit_claim(claim=make.claim(), measure=old, **signed),
        ],
    }[noun]


MAKERS = {
    "party": make.party,
    "source": make.source,
    "subject": make.subject,
    "measure": measure,
}


@pytest.mark.parametrize("noun", MAKERS)
def test_nobody_goes_on_using_a_merged_row(noun, subtests):
    maker = MAKERS[noun]
    old, new = maker(), maker()
    merged(noun, old, new)
    for number, use in enumerate(used(noun)):
        with subtests.test(number=number), pytest.raises(TransitionError, match="was merged into"):
            use(old)


def test_rows_are_what_they_were():
    """The merged row itself stays as it is."""
    for noun, maker in MAKERS.items():
        old, new = maker(), maker()
        before = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields}
        merged(noun, old, new)
        old.refresh_from_db()
        after = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields}
        assert before == after
    assert {Party, Source, Subject, Measure} < set(MODELS.values())
