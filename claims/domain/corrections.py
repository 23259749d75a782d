"""Putting the corrected row of a register into the documents that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from claims.domain.dates import date_words
from claims.domain.recompute import recompute_from_document
from claims.domain.vocabulary import ValueState
from claims.domain.words import party_words

type Members = dict[str, Any]


def shown_entry(document: Members, noun: str, key: str) -> Members:
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


def corrected(document: Members, noun: str, key: str, entry: Members) -> Members:
    """Return the document with the row as `entry` gives it wherever it stands.

    What follows from it is worked out again: words of answers and dates, and the derived members.
    The document given is left as it was.
    """
    copy: Members = _copied(document)
    for place in _PLACES[noun](copy, key):
        place.update({name: entry[name] for name in _NAMES[noun] if name in place})
    if copy["subject"]["when"]:
        copy["subject"]["when_words"] = date_words(copy["subject"]["when"])
    for figure in copy["figures"]:
        if figure["party_mode"] and figure["value_state"] == ValueState.VALUE:
            names = [party["name"] for party in figure["parties"]]
            figure["words"] = party_words(names, figure["party_mode"])
    return {**copy, **recompute_from_document(copy)}


def _sources(document: Members, key: str) -> Iterator[Members]:
    yield from (one for one in document["sources"] if one["ref"] == key)


def _subjects(document: Members, key: str) -> Iterator[Members]:
    subject = document["subject"]
    yield from (one for one in (subject, *subject["path"]) if one["ref"] == key)


def _measures(document: Members, key: str) -> Iterator[Members]:
    yield from (one for one in (document["measure"],) if one["slug"] == key)


def _articles(document: Members, key: str) -> Iterator[Members]:
    for figure in document["figures"]:
        yield from (one for one in figure["anchors"] if one["article"] == key)


def _parties(document: Members, key: str) -> Iterator[Members]:
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


_PLACES: Final[dict[str, Callable[[Members, str], Iterator[Members]]]] = {
    "source": _sources,
    "party": _parties,
    "subject": _subjects,
    "measure": _measures,
    "article": _articles,
}
# The members of a row that an edit of it may change; its reference never does.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "source": (
        *("csl_type", "title", "publisher", "authors", "issued", "url", "archive_url"),
        *("archived_on", "accessed_on", "url_status", "language", "doi", "isbn"),
        *("reliability", "reliability_note", "withdrawn_on", "withdrawal_note"),
    ),
    "party": ("name", "kind", "description"),
    "subject": ("title", "kind", "place", "when"),
    "measure": ("label",),
    "article": ("title",),
}


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(one) for name, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value
