"""The demo's files, read into plain records; nothing here touches the database."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
CLAIM_FILES: Final = ("aguelhok", "forces", "towns", "civilians", "politics")

type Row = dict[str, Any]


class BundleError(ValueError):
    """A file of the demo contradicts the article or another file."""


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    """Words of the article; `prefix` stands directly before them and makes them unique."""

    exact: str
    prefix: str = ""

    def span(self, text: str) -> tuple[int, int]:
        """Return start and end in `text`; BundleError unless it holds prefix + exact once."""
        found = text.count(self.prefix + self.exact)
        if found != 1:
            raise BundleError(f'"{self.prefix}{self.exact}" stands {found} times in the article.')
        start = text.index(self.prefix + self.exact) + len(self.prefix)
        return start, start + len(self.exact)


@dataclass(frozen=True, slots=True)
class AttributionRecord:
    """One link of the chain behind an assertion."""

    party: str
    role: str
    mode: str


@dataclass(frozen=True, slots=True)
class AssertionRecord:
    """One answer; without a source it is the article's own voice."""

    key: str
    source: str | None
    anchors: tuple[AnchorRecord, ...]
    stance: str = "asserts"
    value: Row = field(default_factory=dict)
    attributions: tuple[AttributionRecord, ...] = ()
    asserted_on: str = ""
    target: str = ""
    extent: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A later edit that adds assertions; nobody has approved it when `approved_by` is empty."""

    adds: tuple[str, ...]
    drafted_by: str
    reason: str
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class LifeRecord:
    """Who drafts, returns and approves a claim, and the state it ends in."""

    drafted_by: str
    state: str
    approved_by: str = ""
    returned_by: str = ""
    return_reason: str = ""
    change: ChangeRecord | None = None


@dataclass(frozen=True, slots=True)
class DisputeRecord:
    """What people do about a dispute; without `opened_by` the machine opens it.

    On a published claim `approved_by` then publishes the claim with the case as it stands.
    """

    kind: str
    state: str
    opened_by: str = ""
    reason: str = ""
    taken_by: str = ""
    outcome: str = ""
    preferred: str = ""
    rationale: str = ""
    decided_by: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A link to another claim of the bundle."""

    to: str
    kind: str
    exhaustive: bool
    scope_exact: bool


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One question with its answers and its life on the desk."""

    key: str
    question: str
    subject: str
    measure: str
    unit: str
    assertions: tuple[AssertionRecord, ...]
    life: LifeRecord
    population: str = ""
    aggregation: str = "event"
    as_of: str = ""
    cardinality: str = "single"
    priority: str = ""
    relations: tuple[RelationRecord, ...] = ()
    disputes: tuple[DisputeRecord, ...] = ()

    def quote_of(self, key: str) -> str:
        """Return the words under which the assertion with this key is entered, '' for none."""
        return next((each.anchors[0].exact for each in self.assertions if each.key == key), "")

    @property
    def first_assertions(self) -> tuple[AssertionRecord, ...]:
        """The assertions that the first draft holds."""
        later = self.life.change.adds if self.life.change else ()
        return tuple(each for each in self.assertions if each.key not in later)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The whole demo. Rows of parties, sources, subjects and measures stay as written."""

    text: str
    article: Row
    parties: tuple[Row, ...]
    sources: tuple[Row, ...]
    subjects: tuple[Row, ...]
    measures: tuple[Row, ...]
    claims: tuple[ClaimRecord, ...]


@cache
def read_bundle() -> Bundle:
    """Return the demo as it stands in the files beside this module."""
    return Bundle(
        text=(FOLDER / "article.txt").read_text(encoding="utf-8"),
        article=_read("article"),
        parties=tuple(_read("parties")),
        sources=tuple(_read("sources")),
        subjects=tuple(_read("subjects")),
        measures=tuple(_read("measures")),
        claims=tuple(_claim(row) for name in CLAIM_FILES for row in _read(f"claims_{name}")),
    )


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _claim(row: Row) -> ClaimRecord:
    parts = {
        "assertions": tuple(_assertion(each) for each in row["assertions"]),
        "life": _life(row["life"]),
        "relations": tuple(RelationRecord(**each) for each in row.get("relations", ())),
        "disputes": tuple(DisputeRecord(**each) for each in row.get("disputes", ())),
    }
    return ClaimRecord(**{**row, **parts})


def _assertion(row: Row) -> AssertionRecord:
    parts = {
        "anchors": tuple(AnchorRecord(**each) for each in row["anchors"]),
        "attributions": tuple(AttributionRecord(**each) for each in row.get("attributions", ())),
    }
    return AssertionRecord(**{**row, **parts})


def _life(row: Row) -> LifeRecord:
    change = row.get("change")
    made = ChangeRecord(**{**change, "adds": tuple(change["adds"])}) if change else None
    return LifeRecord(**{**row, "change": made})
