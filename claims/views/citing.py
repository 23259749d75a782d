"""The ways to cite a claim, as the page offers them."""

from __future__ import annotations

from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument
from claims.exporters import citations


def citations_of(document: ClaimDocument, base: str) -> dict[str, str]:
    """Each form by its name; all point at the version, not at what may replace it."""
    return {
        "plain": citations.plain_citation(document, base),
        "bibtex": citations.bibtex(document, base).strip(),
        "ris": citations.ris(document, base).strip(),
        "csl": dump_document(citations.csl(document, base)),
        "wikitext": citations.wikitext(document, base),
    }
