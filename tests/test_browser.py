"""The browser tests' own footing: the stock admin works under the content policy."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_admin_opens_under_the_content_policy(
    browser_page: Callable[..., Any], django_user_model: Any, color_scheme: str
) -> None:
    django_user_model.objects.create_superuser("root", password="correct horse battery")
    page = browser_page(color_scheme=color_scheme)
    sign_in(page, "root", "correct horse battery")
    page.goto("/admin/auth/group/add/")
    assert page.locator("select#id_permissions_from").is_visible()  # the script has run


def test_a_script_that_the_page_did_not_bring_is_refused(
    browser_page: Callable[..., Any], console_errors: list[str]
) -> None:
    page = browser_page()
    page.goto("/admin/login/")
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.body.append(s)"
    )
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in line for line in console_errors)
    console_errors.clear()
