"""Adding and editing measures, the controlled vocabulary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User

from claims.choices import BorrowedNoun, MergedNoun
from claims.errors import InvalidValueError
from claims.models import Measure
from claims.workflow.corrections import note_edit
from claims.workflow.events import moment
from claims.workflow.history import bulk_create_signed, signed_save
from claims.workflow.merge_rules import refuse_merged
from claims.workflow.values import assign, shown_only
from claims.workflow.verbs import verb

FIELDS = frozenset({"slug", "label", "value_kind", "default_unit", "is_count", "wikidata_property"})
KEPT_ONCE_USED = ("value_kind", "is_count", "slug")


@verb("edit_desk")
def add_measure(*, by: User, reason: str, now: dt.datetime | None = None, **fields: Any) -> Measure:
    """Add a kind of answer to the vocabulary."""
    row = Measure()
    assign(row, fields, FIELDS)
    return signed_save(row, by=by, reason=reason, now=moment(now))


@verb("edit_desk", savepoint=False)
def add_measures(
    *,
    rows: Sequence[Mapping[str, Any]],
    by: User,
    reason: str,
    now: dt.datetime | None = None,
) -> list[Measure]:
    """Add many measures at once; fields as add_measure takes them."""
    measures = [Measure() for _ in rows]
    for measure, fields in zip(measures, rows, strict=True):
        assign(measure, shown_only(fields), FIELDS)
    bulk_create_signed(measures, by=by, reason=reason, now=moment(now))
    return measures


@verb("edit_desk")
def edit_measure(
    *, measure: Measure, by: User, reason: str, now: dt.datetime | None = None, **changes: Any
) -> Measure:
    """Change a measure; what its figures mean is fixed once a claim, or a version, uses it."""
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    refuse_merged(MergedNoun.MEASURE, [row.pk])
    before = {name: getattr(row, name) for name in KEPT_ONCE_USED}
    assign(row, changes, FIELDS)
    for name, value in before.items():
        if getattr(row, name) != value and _is_used(row):
            raise InvalidValueError(
                f"{name}: claims use this measure; add another measure instead.", field=name
            )
    at = moment(now)
    signed_save(row, by=by, reason=reason, now=at)
    note_edit(BorrowedNoun.MEASURE, row, by=by, reason=reason, now=at)
    return row


def _is_used(measure: Measure) -> bool:
    """Whether a claim asks for it, or did in a version: that one still names it, for good."""
    return measure.claims.exists() or measure.versions.exists()
