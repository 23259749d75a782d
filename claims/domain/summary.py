"""One plain sentence on what the sources say of a claim, and its range in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from claims.domain.agreement import ClaimTerms, Consensus, Evidence
from claims.domain.dates import date_words
from claims.domain.figures import number_words, words
from claims.domain.quantity import Figure
from claims.domain.vocabulary import (
    Stance,
    ValueFamily,
    ValueKind,
    complete,
    family_of,
    is_numeric,
)

_NOUNS: Final[dict[ValueKind, str]] = complete(
    ValueKind,
    "domain.summary._NOUNS",
    {
        ValueKind.QUANTITY: "figure",
        ValueKind.DATE: "date",
        ValueKind.PARTY: "answer",
        ValueKind.BOOLEAN: "answer",
        ValueKind.TEXT: "answer",
    },
)


def count_words(count: int, noun: str) -> str:
    """``count_words(1, "figure")`` is "1 figure"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def day_text(day_number: Decimal | None) -> str | None:
    """The ISO date of a day number (date.toordinal); None stays None."""
    return None if day_number is None else dt.date.fromordinal(int(day_number)).isoformat()


def range_words(found: Consensus, evidence: Sequence[Evidence], terms: ClaimTerms) -> str:
    """The range as people say it: "about 60 to 97"; '' when nothing is comparable."""
    if found.low is None and found.high is None:
        return ""
    by_number = {one.id: one for one in evidence}
    low = _end_words(found.low, found.low_from, by_number, terms)
    high = _end_words(found.high, found.high_from, by_number, terms)
    if not low:
        return f"up to {high}"
    if not high:
        return low if low.startswith(("at least", "more than")) else f"at least {low}"
    text = low if low == high else f"{low} to {high}"
    return f"{text} or more" if found.high_open and low != high else text


def summary_sentence(
    found: Consensus, evidence: Sequence[Evidence], terms: ClaimTerms, reasons: Sequence[str] = ()
) -> str:
    """Statements, figures, range, and which figure is preferred or why none is.

    ``reasons`` say why the claim is disputed; they stand in for figures where there are none.
    """
    standing = [one for one in evidence if one.stands]
    answers = [one for one in standing if one.stance == Stance.ASSERTS and one.has_value]
    parts = [
        count_words(len(standing), "statement"),
        count_words(len(answers), _NOUNS[terms.value_kind]),
    ]
    span = range_words(found, evidence, terms)
    if span:
        parts.append(span)
    rest = _best_sentence(found, terms) or " ".join(_sentence(reason) for reason in reasons)
    return f"{', '.join(parts)}. {rest}".rstrip()


def best_words(found: Consensus, terms: ClaimTerms) -> str:
    """The best value in words; '' when no rule gives one."""
    if found.best is None:
        return ""
    if family_of(terms.value_kind) is ValueFamily.DATE:
        return date_words(day_text(found.best) or "")
    return number_words(found.best)


def _best_sentence(found: Consensus, terms: ClaimTerms) -> str:
    if not is_numeric(terms.value_kind):
        return ""
    best = best_words(found, terms)
    if best:
        reason = found.best_reason.rstrip(".")
        return f"Best supported: {best} ({reason[:1].lower()}{reason[1:]})."
    reason = found.best_reason.rstrip(".")
    return f"No {_NOUNS[terms.value_kind]} is preferred: {reason[:1].lower()}{reason[1:]}."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}".rstrip(".") + "."


def _end_words(
    value: Decimal | None,
    number: int | None,
    by_number: dict[int, Evidence],
    terms: ClaimTerms,
) -> str:
    """An end with the "about" of the assertion that it comes from."""
    if value is None:
        return ""
    if family_of(terms.value_kind) is ValueFamily.DATE:
        return date_words(day_text(value) or "")
    figure = by_number[number].figure if number is not None else None
    about = figure is not None and figure.approximate
    return words(Figure(point=value, approximate=about))
