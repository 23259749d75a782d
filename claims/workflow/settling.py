"""Closing corrections of which nothing is left to publish."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User

from claims.choices import CorrectionState
from claims.models import Correction
from claims.workflow.borrowing import Borrowed
from claims.workflow.correction_candidate import shown_rows
from claims.workflow.history import signed_save


def settle_corrections(borrowed: Borrowed, *, now: dt.datetime) -> None:
    """Close what waits for rows that every public claim shows as they are; they are locked."""
    for item in Correction.objects.waiting().filter(number__in={key[1] for key in borrowed}):
        newest = borrowed.get((item.noun, item.number))
        if (
            newest is not None
            and not shown_rows(item.noun, item.number).older_than(newest).exists()
        ):
            end_correction(item, by=None, reason="Every claim shows it by now.", now=now)


def end_correction(item: Correction, *, by: User | None, reason: str, now: dt.datetime) -> None:
    item.state = CorrectionState.VOID
    signed_save(item, by=by, reason=reason, now=now)
