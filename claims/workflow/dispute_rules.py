"""What a case may be about, and what its decision must name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings

from claims.choices import DisputeOutcome
from claims.errors import InvalidValueError
from claims.models import Assertion, Claim, Dispute
from claims.workflow.text import refuse_unstorable
from claims.workflow.values import edtf_ends


def refuse_foreign(claim: Claim, members: Sequence[Assertion]) -> None:
    """Refuse statements of another claim, and those that do not stand, in a case."""
    for member in members:
        if member.claim_id != claim.pk:
            raise InvalidValueError(f"{member.ref} belongs to another claim.", field="assertions")
        if not member.is_live:
            raise InvalidValueError(
                f"{member.ref} is {member.status}: a dispute rests on statements that stand.",
                field="assertions",
            )


def check_preferred(row: Dispute, outcome: str, preferred: Assertion | None) -> None:
    """Prefer and superseded name a statement of the case that stands; no other outcome does."""
    if outcome not in (DisputeOutcome.PREFER, DisputeOutcome.SUPERSEDED):
        if preferred is not None:
            raise InvalidValueError(
                "A statement goes with the outcomes prefer and superseded only.", field="preferred"
            )
        return
    members = {link.assertion_id for link in row.members.all()}
    if preferred is None or not preferred.is_live or preferred.pk not in members:
        which = "preferred" if outcome == DisputeOutcome.PREFER else "later"
        raise InvalidValueError(
            f"Choose the {which} statement among the live ones of this dispute.",
            field="preferred",
        )
    if outcome == DisputeOutcome.SUPERSEDED:
        refuse_not_later(preferred, members - {preferred.pk})


def refuse_not_later(successor: Assertion, others: Iterable[int]) -> None:
    """Refuse a figure as the successor of others unless it was said after those with a date."""
    said = _said(successor)
    if said is None:
        raise InvalidValueError(
            f"{successor.ref} has no date; say when it was said, or take another outcome.",
            field="preferred",
        )
    rows = Assertion.objects.live().select_related("source").filter(pk__in=list(others))
    dates = {row: ends for row in rows.order_by("pk") if (ends := _said(row)) is not None}
    if not dates:
        raise InvalidValueError(
            f"None of the other statements has a date that {successor.ref} could be later than.",
            field="preferred",
        )
    for row, (_, latest) in dates.items():
        if latest >= said[0]:
            raise InvalidValueError(
                f"{successor.ref} was not said after {row.ref}; a later figure is.",
                field="preferred",
            )


def _said(row: Assertion) -> tuple[dt.date, dt.date] | None:
    """The first and last day on which a statement may have been made; None when nobody knows."""
    written = row.asserted_on or (row.source.issued if row.source else "")
    earliest, latest = edtf_ends(written, "asserted_on")
    return None if earliest is None or latest is None else (earliest, latest)


def check_rationale(rationale: str) -> str:
    """The public rationale of a decision, trimmed; refuses none and a very long one."""
    text = refuse_unstorable(rationale.strip(), "rationale")
    limit: int = settings.FACTBASE_LIMITS["rationale_characters"]
    if not text:
        raise InvalidValueError("rationale: tell readers why; it is published.", field="rationale")
    if len(text) > limit:
        raise InvalidValueError(f"rationale: at most {limit} characters.", field="rationale")
    return text
