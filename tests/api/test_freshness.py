"""Conditional requests: a held copy costs one query, a stale one is replaced."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db
LISTS = ["claims/", "figures/", "disputes/", "sources/", "subjects/", "changes/", "stats/"]
MORE = ["search/?q=event", "exports/", "exports/claims.ndjson", "exports/datapackage.json"]


@pytest.mark.parametrize("address", [*LISTS, *MORE, "articles/"])
def test_a_held_list_is_not_sent_again_until_something_is_published(
    client: Client, disputed, address: str
) -> None:
    factories.article()
    first = client.get(f"/api/v1/{address}")
    held = {"If-None-Match": first["ETag"]}
    with CaptureQueriesContext(connection) as queries:
        second = client.get(f"/api/v1/{address}", headers=held)
    assert (second.status_code, second.getvalue(), second["ETag"]) == (304, b"", first["ETag"])
    assert len(queries) <= 1
    factories.published_claim(60, 97)
    assert client.get(f"/api/v1/{address}", headers=held).status_code == 200


def test_articles_are_sent_again_when_a_revision_is_approved(client: Client, db: None) -> None:
    held = {"If-None-Match": client.get("/api/v1/articles/")["ETag"]}
    assert client.get("/api/v1/articles/", headers=held).status_code == 304
    factories.article()
    assert client.get("/api/v1/articles/", headers=held).status_code == 200


@pytest.mark.parametrize("noun", ["claims", "figures", "disputes", "sources", "subjects"])
def test_a_held_document_is_not_sent_again(client: Client, disputed, noun: str) -> None:
    row = client.get(f"/api/v1/{noun}/").json()["results"][0]
    address = f"/api/v1/{noun}/{row.get('ref') or row['figure_ref']}/"
    tag = client.get(address)["ETag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, headers={"If-None-Match": held})
        assert (response.status_code, response.content) == (304, b"")
        assert len(queries) == 1
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_another_claim_does_not_make_a_held_claim_stale(client: Client, disputed) -> None:
    address = f"/api/v1/claims/C{disputed.claim_id}/"
    tag = client.get(address)["ETag"]
    factories.published_claim(7)
    assert client.get(address)["ETag"] == tag


def test_each_representation_has_a_tag_of_its_own(client: Client, disputed) -> None:
    address = f"/api/v1/claims/C{disputed.claim_id}/"
    queries = ["", "?format=csv", "?format=csv&for=excel", "?format=jsonld", "?fields=ref"]
    tags = {client.get(f"{address}{query}")["ETag"] for query in queries}
    assert len(tags) == len(queries)
    assert all(tag.startswith('"') for tag in tags)


def test_a_bad_parameter_is_refused_before_freshness(client: Client, disputed) -> None:
    response = client.get("/api/v1/claims/?nonsense=1", headers={"If-None-Match": "*"})
    assert response.status_code == 400
