"""The columns that lists filter and sort on, worked out from a document alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from claims.domain.dates import parse_edtf
from claims.domain.intervals import EXACT
from claims.domain.published import ClaimDocument, End
from claims.domain.refs import SUBJECT, number_in
from claims.domain.vocabulary import states_figures


@dataclass(frozen=True, slots=True)
class Facets:
    """What a list knows of a document without reading it; ends are numbers of a quantity.

    ``subject`` is the subject's number, ``measure`` the slug of the measure. ``spread`` is the
    highest stated figure by the lowest, to three places; None without both above zero.
    """

    question: str
    contention: str
    severity: str
    subject: int
    measure: str
    range_low: Decimal | None = None
    range_high: Decimal | None = None
    spread: Decimal | None = None
    has_denial: bool = False
    event_earliest: dt.date | None = None
    event_latest: dt.date | None = None
    figure_count: int = 0


def facets_of(document: ClaimDocument) -> Facets:
    """Return the facets of a claim's document."""
    low, high = _ends(document)
    text = document["subject"]["when"]
    when = parse_edtf(text) if text else None
    return Facets(
        question=document["question"],
        contention=document["contention"],
        severity=document["severity"],
        subject=number_in(document["subject"]["ref"], SUBJECT),
        measure=document["measure"]["slug"],
        range_low=low,
        range_high=high,
        spread=_spread(low, high),
        has_denial=bool(document["denied_by"]),
        event_earliest=when.earliest if when else None,
        event_latest=when.latest if when else None,
        figure_count=len(document["figures"]),
    )


def _ends(document: ClaimDocument) -> tuple[Decimal | None, Decimal | None]:
    span = document["range"]
    if not span or not states_figures(document["measure"]["value_kind"]):
        return None, None
    return _decimal(span["low"]), _decimal(span["high"])


def _decimal(number: End | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _spread(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None or high is None or low <= 0:
        return None
    return EXACT.divide(high, low).quantize(Decimal("0.001"), context=EXACT)
