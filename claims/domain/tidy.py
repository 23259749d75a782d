"""The tidy table: one row a statement, the same columns in CSV, JSON and the API."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from claims.domain.documents import decimal_literal
from claims.domain.origins import REASONS
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.domain.published_records import TidyRow
from claims.domain.said_by import outlet_of, said_by, source_of

PLACE_COLUMNS: Final = ("place", "country", "latitude", "longitude", "subject_wikidata_qid")
# Columns are only ever added, and only at the end.
COLUMNS: Final = tuple(TidyRow.__annotations__)
END_OF_LINE: Final = "\r\n"  # RFC 4180

_SEPARATORS: Final = {"parties": "; ", "dispute_refs": " "}
_NOT_TEXT: Final = frozenset(
    {"claim_version", "point", "low", "high", "low_strict", "high_strict", "high_open"}
    | {"approximate", "boolean", "citation_needed", "latitude", "longitude"}
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def tidy_row(document: ClaimDocument, figure: FigureEntry) -> TidyRow:
    """Return the row of one entry of the document's ``figures``; keys are COLUMNS, in order."""
    subject, source = document["subject"], source_of(document, figure)
    speaker, country, point = figure["speaker"], subject["country"], subject["coordinates"]
    return {
        "claim_ref": document["ref"],
        "claim_version": document["version"],
        "contention": document["contention"],
        "severity": document["severity"],
        "question": document["question"],
        "subject_ref": subject["ref"],
        "subject": subject["title"],
        "event_date": subject["when"],
        "figure_ref": figure["ref"],
        "stance": figure["stance"],
        "kind": figure["kind"],
        "words": figure["words"],
        "point": figure["point"],
        "low": figure["low"],
        "high": figure["high"],
        "low_strict": figure["low_strict"],
        "high_strict": figure["high_strict"],
        "high_open": figure["high_open"],
        "approximate": figure["approximate"],
        "vague_term": figure["vague_term"],
        "date": figure["edtf"],
        "parties": [party["name"] for party in figure["parties"]],
        "boolean": figure["boolean"],
        "text": figure["text"],
        "measure": document["measure"]["slug"],
        "unit": document["unit"],
        "population": document["population"],
        "aggregation": document["aggregation"],
        "as_of": document["as_of"],
        "status": figure["status"],
        "speaker": speaker["name"] if speaker else "",
        "speaker_kind": speaker["kind"] if speaker else "",
        "role": speaker["description"] if speaker else "",
        "outlet": outlet_of(source, figure),
        "source_ref": figure["source"] or "",
        "source_title": source["title"] if source else "",
        "source_url": source["url"] if source else "",
        "published": source["issued"] if source else "",
        "asserted_on": figure["asserted_on"],
        "quote": figure["quote"],
        "quote_language": figure["quote_language"],
        "citation_needed": figure["citation_needed"],
        "dispute_refs": [
            dispute["ref"]
            for dispute in document["disputes"]
            if figure["ref"] in dispute["figures"]
        ],
        "updated": document["review"]["published_at"],
        "said_by": said_by(document, figure).name,
        "place": subject["place"],
        "country": country["code"] if country else "",
        "latitude": point["latitude"] if point else None,
        "longitude": point["longitude"] if point else None,
        "subject_wikidata_qid": subject["wikidata_qid"],
        "origin": _origin_of(document, figure),
    }


def _origin_of(document: ClaimDocument, figure: FigureEntry) -> str:
    """Whom the statement goes back to along the confirmed relations; '' where nobody knows."""
    for one in document["origins"]:
        if figure["ref"] in one["figures"]:
            return one["origin"]
    why = (one["reason"] for one in document["excluded"] if one["figure"] == figure["ref"])
    return "" if next(why, "") == REASONS["rests_on_others"] else figure["origin"]


def csv_line(row: Mapping[str, object]) -> str:
    """Return the row as one RFC 4180 record without its end of line."""
    return ",".join(_quoted(_cell(name, row[name])) for name in COLUMNS)


def csv_header() -> str:
    """Return the names of the columns as one record without its end of line."""
    return ",".join(COLUMNS)


def spreadsheet_row(row: Mapping[str, object]) -> dict[str, object]:
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
