"""A claim in other formats: its document, its rows, citations, its plot."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from claims.choices import VersionOp
from claims.domain.document_format import read_claim, read_tombstone
from claims.domain.document_plot import document_plot
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument
from claims.domain.refs import CLAIM
from claims.domain.said_by import said_by
from claims.domain.tidy import END_OF_LINE, csv_header, csv_line, tidy_row
from claims.exporters import citations
from claims.exporters.claim_review import claim_review
from claims.exporters.prov import prov_document
from claims.exporters.wikibase import wikibase_entity
from claims.models import ClaimVersion
from claims.views.addresses import moved, number_of
from claims.views.caching import marked, not_modified, page_tag
from claims.views.refusals import gone

# Of the plot as a picture, in pixels; SVG does not break lines by itself.
ROW_HEIGHT = 34
TOP_MARGIN = 14
QUESTION_LINE, QUESTION_LETTERS = 20, 78
SUMMARY_LINE, SUMMARY_LETTERS = 16, 112


def claim_as(request: HttpRequest, ref: str, suffix: str) -> HttpResponse:
    """The claim as it stands in the format of the suffix."""
    version = ClaimVersion.objects.current().of_claim(number_of(ref, CLAIM)).first()
    if version is None or version.op == VersionOp.TOMBSTONE:
        elsewhere = moved(request, ref, CLAIM)
        if elsewhere is not None:
            return elsewhere
    if version is None:
        raise Http404
    if version.op == VersionOp.TOMBSTONE:
        return gone(request, read_tombstone(version.payload))
    host = request.build_absolute_uri("/")
    tag = page_tag(version.sha256, suffix, host)
    fresh = not_modified(request, tag, version.published_at)
    if fresh is not None:
        return fresh
    kind, write = FORMATS[suffix]
    response = HttpResponse(write(version.payload, host), content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="{ref}.{suffix}"'
    return marked(response, tag, version.published_at)


def _json(payload: str, base: str) -> str:
    """The stored document, byte for byte, so that its hash can be checked."""
    return payload


def _csv(payload: str, base: str) -> str:
    document = read_claim(payload)
    lines = [csv_line(tidy_row(document, figure)) for figure in document["figures"]]
    return "".join(line + END_OF_LINE for line in [csv_header(), *lines])


def _jsonld(payload: str, base: str) -> str:
    return dump_document(claim_review(read_claim(payload), base.rstrip("/")))


def _wikibase(payload: str, base: str) -> str:
    return dump_document(wikibase_entity(read_claim(payload), base.rstrip("/")))


def _prov(payload: str, base: str) -> str:
    return dump_document(prov_document(read_claim(payload), base.rstrip("/")))


def _csl(payload: str, base: str) -> str:
    item = dump_document(citations.csl(read_claim(payload), base))
    return f"[{item}]"


def _bib(payload: str, base: str) -> str:
    return citations.bibtex(read_claim(payload), base)


def _ris(payload: str, base: str) -> str:
    return citations.ris(read_claim(payload), base)


def _svg(payload: str, base: str) -> str:
    """The plot as a picture of its own, with the looks written into it."""
    return render_to_string("plots/picture.svg", picture(read_claim(payload)))


def picture(document: ClaimDocument) -> dict[str, Any]:
    """Rows of the picture: words, who said them, the shape and where it lies."""
    plot = document_plot(document)
    head, top = _head(document)
    live = [figure for figure in document["figures"] if figure["status"] == "live"]
    rows = [
        {
            "figure": figure,
            "who": said_by(document, figure),
            "shape": plot.shapes.get(figure["ref"]),
            "counts": figure["ref"] in document["inputs"],
            "y": top + ROW_HEIGHT * (place + 1),
        }
        for place, figure in enumerate(live)
    ]
    bottom = top + ROW_HEIGHT * (len(rows) + 1)
    return {
        "document": document,
        "plot": plot,
        "head": head,
        "rows": rows,
        "top": top,
        "bottom": bottom,
        "band_height": bottom - top,
    }


def _head(document: ClaimDocument) -> tuple[list[dict[str, Any]], int]:
    """The lines of question and summary, each with its place, and where they end."""
    lines, y = [], TOP_MARGIN
    for text in wrap(document["question"], QUESTION_LETTERS):
        y += QUESTION_LINE
        lines.append({"text": text, "y": y, "is_question": True})
    for text in wrap(document["summary"], SUMMARY_LETTERS):
        y += SUMMARY_LINE
        lines.append({"text": text, "y": y + 2, "is_question": False})
    return lines, y + SUMMARY_LINE


FORMATS: dict[str, tuple[str, Callable[[str, str], str]]] = {
    "json": ("application/json", _json),
    "csv": ("text/csv; charset=utf-8", _csv),
    "jsonld": ("application/ld+json", _jsonld),
    "wikibase": ("application/vnd.wikibase+json", _wikibase),
    "prov": ("application/prov+json", _prov),
    "csl": ("application/vnd.citationstyles.csl+json", _csl),
    "bib": ("application/x-bibtex; charset=utf-8", _bib),
    "ris": ("application/x-research-info-systems; charset=utf-8", _ris),
    "svg": ("image/svg+xml", _svg),
}
