"""Putting the corrected row of a register into the documents that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, Final, cast

from claims.domain.dates import date_words
from claims.domain.derived_entries import said_on
from claims.domain.document_format import FORMAT
from claims.domain.places import country_of
from claims.domain.published import ClaimDocument, DisputeEntry, SubjectEntry
from claims.domain.published_figures import SourceEntry
from claims.domain.recompute import recompute_from_document
from claims.domain.vocabulary import ValueState
from claims.domain.words import party_words

type Members = dict[str, Any]
type Places = Iterator[Any]  # parts of a document: each a TypedDict that is changed by name


def shown_entry(document: ClaimDocument, noun: str, key: str) -> Members:
    """Return what a document shows of one row: the members of `entry` that stand in it.

    The noun is source, party, subject, measure or article; the key its reference, of a measure
    its slug. Empty when the document does not show the row.
    """
    found: Members = {}
    for place in _PLACES[noun](document, key):
        for name in _NAMES[noun]:
            if name in place:
                found.setdefault(name, place[name])
    return found


def corrected(
    document: ClaimDocument, noun: str, key: str, entry: Mapping[str, Any]
) -> ClaimDocument:
    """Return the document with the row as `entry` gives it wherever it stands.

    What follows from it is worked out again: words of answers and dates, and the derived members.
    The document given, which `read_claim` filled up with what its own format lacked, is left as
    it was; the one returned is of today's format.
    """
    copy = deepcopy(document)
    copy["format"] = FORMAT
    for place in _PLACES[noun](copy, key):
        place.update(
            {name: entry[name] for name in _NAMES[noun] if name in place and name in entry}
        )
    copy["subject"]["country"] = country_of(copy["subject"])
    if copy["subject"]["when"]:
        copy["subject"]["when_words"] = date_words(copy["subject"]["when"])
    sources = {source["ref"]: source for source in copy["sources"]}
    for figure in copy["figures"]:
        figure["said_on"] = said_on(figure, sources)
        if figure["party_mode"] and figure["value_state"] == ValueState.VALUE:
            names = [party["name"] for party in figure["parties"]]
            figure["words"] = party_words(names, figure["party_mode"])
    copy.update(cast("ClaimDocument", recompute_from_document(copy)))
    return copy


def judged(
    document: ClaimDocument,
    disputes: list[DisputeEntry],
    *,
    subject: SubjectEntry | None = None,
    origins: Mapping[str, str] | None = None,
) -> ClaimDocument:
    """Return a corrected document with what the desk made of its evidence since.

    That are its disputes, and where the edit moved them, its subject (line of parents and parties
    to the conflict) and the origins of its figures by reference. The document given is left.
    """
    copy = deepcopy(document)
    copy["disputes"] = disputes
    copy["subject"] = subject if subject is not None else copy["subject"]
    fighting = {one["ref"] for one in copy["subject"]["belligerents"]}
    for figure in copy["figures"]:
        figure["origin"] = (origins or {}).get(figure["ref"], figure["origin"])
        for link in figure["attribution"]:
            link["belligerent"] = link["party"] in fighting
        if figure["speaker"]:
            figure["speaker"]["belligerent"] = figure["speaker"]["ref"] in fighting
    copy.update(cast("ClaimDocument", recompute_from_document(copy)))
    return copy


def _sources(document: ClaimDocument, key: str) -> Places:
    yield from (one for one in document["sources"] if one["ref"] == key)


def _subjects(document: ClaimDocument, key: str) -> Places:
    subject = document["subject"]
    yield from (one for one in (subject, *subject["path"]) if one["ref"] == key)


def _measures(document: ClaimDocument, key: str) -> Places:
    yield from (one for one in (document["measure"],) if one["slug"] == key)


def _articles(document: ClaimDocument, key: str) -> Places:
    for figure in document["figures"]:
        yield from (one for one in figure["anchors"] if one["article"] == key)


def _parties(document: ClaimDocument, key: str) -> Places:
    """Where a party stands; a speaker first, who is shown with most members."""
    for figure in document["figures"]:
        if figure["speaker"] and figure["speaker"]["ref"] == key:
            yield figure["speaker"]
    for figure in document["figures"]:
        yield from (link for link in figure["attribution"] if link["party"] == key)
        yield from (party for party in figure["parties"] if party["ref"] == key)
    yield from (one for one in document["subject"]["belligerents"] if one["ref"] == key)
    for source in document["sources"]:
        if source["publisher"] and source["publisher"]["ref"] == key:
            yield source["publisher"]


_PLACES: Final[dict[str, Callable[[ClaimDocument, str], Places]]] = {
    "source": _sources,
    "party": _parties,
    "subject": _subjects,
    "measure": _measures,
    "article": _articles,
}
# The members of a row that an edit of it may change; its reference never does.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "source": tuple(name for name in SourceEntry.__annotations__ if name != "ref"),
    "party": ("name", "kind", "description"),
    "subject": (
        *("title", "kind", "place", "when", "country_code", "coordinates", "wikidata_qid"),
    ),
    "measure": ("label",),
    "article": ("title",),
}
