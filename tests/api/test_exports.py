"""Whole files over HTTP: streamed, checkable, and told where they are."""

from __future__ import annotations

import hashlib

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def test_every_listed_file_can_be_downloaded(client: Client, get, disputed) -> None:
    for row in get("exports/")["results"]:
        response = client.get(row["url"])
        assert isinstance(response, StreamingHttpResponse)
        assert response["Content-Type"] == row["media_type"]
        assert response["Content-Disposition"] == f'attachment; filename="{row["name"]}"'
        assert response.getvalue()


@pytest.mark.parametrize("query", ["", "?contention=disputed", "?for=excel"])
def test_a_manifest_tells_rows_bytes_and_hash_of_the_file(
    client: Client, get, disputed, settled, query: str
) -> None:
    response = client.get(f"/api/v1/exports/claims.csv{query}")
    body = response.getvalue()
    address = response["Link"].removesuffix('>; rel="describedby"').removeprefix("<")
    assert address == f"/api/v1/exports/claims.csv/manifest/{query}"
    manifest = client.get(address).json()
    assert manifest["sha256"] == hashlib.sha256(body).hexdigest()
    assert manifest["bytes"] == len(body)
    assert manifest["count"] == body.count(b"\r\n") - 1
    assert manifest["sequence"] == settled.sequence


def test_a_manifest_follows_what_is_published(client: Client, get, disputed) -> None:
    assert get("exports/claims.csv/manifest/")["count"] == 2
    factories.published_claim(7)
    assert get("exports/claims.csv/manifest/")["count"] == 3


def test_an_export_holds_the_claims_asked_for(client: Client, disputed, settled) -> None:
    body = client.get("/api/v1/exports/claims.ndjson?contention=disputed").getvalue().decode()
    first, end, rest = body.split("\n")
    assert (first, rest) == (disputed.payload, "")
    assert '"count":1' in end
    assert client.get("/api/v1/exports/claims.ndjson?contention=disputd").status_code == 400


def test_the_data_package_describes_the_columns_of_the_file(client: Client, get, disputed) -> None:
    (resource,) = get("exports/datapackage.json")["resources"]
    header = client.get(f"/api/v1/exports/{resource['path']}").getvalue().decode().split("\r\n")[0]
    assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")
