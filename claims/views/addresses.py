"""The public identifiers in addresses."""

from __future__ import annotations

from django.http import Http404

from claims.domain.refs import parse_ref


def number_of(ref: str, letter: str) -> int:
    """The number of a reference with this letter; what is no reference does not exist."""
    number = parse_ref(ref, letter)
    if number is None:
        raise Http404
    return number
