"""What sources say, as entries of a public document: figures, and the works they stand in."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

# An exact number: an int where it was read and has no fraction.
type JsonNumber = int | Decimal
type StanceWord = str
type StatusWord = str


class PartyName(TypedDict):
    ref: str
    name: str


class Publisher(TypedDict):
    ref: str
    name: str


class Speaker(TypedDict):
    ref: str
    name: str
    kind: str
    description: str
    belligerent: bool


class AttributionEntry(TypedDict):
    """One party through whom a statement came."""

    party: str
    name: str
    kind: str
    role: str
    mode: str
    belligerent: bool


class AnchorEntry(TypedDict):
    """Where an approved article text makes a statement."""

    article: str
    slug: str
    title: str
    revision: int
    sha256: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    status: str


class FigureDerived(TypedDict):
    """The members of a figure's entry that follow from the others."""

    kind: str
    words: str
    test_low: JsonNumber | None
    test_high: JsonNumber | None
    earliest: str | None
    latest: str | None
    said_on: str
    origin: str
    speaker: Speaker | None
    attribution: list[AttributionEntry]


class FigureEntry(TypedDict):
    """One entry of ``figures`` inside a claim's document."""

    ref: str
    stance: StanceWord
    status: StatusWord
    status_reason: str
    kind: str
    words: str
    value_state: str
    point: JsonNumber | None
    low: JsonNumber | None
    high: JsonNumber | None
    low_strict: bool
    high_strict: bool
    high_open: bool
    approximate: bool
    vague_term: str
    test_low: JsonNumber | None
    test_high: JsonNumber | None
    edtf: str
    earliest: str | None
    latest: str | None
    parties: list[PartyName]
    party_mode: str
    boolean: bool | None
    text: str
    target: str | None
    extent: str
    ground: str
    supersedes: str | None
    credibility: str
    quote: str
    quote_language: str
    locator: str
    asserted_on: str
    said_on: str
    source: str | None
    citation_needed: bool
    origin: str
    speaker: Speaker | None
    attribution: list[AttributionEntry]
    anchors: list[AnchorEntry]


class SourceEntry(TypedDict):
    """One entry of ``sources`` inside a claim's document."""

    ref: str
    csl_type: str
    title: str
    publisher: Publisher | None
    authors: str
    issued: str
    url: str
    archive_url: str
    archived_on: str | None
    accessed_on: str | None
    url_status: str
    language: str
    doi: str
    isbn: str
    work_licence: str
    reliability: str
    reliability_note: str
    withdrawn_on: str | None
    withdrawal_note: str
