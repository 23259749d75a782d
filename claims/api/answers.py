"""What the API answers besides the documents that are stored: types of its own answers."""

from __future__ import annotations

from typing import Any, TypedDict

from claims.domain.differences import Difference
from claims.domain.published import ClaimDocument, Links, Moment

type OpWord = str
type HitKind = str


class End(TypedDict):
    type: str
    count: int
    hashes_sha256: str
    sequence: int


class ClaimFile(TypedDict):
    """All claims in one JSON document, with what is needed to check it."""

    results: list[ClaimDocument]
    end: End


class VersionEntry(TypedDict):
    """One line of a claim's list of versions."""

    version: int
    sequence: int
    op: OpWord
    at: Moment
    summary: str
    contention: str
    severity: str
    sha256: str
    previous_sha256: str
    links: Links


_Between = TypedDict("_Between", {"from": int, "to": int})


class DifferenceDocument(_Between):
    """What changed from one version of a claim to another."""

    ref: str
    type: str
    changes: list[Difference]
    links: Links


class Article(TypedDict):
    """One article; its text only at its own address."""

    ref: str
    type: str
    slug: str
    title: str
    language: str
    licence: str
    origin_url: str
    revision: int
    format: str
    sha256: str
    approved_at: Moment
    links: Links


class ArticleText(Article):
    """One article with the text of its newest approved revision."""

    text: str


class AnnotationPage(TypedDict):
    """A page of W3C Web Annotations."""

    id: str
    type: str
    items: list[dict[str, Any]]
