"""What the sums of a public claim come to when two rows that it shows are one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from claims.domain.derived_entries import said_on
from claims.domain.published import ClaimDocument, Derived
from claims.domain.published_figures import FigureEntry
from claims.domain.recompute import recompute_from_document


@dataclass(frozen=True, slots=True)
class Sums:
    """What readers are told about how the sources of a claim stand to one another.

    ``origins`` counts those with a standing answer; ``range`` and ``best`` are in words, '' where
    there is none; ``agreement`` is "how many/of how many"; ``not_counted`` has "reference: reason"
    of each statement that is left out.
    """

    contention: str
    severity: str
    denied_by: str
    range: str
    best: str
    agreement: str
    summary: str
    origins: int
    not_counted: tuple[str, ...]


def sums_of(document: Derived) -> Sums:
    """Return what the derived members of a document say."""
    agreed = document["agreement"]
    return Sums(
        contention=document["contention"],
        severity=document["severity"],
        denied_by=document["denied_by"],
        range=document["range"]["words"] if document["range"] else "",
        best=document["best"]["words"],
        agreement=f"{agreed['origins']}/{agreed['of']}" if agreed else "",
        summary=document["summary"],
        origins=sum(1 for one in document["origins"] if one["origin"]),
        not_counted=tuple(
            sorted(f"{one['figure']}: {one['reason']}" for one in document["excluded"])
        ),
    )


def sums_when_one(
    document: ClaimDocument,
    old: str,
    new: str,
    entry: Mapping[str, Any],
    figures: Collection[str] | None = None,
) -> Sums:
    """Return the sums of a public claim in which the row `new` stands where `old` does now.

    Both are references of parties, or of sources; the entry holds the public members of the new
    one. With `figures`, references too, only these change: so a merge is undone. The document
    is left as it was.
    """
    copy = deepcopy(document)
    _replace_source(copy, old, new, entry)
    for figure in copy["figures"]:
        if figures is None or figure["ref"] in figures:
            _replace(figure, old, new, entry)
    sources = {source["ref"]: source for source in copy["sources"]}
    for figure in copy["figures"]:
        figure["said_on"] = said_on(figure, sources)
    return sums_of(recompute_from_document(copy))


def _replace(figure: FigureEntry, old: str, new: str, entry: Mapping[str, Any]) -> None:
    """Let one figure name the new row; a source and a party never share a reference."""
    for name in ("origin", "source"):
        if figure[name] == old:
            figure[name] = new
    for party in figure["parties"]:
        if party["ref"] == old:
            party["ref"] = new
    for link in figure["attribution"]:
        if link["party"] == old:
            link["party"], link["kind"] = new, entry["kind"]


def _replace_source(document: ClaimDocument, old: str, new: str, entry: Mapping[str, Any]) -> None:
    """Let the document know the new source, and its relations lead to it."""
    known = {one["ref"] for one in document["sources"]}
    if old not in known:
        return
    if new not in known:
        document["sources"].append(deepcopy(dict(entry)))  # type: ignore[arg-type]
    for relation in document["source_relations"]:
        for end in ("from", "to"):
            if relation[end] == old:
                relation[end] = new
    document["source_relations"] = [
        one for one in document["source_relations"] if one["from"] != one["to"]
    ]
