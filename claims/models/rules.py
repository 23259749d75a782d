"""The named constraints of an assertion, by what they guard: figure, value, standing."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import CheckConstraint, F, Q

from claims.choices import (
    AssertionStatus,
    Credibility,
    Extent,
    Ground,
    PartyMode,
    Stance,
    ValueKind,
    ValueState,
)
from claims.domain.vocabulary import ValueFamily, complete, family_of

# Fifteen digits are what SQLite keeps of a decimal.
LIMIT = Decimal(10) ** 15

HAS_QUANTITY = (
    Q(point__isnull=False) | Q(low__isnull=False) | Q(high__isnull=False) | ~Q(vague_term="")
)
# What each family of values fills.
HAS_FAMILY = complete(
    ValueFamily,
    "models.rules.HAS_FAMILY",
    {
        ValueFamily.FIGURE: HAS_QUANTITY,
        ValueFamily.DATE: ~Q(edtf=""),
        ValueFamily.PARTY: ~Q(party_mode=""),
        ValueFamily.BOOLEAN: Q(boolean__isnull=False),
        ValueFamily.TEXT: ~Q(text=""),
    },
)


def ordered(first: str, second: str) -> Q:
    """``first`` <= ``second`` where both are present."""
    return (
        Q(**{f"{first}__isnull": True})
        | Q(**{f"{second}__isnull": True})
        | Q(**{f"{first}__lte": F(second)})
    )


def absent_or(column: str, lookup: str, value: object) -> Q:
    """The column is NULL or the lookup holds."""
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__{lookup}": value})


def assertion_figure_constraints() -> list[CheckConstraint]:
    """Low <= point <= high, flags with the number they qualify, counts of zero or more."""
    numbers = ("point", "low", "high")
    no_number = Q(point__isnull=True, low__isnull=True, high__isnull=True)
    within, not_negative = Q(), Q()
    for column in numbers:
        within &= absent_or(column, "lt", LIMIT) & absent_or(column, "gt", -LIMIT)
        not_negative &= absent_or(column, "gte", 0)
    return [
        CheckConstraint(name="assertion_low_not_above_point", condition=ordered("low", "point")),
        CheckConstraint(name="assertion_point_not_above_high", condition=ordered("point", "high")),
        CheckConstraint(name="assertion_low_not_above_high", condition=ordered("low", "high")),
        CheckConstraint(
            name="assertion_low_strict_has_low",
            condition=Q(low_strict=False) | Q(low__isnull=False),
        ),
        CheckConstraint(
            name="assertion_high_strict_has_high",
            condition=Q(high_strict=False) | Q(high__isnull=False),
        ),
        CheckConstraint(
            name="assertion_high_open_has_a_stated_end",
            condition=Q(high_open=False) | Q(high__isnull=False) | Q(low__isnull=False),
        ),
        CheckConstraint(
            name="assertion_approximate_has_a_number",
            condition=Q(approximate=False) | ~no_number,
        ),
        CheckConstraint(
            name="assertion_vague_term_has_no_number", condition=Q(vague_term="") | no_number
        ),
        CheckConstraint(name="assertion_has_at_most_15_digits", condition=within),
        CheckConstraint(
            name="assertion_count_is_not_negative", condition=Q(is_count=False) | not_negative
        ),
        CheckConstraint(
            name="assertion_test_low_not_above_test_high",
            condition=ordered("test_low", "test_high"),
        ),
    ]


def assertion_value_constraints() -> list[CheckConstraint]:
    """An assertion fills the family of its measure and no other."""
    only_own, some_own, none_at_all = Q(), Q(pk__isnull=True), Q()
    for family, filled in HAS_FAMILY.items():
        own = _of_family(family)
        only_own &= own | ~filled
        some_own |= own & filled
        none_at_all &= ~filled
    return [
        CheckConstraint(
            name="assertion_value_kind_is_known", condition=Q(value_kind__in=ValueKind.values)
        ),
        CheckConstraint(name="assertion_fills_only_the_family_of_its_measure", condition=only_own),
        CheckConstraint(
            name="assertion_asserts_a_value_or_says_why_not",
            condition=~Q(stance=Stance.ASSERTS) | ~Q(value_state=ValueState.VALUE) | some_own,
        ),
        CheckConstraint(
            name="assertion_without_a_value_holds_none",
            condition=Q(value_state=ValueState.VALUE) | none_at_all,
        ),
        CheckConstraint(
            name="assertion_value_state_is_known",
            condition=Q(value_state__in=ValueState.values),
        ),
        CheckConstraint(
            name="assertion_party_mode_is_known",
            condition=Q(party_mode__in=["", *PartyMode.values]),
        ),
        CheckConstraint(
            name="assertion_earliest_not_after_latest", condition=ordered("earliest", "latest")
        ),
    ]


def _of_family(family: ValueFamily) -> Q:
    """The row's value kind is of the family; one kind is written as migrations had it."""
    kinds = [kind for kind in ValueKind.values if family_of(kind) is family]
    return Q(value_kind=kinds[0]) if len(kinds) == 1 else Q(value_kind__in=kinds)


def assertion_standing_constraints() -> list[CheckConstraint]:
    """Stance, source and status fit together."""
    objects = Q(stance__in=[Stance.DENIES, Stance.DOUBTS])
    return [
        CheckConstraint(name="assertion_stance_is_known", condition=Q(stance__in=Stance.values)),
        CheckConstraint(
            name="assertion_status_is_known", condition=Q(status__in=AssertionStatus.values)
        ),
        CheckConstraint(
            name="assertion_live_has_source_or_needs_citation",
            condition=~Q(status=AssertionStatus.LIVE)
            | Q(source__isnull=False)
            | Q(citation_needed=True),
        ),
        CheckConstraint(
            name="assertion_needing_citation_has_no_source",
            condition=Q(citation_needed=False) | Q(source__isnull=True),
        ),
        CheckConstraint(
            name="assertion_not_live_has_reason",
            condition=Q(status=AssertionStatus.LIVE) | ~Q(status_reason=""),
        ),
        CheckConstraint(
            name="assertion_denial_has_extent",
            condition=~Q(stance=Stance.DENIES) | ~Q(extent=""),
        ),
        CheckConstraint(
            name="assertion_extent_belongs_to_an_objection",
            condition=Q(extent="") | (objects & Q(extent__in=Extent.values)),
        ),
        CheckConstraint(
            name="assertion_ground_belongs_to_an_objection",
            condition=Q(ground="") | (objects & Q(ground__in=Ground.values)),
        ),
        CheckConstraint(
            name="assertion_credibility_is_known",
            condition=Q(credibility__in=["", *Credibility.values]),
        ),
        CheckConstraint(
            name="assertion_does_not_target_itself",
            condition=Q(target__isnull=True) | ~Q(target=F("pk")),
        ),
        CheckConstraint(
            name="assertion_does_not_supersede_itself",
            condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("pk")),
        ),
    ]
