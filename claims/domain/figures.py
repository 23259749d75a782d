"""Figures in words, both ways; the door to everything that belongs to a Figure."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from claims.domain.intervals import EXACT, Interval
from claims.domain.quantity import (
    MAX_DIGITS,
    Figure,
    FigureError,
    check_count,
    kind,
    stated_high,
    stated_low,
)
from claims.domain.vague import is_vague_term
from claims.domain.vocabulary import ValueState

__all__ = [
    "MAX_DIGITS",
    "Figure",
    "FigureError",
    "Interval",
    "check_count",
    "kind",
    "number_words",
    "parse_figure",
    "parse_number",
    "stated_high",
    "stated_low",
    "words_of_figure",
]

MAX_LENGTH: Final = 120
UNKNOWN, NO_FIGURE = "unknown", "no figure"
_MAGNITUDES: Final = {
    "hundred": 2,
    "k": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "million": 6,
    "bn": 9,
    "billion": 9,
    "tn": 12,
    "trillion": 12,
}
_ABOUT = re.compile(
    r"(?:~|c\.|(?:about|around|roughly|approximately|approx\.?|circa|ca\.|some|nearly|almost"
    r"|close to|an estimated)\s)\s*"
)
_LOW = re.compile(r"(?:>=|≥|(?:at least|no fewer than|no less than|a minimum of)\s)\s*")
_ABOVE = re.compile(r"(?:>|(?:more than|over|above|upwards of)\s)\s*")
_HIGH = re.compile(r"(?:<=|≤|(?:up to|at most|no more than|as many as|a maximum of)\s)\s*")
_BELOW = re.compile(r"(?:<|(?:less than|fewer than|under|below)\s)\s*")
_OR_MORE = re.compile(r"\s*(?:\+|or more|or higher|and more)$")
_OR_LESS = re.compile(r"\s*or (?:less|fewer|lower)$")
_NUMBER = re.compile(
    r"(-?)((?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?)(?:\s?(" + "|".join(_MAGNITUDES) + r")\b)?",
    re.ASCII,
)
_BETWEEN = re.compile(r"\s*(?:-|to|and)\s*(less than\s)?\s*")
_BRACKETS = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_TYPED = str.maketrans(dict.fromkeys("\u2012\u2013\u2014\u2212", "-"))


def number_words(value: Decimal) -> str:
    """Return the number with thousands commas and no idle zeros: 97.00 gives "97"."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def words_of_figure(figure: Figure, unit: str = "") -> str:
    """Return the figure as an English reader says it: "about 60", "1,000 to 1,500 or more"."""
    if figure.state != ValueState.VALUE:
        return UNKNOWN if figure.state == ValueState.UNKNOWN else NO_FIGURE
    if figure.vague_term:
        return _vague_words(figure, unit)
    about = "about " if figure.approximate else ""
    if figure.point is None:
        text = _ends_words(figure, about)
    else:
        ends = _ends_words(figure, "") if _is_spread(figure) else ""
        ends = ends or ("or more" if figure.high_open else "")
        text = f"{about}{number_words(figure.point)}" + (f" ({ends})" if ends else "")
    return f"{text} {unit}" if unit else text


def parse_figure(text: str) -> Figure:
    """Read what an editor types ("97", "~300", "200+", "50-101", "dozens", "?").

    Returns a Figure; raises FigureError with an example of the right form for anything else.
    """
    typed = " ".join(text[: MAX_LENGTH + 1].translate(_TYPED).lower().split())
    if len(text) > MAX_LENGTH:
        raise FigureError(f"A figure has at most {MAX_LENGTH} characters.")
    if typed in ("?", UNKNOWN, "not known"):
        return Figure(state=ValueState.UNKNOWN)
    if typed == NO_FIGURE:
        return Figure(state=ValueState.NONE)
    if is_vague_term(typed):
        return Figure(vague_term=typed)
    bracketed = _BRACKETS.fullmatch(typed)
    return _parse_bracketed(*bracketed.groups()) if bracketed else _parse_plain(typed)


def parse_number(text: str) -> Decimal:
    """Read one number such as "1,500", "2.5m" or "13 million"; raises FigureError."""
    found = _NUMBER.fullmatch(text.strip().lower()) if len(text) <= MAX_LENGTH else None
    if found is None:
        raise _not_understood(text)
    return _number(found)


def _is_spread(figure: Figure) -> bool:
    """Whether an end says something else than the point."""
    return any(end is not None and end != figure.point for end in (figure.low, figure.high))


def _vague_words(figure: Figure, unit: str) -> str:
    text = f"{figure.vague_term} of {unit}" if unit else figure.vague_term
    if not figure.has_number:
        return text
    return f"{text} ({words_of_figure(replace(figure, vague_term=''))})"


