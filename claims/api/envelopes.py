"""Addresses that answers name, and documents with some of their members only."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from claims.domain.documents import dump_document, read_document


def trimmed(text: str, names: tuple[str, ...]) -> str:
    """Return the document with the named members only, in the order of the document."""
    document = read_document(text)
    return dump_document({name: document[name] for name in document if name in names})


def self_link(request: HttpRequest) -> str:
    """Return the path and query that were asked for."""
    return request.get_full_path()


def link_with(request: HttpRequest, **changes: str) -> str:
    """Return the path asked for, with these parameters set."""
    query: QueryDict = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"
