"""The tidy table: one row a statement, the same columns in CSV, JSON and the API."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from claims.domain.documents import decimal_literal
from claims.domain.vocabulary import AttributionRole

# Columns are only ever added, and only at the end.
COLUMNS: Final = (
    "claim_ref",
    "claim_version",
    "contention",
    "severity",
    "question",
    "subject_ref",
    "subject",
    "event_date",
    "figure_ref",
    "stance",
    "kind",
    "words",
    "point",
    "low",
    "high",
    "low_strict",
    "high_strict",
    "high_open",
    "approximate",
    "vague_term",
    "date",
    "parties",
    "boolean",
    "text",
    "measure",
    "unit",
    "population",
    "aggregation",
    "as_of",
    "status",
    "speaker",
    "speaker_kind",
    "role",
    "outlet",
    "source_ref",
    "source_title",
    "source_url",
    "published",
    "asserted_on",
    "quote",
    "quote_language",
    "citation_needed",
    "dispute_refs",
    "updated",
)
END_OF_LINE: Final = "\r\n"  # RFC 4180

_SEPARATORS: Final = {"parties": "; ", "dispute_refs": " "}
_NOT_TEXT: Final = frozenset(
    {"claim_version", "point", "low", "high", "low_strict", "high_strict", "high_open"}
    | {"approximate", "boolean", "citation_needed"}
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_FIGURE_COLUMNS: Final = (
    *("stance", "kind", "words", "point", "low", "high", "low_strict", "high_strict"),
    *("high_open", "approximate", "vague_term", "boolean", "text", "status", "asserted_on"),
    *("quote", "quote_language", "citation_needed"),
)
_CLAIM_COLUMNS: Final = (
    *("contention", "severity", "question", "unit", "population", "aggregation", "as_of"),
)


def tidy_row(document: dict[str, Any], figure: dict[str, Any]) -> dict[str, Any]:
    """Return the row of one entry of the document's ``figures``; keys are COLUMNS, in order."""
    cells: dict[str, Any] = {name: document[name] for name in _CLAIM_COLUMNS}
    cells |= {name: figure[name] for name in _FIGURE_COLUMNS}
    cells |= _claim_cells(document) | _speaker_cells(figure)
    cells |= _source_cells(_source_of(document, figure), figure)
    cells["figure_ref"] = figure["ref"]
    cells["date"] = figure["edtf"]
    cells["parties"] = [party["name"] for party in figure["parties"]]
    cells["dispute_refs"] = [
        dispute["ref"] for dispute in document["disputes"] if figure["ref"] in dispute["figures"]
    ]
    return {name: cells[name] for name in COLUMNS}


def csv_line(row: dict[str, Any]) -> str:
    """Return the row as one RFC 4180 record without its end of line."""
    return ",".join(_quoted(_cell(name, row[name])) for name in COLUMNS)


def csv_header() -> str:
    """Return the names of the columns as one record without its end of line."""
    return ",".join(COLUMNS)


def spreadsheet_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with ``'`` before text that a spreadsheet would run as a formula.

    Text that begins so already gets one more, so that rearmed() gives back every text.
    """
    return {name: _disarmed(name, value) for name, value in row.items()}


def is_text(name: str) -> bool:
    """Whether the column holds words: a spreadsheet may take them for a formula."""
    return name not in _NOT_TEXT


def is_armed(cell: str) -> bool:
    """Whether the cell looks like one that spreadsheet_row() made safe."""
    return cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_STARTS)


def rearmed(cell: str) -> str:
    """Return a text cell as it was before spreadsheet_row()."""
    return cell[1:] if is_armed(cell) else cell


def _claim_cells(document: dict[str, Any]) -> dict[str, Any]:
    subject = document["subject"]
    return {
        "claim_ref": document["ref"],
        "claim_version": document.get("version"),
        "subject_ref": subject["ref"],
        "subject": subject["title"],
        "event_date": subject["when"],
        "measure": document["measure"]["slug"],
        "updated": document.get("review", {}).get("published_at"),
    }


def _speaker_cells(figure: dict[str, Any]) -> dict[str, Any]:
    speaker = figure["speaker"] or {}
    return {
        "speaker": speaker.get("name", ""),
        "speaker_kind": speaker.get("kind", ""),
        "role": speaker.get("description", ""),
    }


def _source_cells(source: dict[str, Any], figure: dict[str, Any]) -> dict[str, Any]:
    publishers = [
        link["name"] for link in figure["attribution"] if link["role"] == AttributionRole.PUBLISHER
    ]
    printed_by = (source.get("publisher") or {}).get("name", "")
    return {
        "outlet": publishers[0] if publishers else printed_by,
        "source_ref": figure["source"] or "",
        "source_title": source.get("title", ""),
        "source_url": source.get("url", ""),
        "published": source.get("issued", ""),
    }


def _source_of(document: dict[str, Any], figure: dict[str, Any]) -> dict[str, Any]:
    found: Iterable[dict[str, Any]] = document["sources"]
    return next((source for source in found if source["ref"] == figure["source"]), {})


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimal_literal(value)
    if isinstance(value, list):
        return _SEPARATORS[name].join(value)
    return str(value)


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in ',"\r\n') or cell != cell.strip():
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def _disarmed(name: str, value: object) -> object:
    if not is_text(name):
        return value
    text = _cell(name, value)
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_STARTS) else value
