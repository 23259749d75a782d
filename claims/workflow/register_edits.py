"""Who changed the words that a claim borrows: its sources, parties, subjects and measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from claims.models import (
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    Measure,
    Party,
    Source,
    Subject,
)
from claims.workflow.desk import belligerents_of, subject_path


def register_editors(claim: Claim, since: dt.datetime) -> set[int]:
    """The accounts that changed a row that readers would see with the claim, after a moment.

    Rows added since are left out: who cites a new row has read it.
    """
    path = subject_path(claim.subject)
    sources = _numbers(Assertion.objects.filter(claim=claim), "source_id")
    parties = {
        *_numbers(Source.objects.filter(pk__in=sources), "publisher_id"),
        *_numbers(Attribution.objects.filter(assertion__claim=claim), "party_id"),
        *_numbers(AssertionParty.objects.filter(assertion__claim=claim), "party_id"),
        *belligerents_of(path),
    }
    return {
        *_editors(Source, sources, since),
        *_editors(Party, parties, since),
        *_editors(Subject, (subject.pk for subject in path), since),
        *_editors(Measure, (claim.measure_id,), since),
    }


def _numbers(rows: Any, column: str) -> set[int]:
    return {number for number in rows.values_list(column, flat=True) if number is not None}


def _editors(model: Any, numbers: Iterable[int], since: dt.datetime) -> set[int]:
    changes = model.history.filter(id__in=set(numbers), history_type="~", history_date__gt=since)
    return _numbers(changes, "history_user_id")
