"""Cited works: {{cite ...}} templates and bare links as sources in CSL terms, each work once."""

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote

from claims.domain.identity import address_key, work_keys
from claims.reading.dates.date_mentions import absolute_edtf
from claims.reading.dates.written_dates import find_written_dates
from claims.reading.languages.english import ENGLISH
from claims.reading.proposals import CitedSource
from claims.reading.text.templates import CITE, split_template
from claims.reading.text.wiki_tokens import Part

CSL_TYPES = ENGLISH.table("cited_works.csl_types")
ARCHIVE = re.compile(
    r"https?://(?:web\.archive\.org/web/[0-9a-z_*]+/|(?:www\.)?webcitation\.org/[^?]+\?url=|"
    r"wayback\.archive\.org/web/[0-9a-z_*]+/|archive\.(?:today|is|ph|org|md|fo|li|vn)/[0-9A-Za-z.-]+/?(?=http)|"
    r"webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]+:)?(?=http)|"
    r"archive\.wikiwix\.com/cache/(?:index2?\.php)?\?(?:rev_t=[^&]*&)?url=)"
)
ENCODED = re.compile(r"https?%3[Aa]")
DOI = re.compile(
    r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)*(10\.[0-9]{4,9}/\S+?)"
    r"(?:/(?:abstract|full|pdf|epdf|meta))?/?\s*",
    re.IGNORECASE,
)
LETTERED = re.compile(r"(?<=[0-9]{4})[a-z]\Z")
MONTH_OF = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
ABOUT = ENGLISH.pattern("cited_works.about")
DEAD_LINK = re.compile(r"\s{0,3}\{\{\s?dead link\b", re.IGNORECASE)
BARE_ISBN = re.compile(
    r"\bISBN(?:-1[03])?[ :|=]{0,2}((?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx])(?![0-9])"
)
PAGES = re.compile(r"(?:pages?|pp?\.?) ?[0-9][0-9, \u2013-]*\.?", re.IGNORECASE)
MARKUP = re.compile(
    r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{0,200})\]\]|'{2,5}|<[^<>]{0,200}>|"
    r"\{\{[^{}|]{0,40}\|?|\}\}"
)
MARKUP_SIGN = re.compile(r"[\[\]'<{}]")
PUBLISHERS = ENGLISH.words("cited_works.publishers")
AUTHOR_KEYS = tuple(
    tuple(key + number for key in ("last", "surname", "first", "given", "author"))
    for number in ("", *"123456789")
)
CONTAINERS = ENGLISH.words("cited_works.containers")
LONGEST = 600


def cited_works(text: str, parts: Sequence[Part]) -> tuple[CitedSource, ...]:
    """Return each cited work of a wikitext article once, in order of first citation."""
    refs = [part for part in parts if part.kind == "ref"]
    again: dict[str, int] = {}
    for part in parts:
        if part.kind == "ref_again" and part.name:
            again[part.name] = again.get(part.name, 0) + 1
    starts = [ref.start for ref in refs]
    found: dict[str, CitedSource] = {}
    cited: dict[str, int] = {}
    with_work: set[int] = set()
    for part in parts:
        at = bisect_right(starts, part.start) - 1
        ref = refs[at] if at >= 0 and part.end <= refs[at].end else None
        work = _work(text, part, inside=ref is not None and id(ref) not in with_work)
        if work is None:
            continue
        if ref is not None:
            with_work.add(id(ref))
        times = 1 + again.get(ref.name, 0) if ref is not None else 0
        found.setdefault(work.key, work)
        cited[work.key] = cited.get(work.key, 0) + times
    for ref in refs:
        if id(ref) not in with_work and (work := _from_isbn(text, ref)):
            found.setdefault(work.key, work)
            cited[work.key] = cited.get(work.key, 0) + 1 + again.get(ref.name, 0)
    return tuple(replace(work, cited=cited[key]) for key, work in found.items())


def _work(text: str, part: Part, *, inside: bool) -> CitedSource | None:
    if part.kind == "template" and CITE.match(
        text[part.inner : part.inner + 40].split("|", maxsplit=1)[0]
    ):
        return _from_template(text, part)
    if inside and part.kind in ("outlink", "url"):
        return _from_link(text, part)
    return None


def _from_template(text: str, part: Part) -> CitedSource | None:
    name, parameters = split_template(text, part.inner, part.end, part.pipes)
    fields = {
        p.name.casefold(): clean(text[p.start : min(p.end, p.start + LONGEST)]) for p in parameters
    }
    fields = {key: value for key, value in fields.items() if value}
    kind = name.replace("-", " ").removeprefix("cite ").strip()
    publisher = next((fields[key] for key in PUBLISHERS if key in fields), "")
    raw = {p.name.casefold(): text[p.start : min(p.end, p.start + LONGEST)] for p in parameters}
    url, doi = _address(raw.get("url", raw.get("chapter-url", ""))), _doi(raw.get("doi", ""))
    status = _status(fields, text, part.end) if url else "none"
    source = CitedSource(
        key="",
        csl_type=CSL_TYPES.get(kind, "document"),
        title=fields.get("title", fields.get("chapter", "")),
        author=_authors(fields),
        issued=_edtf(fields.get("date", fields.get("year", ""))),
        publisher=publisher,
        container=next((fields[key] for key in CONTAINERS if key in fields), ""),
        url=url,
        archive_url=fields.get("archive-url", fields.get("archiveurl", "")),
        archived=_edtf(fields.get("archive-date", fields.get("archivedate", ""))),
        accessed=_edtf(fields.get("access-date", fields.get("accessdate", ""))),
        doi=doi,
        isbn=re.sub(r"[^0-9X]", "", fields.get("isbn", "").upper()),
        url_status=status if status in ("live", "dead", "none") else "unknown",
        language=fields.get("language", fields.get("lang", "")),
        cited=0,
        char_start=part.start,
        char_end=part.end,
    )
    key = source_key(source)
    return replace(source, key=key) if key else None


