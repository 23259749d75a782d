"""Where a document says something else than follows from its own figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from claims.domain.derived_entries import derived_figure_members, scope_members
from claims.domain.document_format import is_later
from claims.domain.earlier_rules import may_differ
from claims.domain.places import country_of
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.domain.published_sums import sum_members
from claims.domain.quantity import Figure
from claims.domain.recompute import document_terms, recompute_from_document

MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Misstatement:
    """A derived member that says something else than it must.

    `figure` is the ref of the entry that holds it, '' where the document itself does; `path` is
    the member with those around it ("range.low"). `says` or `gives` is MISSING where the member
    is not there, or must not be.
    """

    figure: str
    path: str
    says: Any
    gives: Any


def misstatements(document: ClaimDocument) -> Iterator[Misstatement]:
    """Yield the derived members that do not follow from the figures; sums are not looked at.

    The document comes from `upgraded`; of members that are newer than its own format it says
    nothing. One sealed under earlier rules is judged by those that are still in force. Raises
    KeyError, TypeError, ValueError, ArithmeticError and their kind for what is not built as a
    claim's document is.
    """
    for found in rule_differences(document):
        if not may_differ(document, found.figure, found.path):
            yield found


def rule_differences(document: ClaimDocument) -> Iterator[Misstatement]:
    """Yield the members of its own format that today's rules give otherwise than it says."""
    for found in _misstatements(document):
        shape = FigureEntry if found.figure else ClaimDocument
        if not is_later(shape, found.path, document["format"]):
            yield found


def _misstatements(document: ClaimDocument) -> Iterator[Misstatement]:
    terms = document_terms(document)
    belligerents = {party["ref"] for party in document["subject"]["belligerents"]}
    sources = {source["ref"]: source for source in document["sources"]}
    for entry in document["figures"]:
        found = derived_figure_members(entry, terms, belligerents, sources)
        yield from _differences(entry["ref"], entry, found)
    scope = scope_members(document)
    when_words = {"when_words": scope.pop("when_words")}
    yield from _differences("", document, scope)
    yield from _differences("", document["subject"], when_words, "subject.")
    country = {"country": country_of(document["subject"])}
    yield from _differences("", document["subject"], country, "subject.")
    yield from _differences("", document, recompute_from_document(document))


def sum_misstatements(
    document: ClaimDocument, parts: Mapping[str, Figure | None]
) -> Iterator[Misstatement]:
    """Yield what is wrong in the sum that a total's document states.

    A sum that is left out is not named: an unpublished part, which readers do not see, forbids it.
    """
    found = sum_members(document, parts)
    stated = document["arithmetic"]
    if stated and not same(stated, [found]):
        if found is None or len(stated) != 1:
            yield Misstatement("", "arithmetic", stated, [] if found is None else [found])
        else:
            yield from _differences("", stated[0], found, "arithmetic.")


def same(one: Any, other: Any) -> bool:
    """Whether two values of documents are the same; true is not 1, 97 is 97.0."""
    if one is other:
        return True
    kind, like = type(one), type(other)
    if kind is dict:
        return (
            like is dict
            and one.keys() == other.keys()
            and all(same(value, other[name]) for name, value in one.items())
        )
    if kind is list:
        return like is list and len(one) == len(other) and all(map(same, one, other))
    return (kind is bool) is (like is bool) and bool(one == other)


def _differences(
    figure: str, stated: Mapping[str, object], found: Mapping[str, object], above: str = ""
) -> Iterator[Misstatement]:
    """Compare the members found with those stated, down to the innermost that differ."""
    for name, gives in found.items():
        says = stated.get(name, MISSING)
        if says is MISSING or not same(says, gives):
            yield from _inner(figure, f"{above}{name}", says, gives)


def _inner(figure: str, path: str, says: Any, gives: Any) -> Iterator[Misstatement]:
    if _are_lists_of_entries(says, gives):
        says, gives = dict(enumerate(says)), dict(enumerate(gives))
    if isinstance(says, dict) and isinstance(gives, dict):
        for name in [*gives, *(name for name in says if name not in gives)]:
            one, other = says.get(name, MISSING), gives.get(name, MISSING)
            if one is MISSING or other is MISSING or not same(one, other):
                yield from _inner(figure, f"{path}.{name}", one, other)
    else:
        yield Misstatement(figure, path, says, gives)


def _are_lists_of_entries(one: Any, other: Any) -> bool:
    """Whether both are lists of as many entries, which are compared one by one."""
    return (
        isinstance(one, list)
        and isinstance(other, list)
        and len(one) == len(other)
        and all(isinstance(entry, dict) for entry in [*one, *other])
    )
