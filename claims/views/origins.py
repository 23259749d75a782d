"""Whom the statements of a claim go back to, as a tree: origin, statements, what each rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from claims.choices import RelationSignal, SourceRelationKind
from claims.domain.origins import REASONS
from claims.domain.published import ClaimDocument, OriginEntry
from claims.domain.published_figures import FigureEntry
from claims.domain.refs import ARTICLE, parse_ref
from claims.domain.resting import merges
from claims.domain.said_by import outlet_of, source_of

DRAWN: Final = 24  # rows of a drawing
ROW: Final = 24  # their height in pixels


def origins_of(document: ClaimDocument) -> dict[str, Any]:
    """The tree of a claim's document, and whether it tells more than the table does.

    {"origins", "repeating", "counted", "statements", "has_origins", "graph"}: an origin has its
    name and its statements, a statement its figure, where it is printed and `rests`, the
    relations of its source with those above them. Documents of the first format have none.
    """
    entries = document["origins"]
    figures = {figure["ref"]: figure for figure in document["figures"]}
    tree = [_origin(document, entry, figures) for entry in entries]
    several = any(len(entry["figures"]) > 1 for entry in entries)
    repeating = [
        _statement(document, figures[one["figure"]], "")
        for one in document["excluded"]
        if one["reason"] == REASONS["rests_on_others"]
        and all(one["figure"] not in entry["figures"] for entry in entries)
    ]
    return {
        "origins": tree,
        "repeating": repeating,
        "graph": _graph(tree, repeating),
        "counted": sum(entry["counted"] is not None for entry in entries),
        "statements": sum(len(entry["figures"]) for entry in entries),
        "has_origins": several or bool(document["source_relations"]),
    }


def _graph(tree: list[dict[str, Any]], repeating: list[dict[str, Any]]) -> dict[str, Any]:
    """A drawing of the tree: who printed it on the left, whom it goes back to on the right.

    {"height", "ends", "left_out"}, places in pixels from the top: an end has its name, `y` and
    `rows`, each with its `y`. What repeats others is an end without an origin. Long trees are
    drawn as far as DRAWN rows; the list beside the drawing has all.
    """
    groups = [(one, one["statements"]) for one in tree]
    groups += [({"is_rest": True}, repeating)] if repeating else []
    ends: list[dict[str, Any]] = []
    top = 0
    for origin, statements in groups:
        room = max(0, DRAWN - top // ROW)
        rows = [
            {**row, "y": top + ROW // 2 + place * ROW}
            for place, row in enumerate(statements[:room])
        ]
        if rows:
            middle = (rows[0]["y"] + rows[-1]["y"]) // 2
            ends.append({**origin, "rows": rows, "y": middle})
            top += len(rows) * ROW
    drawn = top // ROW
    return {
        "height": top,
        "ends": ends,
        "left_out": sum(len(statements) for _, statements in groups) - drawn,
    }


def _origin(
    document: ClaimDocument, entry: OriginEntry, figures: dict[str, FigureEntry]
) -> dict[str, Any]:
    return {
        "name": _name_of(document, entry["origin"]),
        "is_article": entry["origin"] == "",
        "statements": [
            _statement(document, figures[ref], entry["counted"] or "") for ref in entry["figures"]
        ],
    }


def _statement(document: ClaimDocument, figure: FigureEntry, counted: str) -> dict[str, Any]:
    return {
        "figure": figure,
        "printed": _printed_in(document, figure),
        "counts": figure["ref"] == counted,
        "rests": list(_above(document, figure["source"] or "", frozenset())),
    }


def _above(document: ClaimDocument, source: str, seen: frozenset[str]) -> Iterator[dict[str, Any]]:
    """The relations of a source, each with those above it; a circle is not followed twice."""
    for one in document["source_relations"]:
        if one["from"] == source and one["to"] not in seen:
            yield {
                "kind": SourceRelationKind(one["kind"]).label,
                "to": one["to"],
                "name": _name_of(document, one["to"]),
                "is_article": parse_ref(one["to"], ARTICLE) is not None,
                "merges": merges(one["kind"], whole=one["scope"] == "source"),
                "reason": one["reason"],
                "evidence": [
                    {**item, "signal": RelationSignal(item["signal"]).label}
                    for item in one["evidence"]
                ],
                "rests": list(_above(document, one["to"], seen | {source})),
            }


def _printed_in(document: ClaimDocument, figure: FigureEntry) -> str:
    """The outlet that printed it, else the source; '' where there is neither."""
    source = source_of(document, figure)
    return outlet_of(source, figure) or (source["title"] if source else "")


def _name_of(document: ClaimDocument, ref: str) -> str:
    """What a party or a source is called in the document; its reference when it is not there."""
    names = {source["ref"]: source["title"] for source in document["sources"]}
    names |= {
        link["party"]: link["name"]
        for figure in document["figures"]
        for link in figure["attribution"]
    }
    return names.get(ref, ref)
