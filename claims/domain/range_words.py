"""The range of a claim in words: "about 60 to 97", "by 31 July 2012 to January 2013"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from claims.domain.consensus import Consensus
from claims.domain.dates import EdtfError, date_words, parse_edtf
from claims.domain.edtf_text import day_text
from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.figures import number_words
from claims.domain.origins import counted
from claims.domain.quantity import Figure, stated_high, stated_low
from claims.domain.vague import least_of
from claims.domain.vocabulary import ValueFamily, family_of


def range_words(found: Consensus, evidence: Sequence[Evidence], terms: ClaimTerms) -> str:
    """Return the range as people say it; '' when nothing is comparable.

    A vague word that lies outside is said behind it: a reader would take it for held.
    """
    by_number = {one.id: one for one in evidence}
    if found.low is None or found.high is None or not found.low_from or not found.high_from:
        return ""
    low, high = by_number[found.low_from], by_number[found.high_from]
    if family_of(terms.value_kind) is ValueFamily.DATE:
        return _dates(found, low, high)
    rows = [by_number[number].figure for number in found.inputs]
    text = _numbers(found, low.figure, high.figure, [row for row in rows if row is not None])
    return " and ".join([text, *(f"“{term}”" for term in vague_outside(found, evidence))])


def vague_outside(found: Consensus, evidence: Iterable[Evidence]) -> list[str]:
    """Return the vague words of counted answers that begin above the range, each once."""
    terms = [
        one.figure.vague_term
        for one in counted(evidence).inputs
        if one.figure is not None and not one.figure.has_number
    ]
    if found.high is None or found.high_open:
        return []
    return list(dict.fromkeys(term for term in terms if least_of(term) > found.high))


def _numbers(
    found: Consensus, low: Figure | None, high: Figure | None, rows: Sequence[Figure]
) -> str:
    if low is None or high is None or found.low is None or found.high is None:
        return ""
    bottom, top = _end(found.low, low), _end(found.high, high)
    if found.low != found.high:
        return f"{bottom} to {top}{_or_more(found, top)}"
    if all(stated_high(row) is None for row in rows):
        return bottom if bottom.startswith("more than ") else f"at least {bottom}"
    if all(stated_low(row) is None for row in rows):
        return bottom if bottom.startswith("less than ") else f"up to {bottom}"
    if bottom != top:
        return f"{bottom} to {top}{_or_more(found, top)}"
    if stated_low(low) is None and stated_high(high) is None:
        return f"up to {bottom} and at least {top}"
    return f"{bottom}{_or_more(found, top)}"


def _end(value: Decimal, figure: Figure) -> str:
    """One end with the "about", "more than" or "less than" of the statement it comes from."""
    about = "about " if figure.approximate else ""
    lead = ""
    if figure.low_strict and value == figure.low:
        lead = "more than "
    elif figure.high_strict and value == figure.high:
        lead = "less than "
    return f"{lead}{about}{number_words(value)}"


def _or_more(found: Consensus, top: str) -> str:
    return " or more" if found.high_open and not top.startswith("more than ") else ""


def _dates(found: Consensus, low: Evidence, high: Evidence) -> str:
    """No "or more" of a date: an open end is "since" or "or later"."""
    is_since = parse_edtf(high.edtf).latest is None
    later = " or later" if found.high_open and not is_since else ""
    if low.id == high.id:
        return f"{date_words(low.edtf)}{later}"
    bottom, top = _bottom(found.low, low.edtf), _top(found.high, high.edtf)
    short = "" if is_since else _short(low.edtf, high.edtf)
    return f"{short or (bottom if bottom == top else f'{bottom} to {top}')}{later}"


def _bottom(value: Decimal | None, edtf: str) -> str:
    by = "by " if parse_edtf(edtf).earliest is None else ""
    if by or edtf[0] in "[{":
        return f"{by}{_day(value)}"
    return date_words(edtf.partition("/")[0])


def _top(value: Decimal | None, edtf: str) -> str:
    since = "since " if parse_edtf(edtf).latest is None else ""
    if edtf[0] in "[{":
        return f"{since}{_day(value)}"
    first, slash, last = edtf.partition("/")
    return f"{since}{date_words(first if since or not slash else last)}"


def _short(low: str, high: str) -> str:
    """Two plain dates, as precise as each other, with what they share said once, else ''."""
    if len(low) != len(high) or any(mark in low + high for mark in "/~?%[{"):
        return ""
    try:
        parse_edtf(f"{low}/{high}")
    except EdtfError:
        return ""
    return date_words(f"{low}/{high}")


def _day(value: Decimal | None) -> str:
    return date_words(day_text(value) or "")
