"""Rows that may be one: which, what people answered, and how they are made one."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MergedNoun(TextChoices):
    """The kinds of rows that can be one and the same."""

    PARTY = "party", _("party")
    SOURCE = "source", _("source")
    SUBJECT = "subject", _("subject")
    MEASURE = "measure", _("measure")
    CLAIM = "claim", _("claim")


class SamenessAnswer(TextChoices):
    """What people say to "are these the same?"."""

    OPEN = "open", _("not answered yet")
    YES = "yes", _("the same")
    NO = "no", _("not the same")
    NEVER = "never", _("not the same; never ask again")


class MergeState(TextChoices):
    """The life of a merge: two people where readers see the row, then it may be undone."""

    PROPOSED = "proposed", _("proposed")
    DONE = "done", _("done")
    RETURNED = "returned", _("returned")
    UNDOING = "undoing", _("done, to be undone")
    UNDONE = "undone", _("undone")


# The row leads to the other one.
MERGED_STATES = (MergeState.DONE, MergeState.UNDOING)
# Somebody else than the proposer must decide.
WAITING_STATES = (MergeState.PROPOSED, MergeState.UNDOING)
