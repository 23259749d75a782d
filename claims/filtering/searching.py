"""One search for pages and API: what is public and holds all that was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, QuerySet

from claims.domain.document_format import read_claim, read_row, read_source, read_subject
from claims.domain.findable import claim_texts, typed_words
from claims.domain.refs import ARTICLE, CLAIM, DISPUTE, FIGURE, SOURCE, SUBJECT, parse_ref
from claims.domain.search_text import Search, Term
from claims.domain.snippets import SnippetPiece, marked, snippet
from claims.domain.spelling import asked_forms, nearest
from claims.filtering.filters import stating
from claims.models import (
    ArticlePassage,
    ArticleRevision,
    PublishedClaim,
    PublishedDispute,
    PublishedFigure,
    PublishedSource,
    PublishedSubject,
    Spelling,
)
from claims.querysets.full_text import CAP

SHELVES: Final = ("claims", "figures", "sources", "subjects", "articles")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found: what it is, where it is read, and the words that show why.

    ``document`` is the record of the thing, as its index row has it; of a passage, its article.
    """

    shelf: str
    ref: str
    title: list[SnippetPiece]
    url: str
    snippet: list[SnippetPiece]
    document: Any


class Found:
    """What a search finds, by shelf, best first; each shelf is asked when it is looked at.

    A shelf knows its newest 2,000 hits at most: a word that is everywhere costs no more than a
    rare one.
    """

    def __init__(self, asked: Search) -> None:
        self.asked = asked
        self._keys: dict[str, list[int]] = {}
        self._phrases = [term.words for term in asked.terms]
        self._wanted = {word for term in asked.terms for word in term.words}

    def count(self, shelf: str) -> int:
        """How many things of the shelf, up to 2,000."""
        return len(self.keys(shelf))

    def is_capped(self, shelf: str) -> bool:
        """Whether there may be more than the count says."""
        return self.count(shelf) >= CAP

    @property
    def is_empty(self) -> bool:
        return self.exact is None and not any(self.keys(shelf) for shelf in SHELVES)

    def keys(self, shelf: str) -> list[int]:
        """The keys of the index rows of a shelf, best first."""
        if shelf not in self._keys:
            self._keys[shelf] = _KEYS[shelf](self.asked, self._phrases)
        return self._keys[shelf]

    def narrowed(self, contention: Sequence[str]) -> None:
        """Keep only the claims in one of these states of contention."""
        keys = self.keys("claims")
        rows = PublishedClaim.objects.in_contention(contention).filter(pk__in=keys)
        kept = set(rows.values_list("pk", flat=True))
        self._keys["claims"] = [key for key in keys if key in kept]

    def contentions(self) -> dict[str, int]:
        """How many of the claims found are in each state of contention."""
        rows = PublishedClaim.objects.filter(pk__in=self.keys("claims"))
        by_state = rows.order_by().values_list("version__contention").annotate(Count("pk"))
        return dict(sorted(by_state))

    def hits(self, shelf: str, start: int = 0, most: int = 25) -> list[SearchHit]:
        """So many hits of a shelf, best first. One query, or two."""
        keys = self.keys(shelf)[start : start + most]
        found = dict(_HITS[shelf](keys, self._wanted))
        return [found[key] for key in keys if key in found]

    @cached_property
    def exact(self) -> SearchHit | None:
        """The one thing whose reference was typed."""
        return _by_ref(self.asked.ref) if self.asked.ref else None

    @cached_property
    def missing(self) -> list[Term]:
        """The terms that no claim holds; a query each, at most ten."""
        return [term for term in self.asked.terms
                if not PublishedClaim.objects.holding([term.words]).exists()]  # fmt: skip

    def better_spelling(self) -> dict[str, str]:
        """For typed words that nothing holds, the words that were probably meant.

        Only what finds something is offered, and by itself alone.
        """
        found = {}
        for term in self.missing:
            if forms := asked_forms(term.typed):
                word = nearest(term.typed, Spelling.objects.near(forms))
                if word and _finds(word):
                    found[term.typed] = word
        return found


def newest_claims(asked: Search) -> Any:
    """The index rows of the claims that ``Found`` has, in no order: for a condition on others."""
    if asked.low is None or asked.high is None or asked.terms:
        return PublishedClaim.objects.newest_holding([term.words for term in asked.terms])
    return PublishedClaim.objects.filter(pk__in=_claims(asked, ()))


def _finds(word: str) -> bool:
    return PublishedClaim.objects.holding([typed_words(word)]).exists()


def _claims(asked: Search, phrases: Sequence[Sequence[str]]) -> list[int]:
    if asked.low is None or asked.high is None or asked.terms:
        return PublishedClaim.objects.ranked(phrases)
    stated = PublishedFigure.objects.filter(stating(asked.low, asked.high))
    rows = PublishedClaim.objects.filter(claim__in=stated.order_by().values("claim"))
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:CAP])


def _figures(asked: Search, phrases: Sequence[Sequence[str]]) -> list[int]:
    """Statements of the number beside the other words; else those that hold all the words."""
    if asked.low is not None and asked.high is not None:
        rows = PublishedFigure.objects.filter(stating(asked.low, asked.high))
        if asked.beside:
            rows = rows.filter(pk__in=PublishedFigure.objects.holding(
                [term.words for term in asked.beside]).values("pk"))  # fmt: skip
        keys = list(rows.order_by("assertion_id").values_list("pk", flat=True)[:CAP])
        if keys or asked.is_range:
            return keys
    return PublishedFigure.objects.ranked(phrases)


