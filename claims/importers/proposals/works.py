"""Cited works and works that prose only names, as sources; the same work is one row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.choices import CslType, UrlStatus
from claims.domain.dates import EdtfError, parse_edtf
from claims.importers.proposals.speakers import Speakers
from claims.models import Party, Source
from claims.reading.proposals import CitedSource, Reading
from claims.workflow.importing import lock_names
from claims.workflow.sources import add_source, add_sources


class Works:
    """Finds or adds the source behind a figure."""

    def __init__(self, reading: Reading, speakers: Speakers, *, by: User, reason: str) -> None:
        self._reading, self._speakers = reading, speakers
        self._by, self._reason = by, reason
        self._made: dict[str, Source] = {}
        self.added = 0

    def cited(self, text: str) -> Source:
        """The work of a reference mark; its text alone when the reading found no work in it."""
        if text not in self._made:
            work = self._work_in(text)
            self._made[text] = self._of_work(work) if work else self._titled(text)
        return self._made[text]

    def prepare(self, citations: Iterable[str]) -> None:
        """Add the works of all these references that have an address and are not known, at once."""
        works: dict[str, CitedSource] = {}
        texts: dict[str, str] = {}
        for text in dict.fromkeys(one for one in citations if one):
            work = self._work_in(text)
            if work is not None and work.url and not (work.doi or work.isbn):
                works.setdefault(work.url, work)
                texts[text] = work.url
        known = _by_address(works)
        missing = [url for url in works if url not in known]
        if missing and lock_names("source", missing):
            known |= _by_address(missing)
        new = [work for url, work in works.items() if url not in known and _address(url)]
        if new:
            rows = [self._fields(work) for work in new]
            made = add_sources(rows=rows, by=self._by, reason=self._reason)
            self.added += len(made)
            known |= {row.url: row for row in made}
        self._made |= {text: known[url] for text, url in texts.items() if url in known}

    def named(self, party: Party, title: str) -> Source:
        """What an outlet published, or a speaker said, named by the article and not located."""
        outlet = party.kind == "outlet"
        words = f"{party.name}, as relayed by “{title}”"[:500]
        fields: dict[str, Any] = {
            "title": words,
            "csl_type": CslType.DOCUMENT if outlet else CslType.SPEECH,
            "publisher": party if outlet else None,
            "url_status": UrlStatus.NONE,
        }
        same = Source.objects.filter(title=words, publisher=fields["publisher"])
        return self._first_of(same, words) or self._add(fields)

    def _work_in(self, text: str) -> CitedSource | None:
        """The first work that stands inside the reference's text."""
        whole = self._reading.text
        for work in self._reading.sources:
            if whole[work.char_start : work.char_end] in text or (work.url and work.url in text):
                return work
        return None

    def _of_work(self, work: CitedSource) -> Source:
        known = self._first_of(self._same(work), work.doi or work.isbn or work.url)
        return known or self._add(self._fields(work))

    def _fields(self, work: CitedSource) -> dict[str, Any]:
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

    def _same(self, work: CitedSource) -> QuerySet[Source]:
        """The stored sources with the same DOI, ISBN and title, or address."""
        if work.doi:
            return Source.objects.filter(doi__iexact=work.doi)
        if work.isbn:
            return Source.objects.filter(isbn=work.isbn, title=work.title[:500])
        return Source.objects.filter(url=work.url) if work.url else Source.objects.none()

    def _titled(self, text: str) -> Source:
        words = " ".join(text.split())[:500]
        known = self._first_of(Source.objects.filter(title=words, url=""), words)
        return known or self._add({"title": words, "url_status": UrlStatus.NONE})

    def _first_of(self, same: QuerySet[Source], name: str) -> Source | None:
        found = same.first()
        if found is None and lock_names("source", [name]):
            found = same.all().first()
        return found

    def _add(self, fields: dict[str, Any]) -> Source:
        self.added += 1
        return add_source(by=self._by, reason=self._reason, **fields)


def _by_address(urls: Iterable[str]) -> dict[str, Source]:
    return {row.url: row for row in Source.objects.filter(url__in=list(urls)).order_by("-pk")}


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
    good = url.startswith(("http://", "https://")) and not any(one.isspace() for one in url)
    return url if good and len(url) <= 2000 else ""
