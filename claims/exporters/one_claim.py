"""One published claim in each format: its document, its rows, citations, other vocabularies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument
from claims.domain.tidy import END_OF_LINE, csv_header, csv_line, spreadsheet_row, tidy_row
from claims.exporters import citations
from claims.exporters.claim_review import claim_review
from claims.exporters.picture import picture_of
from claims.exporters.prov import prov_document
from claims.exporters.whole_files import BYTE_ORDER_MARK
from claims.exporters.wikibase import wikibase_entity


@dataclass(frozen=True, slots=True)
class Look:
    """For whom it is written: ``base`` goes before paths, such as ``https://facts.example.org``.

    ``excel``: tables open safely in a spreadsheet.
    """

    base: str = ""
    excel: bool = False


type ClaimWriter = Callable[[str, Look], str | bytes]


def verbatim(payload: str, look: Look) -> str:
    """The stored document, byte for byte, so that its hash can be checked."""
    return payload


def claim_csv(payload: str, look: Look) -> bytes:
    """The claim's rows of the tidy table."""
    return csv_text(csv_lines(payload, look), look)


def csv_text(lines: Iterable[str], look: Look) -> bytes:
    """A CSV file of the lines under the header; for spreadsheets with a byte order mark."""
    text = "".join(f"{line}{END_OF_LINE}" for line in (csv_header(), *lines)).encode()
    return BYTE_ORDER_MARK + text if look.excel else text


def csv_lines(payload: str, look: Look) -> list[str]:
    """The records of a claim's document, one a statement, without their line ends."""
    document = read_claim(payload)
    rows = [tidy_row(document, figure) for figure in document["figures"]]
    return [csv_line(spreadsheet_row(row) if look.excel else row) for row in rows]


def claim_json_of(write: Callable[[ClaimDocument, str], Mapping[str, Any]]) -> ClaimWriter:
    """The writer of a vocabulary that is one JSON document a claim."""
    return lambda payload, look: dump_document(write(read_claim(payload), look.base))


claim_jsonld = claim_json_of(claim_review)
claim_wikibase = claim_json_of(wikibase_entity)
claim_prov = claim_json_of(prov_document)


def claim_csl(payload: str, look: Look) -> str:
    """A list of one item of CSL-JSON, as citation managers take it."""
    return f"[{dump_document(citations.csl(read_claim(payload), look.base))}]"


def claim_bibtex(payload: str, look: Look) -> str:
    """An entry of BibTeX."""
    return citations.bibtex(read_claim(payload), look.base)


def claim_ris(payload: str, look: Look) -> str:
    """A record of RIS."""
    return citations.ris(read_claim(payload), look.base)


def claim_svg(payload: str, look: Look) -> str:
    """The plot as a picture of its own."""
    return picture_of(read_claim(payload))
