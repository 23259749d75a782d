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
