"""Who said it: one answer for pages, pictures, tables, exports and the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry, SourceEntry
from claims.domain.vocabulary import AttributionRole

type Role = Literal["speaker", "outlet", "source", "article"]
THE_ARTICLE: Final = "the article"


@dataclass(frozen=True, slots=True)
class SaidBy:
    """The name that a statement goes under, and what it is the name of."""

    name: str
    role: Role


def said_by(document: ClaimDocument, entry: FigureEntry) -> SaidBy:
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


def outlet_of(source: SourceEntry | None, entry: FigureEntry) -> str:
    """Return the publisher in the chain, else that of the source, else ''."""
    for link in entry["attribution"]:
        if link["role"] == AttributionRole.PUBLISHER:
            return link["name"]
    publisher = source["publisher"] if source else None
    return publisher["name"] if publisher else ""


def source_of(document: ClaimDocument, entry: FigureEntry) -> SourceEntry | None:
    """Return the document's entry of the source that a statement cites; None without one."""
    return next((one for one in document["sources"] if one["ref"] == entry["source"]), None)
