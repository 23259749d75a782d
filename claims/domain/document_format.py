"""The number of the document's format, what came with it, and how older documents are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

from claims.domain.published import (
    AgreementEntry,
    ArithmeticEntry,
    BestEntry,
    CaseEvent,
    ClaimDocument,
    Coordinates,
    CountryEntry,
    Derived,
    DisputeEntry,
    ExcludedEntry,
    MeasureEntry,
    OriginEntry,
    RangeEntry,
    RelationEntry,
    SignEntry,
    SourceRelationEntry,
    SubjectEntry,
    SubjectName,
    Tombstone,
    Version,
)
from claims.domain.published_figures import (
    AnchorEntry,
    AttributionEntry,
    FigureEntry,
    SourceEntry,
    Speaker,
)
from claims.domain.published_records import (
    ClaimInBrief,
    DisputeDocument,
    SourceDocument,
    TidyRow,
)
from claims.domain.sealed_text import read_document

# What documents that are published now state as their ``format``.
FORMAT: Final = 3


@dataclass(frozen=True, slots=True)
class Added:
    """A member that came with a format, and what an older document is taken to say there."""

    format: int
    absent: Any


# A member that a part of the document gains stands here and in its TypedDict: new documents
# always have it, older ones are read as if they had its absent value.
ADDED: Final[dict[type, dict[str, Added]]] = {
    SubjectName: {"country_code": Added(2, "")},
    SubjectEntry: {
        "country_code": Added(2, ""),
        "coordinates": Added(2, None),
        "wikidata_qid": Added(2, ""),
        "country": Added(2, None),
    },
    TidyRow: {
        "said_by": Added(2, ""),
        "place": Added(2, ""),
        "country": Added(2, ""),
        "latitude": Added(2, None),
        "longitude": Added(2, None),
        "subject_wikidata_qid": Added(2, ""),
        "origin": Added(2, ""),
    },
    Version: {"format": Added(2, 1)},
    MeasureEntry: {"wikidata_property": Added(2, "")},
    Tombstone: {"merged_into": Added(2, "")},
    SourceEntry: {"work_licence": Added(3, "")},
    FigureEntry: {"said_on": Added(2, "")},
    RangeEntry: {"low_open": Added(2, False)},
    Derived: {"origins": Added(2, [])},
    ClaimDocument: {"source_relations": Added(2, [])},
}
# Where the parts of documents lie; a test compares this with their types.
PARTS: Final[dict[type, dict[str, type]]] = {
    ClaimDocument: {
        "subject": SubjectEntry,
        "measure": MeasureEntry,
        "range": RangeEntry,
        "best": BestEntry,
        "agreement": AgreementEntry,
        "excluded": ExcludedEntry,
        "origins": OriginEntry,
        "figures": FigureEntry,
        "sources": SourceEntry,
        "source_relations": SourceRelationEntry,
        "relations": RelationEntry,
        "arithmetic": ArithmeticEntry,
        "disputes": DisputeEntry,
    },
    SubjectEntry: {"path": SubjectName, "coordinates": Coordinates, "country": CountryEntry},
    FigureEntry: {"speaker": Speaker, "attribution": AttributionEntry, "anchors": AnchorEntry},
    SourceRelationEntry: {"evidence": SignEntry},
    DisputeEntry: {"events": CaseEvent},
    DisputeDocument: {"claim": ClaimInBrief, "figures": FigureEntry, "events": CaseEvent},
    ClaimInBrief: {
        "range": RangeEntry,
        "agreement": AgreementEntry,
        "subject": SubjectEntry,
        "measure": MeasureEntry,
    },
}


@dataclass(frozen=True, slots=True)
class _Filling:
    """What a part of a document may lack: members of its own, and of the parts in it."""

    members: tuple[tuple[str, Added], ...]
    parts: tuple[tuple[str, _Filling], ...]


def added_members(shape: type) -> dict[str, Added]:
    """Return the members of a TypedDict that came after format 1, those of its bases too."""
    found: dict[str, Added] = {}
    for base in getattr(shape, "__orig_bases__", ()):
        found |= added_members(base)
    return found | ADDED.get(shape, {})


def format_of(document: Mapping[str, Any]) -> int:
    """Return the number of the format that a document states; one that states none has 1."""
    number = document.get("format", 1)
    return number if type(number) is int else 1


def is_later(shape: type, path: str, number: int) -> bool:
    """Return whether the member at a path from the shape came with a later format than this."""
    for step in path.split("."):
        added = added_members(shape).get(step)
        if added is not None and added.format > number:
            return True
        shape = dict(_parts(shape)).get(step, shape)
    return False


def missing_members(document: Mapping[str, Any], shape: type) -> list[str]:
    """Return the members that every document of this shape has had since format 1, and it lacks."""
    required: frozenset[str] = getattr(shape, "__required_keys__", frozenset())
    return sorted(required - added_members(shape).keys() - document.keys())


def upgraded(document: dict[str, Any], shape: type) -> dict[str, Any]:
    """Fill in what a document of an older format lacks, in place, and return it.

    `shape` is ClaimDocument, Tombstone or one of the records drawn from documents. What the
    document has is left as it is, and so is a part that is missing or of another kind: who
    checks documents names it.
    """
    _fill(document, _filling(shape))
    return document


def read_claim(text: str | bytes) -> ClaimDocument:
    """Return the document of a published claim, of whatever format, with today's members."""
    return cast("ClaimDocument", upgraded(read_document(text), ClaimDocument))


def read_tombstone(text: str | bytes) -> Tombstone:
    """Return the document of a retired claim, of whatever format, with today's members."""
    return cast("Tombstone", upgraded(read_document(text), Tombstone))


def read_version(text: str | bytes) -> ClaimDocument | Tombstone:
    """Return the document of any version: of a claim as published, or as retired."""
    document = read_document(text)
    shape = Tombstone if document["status"] == "retired" else ClaimDocument
    return cast("ClaimDocument | Tombstone", upgraded(document, shape))


def read_dispute(text: str | bytes) -> DisputeDocument:
    """Return the record of a dispute with today's members."""
    return cast("DisputeDocument", upgraded(read_document(text), DisputeDocument))


def read_source(text: str | bytes) -> SourceDocument:
    """Return the record of a source with today's members."""
    return cast("SourceDocument", upgraded(read_document(text), SourceDocument))


def read_subject(text: str | bytes) -> SubjectEntry:
    """Return the record of a subject with today's members."""
    return cast("SubjectEntry", upgraded(read_document(text), SubjectEntry))


def read_row(text: str | bytes) -> TidyRow:
    """Return a row of the tidy table with today's columns."""
    return cast("TidyRow", upgraded(read_document(text), TidyRow))


@cache
def _filling(shape: type) -> _Filling:
    parts = tuple((name, _filling(inner)) for name, inner in _parts(shape))
    return _Filling(
        members=tuple(added_members(shape).items()),
        parts=tuple((name, one) for name, one in parts if one.members or one.parts),
    )


def _parts(shape: type) -> Iterator[tuple[str, type]]:
    for base in getattr(shape, "__orig_bases__", ()):
        yield from _parts(base)
    yield from PARTS.get(shape, {}).items()


def _fill(part: dict[str, Any], filling: _Filling) -> None:
    for name, added in filling.members:
        if name not in part:
            part[name] = deepcopy(added.absent)
    for name, inner in filling.parts:
        value = part.get(name)
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, dict):
                _fill(one, inner)
