"""All edits of one account since a moment taken back: a plan, then each row by its own verb."""

# Nothing is written past the verbs: a claim goes back and waits for a second person, a draft is
# dropped, a source is withdrawn, an edit of a register is a new edit. What somebody else edited
# later stays, and the result says so.

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import transaction

from claims.errors import InvalidValueError, RefusalError
from claims.models import ReviewEvent
from claims.workflow.accounts import CHIEFS
from claims.workflow.rollback_claims import claim_steps
from claims.workflow.rollback_left import left_steps
from claims.workflow.rollback_registers import register_steps
from claims.workflow.rollback_steps import Rollback, Step, StepResult
from claims.workflow.verbs import require_permission, require_reason


def plan_rollback(account: User, since: dt.datetime) -> list[Step]:
    """What taking back all that an account did since then would do, row by row."""
    newest = ReviewEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    plan = Rollback(account, since, newest)
    return [*claim_steps(plan), *register_steps(plan), *left_steps(plan)]


def roll_back(*, account: User, since: dt.datetime, by: User, reason: str) -> Iterator[StepResult]:
    """Do it, each row whole or not at all; tell what became of each.

    Raises PermissionMissingError for who is no chief, InvalidValueError for one's own account.
    """
    require_permission(by, CHIEFS)
    why = require_reason(reason)
    if account == by:
        raise InvalidValueError("Your own edits you take back one by one.", field="account")
    return (_done(step, by, why) for step in plan_rollback(account, since))


def _done(step: Step, by: User, reason: str) -> StepResult:
    if step.run is None:
        return StepResult(step, False, step.words)
    try:
        with transaction.atomic():
            step.run(by=by, reason=reason)
    except RefusalError as refusal:
        return StepResult(step, False, f"skipped: {refusal.message}")
    return StepResult(step, True, step.words)
