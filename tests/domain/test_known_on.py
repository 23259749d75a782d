"""What a document says of a day: from the dates of its sources, and from nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from claims.domain.document_format import read_claim
from claims.domain.known_on import document_known_on, known_by
from claims.domain.published import ClaimDocument
from claims.domain.recheck import misstatements
from claims.models import Assertion, Claim
from claims.workflow.disputes import resolve_dispute
from claims.workflow.evidence import supersede_assertion, withdraw_assertion
from claims.workflow.sources import withdraw_source
from tests import factories as make

DAY = dt.date(2012, 2, 13)


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("2012-02-13", "known"),
        ("2012-02-14", "later"),
        ("2012-02", "perhaps"),
        ("2012-01", "known"),
        ("2012-03", "later"),
        ("2012", "perhaps"),
        ("../2012-01", "known"),
        ("../2012-07", "perhaps"),
        ("2012-01/..", "perhaps"),
        ("2012-03/..", "later"),
        ("[2012-01,2012-03]", "perhaps"),
        ("..", "undated"),
        ("", "undated"),
        ("last spring", "undated"),
    ],
)
def test_a_date_tells_whether_a_day_knew_of_it(date: str, found: str) -> None:
    assert known_by(date, DAY) == found


def published(claim: Claim) -> ClaimDocument:
    return read_claim(make.approve(claim).payload)


def said(claim: Claim, point: int, on: str = "", issued: str = "", **fields: Any) -> Assertion:
    source = make.source(issued=issued)
    return make.figure(claim, point, asserted_on=on, source=source, **fields)


def on(document: ClaimDocument, day: str) -> ClaimDocument:
    """The document of a day; whatever the day, what it derives follows from its figures."""
    then = document_known_on(document, dt.date.fromisoformat(day))
    assert list(misstatements(then)) == []
    return then


@pytest.mark.django_db
class TestDocuments:
    def test_later_statements_are_left_out_and_the_sums_done_again(self) -> None:
        claim = make.claim()
        first = said(claim, 60, on="2012-02-13")
        second = said(claim, 97, issued="2012-03-02")
        document = published(claim)
        assert (document["contention"], document["severity"]) == ("disputed", "major")
        then = on(document, "2012-03-01")
        assert [one["ref"] for one in then["figures"]] == [first.ref]
        assert (then["contention"], then["severity"]) == ("single_origin", "")
        assert (then["range"]["low"], then["range"]["high"], then["best"]["value"]) == (60, 60, 60)
        assert then["disputes"] == []
        assert [one["ref"] for one in then["sources"]] == [first.source.ref]
        assert then["summary"].startswith("1 statement, 1 figure, 60")
        assert then["known_on"] == {
            "day": "2012-03-01",
            "known": 1,
            "perhaps_known": [],
            "left_out_later": [second.ref],
            "left_out_undated": [],
            "from_version": 1,
            "from_sha256": document["sha256"],
        }
        assert (then["sha256"], then["previous_sha256"]) == ("", "")
        assert document["figures"][0]["ref"] == first.ref, "the document given stays as it was"

    def test_a_statement_has_its_own_date_before_its_sources(self) -> None:
        claim = make.claim()
        said(claim, 60, on="2012-02-13", issued="2012-06-01")
        assert on(published(claim), "2012-03-01")["known_on"]["known"] == 1

    def test_what_has_no_date_is_left_out_and_counted(self) -> None:
        claim = make.claim()
        said(claim, 60, on="2012-02-13")
        undated = said(claim, 97)
        voice = make.figure(claim, 98, citation_needed=True)
        then = on(published(claim), "2025-01-01")
        assert then["known_on"]["left_out_undated"] == [undated.ref, voice.ref]
        assert then["contention"] == "single_origin"

    def test_a_statement_that_was_superseded_later_stood(self) -> None:
        claim = make.claim()
        old = said(claim, 60, on="2012-02-13")
        new = supersede_assertion(
            assertion=old,
            by=make.contributor(),
            reason="They say more now.",
            point=97,
            asserted_on="2012-06-01",
            source=old.source,
            attributions=[{"party": old.attributions.get().party, "role": "speaker",
                           "mode": "said"}],
        )  # fmt: skip
        document = published(claim)
        then = on(document, "2012-03-01")
        (only,) = then["figures"]
        assert (only["status"], only["status_reason"], then["best"]["value"]) == ("live", "", 60)
        later = on(document, "2012-06-01")
        assert {one["ref"]: one["status"] for one in later["figures"]} == {
            old.ref: "superseded",
            new.ref: "live",
        }

    def test_a_statement_withdrawn_by_editors_stays_withdrawn(self) -> None:
        claim = make.claim()
        said(claim, 60, on="2012-02-13")
        wrong = said(claim, 97, on="2012-02-13")
        withdraw_assertion(assertion=wrong, by=make.contributor(), reason="Misread.")
        then = on(published(claim), "2012-03-01")
        assert [one["status"] for one in then["figures"]] == ["live", "withdrawn"]

    def test_a_source_that_was_withdrawn_later_counts(self) -> None:
        claim = make.claim()
        said(claim, 60, on="2012-02-13")
        figure = said(claim, 97, on="2012-02-14")
        make.approve(claim)
        assert figure.source is not None
        withdraw_source(
            source=figure.source,
            by=make.chief(),
            reason="Made up.",
            now=dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC),
        )
        document = published(Claim.objects.get(pk=claim.pk))
        assert document["contention"] == "single_origin"
        assert on(document, "2030-04-30")["contention"] == "disputed"
        assert on(document, "2030-05-01")["contention"] == "single_origin"

    def test_a_decision_speaks_while_nothing_later_was_weighed_in_it(self) -> None:
        claim = make.claim()
        said(claim, 60, on="2012-02-13")
        said(claim, 97, on="2012-02-14")
        said(claim, 99, on="2012-06-01")
        make.figure(claim, 98, citation_needed=True)
        make.approve(claim)
        resolve_dispute(
            dispute=claim.disputes.get(),
            by=make.second_editor(),
            reason="Compared.",
            outcome="range_stands",
            rationale="Both are plausible.",
        )
        document = published(Claim.objects.get(pk=claim.pk))
        assert document["contention"] == "resolved"
        assert on(document, "2012-07-01")["contention"] == "resolved"
        earlier = on(document, "2012-03-01")
        (case,) = earlier["disputes"]
        assert (earlier["contention"], case["state"], case["rationale"]) == ("disputed", "open", "")
        assert len(case["figures"]) == 2
        assert on(document, "2012-02-13")["disputes"] == []

    def test_before_anything_was_said_nothing_is_known(self) -> None:
        claim = make.claim()
        said(claim, 60, on="2012-02-13")
        then = on(published(claim), "2012-01-01")
        assert (then["figures"], then["sources"], then["range"]) == ([], [], None)
        assert then["contention"] == "unsourced"
