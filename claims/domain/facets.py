"""The columns that lists filter and sort on, worked out from a document alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from claims.domain.dates import parse_edtf
from claims.domain.intervals import EXACT
from claims.domain.names import fold_for_search
from claims.domain.places import place_words
from claims.domain.published import ClaimDocument, StatedEnd
from claims.domain.refs import CLAIM, SUBJECT, number_in
from claims.domain.vocabulary import AssertionStatus, RelationKind, states_figures


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


@dataclass(frozen=True, slots=True)
class FoundBy:
    """``folded`` is the question as searches compare; ``live_count`` statements stand."""

    folded: str
    live_count: int


def found_by(document: ClaimDocument) -> FoundBy:
    """Return what searches and counts know of a claim's document."""
    return FoundBy(
        folded=fold_for_search(document["question"]),
        live_count=sum(one["status"] == AssertionStatus.LIVE for one in document["figures"]),
    )


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


def keys_of(document: ClaimDocument) -> list[tuple[str, str]]:
    """Return what lists find a claim's document by: (name, value) pairs, each once, in order.

    They are "subject" with the number of its subject and of each one above it, "country" with a
    code, "place" with the folded words of its place, and "split" with the number of a claim that
    it was split off from.
    """
    subject = document["subject"]
    refs = [subject["ref"], *(above["ref"] for above in subject["path"])]
    found = {("subject", str(number_in(ref, SUBJECT))) for ref in refs}
    found |= {("place", words) for words in place_words(subject["place"])}
    if subject["country"] is not None:
        found.add(("country", subject["country"]["code"]))
    found |= {
        ("split", str(number_in(link["claim"], CLAIM)))
        for link in document["relations"]
        if link["kind"] == RelationKind.SPLIT_OFF and link["direction"] == "to"
    }
    return sorted(found)


def _ends(document: ClaimDocument) -> tuple[Decimal | None, Decimal | None]:
    span = document["range"]
    if not span or not states_figures(document["measure"]["value_kind"]):
        return None, None
    return _decimal(span["low"]), _decimal(span["high"])


def _decimal(number: StatedEnd | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _spread(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None or high is None or low <= 0:
        return None
    return EXACT.divide(high, low).quantize(Decimal("0.001"), context=EXACT)
