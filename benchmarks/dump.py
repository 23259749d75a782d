"""A MediaWiki dump of invented articles with figures: the same bytes for the same numbers."""

from __future__ import annotations

import bz2
import gzip
import random
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

HEAD = """\
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo>
    <sitename>Invented</sitename>
    <base>https://wiki.example.org/wiki/Main_Page</base>
  </siteinfo>
"""
PAGE = """\
  <page>
    <title>{title}</title>
    <ns>{namespace}</ns>
    <id>{number}</id>{redirect}
    <revision>
      <id>{number}</id>
      <timestamp>2026-01-01T00:00:00Z</timestamp>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text bytes="{size}" xml:space="preserve">{text}</text>
    </revision>
  </page>
"""
EVENTS = ("flood", "earthquake", "wildfire", "storm", "landslide", "shipwreck", "uprising")
PLACES = ("Arvel", "Bensk", "Corvin", "Dolmar", "Estrel", "Farnau", "Gilvo", "Hestra", "Ilmen")
SPEAKERS = ("Red Cross", "Civil Protection", "Army of Estrel", "Relief Council", "Harbour Office")
OUTLETS = ("Arvel Courier", "Bensk Herald", "Radio Corvin", "Dolmar Times")
MONTHS = ("January", "March", "May", "July", "September", "November")
COUNTED = ("people", "soldiers", "residents", "fishermen", "farmers", "students")
VERBS = ("were killed", "were injured", "went missing", "were displaced", "were arrested")
MODIFIERS = ("", "", "", "about ", "at least ", "more than ", "nearly ")
FILLER = (
    "The road to the harbour stayed closed while engineers looked at the bridges.",
    "Schools served as shelters, and neighbours brought blankets and bread.",
    "A commission of the council was asked to look into the warnings that had been given.",
    "Rain had fallen on the hills above the town for most of the week before.",
)
TALK_EVERY, REDIRECT_EVERY = 40, 25


def write_dump(path: Path, pages: int, *, paragraphs: int = 6) -> None:
    """Write ``pages`` articles, and between them redirects and talk pages; .bz2 and .gz pack."""
    with _opened(path) as file:
        for piece in dump_pieces(pages, paragraphs=paragraphs):
            file.write(piece.encode())


def dump_pieces(pages: int, *, paragraphs: int = 6) -> Iterator[str]:
    """Yield the dump's XML, a page at a time."""
    yield HEAD
    for number in range(1, pages + 1):
        title, text = article(number, paragraphs)
        yield _page(number, title, text)
        if number % REDIRECT_EVERY == 0:
            redirect = f'\n    <redirect title="{escape(title)}" />'
            yield _page(number, f"{title} (old)", f"#REDIRECT [[{title}]]", redirect=redirect)
        if number % TALK_EVERY == 0:
            yield _page(number, f"Talk:{title}", "Are 500 killed right?", namespace=1)
    yield "</mediawiki>\n"


def article(number: int, paragraphs: int) -> tuple[str, str]:
    """Return title and wikitext of one article; about 1,200 characters a paragraph."""
    chance = random.Random(number)
    event, place = chance.choice(EVENTS), chance.choice(PLACES)
    year = chance.randrange(1950, 2025)
    title = f"{year} {place} {event} ({number})"
    date = f"{chance.randrange(1, 28)} {chance.choice(MONTHS)} {year}"
    body = [f"'''The {event} of {place}''' struck the region on {date}.{_cite(chance, year)}"]
    for index in range(paragraphs):
        if index % 3 == 0:
            body.append(f"== Part {index // 3 + 1} ==")
        body.append(_paragraph(chance, place, year))
    return title, "\n\n".join(body) + "\n"


def _paragraph(chance: random.Random, place: str, year: int) -> str:
    counted, verb = chance.choice(COUNTED), chance.choice(VERBS)
    first = f"{chance.choice(MODIFIERS)}{chance.randrange(20, 9_000):,}"
    second = f"{chance.randrange(20, 900):,}"
    when = f"{chance.randrange(1, 28)} {chance.choice(MONTHS)} {year}"
    return (
        f"The {chance.choice(SPEAKERS)} said that {first} {counted} {verb} in {place} on {when}."
        f"{_cite(chance, year)} {_filler(chance)} According to the {chance.choice(OUTLETS)}, "
        f"{second} {counted} {verb}. {_filler(chance)}"
    )


def _filler(chance: random.Random) -> str:
    """Prose without figures: real articles hold one figure in about 600 characters."""
    return " ".join(chance.choice(FILLER) for _ in range(5))


def _cite(chance: random.Random, year: int) -> str:
    outlet, number = chance.choice(OUTLETS), chance.randrange(10_000)
    return (
        f"<ref>{{{{cite web |title=Report {number} |publisher={outlet} "
        f"|url=https://news.example.org/{year}/{number} |date={year}-06-01}}}}</ref>"
    )


def _page(number: int, title: str, text: str, *, namespace: int = 0, redirect: str = "") -> str:
    return PAGE.format(
        number=number,
        title=escape(title),
        namespace=namespace,
        redirect=redirect,
        size=len(text.encode()),
        text=escape(text),
    )


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".bz2":
        return bz2.BZ2File(path, "wb")
    if path.suffix == ".gz":
        return gzip.GzipFile(path, "wb", mtime=0)
    return path.open("wb")


def main() -> None:
    """``python -m benchmarks.dump PATH [--pages N] [--paragraphs N]``."""
    parser = ArgumentParser(description="Write a dump of invented articles.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--paragraphs", type=int, default=6)
    options = parser.parse_args()
    write_dump(options.path, options.pages, paragraphs=options.paragraphs)


if __name__ == "__main__":
    main()
