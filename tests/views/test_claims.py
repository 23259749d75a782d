"""The pages of a claim."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from claims.domain.document_format import read_claim
from claims.models import ClaimVersion
from claims.workflow.claims import edit_claim
from claims.workflow.evidence import add_assertion, change_assertion, withdraw_assertion
from tests import factories as make
from tests.kept import made_once

pytestmark = pytest.mark.django_db


@made_once
def disputed() -> ClaimVersion:
    """A published claim on which two origins disagree: 60 against 97."""
    return make.published_claim(60, 97)


@pytest.fixture
def corrected(disputed: ClaimVersion) -> ClaimVersion:
    """Its second version: 97 became 82."""
    figure = disputed.claim.assertions.get(point=97)
    change_assertion(assertion=figure, by=make.contributor(), reason="Misread.", point=82)
    return make.approve(disputed.claim)


def address(version: ClaimVersion) -> str:
    return f"/claims/C{version.claim_id}/"


def test_claim_page_tells_question_summary_and_figures(
    client: Client, disputed: ClaimVersion
) -> None:
    page = client.get(address(disputed))
    assertContains(page, f"<h1>{disputed.question}</h1>", html=True)
    assertContains(page, disputed.summary)
    assertContains(page, "<b>60</b>")
    assertContains(page, "<b>97</b>")
    assertContains(page, disputed.sha256)


def test_claim_page_says_who_is_counted_only_where_something_is(client: Client) -> None:
    asked = {"quantity": {"point": 12}, "date": {"edtf": "1987-05-04"}}
    pages = {}
    for kind, answer in asked.items():
        claim = make.claim(kind, population="executions")
        make.figure(claim, **answer)
        pages[kind] = client.get(address(make.approve(claim)))
    assertContains(pages["quantity"], "Counted: executions.")
    assertNotContains(pages["date"], "Counted:")


def test_claim_page_keeps_a_long_first_label_of_the_axis_on_the_page(client: Client) -> None:
    claim = make.claim("date")
    make.figure(claim, edtf="2012-01-16/2012-01-17")
    make.figure(claim, edtf="2012-02-01")
    page = client.get(address(make.approve(claim))).content.decode()
    first, *others = re.findall(r'text-anchor="(\w+)"', page)
    assert first == "start"
    assert set(others) == {"middle"}


def test_claim_page_draws_figures_and_range_on_one_axis(
    client: Client, disputed: ClaimVersion
) -> None:
    page = client.get(address(disputed))
    assertContains(page, 'class="plot-range" x="60.0%" width="37.0%"')
    assertContains(page, 'cx="60.0%"')
    assertContains(page, 'cx="97.0%"')
    assertContains(page, 'href="#grid"', count=2)


@pytest.mark.parametrize(
    ("ends", "heads"),
    [
        ({"low": "1000"}, ["M-7-5-1 0-7 5"]),
        ({"high": "10"}, ["M7-5 1 0 7 5"]),
        ({"low": "500", "high": "1000", "high_open": True}, ["M-7-5-1 0-7 5"]),
        ({"low": "500", "high": "1000"}, []),
        ({"point": "97"}, []),
    ],
)
def test_an_open_end_of_the_range_is_drawn_as_an_arrow_and_said(
    client: Client, ends: dict[str, Any], heads: list[str]
) -> None:
    claim = make.claim()
    make.figure(claim, 100)
    make.figure(claim, **ends)
    version = make.approve(claim)
    page = client.get(address(version)).content.decode()
    assert re.findall(r'class="plot-open" d="([^"]*)"', page) == heads
    picture = client.get(f"/claims/C{claim.pk}.svg").content.decode()
    assert picture.count('class="open"') == len(heads)
    listed = client.get("/claims/").content.decode()
    assert re.findall(r'class="plot-open" d="([^"]*)"', listed) == heads
    words = read_claim(version.payload)["range"]["words"]
    assert re.search(rf'aria-label="[^"]*range: {re.escape(words)}"', listed)


def test_claim_page_says_what_was_counted_and_in_what_unit(client: Client) -> None:
    page = client.get(address(make.published_claim(60, unit="people", population="soldiers")))
    assertContains(page, "Counted: soldiers.")
    assertContains(page, "Unit: people.")
    assertContains(page, "<h2>Figures by source</h2>")


def test_claim_page_of_yes_or_no_has_answers_and_no_axis(client: Client) -> None:
    claim = make.claim("boolean")
    make.figure(claim, boolean=True)
    page = client.get(address(make.approve(claim)))
    assertContains(page, "<h2>Answers by source</h2>")
    assertNotContains(page, "<svg")


def test_claim_page_offers_its_citation_to_copy_in_every_form(
    client: Client, disputed: ClaimVersion
) -> None:
    page = client.get(address(disputed))
    for form in ("@misc{factbase-", "TY  - ELEC", "{{cite web", "date-parts"):
        assertContains(page, form)


def test_claim_page_keeps_numbers_of_the_plot_readable_in_french(
    client: Client, disputed: ClaimVersion
) -> None:
    page = client.get(address(disputed), headers={"accept-language": "fr"})
    assertContains(page, 'cx="60.0%"')


def test_claim_page_shows_a_denial_without_a_mark(client: Client) -> None:
    claim = make.claim()
    make.figure(claim, 60)
    denier = make.party("Rebels")
    add_assertion(
        claim=claim,
        by=make.contributor(),
        reason="As reported.",
        source=make.source(),
        stance="denies",
        extent="part",
        ground="fabricated",
        attributions=[{"party": denier, "role": "speaker", "mode": "said"}],
    )
    page = client.get(address(make.approve(claim)))
    assertContains(page, "<b>Denies</b> a part: fabricated")
    marks = re.findall(r'<g class="mark', page.content.decode().split("</table>")[0])
    assert len(marks) == 1


def test_claim_page_strikes_a_withdrawn_statement_and_says_why(
    client: Client, disputed: ClaimVersion
) -> None:
    figure = disputed.claim.assertions.get(point=97)
    withdraw_assertion(assertion=figure, by=make.contributor(), reason="The officer took it back.")
    page = client.get(address(make.approve(disputed.claim)))
    assertContains(page, 'class="past"', count=1)
    assertContains(page, "The officer took it back.")


def test_claim_page_shows_an_edit_only_once_it_is_approved(
    client: Client, disputed: ClaimVersion
) -> None:
    figure = disputed.claim.assertions.get(point=97)
    change_assertion(assertion=figure, by=make.contributor(), reason="Misread.", point=82)
    before = client.get(address(disputed))
    assertContains(before, "<b>97</b>")
    assertNotContains(before, "<b>82</b>")
    assertContains(before, "Changes to this claim are under review.")
    make.approve(disputed.claim)
    after = client.get(address(disputed))
    assertContains(after, "<b>82</b>")
    assertNotContains(after, "under review.")


def test_unpublished_and_missing_claims_answer_alike(client: Client) -> None:
    draft = make.claim()
    answers = [client.get(f"/claims/{ref}/") for ref in (f"C{draft.pk}", "C999999", "X1", "C1.5")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    for path in (f"/claims/C{draft.pk}/history/", f"/claims/C{draft.pk}/v/1/"):
        assert client.get(path).status_code == 404


def test_retired_claim_answers_410_with_its_tombstone(
    client: Client, disputed: ClaimVersion
) -> None:
    make.retire(disputed.claim)
    page = client.get(address(disputed))
    assert page.status_code == 410
    assertContains(page, disputed.question, status_code=410)
    assertContains(page, "Asked twice.", status_code=410)
    assertNotContains(page, "<b>97</b>", status_code=410)
    assertContains(client.get(address(disputed) + "v/1/"), "<b>97</b>")


def test_claim_page_refuses_a_parameter_it_does_not_know(
    client: Client, disputed: ClaimVersion
) -> None:
    assert client.get(address(disputed) + "?version=1").status_code == 400


def test_version_page_keeps_the_old_figure_with_its_hash(
    client: Client, disputed: ClaimVersion, corrected: ClaimVersion
) -> None:
    old = client.get(address(disputed) + "v/1/")
    assertContains(old, "<b>97</b>")
    assertContains(old, disputed.sha256)
    assertContains(old, "A newer version has replaced it")
    assertContains(client.get(address(disputed) + "v/2/"), "It is the newest.")


def test_compare_page_marks_what_a_version_changed(client: Client, corrected: ClaimVersion) -> None:
    page = client.get(address(corrected) + "compare/1...2/")
    text = re.sub(r"\s+", "", page.content.decode())
    assert "<del>97</del>" in text
    assert "<ins>82</ins>" in text
    assert client.get(address(corrected) + "compare/1...3/").status_code == 404


def test_history_page_lists_versions_newest_first(client: Client, corrected: ClaimVersion) -> None:
    text = client.get(address(corrected) + "history/").content.decode()
    assert text.index("/v/2/") < text.index("/v/1/")
    assert "compare/1...2/" in text


def test_history_page_comes_in_pages_to_the_first_version(
    client: Client, corrected: ClaimVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.FACTBASE_LIMITS, "page_size", 1)
    path = address(corrected) + "history/"
    first = client.get(path).content.decode()
    assert ("/v/2/" in first, "/v/1/" in first) == (True, False)
    assert "?after=2" in first
    second = client.get(f"{path}?after=2").content.decode()
    assert ("/v/1/" in second, "?after=" in second) == (True, False)
    assert client.get(f"{path}?after=x").status_code == 400


def test_history_page_leads_to_the_version_of_a_day(
    client: Client, corrected: ClaimVersion
) -> None:
    day = corrected.published_at.date()
    path = address(corrected) + "history/"
    known = client.get(f"{path}?as_known_on={day}")
    assertRedirects(known, address(corrected) + "v/2/")
    assertContains(client.get(f"{path}?as_known_on=2001-01-01"), "Nothing was published")
    assert client.get(f"{path}?as_known_on=soon").status_code == 400


def test_claim_page_is_not_sent_again_until_it_changes(
    client: Client, disputed: ClaimVersion
) -> None:
    first = client.get(address(disputed))
    held = {"if-none-match": first.headers["ETag"]}
    assert client.get(address(disputed), headers=held).status_code == 304
    edit_claim(claim=disputed.claim, by=make.contributor(), reason="Wording.", question="Who?")
    assert client.get(address(disputed), headers=held).status_code == 200


def test_claim_page_costs_the_same_for_one_figure_or_twenty(client: Client) -> None:
    one = make.published_claim(60)
    twenty = make.published_claim(*range(60, 80))
    costs = []
    for version in (one, twenty):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(version)).status_code == 200
        costs.append(len(queries))
    assert costs == [1, 1]


def test_claim_page_of_twenty_figures_keeps_within_30_kilobytes(client: Client) -> None:
    page = client.get(address(make.published_claim(*range(60, 80))))
    assert len(page.content) < 30_000


def test_markup_in_the_evidence_is_shown_and_not_run(client: Client) -> None:
    claim = make.claim(question="How many <script>alert(1)</script> died?")
    make.figure(claim, 60, quote="<img src=x onerror=alert(1)>", speaker=make.party("<b>Bold</b>"))
    page = client.get(address(make.approve(claim))).content.decode()
    assert "<script>" not in page
    assert "<img" not in page
    assert "<b>Bold</b>" not in page
