"""The shapes of what the API says about itself and its contents, for the schema."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from claims.api.answers import OpWord
from claims.domain.published import Links, Moment


class Change(TypedDict):
    """One publication."""

    sequence: int
    ref: str
    type: str
    op: OpWord
    version: int
    at: Moment
    url: str
    question: str
    contention: str
    summary: str
    sha256: str


class Export(TypedDict):
    """One file that can be downloaded whole."""

    name: str
    media_type: str
    rows: str
    url: str
    manifest: str | None


class Group(TypedDict):
    """One group of claims; the members asked for by group_by stand first."""

    claims: int
    figures: int
    live_figures: int


class CountryCount(TypedDict):
    """One country (ISO 3166-1) that public claims lie in."""

    code: str
    name: str
    claims: int
    subjects: int


class Hit(TypedDict):
    """One thing found."""

    type: Literal["claim", "figure", "source", "subject", "article", "dispute"]
    ref: str
    title: str
    detail: str
    snippet: str
    url: str


class ProblemType(TypedDict):
    """One kind of error."""

    type: str
    code: str
    status: int
    title: str


class Manifest(TypedDict):
    """What is needed to check a downloaded file."""

    type: str
    name: str
    format: str
    contention: list[str]
    count: int
    bytes: int
    sha256: str
    sequence: int
    licence: str


class DataPackage(TypedDict):
    """A Frictionless data package."""

    name: str
    title: str
    version: str
    licenses: list[dict[str, Any]]
    resources: list[dict[str, Any]]


class Index(TypedDict):
    """Where everything is."""

    links: Links
