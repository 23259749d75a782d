"""Which format an answer has: suffix, then the parameter, then the Accept header."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from claims.api.problems import ProblemError
from claims.api.shapes import members_of
from claims.exporters.formats import FORMATS
from claims.exporters.one_claim import Look
from claims.filtering.parameters import Parameter, choice, suggestions


def format_parameter(formats: Iterable[str]) -> Parameter:
    """Return the ``format`` parameter of an address that has these formats."""
    description = "The answer's format; the Accept header decides when it is missing."
    return choice("format", formats, description, many=False)


def chosen_format(request: HttpRequest, suffix: str, asked: str, formats: tuple[str, ...]) -> str:
    """Return the name of the format to answer in.

    Raises ProblemError: not-found for a suffix that does not exist here, not-acceptable.
    """
    if suffix:
        if suffix not in formats:
            raise ProblemError("not-found")
        return suffix
    if asked:
        return asked
    bare = {FORMATS[name].bare_type: name for name in formats}
    preferred = request.get_preferred_type(list(bare))
    if preferred is None:
        raise ProblemError("not-acceptable", "Ask for one of these.", available=sorted(bare))
    return bare[preferred]


def look_of(request: HttpRequest, asked: dict[str, Any]) -> Look:
    """Return for whom an answer is written: this host's readers, a spreadsheet if asked."""
    return Look(request.build_absolute_uri("/").rstrip("/"), excel="for" in asked)


def asked_fields(document: Any, asked: dict[str, Any], kind: str) -> tuple[str, ...]:
    """Return the members of the document that ``fields=`` names; () when it is not given."""
    if "fields" not in asked:
        return ()
    if not FORMATS[kind].takes_fields:
        raise ProblemError(
            "invalid-value", f"'fields' does not go with {kind}.", parameter="fields"
        )
    return trimmed_fields(asked["fields"], members_of(document))


def trimmed_fields(asked: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the members that ``fields=`` names. Raises ProblemError: invalid-value."""
    names = tuple(name.strip() for name in asked.split(",") if name.strip())
    for name in names:
        if name not in known:
            raise ProblemError(
                "invalid-value",
                f"'fields' names '{name[:60]}', which is not a member here.",
                parameter="fields",
                did_you_mean=suggestions(name, known),
                allowed=list(known),
            )
    if not names:
        raise ProblemError("invalid-value", "'fields' names no member.", parameter="fields")
    return names