def _ends_words(figure: Figure, about: str) -> str:
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        more = "more than " if figure.low_strict else ""
        less = "less than " if figure.high_strict else ""
        open_end = " or more" if figure.high_open else ""
        if low == high:
            return f"{about}{number_words(low)}{open_end}"
        return f"{about}{more}{number_words(low)} to {less}{number_words(high)}{open_end}"
    if low is not None:
        lead = "more than" if figure.low_strict else "at least"
        return f"{lead} {about}{number_words(low)}"
    if high is not None:
        lead = "less than" if figure.high_strict else "up to"
        open_end = " or more" if figure.high_open else ""
        return f"{lead} {about}{number_words(high)}{open_end}"
    return ""


def _parse_bracketed(outer: str, inner: str) -> Figure:
    """Read "60 (50 to 101)", "60 (or more)" and "hundreds (at least 300)"."""
    if is_vague_term(outer):
        return replace(parse_figure(inner), vague_term=outer)
    head = _parse_plain(outer)
    if head.point is None or head.high_open:
        raise _not_understood(f"{outer} ({inner})")
    if inner == "or more":
        return replace(head, high_open=True)
    ends = _parse_plain(inner)
    if ends.point is not None or ends.approximate:
        raise _not_understood(f"{outer} ({inner})")
    return replace(ends, point=head.point, approximate=head.approximate)


def _parse_plain(typed: str) -> Figure:
    rest, about = _strip(_ABOUT, typed)
    for lead, build in ((_LOW, _at_least), (_HIGH, _at_most), (_BELOW, _less_than)):
        body, found = _strip(lead, rest)
        if found:
            body, inner_about = _strip(_ABOUT, body)
            return build(parse_number(body), about or inner_about)
    rest, above = _strip(_ABOVE, rest)
    rest, inner_about = _strip(_ABOUT, rest)
    return _parse_core(rest, above, about or inner_about)


def _parse_core(typed: str, above: bool, about: bool) -> Figure:
    """Read a number or a range, with "or more" or "or less" behind it."""
    rest, open_high = _cut(_OR_MORE, typed)
    rest, open_low = _cut(_OR_LESS, rest)
    for lead in ("between ", "from "):
        rest = rest.removeprefix(lead)
    first = _NUMBER.match(rest)
    if first is None:
        raise _not_understood(typed)
    if first.end() < len(rest):
        low, high, below = _parse_range(rest, first)
        if open_low:
            raise _not_understood(typed)
        return Figure(None, low, high, above, below, open_high, about)
    value = _number(first)
    if above:
        return Figure(low=value, low_strict=True, approximate=about)
    if open_high or open_low:
        return (_at_least if open_high else _at_most)(value, about)
    return Figure(point=value, approximate=about)


def _parse_range(typed: str, first: re.Match[str]) -> tuple[Decimal, Decimal, bool]:
    """Return both ends and whether the upper one is "less than"."""
    joint = _BETWEEN.match(typed, first.end())
    second = _NUMBER.fullmatch(typed, joint.end()) if joint else None
    if joint is None or second is None:
        raise _not_understood(typed)
    low, high = _number(first), _number(second)
    if second[3] and not first[3] and low < _scaled(second[1] + second[2], 0):
        low = _scaled(first[1] + first[2], _MAGNITUDES[second[3]])  # "2-3 million"
    return low, high, bool(joint[1])


def _at_least(value: Decimal, about: bool) -> Figure:
    return Figure(low=value, approximate=about)


def _at_most(value: Decimal, about: bool) -> Figure:
    return Figure(high=value, approximate=about)


def _less_than(value: Decimal, about: bool) -> Figure:
    return Figure(high=value, high_strict=True, approximate=about)


def _strip(lead: re.Pattern[str], typed: str) -> tuple[str, bool]:
    found = lead.match(typed)
    return (typed[found.end() :], True) if found else (typed, False)


def _cut(tail: re.Pattern[str], typed: str) -> tuple[str, bool]:
    found = tail.search(typed)
    return (typed[: found.start()], True) if found else (typed, False)


def _number(found: re.Match[str]) -> Decimal:
    return _scaled(found[1] + found[2], _MAGNITUDES[found[3]] if found[3] else 0)


def _scaled(digits: str, power: int) -> Decimal:
    value = Decimal(digits.replace(",", "").replace(" ", ""))
    return EXACT.multiply(value, Decimal(10**power)) if power else value


def _not_understood(text: str) -> FigureError:
    return FigureError(
        f'"{text}" is not understood as a figure. Write for example 97, about 60, 50-101, '
        f"at least 200, more than 1,000, up to 400, 1,000-1,500+, dozens or ?."
    )
