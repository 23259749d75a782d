"""Where a page of a dump is read: an address that readers can open, or none."""

from __future__ import annotations

import pytest

from claims.domain.addresses import address_fault
from claims.importers.page_reading import DumpSite, page_address


def of_wiki(base: str) -> str:
    return page_address(DumpSite(base=base), "Battle of Wabaria (2012)")


def test_the_address_of_a_page_is_that_of_its_wiki_with_the_title() -> None:
    base = "https://en.wiki.example.org/wiki/Main_Page"
    assert of_wiki(base) == "https://en.wiki.example.org/wiki/Battle_of_Wabaria_(2012)"
    assert address_fault(of_wiki(base)) == ""


@pytest.mark.parametrize(
    "base",
    ["", "Main_Page", "http://localhost/wiki/Main_Page", "http://10.0.0.3/wiki/Main_Page",
     "ftp://wiki.example.org/Main_Page", "https://a b.org/wiki/Main_Page", "http://[/Main_Page",
     "https://me:pw@wiki.example.org/Main_Page"],
)  # fmt: skip
def test_a_wiki_that_readers_cannot_open_gives_its_pages_no_address(base: str) -> None:
    assert of_wiki(base) == ""
