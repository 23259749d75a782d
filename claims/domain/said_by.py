"""Who said it: one answer for pages, pictures, tables, exports and the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from claims.domain.vocabulary import AttributionRole

type Role = Literal["speaker", "outlet", "source", "article"]
THE_ARTICLE: Final = "the article"


@dataclass(frozen=True, slots=True)
class SaidBy:
    """The name that a statement goes under, and what it is the name of."""

    name: str
    role: Role


def said_by(document: Mapping[str, Any], entry: Mapping[str, Any]) -> SaidBy:
    """Return the speaker of a statement, else its outlet, else its source, else the article.

    `entry` is one of the document's figures. The outlet is the publisher in its chain, else
    that of its source.
    """
    if entry["speaker"]:
        return SaidBy(entry["speaker"]["name"], "speaker")
    source = source_of(document, entry)
    if outlet := outlet_of(source, entry):
        return SaidBy(outlet, "outlet")
    return SaidBy(source["title"], "source") if source else SaidBy(THE_ARTICLE, "article")


def outlet_of(source: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    """Return the publisher in the chain, else that of the source, else ''."""
    publishers = [
        link["name"] for link in entry["attribution"] if link["role"] == AttributionRole.PUBLISHER
    ]
    printed_by: str = (source.get("publisher") or {}).get("name", "")
    return publishers[0] if publishers else printed_by


def source_of(document: Mapping[str, Any], entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the document's entry of the source that a statement cites, else {}."""
    found = (source for source in document["sources"] if source["ref"] == entry["source"])
    return next(found, {})
