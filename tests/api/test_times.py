"""Two axes of time: what factbase said then, and what the sources let be known then."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.domain.documents import moment_text, read_document
from claims.filtering import lists, then
from claims.models import Assertion, Claim, ClaimVersion
from claims.workflow.evidence import change_assertion
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


def said(claim: Claim, point: int, on: str, **fields: Any) -> Assertion:
    return make.figure(claim, point, asserted_on=on, **fields)


@made_once
def grown() -> ClaimVersion:
    """A claim of which one figure was known in February 2012, and a second one in March."""
    claim = make.claim()
    said(claim, 60, "2012-02-13")
    said(claim, 97, "2012-03-02")
    return make.approve(claim)


@pytest.fixture
def corrected(grown: ClaimVersion) -> ClaimVersion:
    figure = grown.claim.assertions.get(point=97)
    change_assertion(assertion=figure, by=make.contributor(), reason="Misread.", point=82)
    return make.approve(grown.claim)


def exact(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("name", ["as_recorded", "as_of"])
def test_a_version_answers_to_the_time_that_it_shows(get, grown, name: str) -> None:
    address = f"claims/C{grown.claim_id}/?{name}="
    shown = get(f"claims/C{grown.claim_id}/")["review"]["published_at"]
    for text in (shown, shown[:10], shown[:16], exact(grown.published_at)):
        assert get(f"{address}{text}")["version"] == 1, text
    before = grown.published_at - dt.timedelta(microseconds=1)
    assert get(f"{address}{exact(before)}", 404)["code"] == "not-found"
    day_before = (grown.published_at - dt.timedelta(days=1)).date()
    get(f"{address}{day_before}", 404)


def test_moments_are_exact_to_what_is_stored(get, grown, corrected) -> None:
    address = f"claims/C{grown.claim_id}/?as_recorded="
    assert get(address + exact(corrected.published_at))["version"] == 2
    just_before = corrected.published_at - dt.timedelta(microseconds=1)
    assert get(address + exact(just_before))["version"] == 1
    assert get(address + moment_text(corrected.published_at))["version"] == 2


def test_a_day_means_its_end_to_the_page_and_the_api_alike(client: Client, get, grown) -> None:
    """Case 25 (G18)."""
    ref, day = f"C{grown.claim_id}", exact(grown.published_at)[:10]
    assert get(f"claims/{ref}/?as_of={day}")["version"] == 1
    assert client.get(f"/claims/{ref}/?as_recorded={day}").status_code == 200
    page = client.get(f"/claims/{ref}/history/?as_known_on={day}")
    assert page["Location"] == f"/claims/{ref}/v/1/"


def test_both_axes_combine(get, grown, corrected) -> None:
    address = f"claims/C{grown.claim_id}/"
    first = exact(grown.published_at)
    assert get(f"{address}?known_on=2012-03-02")["range"]["high"] == 82
    both = get(f"{address}?known_on=2012-03-02&as_recorded={first}")
    assert (both["range"]["high"], both["known_on"]["from_version"]) == (97, 1)
    early = get(f"{address}?known_on=2012-03-01&as_recorded={first}")
    assert (early["contention"], early["range"]["high"]) == ("single_origin", 60)


def test_an_answer_known_on_a_day_has_a_tag_of_its_own(client: Client, grown) -> None:
    tags = {
        client.get(f"/api/v1/claims/C{grown.claim_id}/{query}")["ETag"]
        for query in ("", "?known_on=2012-03-01", "?known_on=2012-03-02")
    }
    assert len(tags) == 3


def test_lists_filter_on_what_was_known(refs, get, grown) -> None:
    ref = f"C{grown.claim_id}"
    assert refs("claims/?contention=disputed&known_on=2012-03-02") == [ref]
    assert refs("claims/?contention=disputed&known_on=2012-03-01") == []
    assert refs("claims/?contention=single_origin&known_on=2012-03-01") == [ref]
    assert refs("claims/?known_on=2012-01-01") == []
    meta = get("claims/?known_on=2012-03-01")["meta"]
    assert (meta["known_on"], meta["undated"], meta["examined"]) == ("2012-03-01", "left out", 1)
    assert len(refs("figures/?known_on=2012-03-01")) == 1
    assert len(refs("disputes/?known_on=2012-03-02")) == 1
    assert refs("disputes/?known_on=2012-03-01") == []


def test_figures_and_disputes_as_factbase_said_then(get, refs, grown, corrected) -> None:
    first = exact(grown.published_at)
    rows = get(f"figures/?as_recorded={first}")["results"]
    assert [row["point"] for row in rows] == [60, 97]
    assert [row["point"] for row in get("figures/")["results"]] == [60, 82]
    figure, dispute = rows[1]["figure_ref"], grown.claim.disputes.get().ref
    assert get(f"figures/{figure}/?as_recorded={first}")["point"] == 97
    assert get(f"figures/{figure}/?known_on=2012-03-02")["point"] == 82
    get(f"figures/{figure}/?known_on=2012-03-01", 404)
    assert get(f"disputes/{dispute}/?as_recorded={first}")["claim"]["range"]["high"] == 97
    get(f"disputes/{dispute}/?known_on=2012-03-01", 404)
    assert refs("disputes/?as_recorded=2001-01-01") == []


def test_a_draft_answers_at_no_time(get, refs) -> None:
    draft = make.submitted_claim(60, 97)
    figure, dispute = draft.assertions.first(), draft.disputes.get()
    for address in (f"figures/{figure.ref}", f"disputes/{dispute.ref}", f"claims/{draft.ref}"):
        for query in ("known_on=2030-01-01", "as_recorded=2030-01-01"):
            get(f"{address}/?{query}", 404)
    for name in ("claims", "figures", "disputes"):
        assert refs(f"{name}/?as_recorded=2030-01-01") == []


def whole(client: Client, address: str) -> Iterator[dict[str, Any]]:
    following: str | None = f"/api/v1/{address}"
    while following:
        page = read_document(client.get(following).content)
        assert page["meta"]["examined"] <= 2
        yield from page["results"]
        following = page["links"]["next"]


@pytest.mark.parametrize("name", ["claims", "figures", "disputes"])
def test_pages_look_at_a_few_documents_and_lose_no_row(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for points in ((60, 97), (5,), (60, 97), (7,), (8,), (60, 97)):
        claim = make.claim()
        for point in points:
            said(claim, point, "2012-02-13")
        make.approve(claim)
    query = "contention=disputed&known_on=2012-03-01"
    expected = read_document(client.get(f"/api/v1/{name}/?{query}").content)["results"]
    monkeypatch.setattr(then, "EXAMINED", 2)
    assert list(whole(client, f"{name}/?{query}&limit=1")) == expected
    assert list(whole(client, f"{name}/?{query}")) == expected
    assert len(expected) == (6 if name == "figures" else 3)


def test_a_page_of_another_time_costs_two_queries(client: Client) -> None:
    for _ in range(5):
        make.published_claim(60, 97)
    for name in ("claims", "figures", "disputes"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/{name}/?known_on=2012-03-01")
        assert len(queries) == 2, name


def test_every_filter_is_asked_of_what_is_worked_out_or_never_changes() -> None:
    for name, filters in (
        ("claims", lists.CLAIM_FILTERS),
        ("figures", lists.FIGURE_FILTERS),
        ("disputes", lists.DISPUTE_FILTERS),
    ):
        names = {one.parameter.name for one in filters}
        assert names == (names & then.FIXED) | set(then.TESTS[name]) & names, name
        assert not then.FIXED & set(then.TESTS[name])


QUERIES = [
    *("contention=disputed", "severity=major", "has_denial=false", "has_denial=true"),
    *("spread_gte=1.6", "spread_gte=1.7", "low_gte=60", "low_gte=61", "high_lte=97"),
    *("high_lte=96", "kind=value", "kind=exact", "kind=denial", "state=open", "state=moot"),
    *("stance=asserts", "stance=denies", "source={source}", "source=S999", "speaker={speaker}"),
    *("speaker=P999", "article={article}", "article=A999", "subject={subject}", "subject=T999"),
    *("measure=quantity-measured", "claim={claim}", "q=many", "q=none", "place=Kidal+Region"),
    *("place=Gao", "country=ML", "country=FR", "event_from=2012-01-24", "event_to=2012-01-23"),
    "updated_since=2001-01-01",
]


@pytest.mark.parametrize("name", ["claims", "figures", "disputes"])
def test_filters_mean_the_same_at_any_time(client: Client, name: str) -> None:
    """Asked of a moment that is now, each filter finds what it finds without a moment."""
    revision = make.article(text="About 60 people were killed.\n")
    where = make.subject(place="Aguelhok, Kidal Region", country="ML", when="2012-01-24")
    claim = make.claim(subject=where)
    place = {"revision": revision, "start": 0, "end": 8}
    figure = make.figure(claim, 60, anchors=[place])
    make.figure(claim, 97)
    make.approve(claim)
    make.published_claim(400)
    values = {
        "source": figure.source.ref,
        "speaker": figure.attributions.get().party.ref,
        "article": revision.article.ref,
        "subject": where.ref,
        "claim": claim.ref,
    }
    found = 0
    for query in QUERIES:
        address = f"/api/v1/{name}/?{query.format(**values)}"
        now = client.get(address)
        later = client.get(f"{address}&as_recorded=2050-01-01")
        assert now.status_code == later.status_code, query
        if now.status_code == 200:
            rows = read_document(now.content)["results"]
            assert read_document(later.content)["results"] == rows, query
            found += bool(rows)
    assert found > 10


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("claims/?known_on=2012-02-30", "known_on", "is no day of the calendar; one is 2012-01-24"),
        ("claims/?known_on=yesterday", "known_on", "must be a day such as 2012-01-24"),
        ("figures/?as_recorded=", "as_recorded", "must be a day or a moment such as"),
        ("stats/?as_recorded=2026-99-99", "as_recorded", "is no day of the calendar"),
        ("exports/claims.csv?known_on=2012", "known_on", "must be a day such as 2012-01-24"),
        ("claims/?as_of=2026-01-01&as_recorded=2026-01-01", "as_of", "give one of them"),
        ("claims/?known_on=2012-03-01&sort=-spread", "sort", "rows come claim by claim"),
        ("figures/?known_on=2012-03-01&sort=ref", "sort", "rows come claim by claim"),
        ("claims/?known_on=2012-03-01&include=total", "include", "see stats/ for counts"),
        ("claims/?country=Mali", "country", "must be two capital letters of ISO 3166-1"),
    ],
)
def test_what_cannot_be_asked_says_what_to_write(get, query, parameter, says) -> None:
    problem = get(query, 400)
    assert problem["parameter"] == parameter
    assert says in problem["detail"]


def test_counts_at_another_time(get, grown, corrected, monkeypatch) -> None:
    assert get("stats/?known_on=2012-03-01")["results"] == [
        {"contention": "single_origin", "claims": 1, "figures": 1, "live_figures": 1}
    ]
    first = exact(grown.published_at)
    by_year = get(f"stats/?group_by=contention&group_by=year&as_recorded={first}")["results"]
    assert by_year == [
        {"contention": "disputed", "year": None, "claims": 1, "figures": 2, "live_figures": 2}
    ]
    assert get("stats/?as_recorded=2001-01-01")["results"] == []
    state = f"stats/?state=open&as_recorded={first}"
    assert get(state)["results"] == [
        {"contention": "disputed", "claims": 1, "figures": 2, "live_figures": 2}
    ]
    make.published_claim(7)
    monkeypatch.setattr("claims.filtering.then_named.GATHERED", 1)
    assert "narrow them" in get("stats/?known_on=2012-03-01", 400)["detail"]
    assert get(f"stats/?known_on=2012-03-01&claim={grown.claim.ref}")["results"][0]["claims"] == 1


def exported(client: Client, address: str) -> list[str]:
    return client.get(f"/api/v1/exports/{address}").getvalue().decode().splitlines()


def test_exports_at_another_time(client: Client, get, grown, corrected) -> None:
    make.published_claim(7)
    first = exact(grown.published_at)
    assert exported(client, f"claims.ndjson?as_recorded={first}")[:-1] == [grown.payload]
    lines = exported(client, "claims.ndjson?known_on=2012-03-01&contention=single_origin")
    (document,), end = [read_document(line) for line in lines[:-1]], read_document(lines[-1])
    assert (document["range"]["high"], document["known_on"]["day"]) == (60, "2012-03-01")
    assert (end["count"], end["known_on"], end["undated"]) == (1, "2012-03-01", "left out")
    assert len(exported(client, "claims.csv?known_on=2012-03-01")) == 2
    assert len(exported(client, f"claims.csv?as_recorded={first}")) == 3
    manifest = get("exports/claims.csv/manifest/?known_on=2012-03-01")
    assert (manifest["count"], manifest["known_on"]) == (1, "2012-03-01")
    subject = grown.claim.subject.ref
    assert len(exported(client, f"claims.csv?subject={subject}")) == 3
    body = io.BytesIO(client.get("/api/v1/exports/claims.json?known_on=2012-03-01").getvalue())
    assert len(read_document(body.read())["results"]) == 1


def test_csv_and_json_ld_of_a_day(client: Client, grown) -> None:
    ref = f"C{grown.claim_id}"
    for address in (f"claims/{ref}.csv", "claims.csv", "figures.csv"):
        body = client.get(f"/api/v1/{address}?known_on=2012-03-01").content.decode()
        assert len(body.splitlines()) == 2, address
    review = client.get(f"/api/v1/claims/{ref}.jsonld?known_on=2012-03-01").json()
    assert len(review["itemReviewed"]["appearance"]) == 1


def test_numbers_stay_exact_in_what_is_worked_out(get) -> None:
    claim = make.claim(measure=make.measure(slug="distance", is_count=False), unit="km")
    make.figure(claim, "0.1", asserted_on="2012-02-13")
    make.approve(claim)
    told = get("claims/?known_on=2012-03-01")["results"][0]["figures"]
    assert told[0]["point"] == Decimal("0.1")
