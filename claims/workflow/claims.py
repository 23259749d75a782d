"""Drafting and editing claims, and linking them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.models import User

from claims.choices import (
    BestPolicy,
    Cardinality,
    MergedNoun,
    RelationKind,
    ReviewAction,
)
from claims.domain.agreement import fingerprint
from claims.domain.units import said_unit, unit_fault
from claims.errors import InvalidValueError
from claims.models import Claim, ClaimRelation, Measure, Subject
from claims.workflow.changes import record_change
from claims.workflow.desk import terms_of
from claims.workflow.events import log_event, moment
from claims.workflow.history import signed_delete, signed_save
from claims.workflow.locking import lock_claim, lock_with_totals
from claims.workflow.merge_rules import refuse_merged
from claims.workflow.rows import new_row
from claims.workflow.scopes import refuse_same_scope
from claims.workflow.values import assign, edtf_ends, to_decimal
from claims.workflow.verbs import verb

EDITABLE = frozenset(
    {
        "question",
        "subject",
        "measure",
        "unit",
        "population",
        "aggregation",
        "as_of",
        "cardinality",
        "tolerance_pct",
        "best_policy",
    }
)


# What the arithmetic of a claim is told, before the claim is saved.
_WORDS: Final = {"cardinality": Cardinality, "best_policy": BestPolicy}


@verb("edit_desk")
def draft_claim(
    *,
    by: User,
    reason: str,
    question: str,
    subject: Subject,
    measure: Measure,
    now: dt.datetime | None = None,
    **fields: Any,
) -> Claim:
    """Ask a new question. Refuses one whose scope is asked already (DuplicateError)."""
    at = moment(now)
    claim = new_claim(by, at, question=question, subject=subject, measure=measure, **fields)
    refuse_same_scope(claim)
    claim.fingerprint = fingerprint((), terms_of(claim))
    signed_save(claim, by=by, reason=reason, now=at)
    refuse_merged_scope(claim)
    log_event(claim, by, ReviewAction.DRAFTED, reason, now=at)
    return claim


def new_claim(by: User, now: dt.datetime, **fields: Any) -> Claim:
    """A claim with its fields checked, not yet stored and without a fingerprint."""
    claim = new_row(Claim, edited_at=now)
    claim.last_edited_by = by
    assign(claim, fields, EDITABLE)
    if "unit" not in fields:
        claim.unit = claim.measure.default_unit
    check_fields(claim)
    return claim


@verb("edit_desk")
def edit_claim(
    *, claim: Claim, by: User, reason: str, now: dt.datetime | None = None, **changes: Any
) -> Claim:
    """Change the question or its scope; the review under way, if any, is void."""
    locked = lock_claim(claim)
    measure = changes.get("measure", locked.measure)
    if _meaning(measure) != _meaning(locked.measure) and locked.assertions.exists():
        raise InvalidValueError(
            "The claim has assertions of another kind of value; draft a new claim.",
            field="measure",
        )
    said = said_unit(locked.measure.value_kind, locked.unit)
    assign(locked, changes, EDITABLE)
    check_fields(locked)
    if said and locked.unit != said and locked.assertions.exists():
        raise InvalidValueError(
            f"unit: the claim has amounts in {said}; draft another claim for {locked.unit}.",
            field="unit",
        )
    refuse_same_scope(locked)
    done = record_change(locked, by=by, reason=reason, now=moment(now))
    refuse_merged_scope(done)
    return done


def refuse_merged_scope(claim: Claim) -> None:
    """Refuse a subject or measure that is another by now; in the one lock order."""
    refuse_merged(MergedNoun.MEASURE, [claim.measure_id])
    refuse_merged(MergedNoun.SUBJECT, [claim.subject_id])


def answer_rules(claim: Claim) -> tuple[str, bool, str]:
    """What the answers to the claim are checked against: kind, whole numbers, currency."""
    said = said_unit(claim.measure.value_kind, claim.unit)
    return (*_meaning(claim.measure), said)


def _meaning(measure: Measure) -> tuple[str, bool]:
    """What an answer is checked against: its kind, and whether it is a whole number."""
    return measure.value_kind, measure.is_count


@verb("edit_desk")
def relate_claims(
    *,
    from_claim: Claim,
    to_claim: Claim,
    kind: str,
    by: User,
    reason: str,
    exhaustive: bool = False,
    scope_exact: bool = False,
    now: dt.datetime | None = None,
) -> ClaimRelation:
    """Link two claims; a part is compared with its total at once."""
    _refuse_split(kind)
    locked = lock_with_totals([from_claim.pk, to_claim.pk])
    if from_claim.pk == to_claim.pk or len(locked) < 2:
        raise InvalidValueError("A link needs two different claims.", field="to_claim")
    refuse_circle(from_claim, to_claim, kind)
    relation = ClaimRelation(
        from_claim=locked[from_claim.pk],
        to_claim=locked[to_claim.pk],
        kind=kind,
        exhaustive=exhaustive,
        scope_exact=scope_exact,
    )
    at = moment(now)
    signed_save(relation, by=by, reason=reason, now=at)
    _record_both(relation, by=by, reason=reason, now=at)
    return relation


@verb("edit_desk")
def unrelate_claims(
    *, relation: ClaimRelation, by: User, reason: str, now: dt.datetime | None = None
) -> None:
    """Remove a link; its history keeps it."""
    _refuse_split(relation.kind)
    lock_with_totals([relation.from_claim_id, relation.to_claim_id])
    at = moment(now)
    signed_delete(relation, by=by, reason=reason, now=at)
    _record_both(relation, by=by, reason=reason, now=at)


def _refuse_split(kind: str) -> None:
    """The link says what a split did: it comes and goes with that."""
    if kind == RelationKind.SPLIT_OFF:
        raise InvalidValueError(
            "A claim is split off by splitting the other, and joined by undoing that.", field="kind"
        )


def _record_both(relation: ClaimRelation, *, by: User, reason: str, now: dt.datetime) -> None:
    for claim in (relation.from_claim, relation.to_claim):
        # Read anew: recording the part may have moved its total on.
        record_change(lock_claim(claim), by=by, reason=reason, now=now)


def refuse_circle(part: Claim, total: Claim, kind: str) -> None:
    """A total cannot be a part of its own part, however far down."""
    if kind != RelationKind.PART_OF_TOTAL:
        return
    seen, above = {total.pk}, {total.pk}
    while above:
        links = ClaimRelation.objects.filter(from_claim__in=above, kind=kind)
        above = set(links.values_list("to_claim_id", flat=True)) - seen
        seen |= above
    if part.pk in seen:
        raise InvalidValueError(
            f"{total.ref} is itself a part of {part.ref}; the sum would be circular.",
            field="to_claim",
        )


def check_fields(claim: Claim) -> None:
    """Readable refusals for what the constraints of Claim hold as well."""
    if not claim.question:
        raise InvalidValueError("question: write the question.", field="question")
    for name, vocabulary in _WORDS.items():
        word = getattr(claim, name)
        if word not in vocabulary.values:
            known = ", ".join(vocabulary.values)
            raise InvalidValueError(f"{name}: {word!r} is not one of {known}.", field=name)
    if fault := unit_fault(claim.measure.value_kind, claim.unit):
        raise InvalidValueError(f"unit: {fault}", field="unit")
    claim.as_of_earliest, claim.as_of_latest = edtf_ends(claim.as_of, "as_of")
    claim.tolerance_pct = to_decimal(claim.tolerance_pct, "tolerance_pct") or Decimal(0)
    if not 0 <= claim.tolerance_pct <= 100:
        raise InvalidValueError(
            "tolerance_pct: give a percentage from 0 to 100.", field="tolerance_pct"
        )
