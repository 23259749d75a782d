"""A claim as schema.org ClaimReview: who said what, where it appeared; no rating value."""

from __future__ import annotations

from typing import Any, Final

from claims.domain.dates import iso_date
from claims.domain.decisions import decisions_of
from claims.domain.headline import answer_words
from claims.domain.published import ClaimDocument, SubjectEntry
from claims.domain.published_figures import FigureEntry, SourceEntry, Speaker
from claims.domain.said_by import said_by
from claims.domain.vocabulary import AssertionStatus

type JsonLd = dict[str, Any]
_DAY: Final = len("2012-01-24")
CONTEXT: Final = "https://schema.org"
_TYPES_OF_SPEAKER: Final = {"person": "Person", "unnamed": "Person"}
_TYPES_OF_WORK: Final = {
    "article-newspaper": "NewsArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "book": "Book",
    "broadcast": "CreativeWork",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "report": "Report",
    "webpage": "WebPage",
}
_WIKIDATA: Final = "http://www.wikidata.org/entity/"
_LICENCES: Final = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
_SPDX: Final = "https://spdx.org/licenses/{}.html"
_EXPLANATION: Final = "factbase records who said what and does not rate truth."


def claim_review(document: ClaimDocument, base: str = "") -> JsonLd:
    """Return the ClaimReview of a published claim document, complete by itself."""
    return {"@context": CONTEXT, **review_node(document, base)}


def review_node(document: ClaimDocument, base: str = "") -> JsonLd:
    """Return the ClaimReview of a published claim document as one node of a graph.

    ``base`` goes before the document's own paths, such as ``https://facts.example.org``.
    """
    url = f"{base}{document['links']['html']}"
    review: JsonLd = {
        "@type": "ClaimReview",
        "@id": f"{url}#review",
        "url": url,
        "datePublished": document["review"]["published_at"],
        "version": document["version"],
        "claimReviewed": reviewed_statement(document),
        "abstract": document["summary"],
        "author": {"@type": "Organization", "name": "factbase", "url": f"{base}/" if base else ""},
        "itemReviewed": _item(document),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": document["contention"].replace("_", " ").capitalize(),
            "ratingExplanation": f"{document['summary']} {_EXPLANATION}",
        },
        "citation": [_work(source) for source in _standing_sources(document)],
        "license": licence_address(document["licence"]),
    }
    return _without_empty(review)


def reviewed_statement(document: ClaimDocument) -> str:
    """What is under review as a statement, where the document asks: the answer that it is given.

    A decision of the editors is a part of the answer. Where nobody answers, it says that.
    """
    question, answer = document["question"], answer_words(document)
    if not answer:
        return f"“{question}” has no answer yet."
    if decisions_of(document):
        return f"On “{question}”: {answer}."
    return f"“{question}” is answered: {answer}."


def licence_address(identifier: str) -> str:
    """The address of a licence known by its SPDX identifier; '' for none."""
    if not identifier:
        return ""
    return _LICENCES.get(identifier, _SPDX.format(identifier))


def _standing_sources(document: ClaimDocument) -> list[SourceEntry]:
    """The sources of statements that stand: not of those superseded, withdrawn or rejected."""
    cited = {one["source"] for one in document["figures"] if one["status"] == AssertionStatus.LIVE}
    return [source for source in document["sources"] if source["ref"] in cited]


def _item(document: ClaimDocument) -> JsonLd:
    """The claim under review: each statement is an appearance of it in a source."""
    sources = {source["ref"]: source for source in document["sources"]}
    return {
        "@type": "Claim",
        "name": document["question"],
        "about": _about(document["subject"]),
        "author": _authors(document),
        "datePublished": _first_stated(document),
        "appearance": [
            _appearance(document, figure, sources[figure["source"]])
            for figure in document["figures"]
            if figure["status"] == "live" and figure["source"]
        ],
    }


def _first_stated(document: ClaimDocument) -> str:
    """The day of the oldest source that stands, as far as it is known to the day."""
    days = (iso_date(source["issued"]) for source in _standing_sources(document))
    return min((day for day in days if len(day) == _DAY), default="")


def _about(subject: SubjectEntry) -> JsonLd:
    """The event with its location, or the place itself, or a thing that is neither."""
    item = subject["wikidata_qid"]
    about = {"name": subject["title"], "sameAs": f"{_WIKIDATA}{item}" if item else ""}
    if subject["kind"] in {"event", "conflict"}:
        return {"@type": "Event", **about, "location": _place(subject)}
    if subject["kind"] == "place":
        return {**_place(subject), "@type": "Place", **about}
    return {"@type": "Thing", **about}


def _place(subject: SubjectEntry) -> JsonLd:
    """Where the subject is, as a Place; empty where nothing says so."""
    point, country = subject["coordinates"], subject["country"]
    address = {"@type": "PostalAddress", "addressCountry": country["code"]} if country else {}
    found = {
        "name": subject["place"],
        "address": address,
        "geo": {"@type": "GeoCoordinates", **point} if point else {},
    }
    return {"@type": "Place", **found} if any(found.values()) else {}


def _authors(document: ClaimDocument) -> list[JsonLd]:
    """Who says it: speakers, and outlets where they name nobody."""
    found: dict[str, JsonLd] = {}
    for figure in document["figures"]:
        who, speaker = said_by(document, figure), figure["speaker"]
        if figure["status"] != AssertionStatus.LIVE:
            continue
        if speaker:
            found[speaker["ref"]] = _speaker(speaker)
        elif who.role == "outlet":
            found[who.name] = {"@type": "Organization", "name": who.name}
    return list(found.values())


def _speaker(speaker: Speaker) -> JsonLd:
    kind = _TYPES_OF_SPEAKER.get(speaker["kind"], "Organization")
    return {"@type": kind, "name": speaker["name"], "description": speaker["description"]}


def _appearance(document: ClaimDocument, figure: FigureEntry, source: SourceEntry) -> JsonLd:
    """The work in which a statement stands; its abstract says whose it is."""
    work = _work(source)
    quote = {"text": figure["quote"], "inLanguage": figure["quote_language"]}
    who = said_by(document, figure).name
    said = {"abstract": f"{who}: {figure['words']}"} if figure["words"] else {"abstract": who}
    return {**work, **said, **(quote if figure["quote"] else {})}


def _work(source: SourceEntry) -> JsonLd:
    publisher = source["publisher"]
    return {
        "@type": _TYPES_OF_WORK.get(source["csl_type"], "CreativeWork"),
        "name": source["title"],
        "url": source["url"],
        "datePublished": iso_date(source["issued"]),
        "publisher": {"@type": "Organization", "name": publisher["name"]} if publisher else {},
    }


def _without_empty(value: Any) -> Any:
    """Return the value without empty members: schema.org says nothing rather than ''."""
    if isinstance(value, dict):
        cleaned = {name: _without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in cleaned.items() if inner not in ("", None, {}, [])}
    if isinstance(value, list):
        return [_without_empty(inner) for inner in value]
    return value
