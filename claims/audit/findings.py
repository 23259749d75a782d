"""What a verification looked at and what it found wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models

from claims.models.references import Referenced


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that breaks a rule: its table, its public ref or primary key, and what is wrong."""

    table: str
    id: str
    what: str


@dataclass(slots=True)
class Report:
    """Rows looked at by table, the bad ones in the order they were found, and what to know."""

    checked: Counter[str] = field(default_factory=Counter)
    bad: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, model: type[models.Model], rows: int = 1) -> None:
        self.checked[model._meta.db_table] += rows

    def blame(self, model: type[models.Model], key: object, what: str) -> None:
        """Name a row once for each thing that is wrong with it."""
        row = BadRow(model._meta.db_table, finding_name(model, key), what)
        if row not in self.bad:
            self.bad.append(row)

    def to_json(self) -> dict[str, Any]:
        """Return {"checked": {table: rows}, "bad": [{"table", "id", "what"}], "notes": [text]}."""
        bad = [asdict(row) for row in self.bad]
        return {"checked": dict(self.checked), "bad": bad, "notes": self.notes}


def finding_name(model: type[models.Model], key: object) -> str:
    """The ref that people know, such as C12, else the primary key."""
    return f"{model.ref_letter}{key}" if issubclass(model, Referenced) else str(key)
