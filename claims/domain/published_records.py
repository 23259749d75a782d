"""What is drawn from public documents and stored beside them: disputes, sources, tidy rows."""

from __future__ import annotations

from typing import TypedDict

from claims.domain.published import (
    AgreementEntry,
    CaseFile,
    ContentionWord,
    Links,
    MeasureEntry,
    Moment,
    RangeEntry,
    SubjectEntry,
)
from claims.domain.published_figures import FigureEntry, JsonNumber, SourceEntry


class ClaimInBrief(TypedDict):
    ref: str
    question: str
    contention: str
    severity: str
    range: RangeEntry | None
    agreement: AgreementEntry | None
    subject: SubjectEntry
    measure: MeasureEntry
    unit: str
    population: str
    version: int
    links: Links


class DisputeDocument(CaseFile):
    """One dispute with its claim in brief and its statements in full."""

    type: str
    claim: ClaimInBrief
    figures: list[FigureEntry]
    links: Links


class SourceDocument(SourceEntry):
    """One source as the newest claim that cites it shows it."""

    type: str


class TidyRow(TypedDict):
    """One row of the tidy table."""

    claim_ref: str
    claim_version: int
    contention: ContentionWord
    severity: str
    question: str
    subject_ref: str
    subject: str
    event_date: str
    figure_ref: str
    stance: str
    kind: str
    words: str
    point: JsonNumber | None
    low: JsonNumber | None
    high: JsonNumber | None
    low_strict: bool
    high_strict: bool
    high_open: bool
    approximate: bool
    vague_term: str
    date: str
    parties: list[str]
    boolean: bool | None
    text: str
    measure: str
    unit: str
    population: str
    aggregation: str
    as_of: str
    status: str
    speaker: str
    speaker_kind: str
    role: str
    outlet: str
    source_ref: str
    source_title: str
    source_url: str
    published: str
    asserted_on: str
    quote: str
    quote_language: str
    citation_needed: bool
    dispute_refs: list[str]
    updated: Moment
    said_by: str
    place: str
    country: str
    latitude: JsonNumber | None
    longitude: JsonNumber | None
    subject_wikidata_qid: str
    origin: str
