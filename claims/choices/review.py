"""The states and decisions that claims, disputes, corrections and imports go through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from claims.choices.labelling import labels
from claims.domain import vocabulary as words


class ClaimState(TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    PUBLISHED = "published", _("published")
    RETIRING = "retiring", _("to be retired")
    RETIRED = "retired", _("retired")


class Priority(TextChoices):
    LOW = "1_low", _("low")
    NORMAL = "2_normal", _("normal")
    HIGH = "3_high", _("high")


@labels(words.DisputeKind)
class DisputeKind(TextChoices):
    VALUE = words.DisputeKind.VALUE, _("figures disagree")
    DENIAL = words.DisputeKind.DENIAL, _("denied")
    ATTRIBUTION = words.DisputeKind.ATTRIBUTION, _("attribution disagrees")
    DATE = words.DisputeKind.DATE, _("dates disagree")
    ARITHMETIC = words.DisputeKind.ARITHMETIC, _("parts and total disagree")
    EDITOR = words.DisputeKind.EDITOR, _("raised by an editor")


@labels(words.DisputeState)
class DisputeState(TextChoices):
    OPEN = words.DisputeState.OPEN, _("open")
    UNDER_REVIEW = words.DisputeState.UNDER_REVIEW, _("under review")
    RESOLVED = words.DisputeState.RESOLVED, _("resolved")
    DISMISSED = words.DisputeState.DISMISSED, _("dismissed")
    MOOT = words.DisputeState.MOOT, _("moot")


@labels(words.DisputeOutcome)
class DisputeOutcome(TextChoices):
    PREFER = words.DisputeOutcome.PREFER, _("one statement is preferred")
    RANGE_STANDS = words.DisputeOutcome.RANGE_STANDS, _("the range stands")
    DIFFERENT_SCOPE = (
        words.DisputeOutcome.DIFFERENT_SCOPE,
        _("different scope: the statements answer different questions"),
    )
    SUPERSEDED = words.DisputeOutcome.SUPERSEDED, _("superseded by a later figure")
    SOURCE_REJECTED = words.DisputeOutcome.SOURCE_REJECTED, _("a source is rejected")
    ARTICLE_ERROR = words.DisputeOutcome.ARTICLE_ERROR, _("an error of the article")
    BOTH_WRONG = words.DisputeOutcome.BOTH_WRONG, _("both are wrong")
    UNRESOLVABLE = words.DisputeOutcome.UNRESOLVABLE, _("cannot be resolved")


class ReviewAction(TextChoices):
    """What a review event records: edits, decisions and what the machine did in their wake."""

    DRAFTED = "drafted", _("drafted")
    EDITED = "edited", _("edited")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    RETIRED = "retired", _("retired")
    REVERTED = "reverted", _("reverted")
    DISPUTE_OPENED = "dispute_opened", _("dispute opened")
    DISPUTE_TAKEN = "dispute_taken", _("dispute taken")
    DISPUTE_RELEASED = "dispute_released", _("dispute released")
    DISPUTE_RESOLVED = "dispute_resolved", _("dispute resolved")
    DISPUTE_DISMISSED = "dispute_dismissed", _("dispute dismissed")
    DISPUTE_REOPENED = "dispute_reopened", _("dispute reopened")
    DISPUTE_MOOT = "dispute_moot", _("dispute moot")
    SOURCE_WITHDRAWN = "source_withdrawn", _("source withdrawn")
    SOURCE_RESTORED = "source_restored", _("source restored")
    RESTORED = "restored", _("restored")
    RETURN_UNDONE = "return_undone", _("return undone")
    DECISION_UNDONE = "decision_undone", _("decision on a dispute undone")
    PART_PUBLISHED = "part_published", _("a part published")
    CORRECTED = "corrected", _("correction published")
    RETIREMENT_PROPOSED = "retirement_proposed", _("retirement proposed")
    TAKEN_DOWN = "taken_down", _("taken down")
    TAKEDOWN_CONFIRMED = "takedown_confirmed", _("takedown confirmed")
    TAKEDOWN_REVERSED = "takedown_reversed", _("takedown reversed")
    MERGED = "merged", _("merged")
    UNMERGED = "unmerged", _("merge undone")
    RELATION_CONFIRMED = "relation_confirmed", _("relation confirmed")
    RELATION_WITHDRAWN = "relation_withdrawn", _("relation withdrawn")


# What a reviewer decides about a claim that waits.
DECISIONS = (ReviewAction.APPROVED, ReviewAction.RETURNED)
# An account that did one of these since the last approval may not give the next one.
# What puts a claim before the reviewers.
SUBMITTING_ACTIONS = (ReviewAction.SUBMITTED, ReviewAction.REVERTED)
AUTHORING_ACTIONS = (
    ReviewAction.DRAFTED,
    ReviewAction.EDITED,
    ReviewAction.REVERTED,
    ReviewAction.DISPUTE_OPENED,
    ReviewAction.DISPUTE_TAKEN,
    ReviewAction.DISPUTE_RELEASED,
    ReviewAction.DISPUTE_RESOLVED,
    ReviewAction.DISPUTE_DISMISSED,
    ReviewAction.DISPUTE_REOPENED,
    ReviewAction.SOURCE_WITHDRAWN,
    ReviewAction.SOURCE_RESTORED,
    ReviewAction.RESTORED,
    ReviewAction.DECISION_UNDONE,
    ReviewAction.RETIREMENT_PROPOSED,
    ReviewAction.TAKEDOWN_REVERSED,
    ReviewAction.MERGED,
    ReviewAction.UNMERGED,
    ReviewAction.RELATION_CONFIRMED,
    ReviewAction.RELATION_WITHDRAWN,
)


class VersionKeyName(TextChoices):
    """What lists find versions by, beside the columns of a version."""

    SUBJECT = "subject", _("a subject, or one above it")
    COUNTRY = "country", _("country")
    PLACE = "place", _("place")
    SPLIT = "split", _("a claim that it was split off from")


class VersionOp(TextChoices):
    """What a version does to the public claim."""

    PUBLISH = "publish", _("published")
    TOMBSTONE = "tombstone", _("retired")


class BorrowedNoun(TextChoices):
    """The registers whose rows a claim's document shows."""

    SOURCE = "source", _("source")
    PARTY = "party", _("party")
    SUBJECT = "subject", _("subject")
    BELLIGERENTS = "belligerents", _("parties to a conflict")
    MEASURE = "measure", _("measure")
    ARTICLE = "article", _("article")
    RELATION = "relation", _("relation between sources")


