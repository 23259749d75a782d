"""A first pass over a dump: is it whole, and how much is there to do?"""

# Reading the XML costs a hundredth of reading the articles, so a file that is cut short, damaged or
# hostile is refused before anything of it is stored.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from claims.importers.dump.export import DumpReader
from claims.importers.dump.file import file_sha256, open_dump
from claims.importers.page_reading import DumpPage, DumpSite

ARTICLES = "0"  # the namespace of articles


@dataclass(slots=True)
class DumpSurvey:
    """What a dump holds; ``characters`` are those of the articles' texts."""

    path: Path
    page_bytes: int
    sha256: str = ""
    articles: int = 0
    redirects: int = 0
    elsewhere: int = 0
    characters: int = 0
    site: DumpSite = field(default_factory=DumpSite)

    def pages(self, after: int = -1) -> Iterator[DumpPage]:
        """Yield the articles that begin after this byte; redirects and talk pages are no such."""
        with open_dump(self.path) as stream:
            for page in DumpReader(stream.read, self.page_bytes).pages():
                if page.offset > after and is_article(page):
                    yield page

    def characters_until(self, position: int) -> int:
        """Return the characters of the articles that begin up to this byte."""
        characters = 0
        for page in self.pages() if position >= 0 else ():
            if page.offset > position:
                break
            characters += len(page.text)
        return characters


def survey_dump(path: Path, page_bytes: int) -> DumpSurvey:
    """Read the dump once from end to end. Raises ImportRefusedError where it is at fault."""
    survey = DumpSurvey(path, page_bytes)
    with open_dump(path) as stream:
        reader = DumpReader(stream.read, page_bytes)
        for page in reader.pages():
            if is_article(page):
                survey.articles += 1
                survey.characters += len(page.text)
            elif page.is_redirect:
                survey.redirects += 1
            else:
                survey.elsewhere += 1
    survey.site, survey.sha256 = reader.site, file_sha256(path)
    return survey


def is_article(page: DumpPage) -> bool:
    """Whether the page is an article of its own."""
    return page.namespace == ARTICLES and not page.is_redirect
