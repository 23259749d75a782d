"""Feeds as feed readers take them: RFC 4287, new entries for new events, 304 for the rest."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import feedparser
import pytest
import time_machine
from django.test import Client

from claims.models import Assertion, Claim, Dispute
from claims.workflow.disputes import resolve_dispute
from claims.workflow.evidence import reject_assertion, supersede_assertion, withdraw_assertion
from tests import factories as make

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
WHY = 'fewer than <unknown> & "some" were found'


def read(client: Client, path: str = "/disputes.atom") -> feedparser.FeedParserDict:
    """The feed as a reader has it; it breaks no rule of RFC 4287 that is checked here."""
    answer = client.get(path)
    assert answer.status_code == 200
    check_rules(ET.fromstring(answer.content))
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return feed


def check_rules(feed: ET.Element) -> None:
    """The rules of 4.1.1 and 4.1.2 that an entry or a feed can break."""
    assert feed.tag == f"{ATOM}feed"
    assert all(len(feed.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated"))
    assert feed.findall(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        assert all(len(entry.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated"))
        assert all(name.text for name in entry.findall(f"{ATOM}author/{ATOM}name"))
        assert [one.get("type") for one in entry.findall(f"{ATOM}summary")] == ["text"]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    moments = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    assert moments == sorted(moments, reverse=True)


def decide(claim: Claim) -> None:
    dispute = Dispute.objects.get(claim=claim)
    resolve_dispute(
        dispute=dispute, by=make.chief(), reason="Weighed.", outcome="range_stands", rationale=WHY
    )
    make.approve(claim, by=make.second_editor())


def reopened(client: Client) -> list[feedparser.FeedParserDict]:
    """What a reader gets of one dispute when it opens, is decided and opens again."""
    seen = []
    with time_machine.travel(DAY, tick=False) as clock:
        claim = make.published_claim(10, 100).claim
        seen.append(read(client).entries)
        clock.shift(3600)
        decide(claim)
        seen.append(read(client).entries)
        clock.shift(3600)
        make.figure(Claim.objects.get(pk=claim.pk), 1000)
        make.approve(claim, by=make.second_editor())
        seen.append(read(client).entries)
    assert [len(entries) for entries in seen] == [1, 1, 1]
    return [entries[0] for entries in seen]


def test_a_dispute_that_is_opened_again_is_a_new_entry_and_a_later_one(client: Client) -> None:
    first, second, third = reopened(client)
    assert len({first.id, second.id, third.id}) == 3
    assert first.updated < second.updated < third.updated
    assert first.published == third.published


def test_readers_get_each_character_of_a_decision(client: Client) -> None:
    _, decided, _ = reopened(client)
    assert decided.summary == f"resolved: {WHY}"
    assert decided.summary_detail.type == "text/plain"
    assert decided.author == "chief"


def test_a_late_decision_on_an_old_dispute_comes_first(client: Client) -> None:
    with time_machine.travel(DAY, tick=False) as clock:
        old = make.published_claim(10, 100).claim
        clock.shift(60)
        make.published_claim(20, 200)
        newer = read(client).entries[0].id
        clock.shift(60)
        decide(old)
    found = read(client).entries
    assert found[0].summary == f"resolved: {WHY}"
    assert found[1].id == newer


@pytest.mark.parametrize("ended", [withdraw_assertion, reject_assertion, supersede_assertion])
def test_feeds_tell_statements_that_no_longer_stand(client: Client, ended) -> None:
    claim = make.published_claim(60, 97).claim
    row = Assertion.objects.filter(claim=claim).latest("pk")
    more = {"point": 61, "citation_needed": True} if ended is supersede_assertion else {}
    ended(assertion=row, by=make.contributor(), reason="Misread.", **more)
    make.approve(claim)
    word = {"withdraw": "withdrawn", "reject": "rejected"}.get(
        ended.__name__.partition("_")[0], "superseded"
    )
    for path in (f"/claims/{claim.ref}.atom", "/changes.atom", f"/sources/{row.source.ref}.atom"):
        newest = read(client, path).entries[0]
        assert newest.summary.endswith(f"No longer counted: {row.ref} ({word}).")
    assert "No longer" not in read(client, f"/claims/{claim.ref}.atom").entries[1].summary


@pytest.mark.parametrize("path", ["/changes.atom", "/disputes.atom", "/claims/C{}.atom"])
def test_a_reader_that_has_the_feed_gets_304_until_something_is_published(
    client: Client, path: str
) -> None:
    with time_machine.travel(DAY, tick=False) as clock:
        path = path.format(make.published_claim(10, 100).claim_id)
        first = client.get(path)
        tag, moment = first.headers["ETag"], first.headers["Last-Modified"]
        for held in ({"if-none-match": tag}, {"if-modified-since": moment}):
            again = client.get(path, headers=held)
            assert (again.status_code, again.content) == (304, b"")
        clock.shift(60)
        claim = Claim.objects.get()
        make.figure(claim, 1000)
        make.approve(claim)
        make.published_claim(20, 200)
        for held in ({"if-none-match": tag}, {"if-modified-since": moment}):
            assert client.get(path, headers=held).status_code == 200


def test_ids_are_those_of_the_installation(client: Client, settings) -> None:
    make.published_claim(10, 100)
    for path in ("/changes.atom", "/disputes.atom"):
        assert read(client, path).entries[0].id.startswith("tag:testserver,20")
        settings.SITE_AUTHORITY, settings.SITE_NAME = "facts.example.org", "Facts"
        feed = read(client, path)
        assert feed.entries[0].id.startswith("tag:facts.example.org,20")
        assert (feed.feed.author, feed.feed.title[:6]) == ("Facts", "Facts:")
        settings.SITE_AUTHORITY = ""


def test_an_empty_feed_has_an_author_too(client: Client) -> None:
    assert read(client).feed.author == "factbase"


def test_a_feed_costs_the_same_for_one_entry_or_nine(
    client: Client, django_assert_max_num_queries
) -> None:
    for _ in range(9):
        make.published_claim(10, 100)
    for path in ("/changes.atom", "/disputes.atom"):
        with django_assert_max_num_queries(3):
            assert len(read(client, path).entries) == 9
