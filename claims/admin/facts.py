"""All that a decision on a claim is about, for its review page and for the pages of its verbs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from claims.admin.citing import citing_elsewhere
from claims.admin.comparison import drawn_together, published_document
from claims.admin.members import sections_of
from claims.admin.places import anchor_places
from claims.admin.proposals import way_to_confirm
from claims.admin.second_look import SecondLook, second_looks
from claims.choices import ReviewAction, TakedownCause
from claims.domain.document_format import read_tombstone, read_version
from claims.domain.documents import dump_document
from claims.domain.published import ClaimDocument, Tombstone
from claims.models import Claim, ClaimVersion, ReviewEvent
from claims.workflow.candidate import Candidate, read_candidate


def facts_about(candidate: Candidate) -> dict[str, Any]:
    """What approving would publish, member by member, and what the desk knows besides."""
    claim, before = candidate.claim, published_document(candidate.claim)
    facts = _brief(candidate, before)
    return {
        **facts,
        "sections": sections_of(None if facts["retires"] else before, facts["after"]),
        "lost": sections_of(None, before) if facts["retires"] and before else [],
        "places": anchor_places(claim),
        "citing": [] if facts["retires"] else citing_elsewhere(claim, facts["after"]),
        "looks": _looks(claim, facts["after"]),
        "comments": open_comments(claim),
    }


def _looks(claim: Claim, after: ClaimDocument | Tombstone) -> list[SecondLook]:
    return [] if after["status"] == "retired" else second_looks(claim, after)


def brief_of(claim: Claim, *, whole: bool) -> dict[str, Any]:
    """The same for a page of one verb: question, figures, takedown; or the whole.

    A public reason is part of it only where the verb publishes one that somebody else wrote.
    """
    candidate, takedown = read_candidate(claim), takedown_of(claim)
    if whole:
        return facts_about(candidate)
    brief = _brief(candidate, published_document(claim))
    retiring = brief["reason"] if brief["retires"] else ""
    reason = takedown["event"].comment if takedown else retiring
    return {**brief, "reason": reason, "takedown": takedown}


def _brief(candidate: Candidate, before: ClaimDocument | None) -> dict[str, Any]:
    after = as_published(candidate)
    return {
        "claim": candidate.claim,
        "retires": after["status"] == "retired",
        "before": before,
        "after": after,
        "reason": candidate.reason,
        "comparison": drawn_together(before, after) if after["status"] == "published" else None,
        "authors": account_names(candidate.authors),
    }


def as_published(candidate: Candidate) -> ClaimDocument | Tombstone:
    """The candidate's document with its members as they come back from the stored text."""
    return read_version(dump_document(candidate.document))


def takedown_of(claim: Claim) -> dict[str, Any] | None:
    """The cause, the words and the person of a takedown that nobody confirmed yet."""
    version = ClaimVersion.objects.current().filter(claim=claim, is_takedown=True).first()
    if version is None:
        return None
    cause = read_tombstone(version.payload)["takedown"]["cause"]
    events = ReviewEvent.objects.filter(claim=claim, action=ReviewAction.TAKEN_DOWN)
    return {
        "cause": TakedownCause(cause).label,
        "event": events.select_related("actor").order_by("-pk").first(),
    }


def open_comments(claim: Claim) -> list[dict[str, Any]]:
    """What nobody has dealt with yet, the doubts of an import too, with the way to a dispute."""
    rows = claim.comments.filter(resolved_at=None).select_related("author").order_by("pk")
    return [{"row": row, "confirm": way_to_confirm(claim, row.body)} for row in rows]


def account_names(accounts: frozenset[int]) -> list[str]:
    """The names of these accounts, in order."""
    users = User.objects.filter(pk__in=accounts).order_by("username")
    return list(users.values_list("username", flat=True))
