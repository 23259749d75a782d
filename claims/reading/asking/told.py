"""What the words beside a figure say that it measures, and how to ask for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """`population` is of whom or what; `asks` the question without place, date and title."""

    measure: str
    population: str = ""
    who: str = ""
    asks: str = ""
    unit: str | None = None