def _from_link(text: str, part: Part) -> CitedSource | None:
    inner = (
        text[part.inner : part.end - 1] if part.kind == "outlink" else text[part.start : part.end]
    )
    url, _, label = inner[:LONGEST].partition(" ")
    url = url.rstrip(".,;)")
    label = "" if PAGES.fullmatch(label.strip()) else label  # "page 41" is no title
    source = CitedSource(
        "",
        "webpage",
        clean(label),
        (),
        "",
        _host(url),
        "",
        url,
        "",
        "",
        "",
        "",
        "",
        "unknown",
        "",
        0,
        part.start,
        part.end,
    )
    key = source_key(source)
    return replace(source, key=key) if key else None


def _from_isbn(text: str, ref: Part) -> CitedSource | None:
    """A work that is written out, with its ISBN."""
    written = text[ref.inner : min(ref.end - 6, ref.inner + LONGEST)]
    isbn = BARE_ISBN.search(written)
    if isbn is None:
        return None
    source = CitedSource(
        key="", csl_type="book", title=clean(written[: isbn.start()]).strip(" ,.;{("), author=(),
        issued="", publisher="", container="", url="", archive_url="", archived="", accessed="",
        doi="", isbn=re.sub(r"[^0-9X]", "", isbn[1].upper()), url_status="none", language="",
        cited=0, char_start=ref.inner, char_end=ref.end - 6,
    )  # fmt: skip
    key = source_key(source)
    return replace(source, key=key) if key else None


def _address(raw: str) -> str:
    """An address without markup, and with what {{!}} and &amp; stand for."""
    url = clean(html.unescape(raw.replace("{{!}}", "%7C")))
    return "http:" + url if url.startswith("//") else url


def _doi(raw: str) -> str:
    """A DOI by itself: its angle brackets are no tags, the resolver's address is no part of it."""
    written = html.unescape(raw.strip())
    if "%" in written:
        written = unquote(written)
    found = DOI.fullmatch(written)
    return found[1] if found else clean(written)


def _status(fields: dict[str, str], text: str, end: int) -> str:
    """Whether a link works, by url-status, by the older dead-url, or by {{dead link}} behind."""
    older = fields.get("deadurl", fields.get("dead-url", "")).casefold()
    if DEAD_LINK.match(text, end) or older in ("yes", "true", "y"):
        return "dead"
    return fields.get("url-status", "live" if older in ("no", "false", "n") else "unknown")


def source_key(source: CitedSource) -> str:
    """Return what is the same whenever a work is cited: DOI, ISBN, address, else its title."""
    keys = work_keys(source.title, url=bare_address(source.url), doi=source.doi, isbn=source.isbn)
    isbn = keys["isbn"] if len(keys["isbn"]) in (10, 13) else ""
    ways = {"doi": keys["doi"], "isbn": isbn, "url": keys["address"], "title": keys["key"]}
    return next((f"{way}:{key}" for way, key in ways.items() if key), "")


def bare_address(url: str) -> str:
    """Return the address without the archive that keeps a copy, with a scheme; '' of nothing."""
    bare = ARCHIVE.sub("", url.strip())
    if ENCODED.match(bare):
        bare = unquote(bare)
    if bare.startswith("//"):
        bare = "http:" + bare
    return bare if "://" in bare or not bare else "http://" + bare


def clean(value: str) -> str:
    """Return a parameter's value without markup, on one line."""
    if MARKUP_SIGN.search(value):
        value = MARKUP.sub(lambda match: match[1] or " ", value)
    return " ".join(value.split())


def _authors(fields: dict[str, str]) -> tuple[str, ...]:
    names = []
    for keys in AUTHOR_KEYS:
        if fields.keys().isdisjoint(keys):
            continue
        last, surname, first, given, author = (fields.get(key, "") for key in keys)
        last, first = last or surname, first or given
        name = f"{last}, {first}" if last and first else last or author
        if name and name not in names:
            names.append(name)
    if not names and (several := fields.get("authors") or fields.get("vauthors")):
        names = [name.strip() for name in several.split(";" if ";" in several else ",")]
    return tuple(names)


@lru_cache(maxsize=4096)
def _edtf(written: str) -> str:
    written = LETTERED.sub("", written.strip())
    if month := MONTH_OF.fullmatch(written):
        return month[0]
    if (about := ABOUT.match(written)) and (year := _edtf(written[about.end() :])).isdecimal():
        return year + "~"
    for date in find_written_dates(written[:80], 0, len(written[:80]), bare_months=False):
        if "y" in date.parts or "y2" in date.parts:
            named = int(date.parts.get("y") or date.parts["y2"])
            return absolute_edtf(date, named * (10 if date.shape == "decade" else 1))[0]
    return ""


def _host(url: str) -> str:
    return re.split("[/?#:]", address_key(bare_address(url)))[0]
