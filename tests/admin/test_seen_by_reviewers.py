"""What reviewers find besides the change: what else cites a source, its address, what is next."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Correction, Source
from claims.workflow.evidence import withdraw_assertion
from claims.workflow.sources import edit_source
from tests import factories as make

pytestmark = pytest.mark.django_db


def review(client: Client, claim: Claim) -> Any:
    return client.get(reverse("admin:claims_claim_review", args=[claim.pk]))


def citing(page: Any) -> list[tuple[str, list[str], bool]]:
    return [
        (one.source.ref, [claim.ref for claim in one.claims], one.more)
        for one in page.context["citing"]
    ]


def cited_by(source: Source, count: int) -> list[Claim]:
    claims = [make.claim() for _ in range(count)]
    for claim in claims:
        make.figure(claim, 5, source=source)
        make.figure(claim, 6, source=source)
    return claims


def test_the_review_page_names_the_other_claims_of_each_source(editor: Client) -> None:
    shared, alone = make.source("Shared"), make.source("Alone")
    claim = make.claim()
    make.figure(claim, 5, source=shared)
    make.figure(claim, 6, source=alone)
    first, second = cited_by(shared, 2)
    gone = make.claim()
    withdraw_assertion(
        assertion=make.figure(gone, 9, source=shared), by=make.editor(), reason="A slip."
    )
    page = review(editor, claim)
    assert citing(page) == [
        (shared.ref, [first.ref, second.ref], False),
        (alone.ref, [], False),
    ]
    text = page.content.decode()
    assert reverse("admin:claims_claim_change", args=[second.pk]) in text
    assert "no other claim" in text


def test_a_source_that_many_cite_says_that_there_are_more(editor: Client) -> None:
    source = make.source()
    claim = make.claim()
    make.figure(claim, 5, source=source)
    others = cited_by(source, 6)
    assert citing(review(editor, claim)) == [(source.ref, [one.ref for one in others[:4]], True)]


def test_the_page_costs_the_same_for_one_source_or_nine(editor: Client) -> None:
    counts = []
    for many in (1, 9):
        claim = make.claim()
        for number in range(many):
            source = make.source(f"S{many}-{number}")
            make.figure(claim, 5, source=source)
            cited_by(source, 1)
        review(editor, claim)
        with CaptureQueriesContext(connection) as asked:
            review(editor, claim)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_addresses_are_links_on_the_forms_of_source_and_figure(contributor: Client) -> None:
    source = make.source("Report", url="https://a.example/r?x=1&y=2", url_status="live",
                         archive_url="https://archive.example/r", doi="10.1000/a b")  # fmt: skip
    figure = make.figure(make.claim(), 5, source=source)
    for row in (source, figure):
        page = contributor.get(
            reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])
        )
        text = page.content.decode()
        for address in (
            "https://a.example/r?x=1&amp;y=2", "https://archive.example/r",
            "https://doi.org/10.1000/a%20b",
        ):  # fmt: skip
            assert f'<a href="{address}" rel="noopener noreferrer">' in text
    none = contributor.get(reverse("admin:claims_source_change", args=[make.source().pk]))
    assert none.context["addresses"] == []


def test_pages_say_what_becomes_public_and_who_may(editor: Client, contributor: Client) -> None:
    claim = make.submitted_claim(97)
    told = "Whoever wrote a part of it may not."
    assert told in review(editor, claim).content.decode()
    assert told not in review(contributor, claim).content.decode()  # who does not decide
    make.approve(claim)
    claim.refresh_from_db()
    assert "An edit changes nothing for them before" in review(editor, claim).content.decode()
    draft = make.claim()
    make.figure(draft, 5)
    page = contributor.get(reverse("admin:claims_claim_accept", args=[draft.pk]))
    assert "Accepting publishes nothing" in page.content.decode()


def test_what_waits_leads_to_the_next_of_its_kind(editor: Client) -> None:
    one, other = make.published_claim(5).claim, make.published_claim(6).claim
    for claim in (one, other):
        source = claim.assertions.get().source
        assert source is not None
        edit_source(source=source, by=make.contributor(), reason="A slip.", title=f"New {claim.pk}")
    first, second = Correction.objects.waiting().order_by("pk")
    for here, there in ((first, second), (second, first)):
        page = editor.get(reverse("admin:claims_correction_review", args=[here.pk]))
        address = reverse("admin:claims_correction_review", args=[there.pk])
        assert page.context["next"]["url"] == address
        assert f'rel="next" href="{address}"' in page.content.decode()


def test_texts_and_disputes_lead_to_the_next_one(editor: Client) -> None:
    waits = [make.article(f"Flood {number}", approved=False) for number in range(2)]
    disputes = [make.published_claim(60, 97).claim.disputes.get() for _ in range(2)]
    asked = [("articlerevision_approve", waits), ("dispute_change", disputes)]
    for name, rows in asked:
        for here, there in zip(rows, reversed(rows), strict=True):
            page = editor.get(reverse(f"admin:claims_{name}", args=[here.pk]))
            address = reverse(f"admin:claims_{name}", args=[there.pk])
            assert f'rel="next" href="{address}"' in page.content.decode(), name


def test_the_last_one_leads_nowhere(editor: Client) -> None:
    dispute = make.published_claim(60, 97).claim.disputes.get()
    page = editor.get(reverse("admin:claims_dispute_change", args=[dispute.pk]))
    assert page.context["next"] is None
