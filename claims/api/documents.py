"""One stored document at one address, whole or in another format."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from rest_framework.request import Request

from claims.api.envelopes import trimmed
from claims.api.formats import MEDIA_TYPES, asked_fields
from claims.api.freshness import REVALIDATE, entity_tag, is_fresh, not_modified
from claims.api.problems import ProblemError
from claims.api.public import PublicView
from claims.api.shapes import members_of
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.domain.refs import parse_ref
from claims.domain.tidy import (
    END_OF_LINE,
    csv_header,
    csv_line,
    spreadsheet_row,
    tidy_row,
)
from claims.exporters.claim_review import CONTEXT, claim_review
from claims.exporters.prov import prov_document
from claims.exporters.wikibase import wikibase_entity
from claims.filtering import parameters as read
from claims.filtering.moved import moved_path, successor
from claims.filtering.parameters import Parameter

EXCEL = read.choice("for", ["excel"], "CSV that spreadsheets open safely.", many=False)
BYTE_ORDER_MARK = "\ufeff"
# Formats of one claim that other programs know.
INTEROP = {"wikibase": wikibase_entity, "prov": prov_document}
_MISSING = ("not-found", "gone", "merged")


class StoredDocument(PublicView):
    """A document that is stored as text; its address names it by ref."""

    letter: ClassVar[str] = "C"
    policy: ClassVar[str] = REVALIDATE
    leads_on: ClassVar[bool] = True  # a merged row's address leads to the other one

    def row(self, number: int, asked: dict[str, Any]) -> tuple[str, str]:
        """Return the text and what changes whenever it does. One query. Raises ProblemError."""
        raise NotImplementedError

    def declared(self) -> tuple[Parameter, ...]:
        """Return the view's own parameters with ``fields`` and ``format``."""
        return (read.members(members_of(self.document)), *super().declared())

    def get(self, request: Request, ref: str, suffix: str = "", **more: Any) -> HttpResponse:
        """Answer the document, or 304 when the client holds it."""
        asked, kind = self.read(request, suffix)
        names = asked_fields(self.document, asked, kind)
        number = parse_ref(ref, self.letter)
        if number is None:
            raise ProblemError("not-found")
        try:
            text, changing = self.row(number, asked)
        except ProblemError as problem:
            target = successor(self.letter, number) if self.leads_on else ""
            if problem.type.code not in _MISSING or not target:
                raise
            return moved(request._request, ref, target)
        tag = entity_tag(kind, changing, *names, asked.get("for", ""))
        if is_fresh(request._request, tag):
            return not_modified(tag, self.policy)
        body = rendered(text, kind, names, excel="for" in asked)
        response = HttpResponse(body, content_type=MEDIA_TYPES[kind])
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = self.policy
        return response


def moved(request: HttpRequest, ref: str, target: str) -> HttpResponse:
    """Lead from a merged row to the one that it is by now. It may be undone: ask again."""
    response = HttpResponsePermanentRedirect(moved_path(request.get_full_path(), ref, target))
    response.headers["Cache-Control"] = REVALIDATE
    return response


def rendered(text: str, kind: str, names: tuple[str, ...], *, excel: bool) -> str | bytes:
    """Return the document in the format, with the named members only when there are names."""
    if kind == "csv":
        return csv_text(csv_rows(text, excel=excel), excel=excel)
    if kind == "jsonld":
        return dump_document(claim_review(read_claim(text)))
    if kind in INTEROP:
        return dump_document(INTEROP[kind](read_claim(text)))
    return trimmed(text, names) if names else text


def csv_rows(text: str, *, excel: bool = False) -> list[str]:
    """Return the tidy rows of a claim's document as CSV records."""
    document = read_claim(text)
    rows = [tidy_row(document, figure) for figure in document["figures"]]
    return [csv_line(spreadsheet_row(row) if excel else row) for row in rows]


def csv_text(lines: list[str], *, excel: bool = False) -> bytes:
    """Return a CSV file of the records under the header; for Excel with a byte order mark."""
    mark = BYTE_ORDER_MARK if excel else ""
    return (mark + "".join(f"{line}{END_OF_LINE}" for line in [csv_header(), *lines])).encode()


def review_graph(texts: list[str]) -> bytes:
    """Return one JSON-LD document with the ClaimReview of each claim document."""
    reviews = [claim_review(read_claim(text)) for text in texts]
    for review in reviews:
        del review["@context"]
    return dump_document({"@context": CONTEXT, "@graph": reviews}).encode()
