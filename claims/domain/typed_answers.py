"""An answer as an editor types it in one line, whatever the measure asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from claims.domain.dates import EdtfError, parse_edtf
from claims.domain.figures import FigureError, parse_figure
from claims.domain.vocabulary import ValueFamily, ValueState, complete, family_of

_SPELLED: Final = {"yes": True, "true": True, "no": False, "false": False}
_UNKNOWN: Final = ("?", "unknown", "not known")
SEPARATOR: Final = ";"


class TypedAnswerError(ValueError):
    """What was typed is no answer of the kind that is asked for."""


def parse_answer(text: str, value_kind: str, unit: str = "") -> dict[str, Any]:
    """Read "about 60", "2012-02~", "yes" or words into members of an assertion, by name.

    Figures may carry the claim's unit; parties come back as names under "parties". Empty text
    gives {}. Raises TypedAnswerError with an example of the right form.
    """
    typed = " ".join(text.split())
    family = family_of(value_kind)
    if not typed:
        return {}
    if family is not ValueFamily.FIGURE and typed.lower() in _UNKNOWN:
        return {"value_state": ValueState.UNKNOWN}
    return _READERS[family](typed, unit)


def _figure(typed: str, unit: str) -> dict[str, Any]:
    try:
        figure = parse_figure(_without_unit(typed, unit))
    except FigureError as error:
        raise TypedAnswerError(str(error)) from error
    names = ("point", "low", "high", "low_strict", "high_strict", "high_open", "approximate")
    told = {name: getattr(figure, name) for name in names}
    return {**told, "vague_term": figure.vague_term, "value_state": figure.state}


def _without_unit(typed: str, unit: str) -> str:
    """The figure alone: "5 million USD" and "USD 5 million" of a claim in USD."""
    folded, word = typed.casefold(), unit.casefold()
    if word and folded.endswith(f" {word}"):
        return typed[: -len(unit)].rstrip()
    if word and folded.startswith(f"{word} "):
        return typed[len(unit) :].lstrip()
    return typed


def _date(typed: str, _unit: str) -> dict[str, Any]:
    try:
        parse_edtf(typed)
    except EdtfError as error:
        raise TypedAnswerError(str(error)) from error
    return {"edtf": typed}


def _boolean(typed: str, _unit: str) -> dict[str, Any]:
    said = _SPELLED.get(typed.lower())
    if said is None:
        raise TypedAnswerError(f'"{typed}" is neither yes nor no. Write yes, no or ?.')
    return {"boolean": said}


def _parties(typed: str, _unit: str) -> dict[str, Any]:
    return {"parties": [name.strip() for name in typed.split(SEPARATOR) if name.strip()]}


def _text(typed: str, _unit: str) -> dict[str, Any]:
    return {"text": typed}


_READERS: Final[dict[ValueFamily, Callable[[str, str], dict[str, Any]]]] = complete(
    ValueFamily,
    "domain.typed_answers._READERS",
    {
        ValueFamily.FIGURE: _figure,
        ValueFamily.DATE: _date,
        ValueFamily.PARTY: _parties,
        ValueFamily.BOOLEAN: _boolean,
        ValueFamily.TEXT: _text,
    },
)
