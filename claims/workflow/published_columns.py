"""Which columns of the desk readers see, and why the others stay private."""

# Whoever changed a published column may not approve it. A new column is published until it is
# listed here with its reason; a test asks of each column that it does what this page says.

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.db import models

from claims.models import (
    Anchor,
    Article,
    Assertion,
    AssertionParty,
    Attribution,
    Claim,
    ClaimRelation,
    Comment,
    Correction,
    Dispute,
    DisputeAssertion,
    Measure,
    Merge,
    Party,
    SamenessQuestion,
    Source,
    SourceRelation,
    Subject,
    SubjectBelligerent,
)

_DERIVED: Final = "derived from other columns in the saving transaction"
_DESK: Final = "tells how the desk works, not what sources say"
_COPIED: Final = "copied from the measure, which is published"

PRIVATE: Final[dict[type[models.Model], dict[str, str]]] = {
    Claim: {
        "state": _DESK,
        "assignee_id": _DESK,
        "priority": _DESK,
        "revision": _DESK,
        "last_edited_by_id": "set by each change; the change itself makes the author",
        "edited_at": "set by each change; the change itself makes the author",
        "as_of_earliest": _DERIVED,
        "as_of_latest": _DERIVED,
        "contention": _DERIVED,
        "severity": _DERIVED,
        "fingerprint": _DERIVED,
    },
    Assertion: {
        "value_kind": _COPIED,
        "is_count": _COPIED,
        "test_low": _DERIVED,
        "test_high": _DERIVED,
        "claim_id": "only a merge of claims changes it, which both claims log",
    },
    Attribution: {"assertion_id": "never changes"},
    AssertionParty: {"assertion_id": "never changes"},
    Anchor: {"assertion_id": "never changes"},
    ClaimRelation: {},
    Dispute: {
        "claim_id": "never changes",
        "private_note": "for editors only",
        "taken_by_id": "the event that says so is published",
    },
    DisputeAssertion: {"dispute_id": "never changes"},
    Source: {"issued_earliest": _DERIVED, "issued_latest": _DERIVED},
    SourceRelation: {
        "state": "only a confirmed one is shown; whoever confirms it is named",
        "proposed_at": _DESK,
        "final": "only a rejected one has it, and none of these is shown",
    },
    Party: {
        "aliases": "what the party is found by",
        "wikidata_qid": "not published yet: entities have no pages of their own",
    },
    Subject: {"earliest": _DERIVED, "latest": _DERIVED},
    SubjectBelligerent: {},
    Measure: {
        "default_unit": "proposed to editors; a claim has its own unit",
    },
    Article: {},
    Comment: dict.fromkeys(
        ("claim_id", "author_id", "body", "written_at", "resolved_by_id", "resolved_at"), _DESK
    ),
    SamenessQuestion: dict.fromkeys(
        (
            *("noun", "first", "second", "why", "asked_by_id", "asked_at", "answer"),
            *("answered_by_id", "answered_at", "reason"),
        ),
        _DESK,
    ),
    Merge: dict.fromkeys(
        (
            *("noun", "merged", "into", "state", "reason", "proposed_by_id", "proposed_at"),
            *("decided_by_id", "decided_at", "moved"),
            "to_publish",
        ),
        "the versions that it leads to are what readers see",
    ),
    Correction: dict.fromkeys(
        (
            *("noun", "number", "state", "reason", "edited_by_id", "edited_at", "approved_by_id"),
            *("approved_at", "entry", "shown"),
        ),
        "the versions that it leads to are what readers see",
    ),
}


@cache
def published_columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a tracked model that readers see, by attribute, without its number."""
    names = [one.attname for one in model._meta.concrete_fields if not one.primary_key]
    return tuple(name for name in names if name not in PRIVATE.get(model, {}))


def published_values(row: Any, model: type[models.Model]) -> tuple[Any, ...]:
    """The published columns of a row, or of a row of its history."""
    return tuple(getattr(row, name) for name in published_columns(model))
