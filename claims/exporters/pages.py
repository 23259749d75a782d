"""A page of a list in each format: an envelope, lines, the tidy table, one graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document
from claims.exporters.claim_review import CONTEXT, review_node
from claims.exporters.one_claim import Look, csv_lines, csv_text


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: the finished text of each row, and what an envelope says around them."""

    texts: Sequence[str]
    meta: dict[str, Any]
    links: dict[str, str | None]
    look: Look = field(default_factory=Look)


type PageWriter = Callable[[Page], bytes]


def envelope(page: Page) -> bytes:
    """``{"results": [...], "meta": {...}, "links": {...}}`` around the texts, never parsed."""
    tail = orjson.dumps({"meta": page.meta, "links": page.links})
    return b'{"results":[' + ",".join(page.texts).encode() + b"]," + tail[1:]


def lines(page: Page) -> bytes:
    """The rows, one a line."""
    return "".join(f"{text}\n" for text in page.texts).encode()


def table(page: Page) -> bytes:
    """The rows, which are lines of the tidy table, under its header."""
    return csv_text(page.texts, page.look)


def claims_csv(page: Page) -> bytes:
    """The rows of the tidy table of each claim's document."""
    return csv_text((line for text in page.texts for line in csv_lines(text, page.look)), page.look)


def claims_jsonld(page: Page) -> bytes:
    """One graph with the ClaimReview of each claim's document."""
    reviews = [review_node(read_claim(text), page.look.base) for text in page.texts]
    return dump_document({"@context": CONTEXT, "@graph": reviews}).encode()
