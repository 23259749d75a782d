"""Where the links of an article's text lead: to articles here, else to the wiki it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.urls import reverse

from claims.models import ArticleRevision
from claims.reading.text.page_text import Passage

# How wikis of this kind address a page; before it stands the wiki, behind it the title.
_WIKI: Final = "/wiki/"
_MOST: Final = 2_000  # titles of one article that are looked up


@dataclass(frozen=True, slots=True)
class PageLink:
    """The address of a page, and whether it is an article here."""

    address: str
    is_here: bool


def page_links(passages: Iterable[Passage], origin: str) -> dict[str, PageLink]:
    """The links of the passages by the title that they name; one query.

    ``origin`` is the address that the text came from. A title that is neither an article here nor
    to be found there leads nowhere and is left out.
    """
    titles = list(dict.fromkeys(_titles(passages)))[:_MOST]
    plain = {title: _page_title(title) for title in titles}
    here = _articles(set(plain.values()))
    wiki, found, _ = origin.partition(_WIKI)
    links: dict[str, PageLink] = {}
    for title, page in plain.items():
        if page in here:
            links[title] = PageLink(here[page], is_here=True)
        elif found:
            links[title] = PageLink(f"{wiki}{_WIKI}{_in_address(title)}", is_here=False)
    return links


def _titles(passages: Iterable[Passage]) -> Iterable[str]:
    for passage in passages:
        cells = (cell for row in passage.rows for cell in row)
        for piece in (*passage.pieces, *cells):
            yield from (run.page for run in piece.runs if run.page)


def _page_title(title: str) -> str:
    """The title without its section; the first letter counts in either case."""
    page = title.partition("#")[0].strip()
    return page[:1].upper() + page[1:]


def _articles(titles: set[str]) -> dict[str, str]:
    revisions = ArticleRevision.objects.newest_approved().filter(title__in=titles)
    return {
        title: reverse("article-detail", args=[slug])
        for title, slug in revisions.values_list("title", "article__slug")
    }


def _in_address(title: str) -> str:
    page, mark, section = title.partition("#")
    address = quote(page.strip().replace(" ", "_"), safe=":/(),'!*")
    return f"{address}#{quote(section.strip().replace(' ', '_'))}" if mark else address
