"""The tidy table described for programs: a Frictionless data package."""

from __future__ import annotations

from typing import Any, Final

from claims.domain.tidy import COLUMNS, END_OF_LINE

_TYPES: Final = {
    **dict.fromkeys(("point", "low", "high", "latitude", "longitude"), "number"),
    "claim_version": "integer",
    **dict.fromkeys(("low_strict", "high_strict", "high_open", "approximate"), "boolean"),
    **dict.fromkeys(("boolean", "citation_needed"), "boolean"),
    "updated": "datetime",
    "source_url": "string",
}
_WORDS: Final = {
    "claim_ref": "The claim; claims answer one comparable question each.",
    "contention": "How far the sources of the claim agree.",
    "event_date": "When the event happened (EDTF).",
    "figure_ref": "The statement; one row each.",
    "words": "The figure as people say it.",
    "point": "The stated number, where one was stated.",
    "low": "The stated low end of a range.",
    "high": "The stated high end of a range.",
    "date": "The stated date (EDTF), for claims of dates.",
    "parties": "The stated parties, separated by '; '.",
    "outlet": "Who published the statement.",
    "published": "When the source appeared (EDTF).",
    "said_by": "Whose statement it is: speaker, else outlet, else source, else the article.",
    "place": "Where the subject is, in words.",
    "country": "The country of the subject, or of one above it (ISO 3166-1).",
    "latitude": "Of the subject, in degrees north (WGS 84).",
    "longitude": "Of the subject, in degrees east (WGS 84).",
    "subject_wikidata_qid": "The subject's item in Wikidata.",
    "origin": "Whom it goes back to along the confirmed relations between sources, by reference.",
    "dispute_refs": "Disputes that the statement is part of, separated by spaces.",
}


def data_package(path: str, sequence: int) -> dict[str, Any]:
    """Return the package of the CSV file at ``path`` as of a publication sequence."""
    return {
        "name": "factbase-claims",
        "title": "Published claims of factbase",
        "version": str(sequence),
        "licenses": [{"name": "CC-BY-4.0"}],
        "resources": [
            {
                "name": "figures",
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": END_OF_LINE, "header": True},
                "schema": {
                    "primaryKey": "figure_ref",
                    "missingValues": [""],
                    "fields": [_field(name) for name in COLUMNS],
                },
            }
        ],
    }


def _field(name: str) -> dict[str, str]:
    words = {"description": _WORDS[name]} if name in _WORDS else {}
    return {"name": name, "type": _TYPES.get(name, "string"), **words}
