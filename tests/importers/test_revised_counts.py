"""A count that the text says was revised is superseded by the one that took its place."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from claims.choices import AssertionStatus
from claims.importers.articles import ImportedArticle, import_text
from claims.models import Assertion, Claim, Dispute
from claims.workflow.evidence import supersede_assertion
from tests import factories as make

pytestmark = pytest.mark.django_db

CRUSH = """= Crush of Arden =

On 4 May 1987 there was a crush in Arden. At first 102 people were dead; \
this was later corrected to 94.
"""
GREW = f"{CRUSH}\nThe union said that 97 people had died.\n"


def take_in(text: str) -> ImportedArticle:
    return import_text(text, by=make.contributor())


def counts() -> dict[int, Assertion]:
    return {int(row.point): row for row in Assertion.objects.exclude(point=None)}


def test_the_earlier_count_is_superseded_and_opens_no_dispute():
    take_in(CRUSH)

    found = counts()
    assert found[102].status == AssertionStatus.SUPERSEDED
    assert found[102].status_reason.startswith("Imported from the article")
    assert (found[94].status, found[94].supersedes) == (AssertionStatus.LIVE, found[102])
    assert found[94].claim == found[102].claim
    assert not Dispute.objects.exists()
    call_command("verify_history")


def test_the_rows_are_those_that_superseding_by_hand_leaves():
    take_in(CRUSH)
    found = counts()
    old = make.figure(make.claim(), 102)
    by_hand = supersede_assertion(
        assertion=old, by=make.contributor(), reason="r", point=94, citation_needed=True
    )

    old.refresh_from_db()
    for mine, theirs in ((found[102], old), (found[94], by_hand)):
        assert (mine.status, mine.is_live) == (theirs.status, theirs.is_live)
        assert bool(mine.status_reason) == bool(theirs.status_reason)
        assert (mine.supersedes is None) == (theirs.supersedes is None)


def test_importing_again_adds_nothing():
    take_in(CRUSH)
    before = Assertion.objects.count()

    assert take_in(CRUSH).assertions == 0
    assert Assertion.objects.count() == before


def test_a_rival_of_the_later_count_is_in_dispute_with_that_alone():
    take_in(GREW.replace("; this", ", the army said; this"))

    for dispute in Dispute.objects.all():
        assert counts()[102] not in dispute.assertions.all()


def test_a_changed_article_supersedes_what_the_desk_has_already():
    first = CRUSH.replace("; this was later corrected to 94", "")
    take_in(first)
    claim = Claim.objects.get()

    take_in(CRUSH)

    found = counts()
    assert found[102].status == AssertionStatus.SUPERSEDED
    assert found[94].supersedes == found[102]
    assert Claim.objects.get() == claim
