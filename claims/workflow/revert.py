"""Going back to a published version: a new edit of the whole bundle, which goes to review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User

from claims.choices import AssertionStatus, ReviewAction, VersionOp
from claims.domain.document_format import read_claim
from claims.domain.published import ClaimDocument
from claims.domain.published_figures import FigureEntry
from claims.domain.refs import FIGURE, PARTY, SOURCE, SUBJECT, parse_ref
from claims.errors import InvalidValueError
from claims.models import Assertion, Claim, ClaimVersion, Measure, Merge, Party, Source, Subject
from claims.workflow.assertions import fill_assertion, fill_links
from claims.workflow.changes import record_change
from claims.workflow.claims import EDITABLE, refuse_same_scope
from claims.workflow.events import moment
from claims.workflow.history import signed_save
from claims.workflow.locking import lock_claim
from claims.workflow.sameness import noun_of
from claims.workflow.values import assign
from claims.workflow.verbs import verb

_PLAIN_CLAIM = EDITABLE - {"subject", "measure"}
_PLAIN_FIGURE = (
    *("stance", "extent", "ground", "value_state", "point", "low", "high", "low_strict"),
    *("high_strict", "high_open", "approximate", "vague_term", "edtf", "boolean", "text"),
    *("party_mode", "credibility", "quote", "quote_language", "locator", "asserted_on"),
    "citation_needed",
)


@verb("edit_desk")
def revert_claim(
    *,
    claim: Claim,
    version: ClaimVersion,
    by: User,
    reason: str,
    now: dt.datetime | None = None,
) -> Claim:
    """Make the desk say again what a version said; assertions added since are withdrawn.

    Disputes are not turned back: they follow from the evidence as it then is. Nothing public
    changes before somebody else approves.
    """
    locked = lock_claim(claim)
    if version.claim_id != locked.pk or version.op != VersionOp.PUBLISH:
        raise InvalidValueError("Choose a published version of this claim.", field="version")
    at = moment(now)
    document = read_claim(version.payload)
    _restore_claim(locked, document)
    refuse_same_scope(locked)
    entries = {parse_ref(entry["ref"], FIGURE): entry for entry in document["figures"]}
    rows = Assertion.objects.for_evidence().filter(claim=locked)
    for row in rows:
        _restore_assertion(row, locked, entries.get(row.pk), by=by, reason=reason, now=at)
    return record_change(locked, by=by, reason=reason, now=at, action=ReviewAction.REVERTED)


def _restore_claim(claim: Claim, document: ClaimDocument) -> None:
    members: Mapping[str, object] = document
    assign(claim, {name: members[name] for name in _PLAIN_CLAIM}, EDITABLE)
    claim.tolerance_pct = Decimal(document["tolerance_pct"])
    claim.subject = _found(Subject, document["subject"]["ref"], SUBJECT)
    measure = Measure.objects.get(slug=document["measure"]["slug"])
    claim.measure = _by_now(measure)


def _restore_assertion(
    row: Assertion,
    claim: Claim,
    entry: FigureEntry | None,
    *,
    by: User,
    reason: str,
    now: dt.datetime,
) -> None:
    if entry is None:
        if row.is_live:
            row.status, row.status_reason = AssertionStatus.WITHDRAWN, reason
            signed_save(row, by=by, reason=reason, now=now)
        return
    members: Mapping[str, object] = entry
    fields: dict[str, Any] = {name: members[name] for name in _PLAIN_FIGURE}
    fields["source"] = _found(Source, entry["source"], SOURCE)
    fields["target"] = _found(Assertion, entry["target"], FIGURE)
    fields["parties"] = [_found(Party, party["ref"], PARTY) for party in entry["parties"]]
    fields["attributions"] = [
        {
            "party": _found(Party, link["party"], PARTY),
            "role": link["role"],
            "mode": link["mode"],
        }
        for link in entry["attribution"]
    ]
    row.status, row.status_reason = entry["status"], entry["status_reason"]
    fill_assertion(row, claim, fields)
    signed_save(row, by=by, reason=reason, now=now)
    fill_links(row, fields, by=by, reason=reason, now=now)


def _found(model: Any, ref: str | None, letter: str) -> Any:
    return None if ref is None else _by_now(model.objects.get(pk=parse_ref(ref, letter)))


def _by_now[Row: Any](row: Row) -> Row:
    """The row, or the one that it was merged into since."""
    if isinstance(row, Assertion):
        return row
    number = Merge.objects.survivor(noun_of(row), row.pk)
    return row if number is None else type(row).objects.get(pk=number)
