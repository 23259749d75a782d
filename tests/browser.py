"""Tests in a real browser: Chromium driven by Playwright, each console error a failure."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
]
left_out = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser tests out where there is no Chromium."""
    wanting = [item for item in items if item.get_closest_marker("browser")]
    config.stash[left_out] = 0 if CHROMIUM else len(wanting)
    if wanting and not CHROMIUM:
        config.hook.pytest_deselected(items=wanting)
        items[:] = [item for item in items if item not in wanting]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that reports what this worker left out; each worker sees all tests."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(left_out, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear what a worker left out."""
    node.config.stash[left_out] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say whether browser tests ran, and why not."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    count = sum("browser" in report.keywords for report in reports)
    if left_out_tests := config.stash.get(left_out, 0):
        terminalreporter.write_line(f"browser: no Chromium here, {left_out_tests} tests left out")
    elif count:
        terminalreporter.write_line(f"browser: ran {count}")


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator["Browser"]:
    """One headless Chromium for the whole run.

    It asks for the test database, so that the live server, which starts after it, shares the
    connection to a database in memory instead of opening others that nobody closes.
    """
    from django.db import connections
    from playwright.sync_api import sync_playwright

    shared = {alias: connections[alias] for alias in connections}
    # Playwright keeps an event loop in this thread, which Django takes for an async caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        # With a loop running Django would look elsewhere for its connections, and open others.
        for alias, connection in shared.items():
            connections[alias] = connection
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def console_errors() -> list[str]:
    """What the browser complained of; a test that provokes an error clears it."""
    return []


@pytest.fixture
def browser_page(
    chromium: "Browser", live_server: Any, console_errors: list[str]
) -> Iterator[Callable[..., "Page"]]:
    """Open pages on the live server: browser_page(color_scheme="dark", java_script_enabled=False).

    Takes the options of Playwright's Browser.new_context; paths in page.goto() start with "/".
    After the test any console error, page error or request to another host is a failure.
    """
    contexts = []

    def open_page(**options: Any) -> "Page":
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda line: line.type == "error" and console_errors.append(line.text))
        page.on("pageerror", lambda error: console_errors.append(str(error)))
        page.on("request", lambda request: note_foreign(request.url))
        return page

    def note_foreign(url: str) -> None:
        if not url.startswith((live_server.url, "data:", "about:", "blob:")):
            console_errors.append(f"request to another host: {url}")

    yield open_page
    for context in contexts:
        context.close()
    assert console_errors == []


def sign_in(page: "Page", username: str, password: str) -> None:
    """Sign in by the admin's form."""
    page.goto("/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
