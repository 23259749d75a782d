"""Putting the corrected row of a register into the documents that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final, cast

from claims.domain.dates import date_words
from claims.domain.derived_entries import derived_figure_members, scope_members
from claims.domain.differences import differences
from claims.domain.document_format import FORMAT
from claims.domain.places import country_of
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry, SourceEntry
from claims.domain.recompute import document_terms, recompute_from_document

type EntryMembers = dict[str, Any]
type Swap = tuple[str, ...]  # what the row showed, what it shows; '' for nothing
type Places = Iterator[Any]  # parts of a document: each a TypedDict that is changed by name


def shown_entry(document: ClaimDocument, noun: str, key: str) -> EntryMembers:
    """Return what a document shows of one row: the members of `entry` that stand in it.

    The noun is source, party, subject, measure or article; the key its reference, of a measure
    its slug. Empty when the document does not show the row.
    """
    found: EntryMembers = {}
    for place in _PLACES[noun](document, key):
        for name in _NAMES[noun]:
            if name in place:
                found.setdefault(name, place[name])
    return found


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document that readers have, and the same with a row corrected.

    ``placed`` has the row's new members and nothing else; ``after`` what follows from them too,
    by today's rules. The first two have the format in which the document was sealed.
    """

    before: ClaimDocument
    placed: ClaimDocument
    after: ClaimDocument
    swaps: tuple[Swap, ...]

    @property
    def shows_it(self) -> bool:
        """Whether readers of this document see anything of the edit."""
        return self.placed != self.before

    @property
    def only_repeats(self) -> bool:
        """Whether all that follows repeats the row's own change: its new words for the old.

        Whoever read the row's change has read these. Another range, severity or best value,
        another order, a word by rules that changed since the document was sealed is no repeat.
        """
        found = differences(_open(self.placed), _open(self.after))
        return all(self._repeats(one["before"], one["after"]) for one in found)

    def _repeats(self, before: Any, after: Any) -> bool:
        if (before or "", after or "") in self.swaps:
            return True
        if isinstance(before, dict) or isinstance(after, dict):
            old, new = before or {}, after or {}
            return all(self._repeats(old.get(name), new.get(name)) for name in {**old, **new})
        if not isinstance(before, str) or not isinstance(after, str):
            return bool(before == after)
        for old, new in self.swaps:
            before = before.replace(old, new) if old else before
        return before == after


def correct(document: ClaimDocument, noun: str, key: str, entry: Mapping[str, Any]) -> Corrected:
    """Return the document with the row as `entry` gives it wherever it stands.

    What follows from it is worked out again: words of answers and dates, and the derived members.
    The document given, which `read_claim` filled up with what its own format lacked, is left as
    it was; the one that follows is of today's format.
    """
    before = shown_entry(document, noun, key)
    placed = deepcopy(document)
    for place in _PLACES[noun](placed, key):
        place.update(
            {name: entry[name] for name in _NAMES[noun] if name in place and name in entry}
        )
    swaps = [*_swaps(before, entry), ("", key)]  # whose country it is now is said by reference
    return Corrected(document, placed, _followed(placed), tuple(swaps))


def _followed(placed: ClaimDocument) -> ClaimDocument:
    copy = deepcopy(placed)
    copy["format"] = FORMAT
    copy["subject"]["country"] = country_of(copy["subject"])
    words = scope_members(copy)
    copy["as_of_words"], copy["subject"]["when_words"] = words["as_of_words"], words["when_words"]
    sources = {source["ref"]: source for source in copy["sources"]}
    fighting = {party["ref"] for party in copy["subject"]["belligerents"]}
    terms = document_terms(copy)
    for figure in copy["figures"]:
        figure.update(cast("FigureEntry", derived_figure_members(figure, terms, fighting, sources)))
    copy.update(cast("ClaimDocument", recompute_from_document(copy)))
    return copy


def _swaps(before: EntryMembers, entry: Mapping[str, Any]) -> Iterator[Swap]:
    """The old and new words of the row that its own change shows."""
    shown = {name: entry[name] for name in before if name in entry}
    for one in differences(before, shown):
        old, new = one["before"] or "", one["after"] or ""
        if isinstance(old, str) and isinstance(new, str):
            yield old, new
    if shown.get("when") != before.get("when"):
        yield tuple(date_words(one["when"]) if one["when"] else "" for one in (before, shown))


def _open(document: ClaimDocument) -> dict[str, object]:
    return cast("dict[str, object]", document)


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
