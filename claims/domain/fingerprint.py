"""A hash of the evidence, so that a decision can say what it was taken on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from claims.domain.evidence import ClaimTerms, Evidence, by_id
from claims.domain.quantity import Figure
from claims.domain.vocabulary import ValueFamily, family_of

_JSON: Final = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def fingerprint(evidence: Iterable[Evidence], terms: ClaimTerms) -> str:
    """Return the sha256 (64 hex digits) of everything that can change the claim's label.

    Only live evidence counts; the order it comes in and idle zeros (97.00) do not matter. The
    date of a source matters where it tells what an origin said last.
    """
    live = [one for one in by_id(evidence) if one.live]
    speaks = Counter(one.origin for one in live)
    facts = {
        "value_kind": terms.value_kind,
        "cardinality": terms.cardinality,
        "tolerance": _number(terms.tolerance),
        "count": terms.count,
        "evidence": [_facts(one, once=speaks[one.origin] == 1) for one in live],
    }
    return hashlib.sha256(_JSON.encode(facts).encode("ascii")).hexdigest()


def _facts(one: Evidence, *, once: bool) -> list[object]:
    # What no relation concerns has the facts that it had before there were relations.
    followed = [] if one.own_origin is None else [[one.own_origin, one.steps, one.repeats]]
    return [
        one.id,
        one.stance,
        one.origin,
        one.sourced,
        one.source_withdrawn,
        one.target,
        one.asserted_on if once or not one.origin else one.said_on,
        _value(one),
        *followed,
    ]


def _value(one: Evidence) -> object:
    if not one.has_value:
        return None
    if one.figure is not None:
        return _figure(one.figure)
    match family_of(one.value_kind):
        case ValueFamily.PARTY:
            return sorted(one.parties)
        case ValueFamily.DATE:
            return one.edtf
        case ValueFamily.BOOLEAN:
            return one.boolean
        case ValueFamily.TEXT | ValueFamily.FIGURE:
            return one.text


def _figure(figure: Figure) -> list[object]:
    return [
        _number(figure.point),
        _number(figure.low),
        _number(figure.high),
        figure.low_strict,
        figure.high_strict,
        figure.high_open,
        figure.approximate,
        figure.vague_term,
        figure.state,
    ]


def _number(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