def _sources(asked: Search, phrases: Sequence[Sequence[str]]) -> list[int]:
    return _among(PublishedSource.objects.cited(), PublishedSource.objects.ranked(phrases))


def _subjects(asked: Search, phrases: Sequence[Sequence[str]]) -> list[int]:
    public = PublishedSubject.objects.about_public_claims()
    return _among(public, PublishedSubject.objects.ranked(phrases))


def _articles(asked: Search, phrases: Sequence[Sequence[str]]) -> list[int]:
    """The best passage of each article."""
    keys = ArticlePassage.objects.ranked(phrases)
    article = dict(ArticlePassage.objects.filter(pk__in=keys).values_list("pk", "article_id"))
    first: dict[int, int] = {}
    for key in keys:
        first.setdefault(article[key], key)
    return list(first.values())


def _among(rows: QuerySet[Any], keys: list[int]) -> list[int]:
    there = set(rows.filter(pk__in=keys).values_list("pk", flat=True))
    return [key for key in keys if key in there]


_KEYS: Final = {
    "claims": _claims,
    "figures": _figures,
    "sources": _sources,
    "subjects": _subjects,
    "articles": _articles,
}

type Hits = Iterator[tuple[int, SearchHit]]


def _claim_hits(keys: Iterable[int], wanted: set[str]) -> Hits:
    rows = PublishedClaim.objects.filter(pk__in=keys)
    for key, payload in rows.values_list("pk", "version__payload"):
        document = read_claim(payload)
        title, url = marked(document["question"], wanted), document["links"]["html"]
        why = snippet(claim_texts(document), wanted)
        yield key, SearchHit("claims", document["ref"], title, url, why, document)


def _figure_hits(keys: Iterable[int], wanted: set[str]) -> Hits:
    rows = PublishedFigure.objects.filter(pk__in=keys)
    for key, record in rows.values_list("pk", "record"):
        row = read_row(record)
        texts = [row["quote"], row["said_by"], row["role"], row["outlet"], row["source_title"]]
        url = f"/claims/{row['claim_ref']}/#{row['figure_ref']}"
        title = marked(row["words"], wanted)
        yield key, SearchHit("figures", row["figure_ref"], title, url, snippet(texts, wanted), row)


def _source_hits(keys: Iterable[int], wanted: set[str]) -> Hits:
    rows = PublishedSource.objects.filter(pk__in=keys)
    for key, record in rows.values_list("pk", "record"):
        source = read_source(record)
        publisher = source["publisher"]["name"] if source["publisher"] else ""
        texts = [publisher, source["authors"], source["url"], source["doi"], source["isbn"]]
        url = f"/sources/{source['ref']}/"
        title = marked(source["title"], wanted)
        yield key, SearchHit("sources", source["ref"], title, url, snippet(texts, wanted), source)


def _subject_hits(keys: Iterable[int], wanted: set[str]) -> Hits:
    rows = PublishedSubject.objects.filter(pk__in=keys)
    for key, record in rows.values_list("pk", "record"):
        subject = read_subject(record)
        texts = [
            subject["place"],
            subject["when_words"],
            *(above["title"] for above in subject["path"]),
            *(one["name"] for one in subject["belligerents"]),
        ]
        url = f"/subjects/{subject['ref']}/"
        title = marked(subject["title"], wanted)
        yield (
            key,
            SearchHit("subjects", subject["ref"], title, url, snippet(texts, wanted), subject),
        )


def _article_hits(keys: Iterable[int], wanted: set[str]) -> Hits:
    rows = ArticlePassage.objects.filter(pk__in=keys).select_related("article", "revision")
    for row in rows:
        url = f"/articles/{row.article.slug}/"
        title = marked(row.revision.title, wanted)
        found = snippet([row.text], wanted)
        yield row.pk, SearchHit("articles", row.article.ref, title, url, found, row.article)


_HITS: Final = {
    "claims": _claim_hits,
    "figures": _figure_hits,
    "sources": _source_hits,
    "subjects": _subject_hits,
    "articles": _article_hits,
}


def _by_ref(ref: str) -> SearchHit | None:
    """The public thing with this reference; None where readers have none."""
    letter, number = ref[0], parse_ref(ref, ref[0])
    if number is None:
        return None
    if letter == DISPUTE:
        return _dispute(number)
    if letter == ARTICLE:
        revision = ArticleRevision.objects.newest_approved().of_article(number).first()
        return None if revision is None else _article(revision)
    shelf, rows = _NAMED[letter]
    key = rows(number).values_list("pk", flat=True).first()
    return next((hit for _, hit in _HITS[shelf]([key], set())), None) if key else None


_NAMED: Final[dict[str, tuple[str, Any]]] = {
    CLAIM: ("claims", lambda number: PublishedClaim.objects.filter(claim=number)),
    FIGURE: ("figures", lambda number: PublishedFigure.objects.filter(assertion=number)),
    SOURCE: ("sources", lambda number: PublishedSource.objects.cited().filter(source=number)),
    SUBJECT: (
        "subjects",
        lambda number: PublishedSubject.objects.about_public_claims().filter(subject=number),
    ),
}


def _dispute(number: int) -> SearchHit | None:
    rows = PublishedDispute.objects.filter(dispute=number).select_related("version")
    row = rows.first()
    if row is None:
        return None
    title = [SnippetPiece(row.version.question)]
    return SearchHit(
        "disputes", f"{DISPUTE}{number}", title, f"/disputes/{DISPUTE}{number}/", [], None
    )


def _article(revision: ArticleRevision) -> SearchHit:
    article = revision.article
    url = f"/articles/{article.slug}/"
    return SearchHit("articles", article.ref, [SnippetPiece(revision.title)], url, [], article)
