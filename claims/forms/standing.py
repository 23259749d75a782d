"""What one line of a form says of a figure that stands, and whether it says all of it."""

from __future__ import annotations

from typing import Any, Final

from claims.choices import AttributionRole, PartyMode, ValueState
from claims.domain.figures import words_of_figure
from claims.domain.typed_answers import SEPARATOR, TypedAnswerError, parse_answer
from claims.models import Assertion, Attribution
from claims.workflow.desk import chain_of, figure_of, has_value

# The links that a row has inputs for, in the order of the chain.
INPUTS: Final = ((AttributionRole.SPEAKER, "speaker"), (AttributionRole.RELAYER, "relayer"))


def typed_answer(row: Assertion) -> str | None:
    """What one types for the stored answer; None where typing it would say something else."""
    typed = _typed(row)
    try:
        told = parse_answer(typed, row.value_kind)
    except TypedAnswerError:
        return None
    return typed if says_already(row, told) else None


def says_already(row: Assertion, told: dict[str, Any]) -> bool:
    """Whether the stored answer is what parse_answer read."""
    if not told:
        return not has_value(row) and row.value_state == ValueState.VALUE
    if "parties" in told:
        return told["parties"] == _names(row) and row.party_mode == PartyMode.UNSPECIFIED
    wanted = {"value_state": ValueState.VALUE, **told}
    return all(getattr(row, name) == value for name, value in wanted.items())


def chain_in_row(row: Assertion) -> dict[str, Attribution] | None:
    """Speaker and relayer by the name of their input; None where the chain has other links."""
    chain = chain_of(row)
    roles = [link.role for link in chain]
    shown = [(role, name) for role, name in INPUTS if role in roles]
    if roles != [role for role, _name in shown]:
        return None
    return {name: link for (_role, name), link in zip(shown, chain, strict=True)}


def _typed(row: Assertion) -> str:
    if not has_value(row):
        return "?" if row.value_state == ValueState.UNKNOWN else ""
    figure = figure_of(row)
    if figure is not None:
        return words_of_figure(figure)
    if row.party_mode:
        return f"{SEPARATOR} ".join(_names(row))
    if row.boolean is not None:
        return "yes" if row.boolean else "no"
    return row.edtf or row.text


def _names(row: Assertion) -> list[str]:
    return [link.party.name for link in row.party_links.all()]
