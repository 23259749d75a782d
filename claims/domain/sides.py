"""The statements of a case by what they say and who first said it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.domain.evidence_rows import EvidenceRow


@dataclass(slots=True)
class Side:
    """One value, or one denial, with the statements that hold it by origin.

    ``origins`` has the statements of each reference of an origin, '' where there is none: those
    of one origin count once.
    """

    words: str
    origins: dict[str, list[EvidenceRow]] = field(default_factory=dict)

    @property
    def figures(self) -> list[str]:
        """The references of its statements."""
        return [row["figure"]["ref"] for rows in self.origins.values() for row in rows]


def sides_of(rows: Iterable[EvidenceRow]) -> list[Side]:
    """Return the live statements by stance and words; what most origins hold comes first."""
    found: dict[tuple[str, str], Side] = {}
    for row in rows:
        figure = row["figure"]
        if figure["status"] == "live":
            told = figure["words"] if figure["stance"] == "asserts" else figure["stance"]
            if figure["stance"] != "asserts" and figure["words"]:
                told = f"{told} {figure['words']}"
            side = found.setdefault((figure["stance"], figure["words"]), Side(told))
            side.origins.setdefault(figure["origin"], []).append(row)
    return sorted(found.values(), key=lambda side: -len(side.origins))
