"""The index rows of a published claim, worked out from its document alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from claims.domain.documents import dump_document
from claims.domain.refs import ARTICLE, FIGURE, PARTY, SOURCE, SUBJECT, parse_ref
from claims.domain.tidy import csv_line, tidy_row
from claims.domain.vocabulary import AttributionRole

type Columns = dict[str, Any]


def figure_columns(document: Columns, entry: Columns) -> Columns:
    """The columns of one figure of the tidy table; links as numbers, None where there is none."""
    tidy = tidy_row(document, entry)
    speakers = [
        link["party"] for link in entry["attribution"] if link["role"] == AttributionRole.SPEAKER
    ]
    stated = [number for number in (entry["low"], entry["point"]) if number is not None]
    highest = [number for number in (entry["high"], entry["point"]) if number is not None]
    return {
        "assertion_id": parse_ref(entry["ref"], FIGURE),
        "source_id": _number(entry["source"], SOURCE),
        "speaker_id": _number(speakers[0] if speakers else None, PARTY),
        "subject_id": parse_ref(document["subject"]["ref"], SUBJECT),
        "contention": document["contention"],
        "kind": entry["kind"],
        "stance": entry["stance"],
        "low": _decimal(stated[0] if stated else None),
        "high": _decimal(highest[0] if highest else None),
        "test_low": _decimal(entry["test_low"]),
        "test_high": _decimal(entry["test_high"]),
        "record": dump_document(tidy),
        "csv_line": csv_line(tidy),
    }


def dispute_record(document: Columns, entry: Columns) -> Columns:
    """A dispute's own document: the case, its claim in brief, its members in full."""
    brief = (
        *("ref", "question", "contention", "severity", "range", "agreement", "subject"),
        *("measure", "unit", "population", "version", "links"),
    )
    return {
        **{name: value for name, value in entry.items() if name != "figures"},
        "type": "dispute",
        "claim": {name: document[name] for name in brief},
        "figures": [one for one in document["figures"] if one["ref"] in entry["figures"]],
        "links": {
            "html": f"/disputes/{entry['ref']}/",
            "api": f"/api/v1/disputes/{entry['ref']}/",
            "claim": document["links"]["html"],
        },
    }


def source_record(entry: Columns) -> str:
    """A source's own document, as JSON."""
    return dump_document({**entry, "type": "source"})


def borrowed_refs(document: Columns) -> set[tuple[str, str]]:
    """The rows of registers that the document shows, (noun, reference) each.

    A measure has no reference and is named by its slug.
    """
    subject = document["subject"]
    found = {("measure", document["measure"]["slug"])}
    for ref in (subject["ref"], *(above["ref"] for above in subject["path"])):
        found |= {("subject", ref), ("belligerents", ref)}
    found |= {("source", entry["ref"]) for entry in document["sources"]}
    found |= {("party", ref) for ref in _parties(document)}
    found |= {("article", one["article"]) for entry in document["figures"]
              for one in entry["anchors"]}  # fmt: skip
    return found


def borrowed_number(noun: str, ref: str) -> int | None:
    """The number in a reference of a borrowed row; None for a measure, which has a slug."""
    letters = {"source": SOURCE, "party": PARTY, "article": ARTICLE}
    return None if noun == "measure" else parse_ref(ref, letters.get(noun, SUBJECT))


def _parties(document: Columns) -> Iterator[str]:
    yield from (one["ref"] for one in document["subject"]["belligerents"])
    yield from (one["publisher"]["ref"] for one in document["sources"] if one["publisher"])
    for entry in document["figures"]:
        yield from (link["party"] for link in entry["attribution"])
        yield from (party["ref"] for party in entry["parties"])


def _number(ref: str | None, letter: str) -> int | None:
    return None if ref is None else parse_ref(ref, letter)


def _decimal(number: Any) -> Decimal | None:
    return None if number is None else Decimal(number)
