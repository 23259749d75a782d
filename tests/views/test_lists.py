"""Lists, facets, search and feeds: nothing unpublished, nothing misunderstood."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.workflow.disputes import resolve_dispute
from tests import factories as make
from tests.kept import undone_after

pytestmark = pytest.mark.django_db

PAGES = [
    "/articles/",
    "/claims/",
    "/disputes/",
    "/sources/",
    "/places/",
    "/changes/",
    "/corrections/",
    "/changes.atom",
    "/disputes.atom",
    "/search/",
    "/search/?q=96..98",
    "/about/data/",
]


def html(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_while_nothing_is_published(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_pages_show_nothing_of_a_claim_that_is_not_published(client, path):
    claim = make.submitted_claim(97, question="How many hidden ones?")

    text = html(client, path)

    assert "hidden" not in text
    assert claim.ref + "/" not in text


@pytest.fixture(scope="module")
def statements(django_db_setup, django_db_blocker):
    """The SQL statements of each page, first with one claim, then with nine."""
    found = {path: [] for path in PAGES}
    with undone_after(django_db_blocker):
        for more in (1, 8):
            for _ in range(more):
                make.published_claim(60, 97)
            for path in PAGES:
                with CaptureQueriesContext(connection) as queries:
                    html(Client(), path)
                found[path].append([query["sql"] for query in queries])
    return found


@pytest.mark.parametrize("path", PAGES)
def test_pages_cost_the_same_for_one_claim_or_nine(statements, path):
    one, nine = statements[path]
    assert len(one) <= 9, one
    assert len(nine) <= len(one), nine


def test_claim_list_counts_its_facets_and_links_them(client):
    make.published_claim(60, 97)
    make.published_claim(5)

    text = html(client, "/claims/")

    assert 'href="?contention=disputed">disputed <span class="count">1</span>' in text
    assert "2 claims" in text
    assert "1 claim" in html(client, "/claims/?contention=disputed")


def test_claim_list_refuses_an_unknown_parameter_with_what_was_meant(client):
    response = client.get("/claims/?contenton=disputed")

    assert response.status_code == 400
    assert b"<code>contention</code>" in response.content


@pytest.mark.parametrize(
    "query",
    [
        "contention=nobody",
        "cursor=zzz",
        "sort=size",
        "q=%00",
        "q=%ED%A0%80",
        "measure=" + "x" * 999,
    ],
)
@pytest.mark.parametrize("path", ["/claims/", "/disputes/"])
def test_lists_refuse_what_they_do_not_understand(client, path, query):
    assert client.get(f"{path}?{query}").status_code == 400


@pytest.mark.parametrize(
    "path", ["/sources/?after=x", "/search/?q=%00", f"/search/?q={'a' * 300}", "/changes/?after=-1"]
)
def test_pages_refuse_what_they_do_not_understand(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    "path", ["/sources/S999/", "/sources/x/", "/subjects/T99999999999999999999/", "/disputes/D7/"]
)
def test_pages_of_what_is_not_there_answer_404(client, path):
    assert client.get(path).status_code == 404


def test_claim_list_pages_lead_to_every_claim_once(client, settings, monkeypatch):
    monkeypatch.setattr("claims.views.lists.SIZE", 2)
    refs = {make.published_claim(n).claim.ref for n in range(1, 6)}

    found, path = [], "/claims/"
    while path:
        response = client.get(path)
        found += [document["ref"] for document in response.context["documents"]]
        path = (
            "/claims/" + response.context["list"].next_url
            if response.context["list"].next_url
            else ""
        )

    assert sorted(found) == sorted(refs)


def test_dispute_page_shows_the_decision_once_it_is_approved(client):
    version = make.published_claim(60, 97)
    dispute = version.claim.disputes.get()
    resolve_dispute(
        dispute=dispute,
        by=make.second_editor(),
        reason="Looked into.",
        outcome="range_stands",
        rationale="Both counts were taken on the spot.",
    )
    path = f"/disputes/{dispute.ref}/"
    assert "Both counts" not in html(client, path)

    make.approve(version.claim, by=make.chief())

    assert "Both counts were taken on the spot." in html(client, path)
    assert "Both counts" in html(client, "/disputes/?state=resolved")


def test_source_page_shows_its_figures_and_the_range_of_the_claim(client):
    claim = make.submitted_claim(60, 97)
    cited = claim.assertions.order_by("pk").first().source
    path = f"/sources/{cited.ref}/"
    assert client.get(path).status_code == 404
    make.approve(claim)

    text = html(client, path)

    assert "<strong>60</strong>" in text
    assert "60 to 97" in text


def test_subject_page_lists_its_claims_and_what_lies_below(client):
    above = make.subject("The war")
    make.approve(make.submitted_claim(5, subject=above))
    make.approve(make.submitted_claim(7, subject=make.subject("The battle", parent=above)))

    text = html(client, f"/subjects/{above.ref}/")

    assert "The battle" in text
    assert text.count('class="card-title"') == 1


def test_changes_tell_who_and_why_and_corrections_leave_first_versions_out(client):
    version = make.published_claim(97)
    assert "As reported." in html(client, "/changes/")
    assert "Checked." not in html(client, "/changes/")  # the approver's note stays on the desk
    assert "As reported." not in html(client, "/corrections/")

    make.figure(version.claim, 99)
    make.approve(version.claim)

    text = html(client, "/corrections/")
    assert f"/claims/{version.claim.ref}/compare/1...2/" in text
    assert "approved by editor" in text


def test_search_finds_figures_by_number_and_range(client):
    version = make.published_claim(97, question="How many were hurt?")

    assert "How many were hurt?" in html(client, "/search/?q=96..98")
    assert "How many were hurt?" in html(client, "/search/?q=60..100")
    assert "How many were hurt?" not in html(client, "/search/?q=60..90")
    assert f"/claims/{version.claim.ref}/" in html(client, "/search/?q=hurt")


def test_a_retired_claim_leaves_every_list(client):
    version = make.published_claim(97, question="How many were hurt?")
    make.retire(version.claim)

    assert "hurt" not in html(client, "/claims/")
    assert client.get("/search/?q=hurt").context["hits"] == []
    assert "retired" in html(client, "/changes/")
