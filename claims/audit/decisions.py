"""The log of decisions agrees with the signed history of claims and disputes and with versions."""

from __future__ import annotations

from typing import Any, NamedTuple

from claims.audit.findings import Report
from claims.audit.streams import ordered_rows, side_by_side
from claims.choices import ReviewAction
from claims.models import Claim, ClaimVersion, Dispute, ReviewEvent
from claims.workflow.contention import REOPENED_WORDS

_MACHINE_ACTIONS = (
    ReviewAction.DISPUTE_OPENED,
    ReviewAction.DISPUTE_REOPENED,
    ReviewAction.DISPUTE_MOOT,
)


# The states that an action leaves its claim in.
_STATES_AFTER: dict[str, tuple[str, ...]] = {
    ReviewAction.DRAFTED: ("draft",),
    ReviewAction.SUBMITTED: ("in_review",),
    ReviewAction.RETURNED: ("changes_requested", "published"),
    ReviewAction.RETURN_UNDONE: ("in_review", "retiring"),
    ReviewAction.APPROVED: ("published",),
    ReviewAction.RETIRED: ("retired",),
    ReviewAction.RESTORED: ("draft",),
    ReviewAction.RETIREMENT_PROPOSED: ("retiring",),
    ReviewAction.TAKEN_DOWN: ("retired",),
    ReviewAction.TAKEDOWN_CONFIRMED: ("retired",),
    ReviewAction.TAKEDOWN_REVERSED: ("in_review",),
}
# Those of them that are a new revision of the claim.
_RENEWING = (
    ReviewAction.DRAFTED,
    ReviewAction.RESTORED,
    ReviewAction.RETIREMENT_PROPOSED,
    ReviewAction.TAKEN_DOWN,
    ReviewAction.TAKEDOWN_CONFIRMED,
    ReviewAction.TAKEDOWN_REVERSED,
)
_PUBLISHING = (
    ReviewAction.APPROVED,
    ReviewAction.RETIRED,
    ReviewAction.TAKEN_DOWN,
    ReviewAction.TAKEDOWN_CONFIRMED,
    ReviewAction.CORRECTED,
)
_DISPUTE_AFTER: dict[str, tuple[str, ...]] = {
    ReviewAction.DISPUTE_OPENED: ("open",),
    ReviewAction.DISPUTE_RESOLVED: ("resolved",),
    ReviewAction.DISPUTE_DISMISSED: ("dismissed",),
    ReviewAction.DISPUTE_REOPENED: ("open",),
    ReviewAction.DECISION_UNDONE: ("open", "under_review"),
}


def verify_decisions(report: Report) -> None:
    """Every event has the signed row that it speaks of, and the other way round."""
    claims = Claim.history.model.objects.defer("question")
    disputes = Dispute.history.model.objects.all()
    versions = ClaimVersion.objects.select_related("correction").defer("payload")
    groups = side_by_side(
        (ordered_rows(ReviewEvent.objects.all(), "claim_id", "pk"), "claim_id"),
        (ordered_rows(claims, "id", "history_id"), "id"),
        (ordered_rows(disputes, "claim_id", "history_id"), "claim_id"),
        (ordered_rows(versions, "claim_id", "number"), "claim_id"),
    )
    for key, (events, claim_rows, dispute_rows, of_claim) in groups:
        report.count(ReviewEvent, len(events))
        moves = _moves(claim_rows)
        signed = {_signature(move.row): move for move in moves}
        _verify_events(report, events, signed, dispute_rows, claim_rows, of_claim)
        logged = {_event_signature(event) for event in events}
        for signature, (row, _) in signed.items():
            if signature not in logged:
                what = f"nothing in the log stands for revision {row.revision} ({row.state})"
                report.blame(Claim, key, f"{what}; a review event is missing or changed")
        _verify_approvals(report, events, of_claim, claim_rows)


class _Move(NamedTuple):
    """A signed row of a claim's history, and by how much its revision grew."""

    row: Any
    grew: int


