"""ClaimReview: who said what and where it appeared; nothing rated."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from claims.domain.documents import read_document
from claims.exporters.claim_review import claim_review
from claims.exporters.prov import prov_document
from tests import factories
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def review_of(claim) -> dict:
    return claim_review(read_document(factories.approve(claim).payload))


@made_once
def review() -> dict:
    """The review of a claim with two speakers, one of them in a newspaper."""
    claim = factories.claim(question="How many fell?", subject=factories.subject("Aguelhok"))
    paper = factories.source(
        "Minister speaks",
        csl_type="article-newspaper",
        url="https://news.example.org/1",
        url_status="live",
        issued="2012-02-13",
        publisher=factories.party("RFI", "outlet"),
    )
    factories.figure(claim, 60, speaker=factories.party("A minister"), source=paper, quote="60")
    factories.figure(claim, 97, speaker=factories.party("The army", "government"))
    return review_of(claim)


def test_a_review_names_claim_speakers_and_sources(review) -> None:
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "“How many fell?” is answered: 60 to 97."
    item = review["itemReviewed"]
    assert [(one["@type"], one["name"]) for one in item["author"]] == [
        ("Person", "A minister"),
        ("Organization", "The army"),
    ]
    assert item["about"] == {"@type": "Event", "name": "Aguelhok"}
    assert len(review["citation"]) == 2


def test_each_statement_is_an_appearance_in_its_source(review) -> None:
    first = review["itemReviewed"]["appearance"][0]
    assert first == {
        "@type": "NewsArticle",
        "name": "Minister speaks",
        "url": "https://news.example.org/1",
        "datePublished": "2012-02-13",
        "publisher": {"@type": "Organization", "name": "RFI"},
        "abstract": "A minister: 60",
        "text": "60",
    } | ({"inLanguage": first["inLanguage"]} if "inLanguage" in first else {})


def test_nothing_is_rated_true_or_false(review) -> None:
    rating = review["reviewRating"]
    assert not {"ratingValue", "bestRating", "worstRating"} & set(rating)
    assert rating["alternateName"] == "Disputed"


def test_empty_members_are_left_out(db: None) -> None:
    claim = factories.claim()
    factories.figure(claim, 60, citation_needed=True)
    review = review_of(claim)
    assert "citation" not in review
    assert "appearance" not in review["itemReviewed"]


def test_the_place_of_an_event_is_a_place(db: None) -> None:
    war = factories.subject(kind="conflict", country="ML")
    event = factories.subject(
        "Second capture",
        parent=war,
        place="Aguelhok, Kidal Region",
        latitude="19.465",
        longitude="0.856",
        wikidata_id="Q1",
    )
    claim = factories.claim(subject=event)
    factories.figure(claim, 60)
    about = review_of(claim)["itemReviewed"]["about"]
    assert about == {
        "@type": "Event",
        "name": "Second capture",
        "sameAs": "http://www.wikidata.org/entity/Q1",
        "location": {
            "@type": "Place",
            "name": "Aguelhok, Kidal Region",
            "address": {"@type": "PostalAddress", "addressCountry": "ML"},
            "geo": {"@type": "GeoCoordinates", "latitude": Decimal("19.465"),
                    "longitude": Decimal("0.856")},
        },
    }  # fmt: skip


def test_a_place_is_a_place_itself(db: None) -> None:
    claim = factories.claim(subject=factories.subject("Gao", kind="place", country="ML"))
    factories.figure(claim, 60)
    assert review_of(claim)["itemReviewed"]["about"] == {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressCountry": "ML"},
        "name": "Gao",
    }


# A date as the source has it, and what readers that know no EDTF are told.
DATES = {
    "2012-02-13": "2012-02-13",
    "2012-02": "2012-02",
    "2012": "2012",
    **dict.fromkeys(
        ("2012-02~", "2012-21", "201X", "2012-02/2012-03", "2012-02?", "2012%", "2012-XX", "20XX",
         "[2012,2013]", "../2012-02", "2012-01-2X", "2012-02-13~", ""), ""
    ),
}  # fmt: skip
DATED = re.compile("date|issued|created|time", re.IGNORECASE)
ISO = re.compile(r"\d{4}(-\d\d){0,2}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def dates_in(value: object, name: str = "") -> list[str]:
    """Every text under a name that is one of a date, at any depth."""
    if isinstance(value, dict):
        return [date for key, inner in value.items() for date in dates_in(inner, key)]
    if isinstance(value, list):
        return [date for inner in value for date in dates_in(inner, name)]
    return [value] if isinstance(value, str) and DATED.search(name) else []


@pytest.mark.parametrize(("issued", "told"), DATES.items())
def test_dates_are_iso_8601_or_absent(db: None, issued: str, told: str) -> None:
    claim = factories.claim("date", subject=factories.subject(when=issued), as_of=issued)
    source = factories.source(issued=issued)
    factories.figure(claim, edtf=issued or "2012", asserted_on=issued, source=source)
    document = read_document(factories.approve(claim).payload)
    review = claim_review(document)
    assert review["citation"][0].get("datePublished", "") == told
    assert review["itemReviewed"]["appearance"][0].get("datePublished", "") == told
    graph = prov_document(document)
    assert graph["entity"][f"fb:sources/{source.ref}/"].get("dcterms:issued", "") == told
    for found in (review, graph):
        assert dates_in(found)
        assert [date for date in dates_in(found) if not ISO.fullmatch(date)] == []
