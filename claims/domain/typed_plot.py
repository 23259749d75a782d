"""Answers as they are being typed, on one axis: how each is read, and its shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.domain.dates import date_words
from claims.domain.edtf_text import EdtfError
from claims.domain.figures import words_of_figure
from claims.domain.plot import (
    Scale,
    StripShape,
    date_strip,
    date_strip_scale,
    empty_strip,
    strip,
    strip_scale,
)
from claims.domain.quantity import Figure
from claims.domain.typed_answers import TypedAnswerError, parse_answer
from claims.domain.vocabulary import ValueFamily, ValueState, family_of


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One input: what was typed, how it is read ('' when it is not), or what is wrong with it."""

    typed: str
    words: str = ""
    fault: str = ""
    shape: StripShape | None = None


@dataclass(frozen=True, slots=True)
class TypedPlot:
    """The common axis, None where nothing has a place on it, and the rows in their order."""

    scale: Scale | None = None
    rows: list[TypedRow] = field(default_factory=list)


def typed_plot(answers: Sequence[str], value_kind: str, unit: str = "") -> TypedPlot:
    """Lay what is typed on one axis, as document_plot lays what is stored; never raises."""
    family = family_of(value_kind)
    told = [_read(typed, value_kind, unit) for typed in answers]
    figures = [_figure(one) for one in told]
    days = [str(one.get("edtf", "")) if isinstance(one, dict) else "" for one in told]
    scale = _scale(family, figures, days)
    rows = [
        TypedRow(typed, fault=one)
        if isinstance(one, str)
        else TypedRow(typed, _words(one, figure, unit), "", _shape(scale, figure, day))
        for typed, one, figure, day in zip(answers, told, figures, days, strict=True)
    ]
    return TypedPlot(scale, rows)


def _read(typed: str, value_kind: str, unit: str) -> dict[str, Any] | str:
    """The members of the answer, or why it is none."""
    try:
        return parse_answer(typed, value_kind, unit)
    except TypedAnswerError as error:
        return str(error)


def _figure(told: Mapping[str, Any] | str) -> Figure | None:
    if isinstance(told, str) or "point" not in told:
        return None
    members = {name: value for name, value in told.items() if name != "value_state"}
    return Figure(**members, state=told["value_state"])


def _scale(family: ValueFamily, figures: list[Figure | None], days: list[str]) -> Scale | None:
    try:
        if family is ValueFamily.FIGURE:
            return strip_scale([one for one in figures if one is not None])
        return date_strip_scale(days) if family is ValueFamily.DATE else None
    except EdtfError:
        return None


def _shape(scale: Scale | None, figure: Figure | None, day: str) -> StripShape | None:
    if scale is None:
        return None
    if figure is not None and figure.state == ValueState.VALUE:
        return strip(figure, scale)
    return date_strip(day, scale) if day else empty_strip()


def _words(told: Mapping[str, Any], figure: Figure | None, unit: str) -> str:
    if figure is not None:
        return words_of_figure(figure, unit)
    if told.get("value_state") == ValueState.UNKNOWN:
        return "unknown"
    if "edtf" in told:
        return date_words(told["edtf"])
    if "boolean" in told:
        return "yes" if told["boolean"] else "no"
    return "; ".join(told.get("parties", ())) or str(told.get("text", ""))
