"""The index rows of a published claim, worked out from its document alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import TypedDict, cast

from claims.domain.documents import dump_document
from claims.domain.facets import facets_of
from claims.domain.findable import Words, figure_words, source_words, subject_words
from claims.domain.names import fold_for_search
from claims.domain.published import CaseFile, ClaimDocument, DisputeEntry, SubjectEntry
from claims.domain.published_figures import FigureEntry, JsonNumber, SourceEntry
from claims.domain.published_records import ClaimInBrief, DisputeDocument
from claims.domain.refs import (
    ARTICLE,
    DISPUTE,
    FIGURE,
    PARTY,
    SOURCE,
    SOURCE_RELATION,
    SUBJECT,
    number_in,
    parse_ref,
)
from claims.domain.tidy import csv_line, tidy_row
from claims.domain.vocabulary import AttributionRole


class WordColumns(TypedDict):
    """The columns of a row that searches read."""

    title_words: str
    text_words: str


class FigureColumns(WordColumns):
    """The columns of a figure's index row that its document determines."""

    assertion_id: int
    source_id: int | None
    speaker_id: int | None
    subject_id: int
    contention: str
    kind: str
    stance: str
    status: str
    low: Decimal | None
    high: Decimal | None
    test_low: Decimal | None
    test_high: Decimal | None
    record: str
    csv_line: str


class DisputeColumns(TypedDict):
    """The columns of a dispute's index row that its document determines."""

    dispute_id: int
    subject_id: int
    kind: str
    state: str
    severity: str
    spread: Decimal | None
    opened_at: dt.datetime
    decided_at: dt.datetime | None
    record: str


class NamedColumns(WordColumns):
    """The columns of the row of a source or a subject that a document determines."""

    title: str
    folded: str
    record: str


def figure_columns(document: ClaimDocument, entry: FigureEntry) -> FigureColumns:
    """The columns of one figure of the tidy table; links as numbers, None where there is none."""
    tidy = tidy_row(document, entry)
    speakers = [
        link["party"] for link in entry["attribution"] if link["role"] == AttributionRole.SPEAKER
    ]
    stated = [number for number in (entry["low"], entry["point"]) if number is not None]
    highest = [number for number in (entry["high"], entry["point"]) if number is not None]
    return {
        "assertion_id": number_in(entry["ref"], FIGURE),
        "source_id": _number(entry["source"], SOURCE),
        "speaker_id": _number(speakers[0] if speakers else None, PARTY),
        "subject_id": number_in(document["subject"]["ref"], SUBJECT),
        "contention": document["contention"],
        "kind": entry["kind"],
        "stance": entry["stance"],
        "status": entry["status"],
        "low": _decimal(stated[0] if stated else None),
        "high": _decimal(highest[0] if highest else None),
        "test_low": _decimal(entry["test_low"]),
        "test_high": _decimal(entry["test_high"]),
        "record": dump_document(tidy),
        "csv_line": csv_line(tidy),
        **_found_by(figure_words(document, entry)),
    }


def dispute_columns(document: ClaimDocument, entry: DisputeEntry) -> DisputeColumns:
    """The columns of one dispute."""
    decided_at = entry["decided_at"]
    return {
        "dispute_id": number_in(entry["ref"], DISPUTE),
        "subject_id": number_in(document["subject"]["ref"], SUBJECT),
        "kind": entry["kind"],
        "state": entry["state"],
        "severity": document["severity"],
        "spread": facets_of(document).spread,
        "opened_at": dt.datetime.fromisoformat(entry["opened_at"]),
        "decided_at": None if decided_at is None else dt.datetime.fromisoformat(decided_at),
        "record": dump_document(dispute_record(document, entry)),
    }


def dispute_record(document: ClaimDocument, entry: DisputeEntry) -> DisputeDocument:
    """A dispute's own document: the case, its claim in brief, its members in full."""
    members = set(entry["figures"])
    case = {name: value for name, value in entry.items() if name != "figures"}
    return {
        **cast("CaseFile", case),
        "type": "dispute",
        "claim": _brief(document),
        "figures": [one for one in document["figures"] if one["ref"] in members],
        "links": {
            "html": f"/disputes/{entry['ref']}/",
            "api": f"/api/v1/disputes/{entry['ref']}/",
            "claim": document["links"]["html"],
        },
    }


def source_columns(entry: SourceEntry) -> NamedColumns:
    """The columns of a source as a document shows it."""
    return _named(entry["title"], dump_document({**entry, "type": "source"}), source_words(entry))


def subject_columns(entry: SubjectEntry) -> NamedColumns:
    """The columns of a subject as a document shows it."""
    return _named(entry["title"], dump_document(entry), subject_words(entry))


def _named(title: str, record: str, words: Words) -> NamedColumns:
    folded = fold_for_search(title)
    return {"title": title, "folded": folded, "record": record, **_found_by(words)}


def _found_by(words: Words) -> WordColumns:
    return cast("WordColumns", asdict(words))


def borrowed_refs(document: ClaimDocument) -> set[tuple[str, str]]:
    """The rows of registers that the document shows, (noun, reference) each.

    A measure has no reference and is named by its slug.
    """
    subject = document["subject"]
    found = {("measure", document["measure"]["slug"])}
    for ref in (subject["ref"], *(above["ref"] for above in subject["path"])):
        found |= {("subject", ref), ("belligerents", ref)}
    found |= {("source", entry["ref"]) for entry in document["sources"]}
    found |= {("relation", entry["ref"]) for entry in document["source_relations"]}
    found |= {("party", ref) for ref in _parties(document)}
    found |= {("article", one["article"]) for entry in document["figures"]
              for one in entry["anchors"]}  # fmt: skip
    return found


def borrowed_number(noun: str, ref: str) -> int | None:
    """The number in a reference of a borrowed row; None for a measure, which has a slug."""
    letters = {"source": SOURCE, "party": PARTY, "article": ARTICLE, "relation": SOURCE_RELATION}
    return None if noun == "measure" else parse_ref(ref, letters.get(noun, SUBJECT))


def _brief(document: ClaimDocument) -> ClaimInBrief:
    return {
        "ref": document["ref"],
        "question": document["question"],
        "contention": document["contention"],
        "severity": document["severity"],
        "range": document["range"],
        "agreement": document["agreement"],
        "subject": document["subject"],
        "measure": document["measure"],
        "unit": document["unit"],
        "population": document["population"],
        "version": document["version"],
        "links": document["links"],
    }


def _parties(document: ClaimDocument) -> Iterator[str]:
    yield from (one["ref"] for one in document["subject"]["belligerents"])
    yield from (one["publisher"]["ref"] for one in document["sources"] if one["publisher"])
    for entry in document["figures"]:
        yield from (link["party"] for link in entry["attribution"])
        yield from (party["ref"] for party in entry["parties"])


def _number(ref: str | None, letter: str) -> int | None:
    return None if ref is None else parse_ref(ref, letter)


def _decimal(number: JsonNumber | None) -> Decimal | None:
    return None if number is None else Decimal(number)