class SourceRelationState(TextChoices):
    """The life of a relation between sources; only a confirmed one counts."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class CorrectionState(TextChoices):
    """The life of an edit of a register on its way to the claims that show the row."""

    WAITING = "waiting", _("waits for review")
    PUBLISHING = "publishing", _("approved, being published")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("returned")
    VOID = "void", _("nothing left to publish")


class TakedownCause(TextChoices):
    """Why a claim is taken from readers at once; what readers are told until it is confirmed."""

    SAFETY = "safety", _("it endangers a person")
    PRIVACY = "privacy", _("it exposes private life")
    LEGAL = "legal", _("a legal demand")
    GRAVE_ERROR = "grave_error", _("a grave error")


def takedown_words(takedown: Mapping[str, Any]) -> str:
    """A document's ``takedown``, {"cause", "confirmed"}, as a sentence for readers."""
    cause = takedown["cause"]
    known = TakedownCause(cause).label if cause in TakedownCause.values else cause
    words = _(
        "Taken down at once by one person for this cause: %(cause)s; a second person has yet to "
        "confirm it."
    )
    if takedown["confirmed"]:
        words = _("Taken down for this cause: %(cause)s; a second person has confirmed it.")
    return str(words) % {"cause": known}


class PageOutcome(TextChoices):
    """What became of a page of a dump."""

    WAITING = "waiting", _("waiting in the queue")
    IMPORTED = "imported", _("imported")
    UNCHANGED = "unchanged", _("imported before, unchanged")
    REJECTED = "rejected", _("rejected")


class TableOutcome(TextChoices):
    """What became of an imported table."""

    WAITING = "waiting", _("waits to be imported")
    IMPORTED = "imported", _("imported")
    UNDONE = "undone", _("undone")
