"""Counts by group, and a search for words, numbers and ranges."""

from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_claims_and_figures_are_counted_by_group(get, disputed, settled) -> None:
    assert get("stats/")["results"] == [
        {"contention": "disputed", "claims": 1, "figures": 2, "live_figures": 2},
        {"contention": "single_origin", "claims": 1, "figures": 1, "live_figures": 1},
    ]


def test_groups_are_combined_in_the_order_asked(get, disputed, settled) -> None:
    rows = get("stats/?group_by=measure&group_by=subject&contention=disputed")["results"]
    assert rows == [
        {
            "measure": "quantity-measured",
            "subject": f"T{disputed.subject_id}",
            "claims": 1,
            "figures": 2,
            "live_figures": 2,
        }
    ]


def test_groups_by_year_of_the_event(get) -> None:
    factories.published_claim(60, subject=factories.subject(when="2012-01-24"))
    factories.published_claim(60)
    assert [row["year"] for row in get("stats/?group_by=year")["results"]] in (
        [None, 2012],
        [2012, None],
    )


def test_words_find_claims_sources_and_subjects(get) -> None:
    claim = factories.claim(
        question="How many fell at Aguelhok?", subject=factories.subject("Aguelhok, 2012")
    )
    factories.figure(claim, 60, source=factories.source("RFI on Aguelhok"))
    factories.approve(claim)
    hits = get("search/?q=aguelhok")["results"]
    assert [hit["type"] for hit in hits] == ["claim", "figure", "source", "subject"]
    assert (hits[0]["ref"], hits[0]["url"]) == (claim.ref, f"/claims/{claim.ref}/")


@pytest.mark.parametrize(("query", "count"), [("97", 1), ("60..100", 2), ("61..100", 1), ("5", 0)])
def test_numbers_and_ranges_find_figures(get, disputed, query: str, count: int) -> None:
    hits = [hit for hit in get(f"search/?q={query}")["results"] if hit["type"] == "figure"]
    assert len(hits) == count
    assert all(hit["url"] == f"/claims/C{disputed.claim_id}/" for hit in hits)


def test_a_search_needs_words(get) -> None:
    assert get("search/", 400)["parameter"] == "q"
