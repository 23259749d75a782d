"""Where a subject is: its country, its coordinates, the words that its place is found by."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from claims.domain.countries import COUNTRIES
from claims.domain.names import NAME_CHARACTERS, fold_for_search
from claims.domain.published import CountryEntry, SubjectEntry, SubjectName

MOST_LATITUDE: Final = Decimal(90)
MOST_LONGITUDE: Final = Decimal(180)
PLACES: Final = 7  # decimals of a degree: the last one is about a centimetre


class PlaceError(ValueError):
    """A country or coordinates that cannot be; the message says what to write instead."""


def check_country(code: str) -> None:
    """Raise PlaceError unless the code is '' or one of ISO 3166-1 in two capital letters."""
    if code and code not in COUNTRIES:
        raise PlaceError(
            f"'{code[:20]}' is no country of ISO 3166-1: write two capital letters, such as ML."
        )


def check_coordinates(latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Raise PlaceError unless both or none are given, in decimal degrees (WGS 84)."""
    if (latitude is None) is not (longitude is None):
        raise PlaceError("Give latitude and longitude together, or neither.")
    for name, value, most in (
        ("latitude", latitude, MOST_LATITUDE),
        ("longitude", longitude, MOST_LONGITUDE),
    ):
        if value is not None and not -most <= value <= most:
            raise PlaceError(f"The {name} {value} does not lie between -{most} and {most} degrees.")
        if value is not None and value != round(value, PLACES):
            raise PlaceError(f"The {name} {value} has more than {PLACES} decimals.")


def country_of(subject: SubjectEntry) -> CountryEntry | None:
    """The country of a document's subject: its own, else that of the nearest parent with one.

    Returns ``{"code": "ML", "from": "T1"}``, or None where nobody up to the top has one.
    """
    names: list[SubjectEntry | SubjectName] = [subject, *reversed(subject["path"])]
    for one in names:
        if one["country_code"]:
            return {"code": one["country_code"], "from": one["ref"]}
    return None


def place_words(place: str) -> Iterator[str]:
    """What a place is found by, folded: its whole text and each part between commas.

    >>> list(place_words("Aguelhok, Kidal Region"))
    ['aguelhok, kidal region', 'aguelhok', 'kidal region']
    """
    whole = fold_for_search(place)
    parts = [part.strip() for part in whole.split(",")]
    yield from dict.fromkeys(one[:NAME_CHARACTERS] for one in (whole, *parts) if one)
