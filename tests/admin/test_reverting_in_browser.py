"""Going back in a real browser: an article to an older text, a claim to an older version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from claims.models import Article, Claim
from claims.workflow.claims import edit_claim
from claims.workflow.texts import approve_revision
from tests import factories as make
from tests.admin.article_texts import SECTIONS, flood, submitted
from tests.browser import sign_in

pytestmark = pytest.mark.browser


def vandalised(signed_in: Callable[..., Any]) -> Article:
    """An article of whose two approved texts the newer one is spoilt."""
    article = flood().article
    submitted(signed_in(make.contributor()), article, SECTIONS.replace("Ten", "A million"))
    spoilt = article.revisions.get(number=2)
    approve_revision(revision=spoilt, by=make.second_editor(), reason="Not read.")
    return article


def test_a_text_is_gone_back_to_and_readers_get_it_from_a_second_person(
    browser_page: Callable[..., Any], live_server: Any, signed_in: Callable[..., Any]
) -> None:
    article = vandalised(signed_in)
    make.editor()
    page = browser_page()
    sign_in(page, "editor", make.PASSWORD)
    page.goto(reverse("admin:claims_article_texts", args=[article.pk]))
    page.get_by_role("link", name="Back to 1").click()
    change = page.get_by_role("region", name="Text, word by word")
    expect(change.locator("del").first).to_contain_text("A million")
    expect(change.locator("ins").first).to_contain_text("Ten")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.locator(".messagelist")).to_contain_text("Revision 3 waits for approval")

    readers = browser_page()
    readers.goto(f"/articles/{article.slug}/")
    expect(readers.get_by_text("A million men")).to_be_visible()
    sign_in(readers, "second_editor", make.PASSWORD)
    readers.goto(reverse("admin:claims_article_texts", args=[article.pk]))
    readers.get_by_role("link", name="waits for approval").click()
    readers.get_by_label("Reason").fill("The old text, read.")
    readers.get_by_role("button", name="Approve").click()
    readers.goto(f"/articles/{article.slug}/")
    expect(readers.get_by_text("Ten men drowned.")).to_be_visible()


def test_a_claim_goes_back_to_a_version_that_was_shown_first(
    browser_page: Callable[..., Any], live_server: Any
) -> None:
    claim = make.published_claim(97, question="How many boats sank?").claim
    changed = {"question": "How many ships sank?", "population": "ships"}
    edit_claim(claim=claim, by=make.contributor(), reason="Spoilt.", **changed)
    make.approve(claim)
    make.editor()
    page = browser_page()
    sign_in(page, "editor", make.PASSWORD)
    page.goto("/admin/claims/claimversion/?q=ships")
    page.locator("#result_list tbody tr").last.get_by_role("link").first.click()
    page.get_by_role("link", name="Go back to this version").click()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator("#content del").first).to_contain_text("ships")
    page.get_by_label("Reason").fill("The older question was right.")
    page.get_by_role("button", name="Go back", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("set up for review")
    now = Claim.objects.get(pk=claim.pk)
    assert (now.question, now.state) == ("How many boats sank?", "in_review")
    make.approve(now, by=make.second_editor())
    page.goto(f"/claims/{claim.ref}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("How many boats sank?")
