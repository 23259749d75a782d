"""What the unit of a claim may be, by the kind of value that its measure asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from claims.domain.currencies import is_currency
from claims.domain.vocabulary import ValueKind, complete


@dataclass(frozen=True, slots=True)
class UnitRule:
    """How values of a kind stand to their unit.

    `fault` returns what is wrong with a unit, '' for nothing. `is_said`: the unit is a part of
    the value, "40 USD", and another unit is another claim. `may_count`: the values may be whole
    numbers of zero or more by rule.
    """

    fault: Callable[[str], str]
    is_said: bool = False
    may_count: bool = True


def _no_fault(unit: str) -> str:
    """Any words are a unit."""
    return ""


def _currency_fault(unit: str) -> str:
    if is_currency(unit):
        return ""
    if not unit:
        return "name the currency by its code of ISO 4217, such as USD or EUR."
    return f"{unit} is no currency code of ISO 4217; write for example USD, EUR or GBP."


_FREE: Final = UnitRule(_no_fault)
RULES: Final[dict[ValueKind, UnitRule]] = complete(
    ValueKind,
    "domain.units.RULES",
    {
        ValueKind.QUANTITY: _FREE,
        ValueKind.MONEY: UnitRule(_currency_fault, is_said=True, may_count=False),
        ValueKind.DATE: _FREE,
        ValueKind.PARTY: _FREE,
        ValueKind.BOOLEAN: _FREE,
        ValueKind.TEXT: _FREE,
    },
)


def unit_fault(value_kind: str, unit: str) -> str:
    """Return in a sentence why a claim of this value kind cannot have this unit; '' if it can."""
    return RULES[ValueKind(value_kind)].fault(unit)


def said_unit(value_kind: str, unit: str) -> str:
    """Return the unit where it is a part of the value, as a currency is; '' where it is not."""
    return unit if RULES[ValueKind(value_kind)].is_said else ""


def may_count(value_kind: str) -> bool:
    """Whether values of this kind may be counts."""
    return RULES[ValueKind(value_kind)].may_count


def in_unit(words: str, unit: str) -> str:
    """Return "40 USD" for "40" and USD; without words, or without a unit, the words alone."""
    return f"{words} {unit}" if words and unit else words
