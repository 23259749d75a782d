"""The desk in a real browser: no error under the content policy, no fault that axe finds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claims.importers.articles import import_text
from claims.importers.figures.uploads import keep_table
from claims.importers.pages import import_waiting
from claims.importers.uploads import note_upload
from claims.models import ArticleRevision, Claim, Correction
from claims.workflow.articles import add_article
from claims.workflow.evidence import change_assertion
from claims.workflow.review import submit_claim
from claims.workflow.sources import edit_source
from tests import factories as make
from tests.browser import sign_in

pytestmark = pytest.mark.browser
FLOOD = "= Flood of Arden =\n\nOn 4 May 1987, between 50 and 200 people were killed in Arden.\n"
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}


@pytest.fixture
def claim(live_server: Any) -> Claim:
    """Published with 60 and 97, then 97 became 82: in review."""
    make.editor()
    claim = make.published_claim(60, 97).claim
    figure = claim.assertions.get(point=97)
    change_assertion(
        assertion=figure, by=make.contributor(), reason="Corrected.", point=Decimal(82)
    )
    return submit_claim(
        claim=Claim.objects.get(pk=claim.pk), by=make.contributor(), reason="Ready."
    )


def pages(claim: Claim) -> list[str]:
    figure, dispute = claim.assertions.first(), claim.disputes.first()
    revision, correction = waiting_text(), waiting_correction()
    waiting = note_upload(FLOOD, by=make.contributor(), file_name="flood.txt", title="Flood")
    kept = {"file_name": "figures.csv", "by": make.contributor()}
    table = keep_table(b"place,deaths\nArden,9\n", **kept)
    assert figure is not None
    assert dispute is not None
    desk = "/admin/claims"
    return [
        "/admin/",
        "/admin/keys/",
        f"{desk}/claim/?queue=review",
        f"{desk}/claim/add/",
        f"{desk}/claim/views/?query=queue%3Dreview",
        f"{desk}/claim/{claim.pk}/change/",
        f"{desk}/claim/{claim.pk}/review/",
        f"{desk}/claim/{claim.pk}/history/",
        f"{desk}/claim/{claim.pk}/split/",
        f"{desk}/dispute/{dispute.pk}/split/",
        f"{desk}/claim/{claim.pk}/return/",
        f"{desk}/claim/{claim.pk}/approve/",
        f"{desk}/dispute/{dispute.pk}/take/",
        f"{desk}/dispute/{dispute.pk}/dismiss/",
        f"{desk}/articlerevision/{revision.pk}/approve/",
        f"{desk}/correction/",
        f"{desk}/correction/{correction.pk}/review/",
        f"{desk}/assertion/{figure.pk}/change/",
        f"{desk}/assertion/add/?claim={claim.ref}",
        f"{desk}/dispute/{dispute.pk}/change/",
        *(f"{desk}/source/{figure.source_id}/{page}/" for page in ("change", "uses")),
        f"{desk}/subject/{claim.subject_id}/change/",
        f"{desk}/article/add/",
        f"{desk}/article/{revision.article_id}/change/",
        *(f"{desk}/article/{revision.article_id}/{one}" for one in ("quote/", "text/?from=1")),
        f"{desk}/article/{revision.article_id}/text/",
        f"{desk}/article/{revision.article_id}/texts/?before=1&after=2",
        f"{desk}/party/",
        f"{desk}/importrun/",
        f"{desk}/importrun/add/",
        f"{desk}/importrun/{waiting.run_id}/change/",
        f"{desk}/importedpage/",
        f"{desk}/importedtable/add/",
        f"{desk}/importedtable/{table.pk}/change/",
    ]


def waiting_text() -> ArticleRevision:
    """The second text of an article, with a marked statement in an infobox and a table."""
    make.article("Flood", "Ten men drowned.")
    table = "{|\n! Town !! Killed\n|-\n| Arden || 47\n|}\n"
    text = f"{{{{Infobox flood\n| killed = 47\n}}}}\n== Toll ==\n{table}"
    slug, by = ArticleRevision.objects.get(title="Flood").article.slug, make.contributor()
    more: dict[str, Any] = {"by": by, "reason": "More.", "title": "Flood", "format": "wikitext"}
    revision = add_article(text=f"{text}\nSome 47 men drowned.\n", slug=slug, **more)
    start = revision.text.index("47 men")
    make.figure(
        make.claim(), 47, anchors=[{"revision": revision, "start": start, "end": start + 6}]
    )
    return revision


def waiting_correction() -> Correction:
    source = make.source("Report", url="https://old.example/report", url_status="live")
    claim = make.claim()
    make.figure(claim, 5, source=source)
    make.approve(claim)
    edit = {"title": "Report, corrected", "url": "https://new.example/report"}
    edit_source(source=source, by=make.contributor(), reason="A slip.", **edit)
    return Correction.objects.get(number=source.pk)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_reason_has_room_before_one_types(
    browser_page: Callable[..., Any], claim: Claim, viewport: dict[str, int]
) -> None:
    page = browser_page(viewport=viewport)
    sign_in(page, "editor", make.PASSWORD)
    desk = "/admin/claims"
    verbs = [
        f"{desk}/claim/{claim.pk}/{verb}/" for verb in ("review", "approve", "return", "comment")
    ]
    found = {}
    for url in [*verbs, f"{desk}/claim/{claim.pk}/revert/"]:
        page.goto(url)
        if url.endswith("/revert/"):
            page.get_by_role("button", name="Version 1").click()
        box = page.locator("[name=reason], [name=body]").first
        column = "(box) => box.closest('.flex-container, .form-row').clientWidth"
        found[url] = (box.bounding_box()["width"], min(320, box.evaluate(column)))
    assert {url: widths for url, widths in found.items() if widths[0] < widths[1] - 1} == {}


@pytest.mark.parametrize(
    ("color_scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["wide", "narrow"]
)
def test_every_page_of_the_desk_is_clean(
    browser_page: Callable[..., Any],
    console_errors: list[str],
    claim: Claim,
    color_scheme: str,
    viewport: dict[str, int],
) -> None:
    page = browser_page(color_scheme=color_scheme, viewport=viewport)
    sign_in(page, "editor", make.PASSWORD)
    faults = []
    for url in pages(claim):
        page.goto(url)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            faults.append((url, "scrolls sideways", ""))
        found = Axe().run(page).response["violations"]
        faults += [(url, fault["id"], fault["nodes"][0]["target"]) for fault in found]
        faults += [(url, "console", line) for line in console_errors]
        console_errors.clear()
    assert faults == []


@pytest.mark.parametrize(
    ("color_scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["wide", "narrow"]
)
def test_imported_drafts_are_decided_without_scrolling_sideways(
    browser_page: Callable[..., Any],
    live_server: Any,
    console_errors: list[str],
    color_scheme: str,
    viewport: dict[str, int],
) -> None:
    make.editor()
    import_text(FLOOD, by=make.contributor())
    page = browser_page(color_scheme=color_scheme, viewport=viewport)
    sign_in(page, "editor", make.PASSWORD)
    page.goto("/admin/claims/claim/?queue=imported")
    for name in ("Accept", "Correct", "Drop", "Open a dispute"):
        box = page.get_by_role("link", name=name).first.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= viewport["width"]
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    hidden = "(table) => table.scrollWidth - table.closest('.results').clientWidth"
    page.goto("/admin/claims/claim/")
    assert page.locator("#result_list").evaluate(hidden) <= 0
    page.go_back()
    page.get_by_role("link", name="Open a dispute").click()
    clipped = "(box) => box.scrollHeight - box.clientHeight"
    assert page.locator("[name=reason]").evaluate(clipped) <= 0
    assert console_errors == []


def test_a_file_is_taken_in_and_its_claims_are_listed(browser_page: Callable[..., Any]) -> None:
    make.contributor()
    page = browser_page()
    sign_in(page, "contributor", make.PASSWORD)
    page.get_by_role("link", name="Import an article").click()
    file = {"name": "flood.txt", "mimeType": "text/plain", "buffer": FLOOD.encode()}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible()
    expect(page.get_by_role("link", name="How many people were killed")).to_be_visible()


def test_the_page_of_a_waiting_text_looks_again_by_itself(browser_page: Callable[..., Any]) -> None:
    waiting = note_upload(FLOOD, by=make.contributor(), file_name="flood.txt", title="Flood")
    page = browser_page()
    sign_in(page, "contributor", make.PASSWORD)
    page.goto(f"/admin/claims/importrun/{waiting.run_id}/change/")
    expect(page.get_by_text("0 of 1 dealt with")).to_be_visible()
    import_waiting(waiting)
    expect(page.get_by_role("link", name="How many people were killed")).to_be_visible(
        timeout=15_000
    )


def test_a_reviewer_approves_what_the_page_shows(
    browser_page: Callable[..., Any], claim: Claim
) -> None:
    page = browser_page()
    sign_in(page, "editor", make.PASSWORD)
    page.goto("/admin/claims/claim/?queue=review")
    page.keyboard.press("j")  # nothing: the keys are off
    expect(page.locator(".field-look a").first).not_to_be_focused()
    page.goto("/admin/keys/")
    page.get_by_role("button", name="Review by keyboard").click()
    page.goto("/admin/claims/claim/?queue=review")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/claim/{claim.pk}/review/")
    expect(page.locator("ins", has_text="82").first).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("[name=reason]")).to_be_focused()
    page.keyboard.type("A read and checked it against the report.")
    page.locator("[name=reason]").blur()
    page.keyboard.press("a")
    page.wait_for_url("**/claim/?queue=review")
    assert page.locator(".messagelist").inner_text().endswith("published as version 2.")
    assert claim.versions.get(is_current=True).summary == "Corrected."


def test_a_search_box_finds_a_source(browser_page: Callable[..., Any], claim: Claim) -> None:
    make.source("Radio report of 13 February")
    page = browser_page()
    sign_in(page, "editor", make.PASSWORD)
    page.goto(f"/admin/claims/assertion/add/?claim={claim.ref}")
    page.get_by_role("combobox", name="Source").first.click()
    page.keyboard.type("Radio")
    page.locator(".select2-results__option", has_text="Radio report").click()
    assert page.locator("#id_source option:checked").inner_text() == "Radio report of 13 February"


def test_the_forms_work_without_a_script(browser_page: Callable[..., Any], claim: Claim) -> None:
    page = browser_page(java_script_enabled=False)
    sign_in(page, "editor", make.PASSWORD)
    page.goto(f"/admin/claims/claim/{claim.pk}/return/")
    page.fill("[name=reason]", "The quote lacks its page.")
    page.click("[type=submit].default")
    claim.refresh_from_db()
    assert claim.state == "changes_requested"


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "plain"])
def test_an_article_is_edited_reviewed_and_its_marks_follow(
    browser_page: Callable[..., Any], java_script_enabled: bool
) -> None:
    make.editor()
    revision = make.article("Ambush", "= Ambush =\n\nAbout 60 people were killed at the ford.\n")
    claim, start = make.claim(), revision.text.index("About 60")
    place = {
        "revision": revision,
        "start": start,
        "end": start + len("About 60 people were killed"),
    }
    make.figure(claim, 60, anchors=[place])
    make.approve(claim)
    page = browser_page(java_script_enabled=java_script_enabled)
    sign_in(page, "contributor", make.PASSWORD)
    page.goto(f"/admin/claims/article/{revision.article_id}/change/")
    page.get_by_role("link", name="Edit the text").click()
    box = page.locator("#id_text")
    assert box.input_value() == revision.text
    box.fill(revision.text.replace("were killed", "had been killed"))
    page.fill("[name=reason]", "Tense.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Their words changed, every number stays")).to_be_visible()
    expect(page.locator("mark", has_text="had been killed")).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Revision 2 waits for approval")).to_be_visible()
    page.goto("/articles/ambush/")
    expect(page.get_by_text("were killed")).to_be_visible()
    reviewer = browser_page(java_script_enabled=java_script_enabled)
    sign_in(reviewer, "editor", make.PASSWORD)
    reviewer.goto(f"/admin/claims/article/{revision.article_id}/texts/")
    reviewer.get_by_role("link", name="waits for approval").click()
    expect(reviewer.locator("ins", has_text="had been").first).to_be_visible()
    reviewer.fill("[name=reason]", "Read.")
    reviewer.locator("[type=submit].default").click()
    expect(reviewer.locator(".messagelist")).to_be_visible()
    page.goto("/articles/ambush/")
    expect(page.locator(".claim", has_text="About 60 people had been killed")).to_be_visible()
