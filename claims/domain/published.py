"""The public document of a claim: what its members are."""

from __future__ import annotations

from typing import Literal, TypedDict

from claims.domain.published_figures import FigureEntry, JsonNumber, SourceEntry

# Names for what the type alone does not tell; the schema of the API says what they are.
# One end of a range: a number, or an ISO date for claims of dates.
type StatedEnd = JsonNumber | str
# A moment in UTC, such as 2026-11-22T13:00:00Z.
type Moment = str
# Paths by name, without a host.
type Links = dict[str, str]
type ContentionWord = str
type SeverityWord = str
type AggregationWord = str
type CaseKindWord = str
type CaseStateWord = str
type CauseWord = str


class SubjectName(TypedDict):
    """One of the subjects above; ``country_code`` is its own, '' where it has none."""

    ref: str
    title: str
    country_code: str


class Coordinates(TypedDict):
    """Degrees north and east (WGS 84)."""

    latitude: JsonNumber | None
    longitude: JsonNumber | None


# The country that a subject lies in (ISO 3166-1), and the subject of the tree that has it.
CountryEntry = TypedDict("CountryEntry", {"code": str, "from": str})


class Belligerent(TypedDict):
    ref: str
    name: str
    side: str


class SubjectEntry(TypedDict):
    """What a claim is about, with its line of parents and the parties to its conflict."""

    ref: str
    title: str
    kind: str
    place: str
    when: str
    when_words: str
    path: list[SubjectName]
    belligerents: list[Belligerent]
    country_code: str
    coordinates: Coordinates | None
    wikidata_qid: str
    country: CountryEntry | None


class MeasureEntry(TypedDict):
    """What is counted, dated or named."""

    slug: str
    label: str
    value_kind: str
    is_count: bool
    wikidata_property: str


class RangeEntry(TypedDict):
    """The lowest and the highest that the figures which count state."""

    low: StatedEnd | None
    high: StatedEnd | None
    low_open: bool
    high_open: bool
    low_from: str | None
    high_from: str | None
    words: str


class BestEntry(TypedDict):
    """The one value that stands for the answer, by which rule, or why there is none."""

    value: StatedEnd | None
    words: str
    figure: str | None
    rule: str
    reason: str


class AgreementEntry(TypedDict):
    """What most origins support: how many of how many, and whether no other stretch has as many."""

    low: StatedEnd | None
    high: StatedEnd | None
    origins: int
    of: int
    unique: bool


class ExcludedEntry(TypedDict):
    figure: str
    reason: str


class OriginEntry(TypedDict):
    """Who standing answers go back to, '' for the article itself, and which of them counts."""

    origin: str
    counted: str | None
    figures: list[str]


class Derived(TypedDict):
    """The members that follow from the figures and from nothing else."""

    contention: ContentionWord
    severity: SeverityWord
    denied_by: str
    summary: str
    range: RangeEntry | None
    best: BestEntry
    agreement: AgreementEntry | None
    fingerprint: str
    inputs: list[str]
    excluded: list[ExcludedEntry]
    origins: list[OriginEntry]


class RelationEntry(TypedDict):
    """A link to another public claim; ``direction`` is "to" or "from" it."""

    kind: str
    direction: str
    claim: str
    question: str
    exhaustive: bool
    scope_exact: bool


class SignEntry(TypedDict):
    """One thing that speaks for a relation between two sources."""

    signal: str
    words: str


# A confirmed relation: the source ``from`` has what it says from ``to``, a source or an article;
# ``scope`` is "source" for all that it says, "claim" for this claim.
SourceRelationEntry = TypedDict(
    "SourceRelationEntry",
    {
        "ref": str,
        "kind": str,
        "from": str,
        "to": str,
        "scope": str,
        "evidence": list[SignEntry],
        "proposed_by": str,
        "decided_by": str,
        "decided_at": Moment | None,
        "reason": str,
    },
)


class ArithmeticEntry(TypedDict):
    """The sum of the parts against their total."""

    total: str
    hard: bool
    messages: list[str]
    sum_low: JsonNumber | None
    sum_high: JsonNumber | None
    parts: list[str]


class CaseEvent(TypedDict):
    action: str
    at: str
    by: str
    comment: str


class CaseFile(TypedDict):
    """What the document of a claim and that of a dispute say about the dispute alike."""

    ref: str
    kind: CaseKindWord
    state: CaseStateWord
    reason: str
    opened_at: Moment
    opened_by: str
    outcome: str
    preferred: str | None
    rationale: str
    decided_by: str
    decided_at: Moment | None
    events: list[CaseEvent]


class DisputeEntry(CaseFile):
    """One entry of ``disputes`` inside a claim's document."""

    figures: list[str]


class Review(TypedDict):
    """Who edited and who approved a version, when and why; empty until it is published."""

    edited_by: str
    approved_by: str
    published_at: str
    reason: str


class Version(TypedDict):
    """What every published document has; numbers are 0 and texts empty until it is published."""

    ref: str
    type: str
    format: int
    version: int
    sequence: int
    question: str
    review: Review
    links: Links
    previous_sha256: str
    sha256: str


class KnownOn(TypedDict):
    """What an answer says of the day that it is worked out for, and what it leaves out."""

    day: str
    known: int
    perhaps_known: list[str]
    left_out_later: list[str]
    left_out_undated: list[str]
    from_version: int
    from_sha256: str


class AsKnown(TypedDict, total=False):
    """What only answers have that were worked out for a day; no stored document has it."""

    known_on: KnownOn


class ClaimDocument(Version, Derived, AsKnown):
    """One published claim: what its sources say, where they disagree, what was concluded."""

    status: Literal["published"]
    subject: SubjectEntry
    measure: MeasureEntry
    unit: str
    population: str
    aggregation: AggregationWord
    as_of: str
    as_of_words: str
    cardinality: str
    tolerance_pct: JsonNumber
    best_policy: str
    figures: list[FigureEntry]
    sources: list[SourceEntry]
    source_relations: list[SourceRelationEntry]
    relations: list[RelationEntry]
    arithmetic: list[ArithmeticEntry]
    disputes: list[DisputeEntry]
    licence: str


class Takedown(TypedDict):
    """Why one person took a claim from readers at once, and whether a second confirmed it."""

    cause: CauseWord
    confirmed: bool


class TakenDown(TypedDict, total=False):
    """What only some tombstones have."""

    takedown: Takedown


class Tombstone(Version, TakenDown):
    """What is left of a retired claim; ``takedown`` when one person took it away at once.

    ``merged_into`` is the claim that holds its statements by now, '' for none.
    """

    status: Literal["retired"]
    merged_into: str