def _moves(rows: list[Any]) -> list[_Move]:
    """The signed rows that must have left an event: what people did to state or evidence."""
    before = [None, *rows]
    return [
        _Move(row, row.revision - (last.revision if last else 0))
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
    signed: dict[tuple[Any, ...], _Move],
    disputes: list[Any],
    rows: list[Any],
    versions: list[ClaimVersion],
) -> None:
    for event in events:
        if event.action == ReviewAction.PART_PUBLISHED:
            fits = event.actor_id is None and _signed_by_machine(event, rows)
        elif event.actor_id is None:
            fits = _machine_row(event, disputes)
        elif event.action == ReviewAction.CORRECTED:
            fits = any(one.correction_id and one.published_at == event.at for one in versions)
        elif event.action in (ReviewAction.DISPUTE_TAKEN, ReviewAction.DISPUTE_RELEASED):
            fits = any(
                (row.history_user_id, row.history_change_reason) == (event.actor_id, event.comment)
                for row in _rows_of(event, disputes)
            )
        else:
            move = signed.get(_event_signature(event))
            fits = move is not None and _action_fits(event, move)
            fits = fits and _dispute_fits(event, disputes)
        if not fits:
            report.blame(ReviewEvent, event.pk, "no signed row of the history agrees with it")


def _action_fits(event: ReviewEvent, move: _Move) -> bool:
    """An action leaves the claim in its state, and only an edit or a decision is a new revision."""
    states = _STATES_AFTER.get(event.action)
    if states is None:
        return move.row.state not in ("published", "retired") and move.grew > 0
    return move.row.state in states and bool(move.grew) == (event.action in _RENEWING)


def _dispute_fits(event: ReviewEvent, disputes: list[Any]) -> bool:
    """What a person did to a dispute is signed by that person in the dispute's own history."""
    states = _DISPUTE_AFTER.get(event.action)
    if states is None:
        return event.dispute_id is None
    rows = _rows_of(event, disputes)
    return any(row.history_user_id == event.actor_id and row.state in states for row in rows)


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


def _signed_by_machine(event: ReviewEvent, rows: list[Any]) -> bool:
    """A total that a part moved on has a row that says so, signed by nobody."""
    wanted = (event.at, None, event.comment, event.revision)
    return any(
        (row.history_date, row.history_user_id, row.history_change_reason, row.revision) == wanted
        for row in rows
    )


def _rows_of(event: ReviewEvent, disputes: list[Any]) -> list[Any]:
    return [row for row in disputes if row.id == event.dispute_id and row.history_date == event.at]


def _verify_approvals(
    report: Report, events: list[ReviewEvent], versions: list[ClaimVersion], rows: list[Any]
) -> None:
    """Each version was approved, or the claim retired, by the account that it names."""
    approvals = {
        (event.at, event.actor_id): event for event in events if event.action in _PUBLISHING
    }
    editors: dict[tuple[Any, Any], Any] = {
        (row.history_date, row.history_user_id): row.last_edited_by_id for row in rows
    } | {
        (one.published_at, one.approved_by_id): one.correction.edited_by_id
        for one in versions
        if one.correction is not None and one.correction.approved_by_id == one.approved_by_id
    }
    for version in versions:
        signature = (version.published_at, version.approved_by_id)
        if approvals.pop(signature, None) is None:
            what = f"version {version.number}: no approval in the log agrees with it"
            report.blame(ClaimVersion, version.pk, what)
        elif editors.get(signature) != version.edited_by_id:
            what = f"version {version.number}: its editor is not the one that the history names"
            report.blame(ClaimVersion, version.pk, what)
    drafted = {event.pk for event in _before_its_restoring(events)}
    for event in approvals.values():
        # A draft is retired without a version: no reader ever saw it.
        if event.action != ReviewAction.RETIRED or (versions and event.pk not in drafted):
            report.blame(ReviewEvent, event.pk, "the version that it published is missing")


def _before_its_restoring(events: list[ReviewEvent]) -> list[ReviewEvent]:
    """The events before the last one that restored the claim: only a draft is ever restored."""
    places = [n for n, event in enumerate(events) if event.action == ReviewAction.RESTORED]
    return events[: places[-1]] if places else []
