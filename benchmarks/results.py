"""What was measured against what was aimed at: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import ge, le

COMPARED = {"<=": le, ">=": ge}
HEADINGS = ("id", "work", "database", "measured", "goal", "verdict", "figures")


@dataclass(frozen=True)
class Result:
    """One goal on one database: the ratio or amount measured, in ``unit`` when it has one."""

    id: str
    work: str
    database: str
    measured: float
    sign: str  # "<=" or ">="
    goal: float
    unit: str = "x"
    figures: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is met; what is measured is rounded as it is shown."""
        return bool(COMPARED[self.sign](float(_number(self.measured)), self.goal))

    def cells(self) -> tuple[str, ...]:
        """Return what stands under each heading."""
        return (
            *(self.id, self.work, self.database),
            f"{_number(self.measured)} {self.unit}",
            f"{self.sign} {self.goal:g} {self.unit}",
            "met" if self.is_met else "MISSED",
            self.figures,
        )


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def as_text(results: Sequence[Result]) -> str:
    """Return a table for a terminal."""
    rows = [HEADINGS, *(result.cells() for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    padded = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
              for row in rows)  # fmt: skip
    return "\n".join(line.rstrip() for line in padded) + "\n"


def as_markdown(results: Sequence[Result]) -> str:
    """Return a table for a document."""
    rows = [HEADINGS, ["--"] * len(HEADINGS), *(result.cells() for result in results)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
