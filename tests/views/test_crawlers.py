"""What search engines are told."""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains

from claims.views import crawlers
from tests import factories as make
from tests.world import build_world

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


def addresses(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    found = [one.text or "" for one in ET.fromstring(answer.content).iter(LOC)]
    assert all(one.startswith("http://testserver/") for one in found)
    return [urlsplit(one).path for one in found]


def mapped(client: Client) -> list[str]:
    return [page for part in addresses(client, "/sitemap.xml") for page in addresses(client, part)]


def test_robots_names_the_map_and_keeps_filters_out(client: Client) -> None:
    answer = client.get("/robots.txt")
    assertContains(answer, "Sitemap: http://testserver/sitemap.xml")
    assertContains(answer, "Disallow: /*?*")


def test_the_map_of_an_empty_site_has_its_main_pages(client: Client) -> None:
    assert mapped(client) == [
        "/",
        "/articles/",
        "/claims/",
        "/sources/",
        "/places/",
        "/disputes/",
        "/changes/",
        "/corrections/",
        "/about/data/",
    ]


def test_every_page_on_the_map_is_there_and_no_other_claim(client: Client) -> None:
    build_world()
    make.submitted_claim(7)
    found = mapped(client)
    assert len(found) == len(set(found))
    assert {client.get(page).status_code for page in found} == {200}
    public = {f"/claims/C{one.claim_id}/" for one in crawlers.SHELVES["claims"].rows()}
    assert {page for page in found if page.startswith("/claims/C")} == public
    for kind in ("articles", "disputes", "sources", "subjects"):
        assert any(page.startswith(f"/{kind}/") and page != f"/{kind}/" for page in found), kind


def test_rows_lie_in_the_part_of_their_number(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = sorted(make.published_claim(one).claim_id for one in (5, 6, 7))
    monkeypatch.setattr(crawlers, "NUMBERS", 2)
    parts = [one for one in addresses(client, "/sitemap.xml") if one.startswith("/sitemap-claims")]
    assert [addresses(client, part) for part in parts] == [
        [f"/claims/C{one}/" for one in numbers if one // 2 == part]
        for part in range(numbers[-1] // 2 + 1)
    ]


def test_a_map_says_when_a_claim_last_changed(client: Client) -> None:
    version = make.published_claim(5)
    root = ET.fromstring(client.get("/sitemap-claims-1.xml").content)
    assert [one.text for one in root.iter(LASTMOD)] == [
        version.published_at.isoformat(timespec="seconds")
    ]


def test_a_map_asks_the_same_however_many_rows(client: Client) -> None:
    counts = []
    for _ in range(2):
        make.published_claim(5)
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
            client.get("/sitemap-claims-1.xml")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sitemap-people-1.xml", 404),
        ("/sitemap-main-2.xml", 404),
        ("/sitemap-claims-0.xml", 404),
        ("/sitemap.xml?x=1", 400),
        ("/robots.txt?x=1", 400),
        ("/sitemap-claims-1.xml?x=1", 400),
    ],
)
def test_what_is_not_mapped_is_refused(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status
