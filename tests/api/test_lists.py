"""Lists: stored texts in an envelope, keyset pages, few queries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import ClaimVersion
from tests import factories
from tests.kept import undone_after

pytestmark = pytest.mark.django_db
LISTS = ["claims", "figures", "disputes", "sources", "subjects", "articles", "changes"]


def test_a_list_holds_the_stored_documents_byte_for_byte(client: Client, disputed) -> None:
    body = client.get("/api/v1/claims/").content.decode()
    assert body.startswith('{"results":[' + disputed.payload + '],"meta":')


def test_an_envelope_tells_count_sequence_and_links(get, disputed, settled) -> None:
    page = get("claims/?limit=1")
    assert page["meta"] == {"count": 1, "limit": 1, "sort": "ref", "sequence": settled.sequence}
    assert page["links"]["self"] == "/api/v1/claims/?limit=1"
    assert page["links"]["next"].startswith("/api/v1/claims/?limit=1&cursor=")


def test_the_link_header_leads_to_the_next_page(client: Client, disputed, settled) -> None:
    response = client.get("/api/v1/claims/?limit=1")
    assert response["Link"] == f'<{response.json()["links"]["next"]}>; rel="next"'
    assert "Link" not in client.get("/api/v1/claims/")


@pytest.mark.parametrize("sort", ["ref", "-ref", "updated", "-updated", "spread", "-spread"])
def test_pages_of_one_give_every_row_once_in_order(client: Client, sort: str) -> None:
    for points in [(60, 97), (10, 30), (10, 30), (5, 6), (1, 2)]:
        factories.published_claim(*points)
    whole = [row["ref"] for row in client.get(f"/api/v1/claims/?sort={sort}").json()["results"]]
    seen, address = [], f"/api/v1/claims/?sort={sort}&limit=1"
    while address:
        page = client.get(address).json()
        seen += [row["ref"] for row in page["results"]]
        address = page["links"]["next"]
    assert seen == whole
    assert len(set(seen)) == 5


def test_sorting_by_spread_ends_ties_by_ref_and_says_what_it_leaves_out(get) -> None:
    narrow, wide = factories.published_claim(10, 11), factories.published_claim(10, 99)
    factories.published_claim(400)
    first, second = ClaimVersion.objects.get(pk=wide.pk), ClaimVersion.objects.get(pk=narrow.pk)
    page = get("claims/?sort=-spread")
    found = [row["ref"] for row in page["results"]]
    assert found[:2] == [f"C{first.claim_id}", f"C{second.claim_id}"]
    assert "two figures" in page["meta"]["sort_leaves_out"]


def test_a_page_after_the_last_row_was_published_again_still_continues(client: Client) -> None:
    for _ in range(3):
        factories.published_claim(60, 97)
    following = client.get("/api/v1/claims/?limit=2").json()["links"]["next"]
    factories.published_claim(1)
    assert len(client.get(following).json()["results"]) == 2


def test_numbers_in_answers_are_exact(get) -> None:
    kilometres = factories.measure(slug="distance", is_count=False)
    factories.published_claim("0.1", measure=kilometres, unit="km")
    (row,) = get("figures/")["results"]
    assert row["point"] == Decimal("0.1")


def test_total_is_counted_only_when_asked(get, disputed, settled) -> None:
    assert "total" not in get("claims/?limit=1")["meta"]
    assert get("claims/?limit=1&include=total")["meta"]["total"] == 2


def test_fields_trims_each_row(get, disputed) -> None:
    (row,) = get("claims/?fields=range,ref")["results"]
    assert list(row) == ["ref", "range"]
    assert (row["range"]["low"], row["range"]["high"]) == (60, 97)


@pytest.fixture(scope="module")
def statements(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[list[str]]]:
    """The SQL statements of each list, first with one row, then with nine."""
    found: dict[str, list[list[str]]] = {name: [] for name in LISTS}
    with undone_after(django_db_blocker):
        for more in (1, 8):
            for _ in range(more):
                factories.published_claim(60, 97)
                factories.article()
            for name in LISTS:
                cache.clear()
                with CaptureQueriesContext(connection) as queries:
                    assert Client().get(f"/api/v1/{name}/").json()["results"]
                found[name].append([query["sql"] for query in queries])
    return found


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_two_queries_for_one_row_or_nine(
    statements: dict[str, list[list[str]]], name: str
) -> None:
    one, nine = statements[name]
    assert len(one) <= 2, one
    assert len(nine) <= 2, nine


def test_an_empty_newspaper_has_empty_lists(get) -> None:
    for name in LISTS:
        assert get(f"{name}/")["results"] == []


@pytest.mark.parametrize("limit", [1, 200])
def test_limits_within_bounds_are_taken(get, limit: int) -> None:
    assert get(f"claims/?limit={limit}")["meta"]["limit"] == limit


@pytest.mark.parametrize("limit", ["0", "201", "-1", "ten", "1.5", "9" * 400, ""])
def test_limits_out_of_bounds_are_refused(get, limit: str) -> None:
    assert get(f"claims/?limit={limit}", 400)["parameter"] == "limit"
