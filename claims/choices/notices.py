"""What accounts are told, and how: beside the actions of review events."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from claims.choices.review import ReviewAction


class WatchedNoun(TextChoices):
    """What an account can watch."""

    CLAIM = "claim", _("claim")
    SOURCE = "source", _("source")
    SUBJECT = "subject", _("subject")
    ARTICLE = "article", _("article")


class Notice(TextChoices):
    """What accounts are told that no review event says."""

    ASSIGNED = "assigned", _("assigned to you")
    UNASSIGNED = "unassigned", _("no longer assigned to you")
    NAMED = "named", _("you were mentioned in a comment")
    COMMENTED = "commented", _("commented on")
    CHANGED = "changed", _("changed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    PUT_BACK = "put_back", _("restored")
    RATED = "rated", _("rated")


NOTIFIED_ACTIONS = [*ReviewAction.choices, *Notice.choices]
# Actions of review events of which nobody is told, and why.
SILENT = {
    ReviewAction.DISPUTE_TAKEN: "who works on a case; the decision is told",
}


class MailPace(TextChoices):
    """How soon an account gets its notifications by mail."""

    NEVER = "never", _("no e-mail")
    AT_ONCE = "at_once", _("immediately")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
