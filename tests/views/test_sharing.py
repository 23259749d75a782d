"""Addresses that are passed on: trackers, cards for networks, frames for other pages."""

from __future__ import annotations

import json
import re
import sys
from html import unescape

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from pytest_django.asserts import assertContains, assertNotContains

from claims.filtering.parameters import Parameter
from claims.models import ClaimVersion
from claims.views.trackers import freed_address, is_tracker
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def build_version() -> ClaimVersion:
    return make.published_claim(60, 97, question="How many fell?")


version = made_once(build_version)


def page_of(version: ClaimVersion) -> str:
    return f"/claims/C{version.claim_id}/"


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=a&utm_medium=b",
        "fbclid=x",
        "gclid=x&_gl=1",
        "UTM_Campaign=x",
        "mc_cid=1&mc_eid=2",
        "hsa_acc=1",
    ],
)
@pytest.mark.parametrize("page", ["/", "/claims/", "/disputes/", "/sources/", "/changes/", "claim"])
def test_trackers_lead_to_the_page_without_them(
    client: Client, version: ClaimVersion, page: str, query: str
) -> None:
    path = page_of(version) if page == "claim" else page
    answer = client.get(f"{path}?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert client.get(path).status_code == 200


def test_what_a_page_reads_is_kept_beside_trackers(client: Client) -> None:
    answer = client.get("/claims/?contention=disputed&utm_source=x&contention=agreed")
    assert answer.headers["Location"] == "/claims/?contention=disputed&contention=agreed"


def test_two_slashes_lead_to_no_other_site(rf: RequestFactory) -> None:
    request = rf.get("/?utm_source=x")
    request.path = "//evil.example/"
    assert freed_address(request) == "/evil.example/"


def test_what_is_neither_known_nor_a_tracker_is_refused(client: Client) -> None:
    assertContains(client.get("/claims/?colour=red&fbclid=x", follow=True), "colour", 1, 400)


def test_the_api_stays_strict(client: Client, version: ClaimVersion) -> None:
    assert client.get("/api/v1/claims/?utm_source=x").status_code == 400


def test_no_parameter_of_the_site_is_taken_for_a_tracker() -> None:
    names = set()
    for module in [one for name, one in sys.modules.items() if name.startswith("claims.")]:
        for value in vars(module).values():
            held = value if isinstance(value, tuple | list) else [value]
            names |= {one.name for one in held if isinstance(one, Parameter)}
    assert {"contention", "as_recorded"} <= names
    assert [name for name in names if is_tracker(name)] == []


def test_small_letters_lead_to_the_one_address(client: Client, version: ClaimVersion) -> None:
    small = page_of(version).replace("C", "c")
    answer = client.get(f"{small}?known_on=2012-01-01")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{page_of(version)}?known_on=2012-01-01"
    assert client.get("/claims/cc1/").status_code == 404


def meta_of(text: str) -> dict[str, str]:
    return {
        name: unescape(value)
        for name, value in re.findall(r'<meta property="(og:\w+)" content="([^"]*)"', text)
    }


def test_a_claim_shows_its_question_and_answer_on_networks(
    client: Client, version: ClaimVersion
) -> None:
    told = meta_of(client.get(page_of(version)).content.decode())
    assert told["og:title"] == "How many fell?"
    assert "60 to 97" in told["og:description"]
    assert told["og:url"] == f"http://testserver{page_of(version)}"
    assert told["og:image"] == "http://testserver/static/claims/touch-icon.png"
    assert finders.find("claims/touch-icon.png")


def script_of(text: str) -> dict[str, object]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert len(found) == 1
    told: dict[str, object] = json.loads(found[0])
    return told


def test_the_page_holds_the_review_of_its_file(client: Client, version: ClaimVersion) -> None:
    inside = script_of(client.get(page_of(version)).content.decode())
    assert inside == client.get(f"/claims/C{version.claim_id}.jsonld").json()
    assert inside["@id"] == f"http://testserver{page_of(version)}#review"


def test_words_do_not_end_the_script(client: Client) -> None:
    hostile = "</script><script>alert(1)</script> & <!-- how many?"
    version = make.published_claim(60, question=hostile)
    text = client.get(page_of(version)).content.decode()
    assert "<script>alert" not in text
    item = script_of(text)["itemReviewed"]
    assert isinstance(item, dict)
    assert item["name"] == hostile


def test_versions_and_other_times_hold_no_review(client: Client, version: ClaimVersion) -> None:
    for path in (f"{page_of(version)}v/1/", f"{page_of(version)}?known_on=2013-01-01"):
        assertNotContains(client.get(path), 'ld+json">')


def test_a_page_leads_to_its_frame(client: Client, version: ClaimVersion) -> None:
    text = client.get(page_of(version)).content.decode()
    found = re.search(r'type="application/json\+oembed"[^>]* href="([^"]*)"', text)
    assert found is not None
    answer = client.get(unescape(found[1])).json()
    assert (answer["type"], answer["version"]) == ("rich", "1.0")
    source = re.search(r'src="([^"]*)"', answer["html"])
    assert source is not None
    assertContains(client.get(source[1]), "How many fell?")


def test_a_frame_is_as_small_as_asked(client: Client, version: ClaimVersion) -> None:
    query = {"url": f"http://testserver{page_of(version)}v/1/", "maxwidth": 300, "maxheight": 200}
    answer = client.get("/oembed/", query).json()
    assert (answer["width"], answer["height"]) == (300, 200)
    assert 'width="300" height="200"' in answer["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": "https://elsewhere.example/claims/C1/"}, 404),
        ({"url": "/claims/C999/"}, 404),
        ({"url": "/claims/nothing/"}, 404),
        ({"url": "/sources/S1/"}, 404),
        ({"url": "http://[bad"}, 400),
        ({"url": "/nowhere"}, 404),
        ({"url": "claim", "maxwidth": "100"}, 400),
        ({"url": "claim", "maxwidth": "wide"}, 400),
        ({"url": "claim", "colour": "red"}, 400),
        ({"url": "claim", "format": "xml"}, 501),
    ],
)
def test_what_has_no_frame_is_refused(
    client: Client, version: ClaimVersion, query: dict[str, str], status: int
) -> None:
    if query.get("url") == "claim":
        query = {**query, "url": page_of(version)}
    assert client.get("/oembed/", query).status_code == status
