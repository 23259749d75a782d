"""Cited works and works that prose only names, as sources; the same work is one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import AttributionRole, CslType, UrlStatus
from claims.domain.addresses import address_fault
from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.identity import work_keys
from claims.importers.intake.parties import Speakers
from claims.models import Source
from claims.reading.proposals import CitedSource, Reading
from claims.workflow.importing import lock_names
from claims.workflow.look_alikes_of_new import ask_about_added
from claims.workflow.sources import add_sources

# What makes two sources the same: how they are known, and the words or the number.
type Key = tuple[str, ...]
# One step of a chain of speakers: the party, its role and its mode.
type Link = Mapping[str, Any]


class Works:
    """Finds or adds the source behind a figure; each is looked up once an article."""

    def __init__(self, reading: Reading, speakers: Speakers, *, by: User, reason: str) -> None:
        whole = reading.text
        self._cited = [(whole[work.char_start : work.char_end], work) for work in reading.sources]
        self._speakers, self._by, self._reason = speakers, by, reason
        self._works: dict[str, CitedSource | None] = {}
        self._keys: dict[str, Key] = {}
        self._known: dict[Key, Source] = {}
        self._looked_up: set[Key] = set()
        self.added = self.asked = 0

    def cited(self, text: str) -> Source:
        """The work of a reference mark; its text alone when the reading found no work in it."""
        key = self._key(text)
        if key not in self._known:
            self.prepare([text])
        return self._known[key]

    def named(self, link: Link, title: str) -> Source:
        """What an outlet published, or a speaker said, named by the article and not located."""
        key = _named_key(link, title)
        if key not in self._known:
            self.prepare([], [link], title)
        return self._known[key]

    def look_up(self, text: str) -> tuple[Source | None, CitedSource | None]:
        """The stored source of a reference mark, and the work that it cites; adds nothing."""
        key = self._key(text)
        if key not in self._looked_up:
            self._look([key])
        return self._known.get(key), self._work_in(text)

    def publishers(self, citations: Iterable[str]) -> list[str]:
        """Look these references up; name who published those that nobody knows."""
        works = {self._key(text): self._work_in(text) for text in citations}
        self._look([key for key in works if key not in self._looked_up])
        new = [work for key, work in works.items() if work and key not in self._known]
        return [
            work.publisher or work.container for work in new if work.publisher or work.container
        ]

    def prepare(
        self, citations: Iterable[str], links: Iterable[Link] = (), title: str = ""
    ) -> None:
        """Find or add all these references, and what the article relays, at once.

        `links` are the last ones of chains: who stands nearest to the article.
        """
        cited = {self._key(text): text for text in citations}
        named = {_named_key(link, title): link for link in links}
        missing = self._unknown([*cited, *named])
        if self._looked_up.isdisjoint(missing):  # they may be known, and need no lock then
            self._look(missing)
            missing = self._unknown(missing)
        if missing:
            locked = lock_names("source", [key[1] for key in missing])
            self._look(missing if locked else set(missing) - self._looked_up)
            missing = self._unknown(missing)
        if missing:
            rows = [
                self._fields(cited[key]) if key in cited else _said(named[key], key)
                for key in missing
            ]
            made = add_sources(rows=rows, by=self._by, reason=self._reason)
            self._known |= dict(zip(missing, made, strict=True))
            self.added += len(made)
            self.asked += ask_about_added(made, by=self._by, reason=self._reason)

    def _unknown(self, keys: Iterable[Key]) -> list[Key]:
        return [key for key in keys if key not in self._known]

    def _key(self, text: str) -> Key:
        """How the work of a reference mark is known; worked out once an article."""
        if text not in self._keys:
            self._keys[text] = self._key_of(text)
        return self._keys[text]

    def _key_of(self, text: str) -> Key:
        work = self._work_in(text)
        if work is None:
            return "text", " ".join(text.split())[:500]
        keys = work_keys(work.title[:500], url=work.url, doi=work.doi, isbn=work.isbn)
        if keys["doi"]:
            return "doi", keys["doi"]
        if keys["isbn"]:
            return "isbn", keys["isbn"], keys["key"]
        # A work without a number or an address cannot be told from another of its title.
        return ("url", keys["address"]) if keys["address"] else ("here", text)

    def _look(self, keys: Collection[Key]) -> None:
        """Look all these up in one query; where several rows are the same, the oldest counts."""
        self._looked_up |= set(keys)
        known: dict[str, set[str]] = defaultdict(set)
        for kind, words, *_ in keys:
            if kind in _COLUMNS:
                known[_COLUMNS[kind]].add(words)
        for row in Source.objects.known_as(known):
            for key in _keys_of(row):
                self._known.setdefault(key, row)

    def _work_in(self, text: str) -> CitedSource | None:
        """The first work that stands inside the reference's text."""
        if text not in self._works:
            inside = (
                work
                for words, work in self._cited
                if words in text or (work.url and work.url in text)
            )
            self._works[text] = next(inside, None)
        return self._works[text]

    def _fields(self, text: str) -> dict[str, Any]:
        work = self._work_in(text)
        if work is None:
            return {"title": " ".join(text.split())[:500], "url_status": UrlStatus.NONE}
        publisher = work.publisher or work.container
        fields: dict[str, Any] = {
            "csl_type": work.csl_type if work.csl_type in CslType.values else CslType.DOCUMENT,
            "title": (work.title or work.url or work.key)[:500],
            "authors": "; ".join(work.author)[:500],
            "publisher": self._speakers.party(publisher, outlet=True) if publisher else None,
            "issued": _edtf(work.issued),
            "url": _address(work.url),
            "archive_url": _address(work.archive_url),
            "archived_on": _day(work.archived),
            "accessed_on": _day(work.accessed),
            "language": work.language[:35],
            "doi": work.doi[:200],
            "isbn": work.isbn[:20],
        }
        status = work.url_status if work.url_status in ("live", "dead") else UrlStatus.UNKNOWN
        fields["url_status"] = status if fields["url"] else UrlStatus.NONE
        return fields


