"""The vocabularies of the house, each written once; claims.choices gives them their labels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal


class VocabularyError(Exception):
    """A table lacks an entry of its vocabulary, or has one too many; the message names both."""


def complete[Key: StrEnum, Value](
    vocabulary: type[Key], name: str, table: Mapping[Key, Value]
) -> dict[Key, Value]:
    """Return the table; raise VocabularyError unless its keys are the vocabulary, all of it.

    `name` says where the table stands, so that who adds a word to the vocabulary is told, at
    the first import, which table asks for it.
    """
    missing = [word for word in vocabulary if word not in table]
    unknown = [str(word) for word in table if word not in list(vocabulary)]
    if missing or unknown:
        what = f"has no entry for {', '.join(missing)}" if missing else ""
        more = f"has entries for {', '.join(unknown)}, which it is not" if unknown else ""
        faults = " and ".join(fault for fault in (what, more) if fault)
        raise VocabularyError(f"The table {name} of each {vocabulary.__name__} {faults}.")
    return dict(table)


class ValueKind(StrEnum):
    """What a measure asks for."""

    QUANTITY = "quantity"
    MONEY = "money"
    DATE = "date"
    PARTY = "party"
    BOOLEAN = "boolean"
    TEXT = "text"


class ValueFamily(StrEnum):
    """How an answer is kept and compared: kinds of one family share columns and arithmetic."""

    FIGURE = "figure"
    DATE = "date"
    PARTY = "party"
    BOOLEAN = "boolean"
    TEXT = "text"


FAMILY_OF: Final[dict[ValueKind, ValueFamily]] = complete(
    ValueKind,
    "domain.vocabulary.FAMILY_OF",
    {
        ValueKind.QUANTITY: ValueFamily.FIGURE,
        ValueKind.MONEY: ValueFamily.FIGURE,
        ValueKind.DATE: ValueFamily.DATE,
        ValueKind.PARTY: ValueFamily.PARTY,
        ValueKind.BOOLEAN: ValueFamily.BOOLEAN,
        ValueKind.TEXT: ValueFamily.TEXT,
    },
)


def family_of(kind: str) -> ValueFamily:
    """Return the family of a value kind, a member or its code; ValueError on another word."""
    return FAMILY_OF[ValueKind(kind)]


def states_figures(kind: str) -> bool:
    """Whether answers of this value kind are a Figure."""
    return family_of(kind) is ValueFamily.FIGURE


def is_numeric(kind: str) -> bool:
    """Whether answers of this value kind lie on an axis: figures, and dates as day numbers."""
    return family_of(kind) in (ValueFamily.FIGURE, ValueFamily.DATE)


class ValueState(StrEnum):
    """Whether a source gives a value, says that nobody knows it, or gives none."""

    VALUE = "value"
    UNKNOWN = "unknown"
    NONE = "none"


class FigureKind(StrEnum):
    """How a figure is to be read and drawn."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    RANGE = "range"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE_OPEN = "range_open"
    VAGUE = "vague"
    UNKNOWN = "unknown"
    NONE = "none"


class Cardinality(StrEnum):
    """How many answers a claim may have that all hold."""

    SINGLE = "single"
    MULTI = "multi"


class BestPolicy(StrEnum):
    """Which figure editors let stand for the answer where no other rule gives one."""

    NONE = "none"
    MAJORITY = "majority"
    MOST_RELIABLE = "most_reliable"
    LOWEST = "lowest"


class Stance(StrEnum):
    """What a source does with the statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    RETRACTS = "retracts"


class AssertionStatus(StrEnum):
    """Whether a statement is reckoned with, and why not."""

    LIVE = "live"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class PartyKind(StrEnum):
    """What sort of party somebody is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ARMED_GROUP = "armed_group"
    GOVERNMENT = "government"
    OUTLET = "outlet"
    UNNAMED = "unnamed"


class Aggregation(StrEnum):
    """What a number is taken over."""

    EVENT = "event"
    STOCK = "stock"
    CUMULATIVE = "cumulative"
    RATE = "rate"
    FORECAST = "forecast"


class Extent(StrEnum):
    """How much of a statement is denied or doubted."""

    WHOLE = "whole"
    PART = "part"


class Ground(StrEnum):
    """Why a statement is denied or doubted."""

    FABRICATED = "fabricated"
    UNVERIFIED = "unverified"
    EXAGGERATED = "exaggerated"
    UNDERSTATED = "understated"
    MISATTRIBUTED = "misattributed"
    OTHER = "other"


class AttributionRole(StrEnum):
    """What a party did with the words: said them, passed them on, or published them."""

    SPEAKER = "speaker"
    RELAYER = "relayer"
    PUBLISHER = "publisher"


class PartyMode(StrEnum):
    """How the parties of an answer belong together."""

    JOINT = "joint"
    EITHER = "either"
    UNSPECIFIED = "unspecified"


class RelationKind(StrEnum):
    """How one claim is tied to another."""

    PART_OF_TOTAL = "part_of_total"
    SAME_AS = "same_as"
    SERIES_NEXT = "series_next"
    SPLIT_OFF = "split_off"


class SourceRelationKind(StrEnum):
    """How one source rests on another."""

    REPUBLISHES = "republishes"
    RELAYS = "relays"
    CITES = "cites"
    COMPILED_FROM = "compiled_from"


class RelationSignal(StrEnum):
    """What speaks for a relation between two sources."""

    RARE_VALUE = "rare_value"
    SHARED_WORDS = "shared_words"
    ORDER = "order"
    OUTLET_NAMED = "outlet_named"
    CIRCLE = "circle"
    SEEN = "seen"


class Contention(StrEnum):
    """How far the sources of a claim agree; the first that fits, in this order."""

    UNSOURCED = "unsourced"
    DISPUTED = "disputed"
    RESOLVED = "resolved"
    UNKNOWN_ONLY = "unknown_only"
    CORROBORATED = "corroborated"
    SINGLE_ORIGIN = "single_origin"


class Severity(StrEnum):
    """How far figures lie apart; where there is nothing to measure, '' stands instead."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"


type MaybeSeverity = Severity | Literal[""]


class DisputeKind(StrEnum):
    """What a case file is about."""

    VALUE = "value"
    DENIAL = "denial"
    ATTRIBUTION = "attribution"
    DATE = "date"
    ARITHMETIC = "arithmetic"
    EDITOR = "editor"


class DisputeState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    UNDER_REVIEW = "under_review"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"
    MOOT = "moot"


UNRESOLVED: Final = (DisputeState.OPEN, DisputeState.UNDER_REVIEW)


class DisputeOutcome(StrEnum):
    """How editors decided a case."""

    PREFER = "prefer"
    RANGE_STANDS = "range_stands"
    DIFFERENT_SCOPE = "different_scope"
    SUPERSEDED = "superseded"
    SOURCE_REJECTED = "source_rejected"
    ARTICLE_ERROR = "article_error"
    BOTH_WRONG = "both_wrong"
    UNRESOLVABLE = "unresolvable"
