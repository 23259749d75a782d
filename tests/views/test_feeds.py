"""Atom feeds of one claim, one source, one article."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from claims.models import Claim
from claims.workflow.evidence import change_assertion
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def links(client: Client, path: str) -> list[str]:
    """The addresses of a feed's entries, without the host."""
    answer = client.get(path)
    assert answer.status_code == 200
    feed = ET.fromstring(answer.content)
    found = [entry.find(f"{ATOM}link") for entry in feed.findall(f"{ATOM}entry")]
    return [
        str(link.get("href")).removeprefix("http://testserver")
        for link in found
        if link is not None
    ]


@made_once
def claim() -> Claim:
    """Published twice, stated by an article, both times with the same source."""
    revision = make.article("Flood")
    claim = make.claim()
    figure = make.figure(claim, 60, anchors=[{"revision": revision, "start": 11, "end": 19}])
    make.approve(claim)
    change_assertion(assertion=figure, by=make.contributor(), reason="Misread.", point=82)
    make.approve(claim)
    make.published_claim(5)
    return Claim.objects.get(pk=claim.pk)


def test_claim_feed_has_each_version_newest_first(client: Client, claim: Claim) -> None:
    page = f"/claims/C{claim.pk}/"
    assert links(client, f"/claims/C{claim.pk}.atom") == [f"{page}v/2/", f"{page}v/1/"]


def test_source_and_article_feeds_have_the_current_version(client: Client, claim: Claim) -> None:
    source = claim.assertions.get().source_id
    newest = [f"/claims/C{claim.pk}/v/2/"]
    assert links(client, f"/sources/S{source}.atom") == newest
    assert links(client, "/articles/flood.atom") == newest


@pytest.mark.parametrize("path", ["/claims/C99.atom", "/sources/S99.atom", "/articles/none.atom"])
def test_feed_of_what_is_not_public_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_feeds_of_drafts_are_not_there(client: Client) -> None:
    draft = make.submitted_claim(60)
    source = draft.assertions.get().source_id
    for path in (f"/claims/C{draft.pk}.atom", f"/sources/S{source}.atom"):
        assert client.get(path).status_code == 404
