"""A page of a wiki or an upload, and reading it: what it proposes, or why it cannot be read."""

# Knows no Django: a reading process starts fast and holds no connection.

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from claims.domain.addresses import address_fault
from claims.errors import InvalidValueError
from claims.reading.article import read_article
from claims.reading.languages.language import LanguageError
from claims.reading.proposals import Reading, ReadingError
from claims.workflow.text import refuse_unstorable


@dataclass(slots=True)
class DumpPage:
    """A page with its newest revision; ``offset`` and ``end`` are bytes of the unpacked XML."""

    offset: int
    end: int = 0
    title: str = ""
    namespace: str = "0"
    is_redirect: bool = False
    model: str = "wikitext"
    timestamp: str = ""
    text: str = ""
    is_too_long: bool = False


@dataclass(slots=True)
class DumpSite:
    """What the dump says of the wiki it was taken from."""

    base: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a page is not imported: the name of the rule, and words with the value at fault."""

    rule: str
    words: str


def read_page(page: DumpPage, language: str = "") -> Reading | Rejection:
    """Return what a page proposes; a page that cannot be read never stops the others.

    ``language`` is the tag that the dump gives.
    """
    fault = fault_of(page)
    if fault is not None:
        return fault
    text = stored_text(page.text)
    return _read(lambda: read_article(text, format="wikitext", title=page.title, language=language))


def read_upload(
    title: str,
    text: str,
    format: str,  # noqa: A002
    language: str = "",
) -> Reading | Rejection:
    """Return what an uploaded text proposes; its own title and language count before the given."""
    fault = fault_of(DumpPage(0, title=title, text=text))
    if fault is not None:
        return fault
    stored = unicodedata.normalize("NFC", text)
    return _read(lambda: read_article(stored, format=format, language=language))


def _read(work: Callable[[], Reading]) -> Reading | Rejection:
    try:
        return work()
    except LanguageError as error:
        return Rejection("language", str(error))
    except ReadingError as error:
        return Rejection("text", str(error))
    except RecursionError:
        return Rejection("text", "The markup is nested too deeply.")
    except Exception as error:  # noqa: BLE001  a page of millions must not stop the import
        return Rejection("reading", f"{type(error).__name__}: {error}"[:1000])


def stored_text(text: str) -> str:
    """Return the text as an article revision keeps it, so that spans stay true."""
    return unicodedata.normalize("NFC", text.strip())


def fault_of(page: DumpPage) -> Rejection | None:
    """Return why a page cannot be read at all, None when it can."""
    if page.is_too_long:
        return Rejection("length", "The text is longer than the limit for a page.")
    if page.model != "wikitext":
        return Rejection("content model", f"The text is {page.model[:100]!r}, not wikitext.")
    if not page.title.strip():
        return Rejection("title", "The page has no title.")
    if len(page.title) > 300:
        return Rejection("title", f"The title has {len(page.title)} characters; 300 are allowed.")
    if not page.text.strip():
        return Rejection("text", "The page has no text.")
    try:
        refuse_unstorable(page.title, "title")
        refuse_unstorable(page.text, "text")
    except InvalidValueError as error:
        return Rejection(error.code, error.message)
    return None


def page_address(site: DumpSite, title: str) -> str:
    """Return where the page is read on its wiki; '' when the dump does not say or lies.

    A wiki inside a network has no address that readers could open.
    """
    start, slash, _ = site.base.rpartition("/")
    if not slash or address_fault(start):
        return ""
    address = f"{start}/{quote(title.replace(' ', '_'), safe='/:(),')}"
    return address if len(address) <= 2000 else ""
