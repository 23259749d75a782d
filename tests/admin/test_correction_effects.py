"""The page of a correction tells what changes in claims that count otherwise."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Correction
from claims.workflow.review import submit_claim
from claims.workflow.sources import withdraw_source
from tests import factories as make

pytestmark = pytest.mark.django_db


def review_of(item: Correction) -> str:
    return reverse("admin:claims_correction_review", args=[item.pk])


def withdrawn(*points: int) -> Correction:
    """A source taken back that as many claims cite, beside another that says 60."""
    source = make.source("Forged report")
    for point in points:
        claim = make.claim()
        make.figure(claim, 60)
        make.figure(claim, point, source=source)
        make.approve(claim)
    withdraw_source(source=source, by=make.chief(), reason="Forged.")
    return Correction.objects.get()


def test_the_page_groups_and_counts_what_changes_in_claims_that_count_otherwise(
    editor: Client,
) -> None:
    item = withdrawn(97, 98, 60)

    page = editor.get(review_of(item))

    text = page.content.decode()
    told = [(group.told, len(group.effects)) for group in page.context["groups"]]
    assert told == [
        ("disputed becomes single origin; dispute: moot", 2),
        ("corroborated becomes single origin", 1),
    ]
    for words in ("withdrawn on", "Forged."):
        assert words in text
    headlines = [one.headline for group in page.context["groups"] for one in group.effects]
    changed = [[member.label for member in one.members if member.changed] for one in headlines]
    assert [("range" in names, "disputes" in names) for names in changed] == [
        (True, True),
        (True, True),
        (False, False),
    ]
    assert page.context["apart"] == []


def test_the_page_names_the_claims_that_are_reviewed_by_themselves_and_why(editor: Client) -> None:
    item = withdrawn(97, 98)
    claim = Claim.objects.order_by("pk")[0]
    make.figure(claim, 61)

    page = editor.get(review_of(item))

    assert [(one.pk, str(why)) for one, why in page.context["apart"]] == [
        (claim.pk, "something else of it waits, too")
    ]
    assert "1 claim is reviewed by itself" in page.content.decode()


def test_claims_that_are_decided_with_a_row_stand_once_in_the_queue(editor: Client) -> None:
    withdrawn(97, 98)
    queue = "/admin/claims/claim/?queue=review"
    assert editor.get(queue).context["cl"].result_count == 0

    claim = Claim.objects.order_by("pk")[0]
    make.figure(claim, 61)
    submit_claim(claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), reason="Ready.")

    assert [one.pk for one in editor.get(queue).context["cl"].result_list] == [claim.pk]


def test_the_page_of_a_withdrawal_costs_the_same_for_one_claim_and_for_nine(editor: Client) -> None:
    first, few, many = [], [], []  # at the first nothing else waits yet
    for found, points in ((first, (97,)), (few, (97,)), (many, range(91, 100))):
        source = make.source("Forged report")
        for point in points:
            claim = make.claim()
            make.figure(claim, 60)
            make.figure(claim, point, source=source)
            make.approve(claim)
        withdraw_source(source=source, by=make.chief(), reason="Forged.")
        item = Correction.objects.get(number=source.pk)
        with CaptureQueriesContext(connection) as asked:
            editor.get(review_of(item))
        found.append(len(asked))
    assert few == many
