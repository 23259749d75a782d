"""Draw the pictures of the guides: load the demo, open its pages in Chromium, write docs/images."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.browser import ARGUMENTS, CHROMIUM, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT: Final = Path(__file__).resolve().parent.parent
IMAGES: Final = ROOT / "docs" / "images"
SIZE: Final = {"width": 1100, "height": 760}  # pixels
PATIENCE: Final = 30  # seconds until the server answers
# Selects the paragraph of the article that holds these words.
SELECT: Final = """(words) => {
  const found = [...document.querySelectorAll(".article-text p")];
  const line = found.find((one) => one.textContent.includes(words));
  line.scrollIntoView({ block: "center" });
  getSelection().selectAllChildren(line);
}"""


def first_page(page: Page) -> None:
    page.goto("/admin/")


def queue(page: Page) -> None:
    page.goto("/admin/claims/claim/?queue=review")


def review(page: Page) -> None:
    page.goto("/admin/claims/claim/?queue=review")
    page.locator(".field-look a").first.click()
    page.wait_for_url("**/review/")


def rows(page: Page) -> None:
    """The rows of a claim, one figure typed, the plot of all below them."""
    page.goto("/admin/claims/claim/1/change/")
    page.locator("[id^=id_assertions-][id$=-value]:visible").last.fill("about 90")
    page.locator("#live-plot tr", has_text="about 90").wait_for()
    page.locator("#assertions-group").scroll_into_view_if_needed()
    page.locator("[id^=id_assertions-][id$=-value]:visible").last.scroll_into_view_if_needed()


def quote(page: Page) -> None:
    page.goto("/admin/claims/article/1/quote/")
    page.evaluate(SELECT, "between 50 and 101")


def uses(page: Page) -> None:
    page.goto("/admin/claims/source/1/uses/")


def claim(page: Page) -> None:
    page.goto("/claims/C1/")


PICTURES: Final[dict[str, Callable[[Any], None]]] = {
    "desk": first_page,
    "queue": queue,
    "review": review,
    "rows": rows,
    "quote": quote,
    "uses": uses,
    "claim": claim,
}


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """The address of a server with the demo, in a database that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        told = {"FACTBASE_MODE": "development", "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3"}
        run: dict[str, Any] = {"cwd": ROOT, "env": {**os.environ, **told}}
        for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
            subprocess.run([sys.executable, "manage.py", *command], check=True, **run)
        bound = ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--no-control-socket"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *bound, "factbase.wsgi"], **run
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def draw(address: str, folder: Path) -> list[Path]:
    """Write each picture as a PNG file and return the files."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            base_url=address, viewport=SIZE, color_scheme="light", reduced_motion="reduce"
        )
        page = context.new_page()
        sign_in(page, "editor", "demo-editor")
        made = []
        for name, show in PICTURES.items():
            show(page)
            made.append(folder / f"{name}.png")
            page.screenshot(path=made[-1])
        browser.close()
    return made


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("make screenshots needs Chromium on the PATH")
    with demo() as here:
        for picture in draw(here, IMAGES):
            sys.stdout.write(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes\n")
