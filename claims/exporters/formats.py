"""Every format there is, once: its suffix, media type, what it gives, and who writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from claims.exporters import one_claim, pages, whole_files
from claims.exporters.one_claim import ClaimWriter, Look
from claims.exporters.pages import PageWriter
from claims.exporters.whole_files import WholeFile

# What a format may hold: one claim, a page of claims, of the tidy table, of any other list, where
# an article says what claims hold, all claims in one file.
type PagePart = Literal["claims", "table", "records"]
type ExportPart = PagePart | Literal["claim", "annotations", "whole"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. A part that it cannot hold is None, and has no address in this format.

    ``name`` is the suffix and the value of ``format=``, ``label`` a proper name for menus.
    """

    name: str
    media_type: str
    label: str
    claim: ClaimWriter | None = None
    claims: PageWriter | None = None
    table: PageWriter | None = None
    records: PageWriter | None = None
    annotations: bool | None = None
    whole: WholeFile | None = None
    takes_fields: bool = False  # its rows are documents, of which members can be left out
    draws_axis: bool = False  # worth nothing where figures share no axis

    @property
    def bare_type(self) -> str:
        """The media type without its parameters, as clients ask for it."""
        return self.media_type.partition(";")[0]

    @property
    def is_json(self) -> bool:
        """Whether its text is one value of JSON."""
        return self.bare_type.endswith(("/json", "+json"))


_TABLE: Final = (
    Format(
        "json",
        "application/json",
        "JSON",
        claim=one_claim.verbatim,
        claims=pages.envelope,
        table=pages.envelope,
        records=pages.envelope,
        annotations=True,
        whole=WholeFile(
            whole_files.write_json, "one a claim, then an end record", ends_itself=True
        ),
        takes_fields=True,
    ),
    Format(
        "ndjson",
        "application/x-ndjson",
        "NDJSON",
        claims=pages.lines,
        table=pages.lines,
        records=pages.lines,
        whole=WholeFile(
            whole_files.write_ndjson, "one a claim, then an end record", ends_itself=True
        ),
        takes_fields=True,
    ),
    Format(
        "csv",
        "text/csv; charset=utf-8",
        "CSV",
        claim=one_claim.claim_csv,
        claims=pages.claims_csv,
        table=pages.table,
        whole=WholeFile(whole_files.write_csv, "one a statement", of_statements=True),
    ),
    Format(
        "jsonld",
        "application/ld+json",
        "ClaimReview",
        claim=one_claim.claim_jsonld,
        claims=pages.claims_jsonld,
        annotations=True,
        whole=WholeFile(whole_files.write_jsonld, "one a claim (ClaimReview)"),
    ),
    Format(
        "wikibase",
        "application/vnd.wikibase+json",
        "Wikibase",
        claim=one_claim.claim_wikibase,
    ),
    Format("prov", "application/prov+json", "PROV", claim=one_claim.claim_prov),
    Format("bib", "application/x-bibtex; charset=utf-8", "BibTeX", claim=one_claim.claim_bibtex),
    Format(
        "ris",
        "application/x-research-info-systems; charset=utf-8",
        "RIS",
        claim=one_claim.claim_ris,
    ),
    Format(
        "csl",
        "application/vnd.citationstyles.csl+json",
        "CSL-JSON",
        claim=one_claim.claim_csl,
    ),
    Format("svg", "image/svg+xml", "SVG", claim=one_claim.claim_svg, draws_axis=True),
)
FORMATS: Final[dict[str, Format]] = {one.name: one for one in _TABLE}


def formats_of(part: ExportPart) -> tuple[str, ...]:
    """Return the names of the formats that hold this part, the default one first."""
    return tuple(name for name, one in FORMATS.items() if getattr(one, part) is not None)


def claim_text(name: str, payload: str, look: Look) -> str | bytes:
    """Return a claim's document in the format. Raises KeyError where it holds no claim."""
    write = FORMATS[name].claim
    if write is None:
        raise KeyError(name)
    return write(payload, look)


def page_writer(name: str, part: PagePart) -> PageWriter:
    """Return who writes a page of a list. Raises KeyError where the format holds none."""
    write: PageWriter | None = getattr(FORMATS[name], part)
    if write is None:
        raise KeyError(name)
    return write


def whole_file(name: str) -> WholeFile:
    """Return how the format holds all claims. Raises KeyError where it does not."""
    whole = FORMATS[name].whole
    if whole is None:
        raise KeyError(name)
    return whole


def links_of_claim(ref: str, *, has_axis: bool = True) -> list[tuple[Format, str]]:
    """Return each format of a claim with its address, without pictures of no axis."""
    names = formats_of("claim")
    found = [(FORMATS[name], f"/claims/{ref}.{name}") for name in names]
    return [(one, address) for one, address in found if has_axis or not one.draws_axis]