_COLUMNS: Final = {
    "url": "known.address",
    "doi": "known.doi",
    "isbn": "known.isbn",
    "text": "title",
    "named": "title",
}


def _keys_of(row: Source) -> Iterator[Key]:
    """How a stored source is known."""
    keys = work_keys(row.title, url=row.url, doi=row.doi, isbn=row.isbn)
    yield "url", keys["address"]
    yield "doi", keys["doi"]
    yield "isbn", keys["isbn"], keys["key"]
    yield "named", row.title, str(row.publisher_id or "")
    if not row.url:
        yield "text", row.title


def _named_key(link: Link, title: str) -> Key:
    """What a party says in the article of this title; only outlets publish what they say."""
    publisher = link["party"].pk if _publishes(link) else ""
    return "named", f"{link['party'].name}, as relayed by “{title}”"[:500], str(publisher)


def _said(link: Link, key: Key) -> dict[str, Any]:
    return {
        "title": key[1],
        "csl_type": CslType.DOCUMENT if _publishes(link) else CslType.SPEECH,
        "publisher": link["party"] if _publishes(link) else None,
        "url_status": UrlStatus.NONE,
    }


def _publishes(link: Link) -> bool:
    return bool(link["role"] == AttributionRole.PUBLISHER)


def _edtf(text: str) -> str:
    try:
        parse_edtf(text)
    except EdtfError:
        return ""
    return text if len(text) <= 64 else ""


def _day(text: str) -> Any:
    """The day that an EDTF text names; None when it names no single day."""
    try:
        parsed = parse_edtf(text) if text else None
    except EdtfError:
        return None
    return parsed.earliest if parsed and parsed.earliest == parsed.latest else None


def _address(url: str) -> str:
    """The address when readers may be sent there; '' else."""
    return url if url and len(url) <= 2000 and not address_fault(url) else ""
