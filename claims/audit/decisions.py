"""The log of decisions agrees with the signed history of claims and disputes and with versions."""

from __future__ import annotations

from typing import Any

from claims.audit.findings import Report
from claims.audit.streams import side_by_side, stream
from claims.choices import ReviewAction
from claims.models import Claim, ClaimVersion, Dispute, ReviewEvent
from claims.workflow.contention import REOPENED_WORDS

_MACHINE_ACTIONS = (
    ReviewAction.DISPUTE_OPENED,
    ReviewAction.DISPUTE_REOPENED,
    ReviewAction.DISPUTE_MOOT,
)


def verify_decisions(report: Report) -> None:
    """Every event has the signed row that it speaks of, and the other way round."""
    claims = Claim.history.model.objects.defer("question")
    disputes = Dispute.history.model.objects.all()
    versions = ClaimVersion.objects.defer("payload")
    groups = side_by_side(
        (stream(ReviewEvent.objects.all(), "claim_id", "pk"), "claim_id"),
        (stream(claims, "id", "history_id"), "id"),
        (stream(disputes, "claim_id", "history_id"), "claim_id"),
        (stream(versions, "claim_id", "number"), "claim_id"),
    )
    for key, (events, claim_rows, dispute_rows, of_claim) in groups:
        report.count(ReviewEvent, len(events))
        signed = {_signature(row): row for row in _moves(claim_rows)}
        _verify_events(report, events, signed, dispute_rows)
        logged = {_event_signature(event) for event in events}
        for signature, row in signed.items():
            if signature not in logged:
                what = f"nothing in the log stands for revision {row.revision} ({row.state})"
                report.blame(Claim, key, f"{what}; a review event is missing or changed")
        _verify_approvals(report, events, of_claim)


def _moves(rows: list[Any]) -> list[Any]:
    """The signed rows that must have left an event: what people did to state or evidence."""
    before = [None, *rows]
    return [
        row
        for last, row in zip(before, rows, strict=False)
        if row.history_user_id is not None
        and (last is None or (last.revision, last.state) != (row.revision, row.state))
    ]


def _signature(row: Any) -> tuple[Any, ...]:
    return (
        row.history_date,
        row.history_user_id,
        row.history_change_reason,
        row.revision,
        row.fingerprint,
    )


def _event_signature(event: ReviewEvent) -> tuple[Any, ...]:
    return event.at, event.actor_id, event.comment, event.revision, event.fingerprint


def _verify_events(
    report: Report,
    events: list[ReviewEvent],
    signed: dict[tuple[Any, ...], Any],
    disputes: list[Any],
) -> None:
    for event in events:
        if event.actor_id is None:
            fits = _machine_row(event, disputes)
        elif event.action == ReviewAction.DISPUTE_TAKEN:
            fits = any(
                (row.history_user_id, row.history_change_reason) == (event.actor_id, event.comment)
                for row in _rows_of(event, disputes)
            )
        else:
            row = signed.get(_event_signature(event))
            fits = row is not None and _action_fits(event, row)
        if not fits:
            report.blame(ReviewEvent, event.pk, "no signed row of the history agrees with it")


def _action_fits(event: ReviewEvent, row: Any) -> bool:
    """An action that moves the claim leaves the claim in its state."""
    wanted = {
        ReviewAction.DRAFTED: "draft",
        ReviewAction.SUBMITTED: "in_review",
        ReviewAction.RETURNED: "changes_requested",
        ReviewAction.APPROVED: "published",
        ReviewAction.RETIRED: "retired",
    }
    state = wanted.get(ReviewAction(event.action)) if event.action in ReviewAction.values else ""
    if state is None:
        return row.state not in ("published", "retired")
    return bool(row.state == state)


def _machine_row(event: ReviewEvent, disputes: list[Any]) -> bool:
    """What the machine did to a dispute stands in the dispute's own history."""
    if event.action not in _MACHINE_ACTIONS:
        return False
    rows = _rows_of(event, disputes)
    if event.action == ReviewAction.DISPUTE_REOPENED:
        return bool(rows) and event.comment == REOPENED_WORDS
    if event.action == ReviewAction.DISPUTE_MOOT:
        return any(row.history_change_reason == event.comment for row in rows)
    return any(row.reason == event.comment for row in rows)


def _rows_of(event: ReviewEvent, disputes: list[Any]) -> list[Any]:
    return [row for row in disputes if row.id == event.dispute_id and row.history_date == event.at]


def _verify_approvals(
    report: Report, events: list[ReviewEvent], versions: list[ClaimVersion]
) -> None:
    """Each version was approved, or the claim retired, by the account that it names."""
    approvals = [
        (event.at, event.actor_id, event.comment)
        for event in events
        if event.action in (ReviewAction.APPROVED, ReviewAction.RETIRED)
    ]
    for version in versions:
        if (version.published_at, version.approved_by_id, version.summary) not in approvals:
            what = f"version {version.number}: no approval in the log agrees with it"
            report.blame(ClaimVersion, version.pk, what)
