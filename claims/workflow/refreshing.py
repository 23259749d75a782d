"""Public claims whose next version would derive something else than readers have."""

# Versions stay as they were sealed. Where the rules by which a headline is worked out have
# changed since, the claim goes before the reviewers, and what they approve follows today's.

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.choices import ClaimState
from claims.domain.document_format import read_claim
from claims.domain.recheck import rule_differences
from claims.domain.refs import CLAIM, format_ref
from claims.errors import UnpublishableError
from claims.models import Claim, ClaimVersion
from claims.workflow.changes import record_change
from claims.workflow.events import moment
from claims.workflow.locking import lock_claim
from claims.workflow.verbs import verb

STREAMED = 500  # versions read at once


@dataclass(frozen=True, slots=True)
class Outdated:
    """A public claim and its derived members that today's rules give otherwise.

    ``waits`` says that something of it is on the desk already: its next version will follow
    today's rules without being put before reviewers now.
    """

    number: int
    members: tuple[str, ...]
    waits: bool

    @property
    def ref(self) -> str:
        return format_ref(CLAIM, self.number)


def outdated_claims() -> Iterator[Outdated]:
    """Yield each public claim that readers have otherwise than today's rules give it."""
    versions = ClaimVersion.objects.public().order_by("claim_id")
    rows = versions.values_list("claim_id", "claim__state", "payload")
    for number, state, payload in rows.iterator(chunk_size=STREAMED):
        members = outdated_members(payload)
        if members:
            yield Outdated(number, members, waits=state != ClaimState.PUBLISHED)


def outdated_members(payload: str) -> tuple[str, ...]:
    """Return the derived members of a published text that today's rules give otherwise.

    A member that came after the text was sealed says nothing that was false, and is left out.
    """
    found = rule_differences(read_claim(payload))
    return tuple(dict.fromkeys(f"{one.figure} {one.path}".strip() for one in found))


@verb("edit_desk")
def refresh_claim(*, claim: Claim, by: User, reason: str, now: dt.datetime | None = None) -> Claim:
    """Put a public claim before reviewers whose headline today's rules give otherwise.

    Whoever does it is an author of the next version.
    """
    locked = lock_claim(claim)
    version = ClaimVersion.objects.public().filter(claim=locked).first()
    if version is None:
        raise UnpublishableError(f"{locked.ref} is not public; there is nothing to refresh.")
    if not outdated_members(version.payload):
        raise UnpublishableError(f"Readers have {locked.ref} as today's rules give it.")
    return record_change(locked, by=by, reason=reason, now=moment(now), verb="refresh")
