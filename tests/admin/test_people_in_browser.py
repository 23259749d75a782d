"""Pages about people in a real browser: no fault that axe finds, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from playwright.sync_api import expect

from claims.models import Claim
from claims.workflow.claims import edit_claim
from claims.workflow.comments import write_comment
from claims.workflow.watching import set_watch
from tests import factories as make
from tests.browser import sign_in

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}


def pages() -> list[str]:
    """Pages with something on them, for the chief."""
    claim = make.published_claim(60, 97).claim
    write_comment(claim=claim, by=make.contributor(), body="@chief please look at page 7.")
    set_watch(account=make.chief(), noun="claim", number=claim.pk, is_on=True)
    return [
        "/admin/notifications/",
        "/admin/watching/",
        "/admin/notifications/mail/",
        f"/admin/claims/claim/{claim.pk}/change/",
        f"/admin/claims/claim/{claim.pk}/review/",
        "/admin/accounts/",
        f"/admin/accounts/{make.contributor().pk}/",
        f"/admin/accounts/{make.contributor().pk}/group/",
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/x/y/",
        f"/admin/accounts/{make.contributor().pk}/rollback/",
    ]


@pytest.mark.parametrize(
    ("color_scheme", "viewport"), [("light", WIDE), ("dark", NARROW)], ids=["wide", "narrow"]
)
def test_every_page_about_people_is_clean(
    browser_page: Callable[..., Any],
    console_errors: list[str],
    color_scheme: str,
    viewport: dict[str, int],
) -> None:
    make.chief()
    addresses = pages()
    page = browser_page(color_scheme=color_scheme, viewport=viewport)
    sign_in(page, "chief", make.PASSWORD)
    faults = []
    for url in addresses:
        page.goto(url)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wide) > 0:
            faults.append((url, "scrolls sideways", ""))
        found = Axe().run(page).response["violations"]
        faults += [(url, fault["id"], fault["nodes"][0]["target"]) for fault in found]
        faults += [(url, "console", line) for line in console_errors]
        console_errors.clear()
    assert faults == []


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "plain"])
def test_a_vandal_is_rolled_back_and_a_second_person_approves(
    browser_page: Callable[..., Any], java_script_enabled: bool
) -> None:
    make.chief()
    make.editor()
    spoilt, better = make.published_claim(60).claim, make.published_claim(97).claim
    vandal = make.account("contributor", "vandal")
    for claim in (spoilt, better):
        edit_claim(claim=claim, population="nobody at all", by=vandal, reason="lol")
    own = make.claim(by=vandal)
    fresh = Claim.objects.get(pk=better.pk)
    edit_claim(claim=fresh, population="soldiers", by=make.editor(), reason="Narrower.")
    page = browser_page(java_script_enabled=java_script_enabled)
    sign_in(page, "chief", make.PASSWORD)
    page.goto(f"/admin/claims/reviewevent/?by={vandal.username}")
    page.get_by_role("link", name="vandal", exact=True).first.click()
    page.get_by_role("link", name="Take back what it did").click()
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("reverted, goes before reviewers")).to_have_count(1)
    expect(page.locator(".change", has_text="nobody at all")).to_be_visible()
    page.fill("[name=reason]", "Vandalism.")
    page.get_by_role("button", name="Take it back").click()
    rows = page.locator("ul.rows > li")
    expect(rows.filter(has_text=spoilt.ref)).to_contain_text("reverted, goes before reviewers")
    expect(rows.filter(has_text=better.ref)).to_contain_text("skipped: editor edited it later")
    expect(rows.filter(has_text=own.ref)).to_contain_text("draft dropped")
    page.goto(f"/claims/{spoilt.ref}/")
    expect(page.get_by_text("nobody at all")).to_have_count(0)
    reviewer = browser_page(java_script_enabled=java_script_enabled)
    sign_in(reviewer, "editor", make.PASSWORD)
    reviewer.goto(f"/admin/claims/claim/{spoilt.pk}/review/")
    reviewer.fill("[name=reason]", "As it was.")
    reviewer.get_by_role("button", name="Approve and publish").click()
    expect(reviewer.locator(".messagelist")).to_contain_text("published as version 2")


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["script", "plain"])
def test_from_an_invitation_to_the_first_approval(
    browser_page: Callable[..., Any], java_script_enabled: bool
) -> None:
    make.chief()
    make.submitted_claim(60)
    chief = browser_page(java_script_enabled=java_script_enabled)
    sign_in(chief, "chief", make.PASSWORD)
    chief.get_by_role("link", name="Accounts").click()
    chief.fill("[name=username]", "newcomer")
    chief.fill("[name=email]", "new@example.org")
    chief.select_option("[name=group]", "editor")
    chief.fill("[name=reason]", "Knows the archives.")
    chief.get_by_role("button", name="Invite by e-mail").click()
    expect(chief.get_by_text("newcomer is invited.")).to_be_visible()
    (message,) = mail.outbox
    link = next(word for word in message.body.split() if "/admin/password_reset/" in word)
    page = browser_page(java_script_enabled=java_script_enabled)
    page.goto(link.removeprefix(settings.SITE_URL))
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", "an unlikely horse of 1987")
    page.locator("[type=submit]").click()
    expect(page.get_by_text("Your password has been set")).to_be_visible()
    sign_in(page, "newcomer", "an unlikely horse of 1987")
    page.goto("/admin/claims/claim/?queue=review")
    page.locator(".field-look a").first.click()
    page.fill("[name=reason]", "Read and compared.")
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.locator(".messagelist")).to_contain_text("published as version 1")
    page.goto("/admin/notifications/")
    chief.goto(f"/admin/accounts/{User.objects.get(username='newcomer').pk}/")
    expect(chief.locator("dl.members > div").last).to_contain_text("1")
